using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Tests.Sweeps;

/// <summary>Counts what is asked of a model; shared by all its copies.</summary>
internal sealed class CallLog
{
    private int predictions;
    private int trials;

    public int Predictions => predictions;

    public int Trials => trials;

    /// <summary>Called with the number of predictions so far, itself included.</summary>
    public Action<int>? OnPrediction { get; init; }

    /// <summary>Called with the number of trials so far, itself included.</summary>
    public Action<int>? OnTrial { get; init; }

    public void Predicted()
    {
        var count = Interlocked.Increment(ref predictions);
        OnPrediction?.Invoke(count);
    }

    public void Tried()
    {
        var count = Interlocked.Increment(ref trials);
        OnTrial?.Invoke(count);
    }
}

/// <summary>A closed form with every shape of input and output, and every way to fail: what sweeps must cope with.</summary>
internal sealed record SampleModel : IModel<SampleModel, SamplePrediction>
{
    public static SystemDefinition<SampleModel, SamplePrediction> System { get; } = new()
    {
        Id = "sample",
        Title = "A sample",
        Summary = "Closed forms in every shape.",
        Family = "samples",
        Standing = Standing.Derived,
        Sources = [new("Nobody1900", ["Nobody, N."], "Samples", 1900, "1900.00001", null, "eq. 1")],
        Template = new(),
        ParameterBindings = SampleBindings.Parameters,
        ObservableBindings = SampleBindings.Observables,
        Solve = (model, options) => SamplePrediction.Solve(model, options),
        Experiment = new()
        {
            Run = SampleBindings.Run,
            Description = "The closed form with Gaussian noise of standard deviation 1/√d.",
            DefaultSize = 100,
            DefaultTrials = 10,
            FiniteSizeConstant = (_, _, _) => 0,
            FiniteSizeRemark = "unbiased by construction",
        },
    };

    public double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    public double Beta { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    public int Order { get; init => field = Guard.AtLeast(value, 1); } = 2;

    public string Activation { get; init; } = "relu(z), \"half\"";

    public ImmutableArray<double> Spikes { get; init; } = [1, 2];

    public CallLog Log { get; init; } = new();
}

internal sealed record SamplePrediction(Diagnostics Diagnostics) : IPrediction
{
    public required SampleModel Model { get; init; }

    public double TestError => Model.Beta + Math.Pow(Model.Alpha - 1, 2) + Model.Spikes.Sum() / 10;

    public double TrainError => Model.Beta * Math.Exp(-Model.Alpha);

    /// <summary>β in (8, 9]: does not converge; β in (9, 10]: no theory; α β &gt; 40: illegal together.</summary>
    public static SamplePrediction Solve(SampleModel model, SolveOptions options)
    {
        model.Log.Predicted();
        if (model.Alpha * model.Beta > 40) throw Guard.OutOfRange(nameof(model.Alpha), model.Alpha, "times beta must be at most 40");
        if (model.Beta is > 9 and <= 10) throw new UnsupportedException("no theory for 9 < beta ≤ 10");
        if (model.Beta is <= 8 or > 9) return new(Diagnostics.ClosedForm with { Iterations = 3, Residual = 1e-14 }) { Model = model };
        var failed = new Diagnostics(SolverStatus.BudgetExhausted, 0.5, options.MaxIterations, null, []);
        return options.OnFailure == OnFailure.Throw ? throw new NotConvergedException("sample", failed) : new(failed) { Model = model };
    }
}

internal static class SampleBindings
{
    public static ImmutableArray<Parameter<SampleModel>> Parameters { get; } =
    [
        new(Real("alpha", "α = n/d", ParameterRange.Positive), m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
        new(Real("beta", "β = p/d", ParameterRange.Positive) with { Default = 1.0 }, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
        new(Real("order", "k", null) with { Shape = Shape.Integer, Default = 2.0 }, m => m.Order, (m, v) => m with { Order = (int)v.ToInt64() }),
        new(Real("activation", "σ", null) with { Shape = Shape.Expression, Default = "relu(z)" }, m => m.Activation, (m, v) => m with { Activation = v.ToText() }),
        new(Real("spikes", "s", ParameterRange.Finite) with { Shape = Shape.Vector, Default = Value.Vector([1, 2]) },
            m => Value.Vector(m.Spikes.AsSpan()), (m, v) => m with { Spikes = v.ToVector() }),
    ];

    public static ImmutableArray<Observable<SamplePrediction>> Observables { get; } =
    [
        new(Output("test_error", "ε", Shape.Scalar, true), p => p.TestError),
        new(Output("train_error", "ε_t", Shape.Scalar, true), p => p.TrainError),
        new(Output("threshold", "α_c", Shape.Scalar, false), p => p.Model.Alpha > 1 ? Math.Sqrt(p.Model.Alpha - 1) : Value.None),
        new(Output("rate", "r", Shape.Scalar, false), p => p.Model.Alpha >= 3 ? double.PositiveInfinity : p.Model.Alpha),
        new(Output("exponent", "k", Shape.Integer, false), p => (double)p.Model.Order),
        new(Output("easy", "", Shape.Flag, false), p => p.Model.Alpha > 1),
        new(Output("exact", "", Shape.Text, false), p => $"\"{p.Model.Order}\", or so"),
        new(Output("m", "m", Shape.Vector, true), p => Value.Vector([.. Enumerable.Range(0, p.Model.Order).Select(i => i + p.Model.Alpha)])),
        new(Output("q", "q", Shape.Matrix, false), p => Value.ListOf([Value.Vector([1, p.Model.Alpha]), Value.Vector([p.Model.Alpha, 1])])),
        new(Output("weights", "", Shape.Table, false), p => new Value.Map([new("left", p.Model.Alpha), new("right", p.Model.Beta)])),
        new(Output("path", "e(t)", Shape.Series, true), p => Value.Vector([1, Math.Exp(-p.Model.Alpha), Math.Exp(-2 * p.Model.Alpha)])),
        new(Output("g", "g(x)", Shape.Spectrum, false), p => Value.ListOf([Value.Vector([p.Model.Alpha, 1]), Value.Vector([p.Model.Beta, -1])])),
    ];

    public static IReadOnlyDictionary<string, Value> Run(SampleModel model, int size, ulong seed)
    {
        model.Log.Tried();
        var exact = SamplePrediction.Solve(model with { Log = new() }, SolveOptions.Default);
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        double Noise() => (random.NextDouble() - 0.5) / Math.Sqrt(size);
        return new Dictionary<string, Value>
        {
            ["test_error"] = exact.TestError + Noise(),
            ["train_error"] = exact.TrainError + Noise(),
            ["m"] = Value.Vector([.. Enumerable.Range(0, model.Order).Select(i => i + model.Alpha + Noise())]),
            ["path"] = Value.Vector([1 + Noise(), Math.Exp(-model.Alpha) + Noise(), Math.Exp(-2 * model.Alpha) + Noise()]),
        };
    }

    private static Parameter Real(string name, string symbol, ParameterRange? range) =>
        new() { Name = name, Symbol = symbol, Meaning = $"the input {name}", Range = range, Example = 1.0 };

    private static Observable Output(string name, string symbol, Shape shape, bool measured) =>
        new() { Name = name, Symbol = symbol, Meaning = $"the output {name}", Shape = shape, IsMeasured = measured };
}
