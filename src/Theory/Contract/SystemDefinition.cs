using System.Collections.Immutable;

namespace Theory.Contract;

/// <summary>A system: it ties a model, its prediction and its experiment together and describes them to the outside world.</summary>
/// <typeparam name="TModel">The model, an immutable record.</typeparam>
/// <typeparam name="TPrediction">The prediction, an immutable record.</typeparam>
public sealed class SystemDefinition<TModel, TPrediction> : ISystem
    where TModel : class, IModel<TModel, TPrediction>
    where TPrediction : class, IPrediction
{
    private ImmutableArray<Parameter>? parameterInfos;
    private ImmutableArray<Observable>? observableInfos;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public required string Summary { get; init; }

    /// <inheritdoc/>
    public required string Family { get; init; }

    /// <inheritdoc/>
    public required Standing Standing { get; init; }

    /// <summary>The standing of one model, where it is not the same for all; <see langword="null"/> if it is <see cref="Standing"/>.</summary>
    public Func<TModel, Standing>? StandingOf { get; init; }

    /// <inheritdoc/>
    public required ImmutableArray<Source> Sources { get; init; }

    /// <summary>A model with all optional parameters at their defaults; the required ones hold placeholders that are always overwritten.</summary>
    public required TModel Template { get; init; }

    /// <summary>The parameters with their accessors, in order.</summary>
    public required ImmutableArray<Parameter<TModel>> ParameterBindings { get; init; }

    /// <summary>The observables with their accessors, in order.</summary>
    public required ImmutableArray<Observable<TPrediction>> ObservableBindings { get; init; }

    /// <summary>The equations: model and options in, prediction out.</summary>
    public required Func<TModel, SolveOptions, TPrediction> Solve { get; init; }

    /// <summary>The experiment, or <see langword="null"/> with a <see cref="NoExperimentReason"/>.</summary>
    public Experiment<TModel, TPrediction>? Experiment { get; init; }

    /// <inheritdoc/>
    public string? NoExperimentReason { get; init; }

    /// <inheritdoc/>
    public ImmutableArray<Parameter> Parameters => parameterInfos ??= [.. ParameterBindings.Select(p => p.Info)];

    /// <inheritdoc/>
    public ImmutableArray<Observable> Observables => observableInfos ??= [.. ObservableBindings.Select(o => o.Info)];

    /// <summary>Wraps a model for those who know it only from outside.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The problem.</returns>
    public IProblem Wrap(TModel model) => new Problem(this, Guard.NotNull(model, nameof(model)));

    /// <inheritdoc/>
    public IProblem Create(IReadOnlyDictionary<string, Value> inputs)
    {
        foreach (var name in inputs.Keys)
            if (Find(name) is null) throw Unknown(name);
        var model = Template;
        foreach (var parameter in ParameterBindings)
        {
            if (inputs.TryGetValue(parameter.Info.Name, out var value)) model = Set(parameter, model, value);
            else if (parameter.Info.IsRequired) throw new InvalidInputException(parameter.Info.Name, $"{parameter.Info.Name} is required ({parameter.Info.Meaning})");
        }
        return new Problem(this, model);
    }

    private Parameter<TModel>? Find(string name)
    {
        foreach (var parameter in ParameterBindings)
            if (parameter.Info.Name == name) return parameter;
        return null;
    }

    private InvalidInputException Unknown(string name) =>
        new(name, $"{Id} has no parameter {name}; it has {string.Join(", ", ParameterBindings.Select(p => p.Info.Name))}");

    private static TModel Set(Parameter<TModel> parameter, TModel model, Value value)
    {
        var info = parameter.Info;
        try
        {
            if (value is Value.Number number && double.IsNaN(number.Real)) throw new FormatException("must be a number, got NaN");
            if (info.Choices.Count > 0 && !info.Choices.Contains(value.ToText())) throw new FormatException($"must be one of {string.Join(", ", info.Choices)}; got {value}");
            return parameter.Set(model, value);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // A value within the range was refused for another reason, which the message tells.
            if (info.Range is { } allowed && value is Value.Number { Real: var given } && allowed.Contains(given)) throw new InvalidInputException(info.Name, $"{info.Name}: {FirstLine(e.Message)}", e);
            throw new InvalidInputException(info.Name, $"{info.Name} {(info.Range is { } range ? $"must be in {range}" : FirstLine(e.Message))}; got {value}", e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidInputException(info.Name, $"{info.Name}: {FirstLine(e.Message)}", e);
        }
    }

    // The framework appends "(Parameter 'Name')" and a line with the value; users of other languages get one line without them.
    private static string FirstLine(string message) => message.Split('\n')[0].Split(" (Parameter '")[0].Trim();

    private sealed class Problem(SystemDefinition<TModel, TPrediction> system, TModel model) : IProblem, ITrial
    {
        public ISystem System => system;

        public Standing Standing => system.StandingOf?.Invoke(model) ?? system.Standing;

        public ImmutableArray<Value> Inputs
        {
            get
            {
                var values = ImmutableArray.CreateBuilder<Value>(system.ParameterBindings.Length);
                foreach (var parameter in system.ParameterBindings) values.Add(parameter.Get(model));
                return values.MoveToImmutable();
            }
        }

        public int DefaultSize => system.Experiment!.DefaultSize;

        public int DefaultTrials => system.Experiment!.DefaultTrials;

        public int MinimumSize => system.Experiment!.MinimumSize;

        public int? Dimension => system.Experiment!.Dimension(model);

        public string FiniteSizeRemark => system.Experiment!.FiniteSizeRemark;

        public IProblem With(string parameter, Value value) =>
            new Problem(system, Set(system.Find(parameter) ?? throw system.Unknown(parameter), model, value));

        public Outcome Predict(SolveOptions? options = null)
        {
            TPrediction prediction;
            try
            {
                prediction = system.Solve(model, options ?? SolveOptions.Default);
            }
            catch (ArgumentOutOfRangeException e)
            {
                var name = ExternalName(e.ParamName);
                throw new InvalidInputException(name, name is null ? FirstLine(e.Message) : $"{name}: {FirstLine(e.Message)}", e);
            }
            var bindings = system.ObservableBindings;
            var outputs = ImmutableArray.CreateBuilder<Value>(bindings.Length);
            var stochastic = false;
            foreach (var observable in bindings)
            {
                outputs.Add(observable.Get(prediction));
                stochastic |= observable.Uncertainty is not null;
            }
            return new(this, outputs.MoveToImmutable(), stochastic ? [.. bindings.Select(o => o.Uncertainty?.Invoke(prediction))] : [], prediction);
        }

        public ITrial? Experiment() => system.Experiment is null ? null : this;

        public IReadOnlyDictionary<string, Value> Run(int size, ulong seed) => system.Experiment!.Run(model, size, seed);

        public double FiniteSizeConstant(Outcome outcome, string observable) =>
            system.Experiment!.FiniteSizeConstant(model, (TPrediction)outcome.Prediction, observable);

        private string? ExternalName(string? property) =>
            system.ParameterBindings.FirstOrDefault(p => string.Equals(p.Info.Name.Replace("_", ""), property, StringComparison.OrdinalIgnoreCase))?.Info.Name ?? property;
    }
}
