using System.Collections.Immutable;
using System.Globalization;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>What a sweep computes: a problem, one or two axes, and where the experiment is run beside the prediction.</summary>
public sealed record SweepPlan
{
    /// <summary>The largest number of points of a sweep.</summary>
    public const int MaxPoints = 10_000_000;

    /// <summary>Plans a sweep.</summary>
    /// <param name="problem">The problem whose parameters vary; the swept ones may have any legal value.</param>
    /// <param name="axes">One or two axes, the outermost first.</param>
    /// <exception cref="InvalidInputException">
    /// There are no axes or more than two, a parameter or element does not exist or is no number, a value is outside the parameter's range,
    /// the axes overlap, or there are more than <see cref="MaxPoints"/> points.
    /// </exception>
    public SweepPlan(IProblem problem, params ReadOnlySpan<SweepAxis> axes)
    {
        Base = Guard.NotNull(problem, nameof(problem));
        if (axes.Length is 0 or > 2) throw new InvalidInputException("over", $"a sweep has one or two axes; got {axes.Length}");
        Axes = [.. axes];
        var inputs = problem.Inputs;
        foreach (var axis in Axes) RequireFit(problem.System, inputs, axis);
        if (Axes.Length == 2 && Axes[0].Parameter == Axes[1].Parameter && Axes[0].Element == Axes[1].Element)
            throw new InvalidInputException(Axes[1].Parameter, $"both axes vary {Axes[1].Name}");
        if (Axes.Aggregate(1L, (n, axis) => n * axis.Count) > MaxPoints)
            throw new InvalidInputException("over", $"a sweep has at most {MaxPoints} points; got {string.Join(" × ", Axes.Select(a => a.Count))}");
    }

    /// <summary>The problem whose parameters vary.</summary>
    public IProblem Base { get; }

    /// <summary>One or two axes, the outermost first.</summary>
    public ImmutableArray<SweepAxis> Axes { get; }

    /// <summary>
    /// The number of values of the first axis at which the experiment is run, spread evenly with both ends included (for each value of the second axis);
    /// at least 0. Default 0: no experiment.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int MeasuredPoints { get; init => field = Guard.AtLeast(value, 0); }

    /// <summary>
    /// Size (at most one), trials and seed of the experiments; the system's defaults where left open.
    /// Every measured point has a seed of its own, drawn from this one and recorded in the table, so that their errors are independent.
    /// </summary>
    public VerificationOptions Measurement { get; init => field = Guard.NotNull(value); } = new();

    /// <summary>Tolerance and iteration limit of the solver. A point that does not converge becomes a row that says so, whatever <see cref="SolveOptions.OnFailure"/> is.</summary>
    public SolveOptions Solve { get; init => field = Guard.NotNull(value); } = SolveOptions.Default;

    /// <summary>Number of threads, at least 1; all cores by default. It changes no number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Threads { get; init => field = value is { } n ? Guard.AtLeast(n, 1) : null; }

    /// <summary>The number of points: the product of the axes' counts.</summary>
    public int PointCount => Axes.Length == 1 ? Axes[0].Count : Axes[0].Count * Axes[1].Count;

    /// <summary>Plans a sweep of a system; swept parameters need no value among the inputs.</summary>
    /// <param name="system">The system.</param>
    /// <param name="inputs">Values of the other parameters; those with a default may be left out.</param>
    /// <param name="axes">One or two axes, the outermost first.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InvalidInputException">An input is unknown, missing or illegal, or the axes are not as the constructor requires.</exception>
    public static SweepPlan Create(ISystem system, IReadOnlyDictionary<string, Value> inputs, params ReadOnlySpan<SweepAxis> axes)
    {
        var all = new Dictionary<string, Value>(Guard.NotNull(inputs, nameof(inputs)));
        foreach (var axis in axes)
            if (axis.Element is null) all[axis.Parameter] = axis.From;
        foreach (var axis in axes) _ = ParameterOf(Guard.NotNull(system, nameof(system)), axis);
        return new(system.Create(all), axes);
    }

    /// <summary>The indices of the first axis at which the experiment is run, in order.</summary>
    /// <returns>Distinct indices, the first and the last among them if there are at least two.</returns>
    public ImmutableArray<int> MeasuredIndices()
    {
        var count = Axes[0].Count;
        if (MeasuredPoints >= count) return [.. Enumerable.Range(0, count)];
        if (MeasuredPoints == 1) return [(count - 1) / 2];
        long gaps = MeasuredPoints - 1;
        return [.. Enumerable.Range(0, MeasuredPoints).Select(i => (int)((2L * i * (count - 1) + gaps) / (2 * gaps)))];
    }

    internal static Parameter ParameterOf(ISystem system, SweepAxis axis) =>
        system.Parameters.FirstOrDefault(p => p.Name == axis.Parameter)
        ?? throw new InvalidInputException(axis.Parameter, $"{system.Id} has no parameter {axis.Parameter}; it has {string.Join(", ", system.Parameters.Select(p => p.Name))}");

    private static void RequireFit(ISystem system, ImmutableArray<Value> inputs, SweepAxis axis)
    {
        var parameter = ParameterOf(system, axis);
        var isNumber = parameter.Shape is Shape.Scalar or Shape.Integer;
        if (axis.Element is null && !isNumber)
            throw new InvalidInputException(axis.Parameter, parameter.Shape == Shape.Vector
                ? $"{axis.Parameter} is a list: sweep one element, as in {axis.Parameter}[0]"
                : $"{axis.Parameter} is no number and cannot be swept");
        if (axis.Element is { } element) RequireElement(parameter, inputs[system.Parameters.IndexOf(parameter)], element);
        foreach (var value in axis.Values)
            if (parameter.Range is { } range && !range.Contains(value))
                throw new InvalidInputException(axis.Parameter, string.Create(CultureInfo.InvariantCulture, $"{axis.Name} must be in {range}; got {value:R}"));
    }

    private static void RequireElement(Parameter parameter, Value value, int element)
    {
        if (parameter.Shape != Shape.Vector || value is not Value.List list)
            throw new InvalidInputException(parameter.Name, $"{parameter.Name} is no list: sweep it as {parameter.Name}");
        if (element >= list.Items.Length)
            throw new InvalidInputException(parameter.Name, $"{parameter.Name}[{element}] does not exist: {parameter.Name} has {list.Items.Length} elements, counted from 0");
    }
}
