using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Diagrams;

/// <summary>What a phase diagram shows: a problem, two parameters that vary, the rule that classifies a point, and how fine the boundaries are.</summary>
public sealed record PhaseDiagramPlan
{
    /// <summary>The largest number of lattice points.</summary>
    public const int MaxPoints = 4_000_000;

    /// <summary>Plans a phase diagram.</summary>
    /// <param name="problem">The problem whose parameters vary; those two may have any legal value.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis. What a model keeps when only this parameter changes is kept, so that the parameter that costs less belongs here.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="InvalidInputException">A parameter or element does not exist or is no real number, an end is outside the parameter's range, or both axes vary the same.</exception>
    public PhaseDiagramPlan(IProblem problem, DiagramAxis x, DiagramAxis y, PhaseRule rule)
    {
        (Base, X, Y, Rule) = (Guard.NotNull(problem, nameof(problem)), Guard.NotNull(x, nameof(x)), Guard.NotNull(y, nameof(y)), Guard.NotNull(rule, nameof(rule)));
        foreach (var axis in (ReadOnlySpan<DiagramAxis>)[x, y])
            if (problem.System.Parameters.Any(p => p.Name == axis.Parameter && p.Shape == Shape.Integer))
                throw new InvalidInputException(axis.Parameter, $"{axis.Parameter} takes whole numbers only and has no boundary to trace: use theory sweep");
        _ = new SweepPlan(problem, x.Points(1), y.Points(1));
    }

    /// <summary>The problem whose parameters vary.</summary>
    public IProblem Base { get; }

    /// <summary>The horizontal axis.</summary>
    public DiagramAxis X { get; }

    /// <summary>The vertical axis.</summary>
    public DiagramAxis Y { get; }

    /// <summary>The rule that classifies a point.</summary>
    public PhaseRule Rule { get; }

    /// <summary>Number of cells along each axis before any is refined, from 1 to 500. Default 24. What is smaller than a cell may be missed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Cells { get; init => field = (int)Guard.In(value, ParameterRange.Closed(1, 500)); } = 24;

    /// <summary>How often the cells at a boundary are divided in four, from 0 to 8. Default 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Levels { get; init => field = (int)Guard.In(value, ParameterRange.Closed(0, 8)); } = 4;

    /// <summary>To which fraction of an axis the points of boundaries are found, in [1e-12, 0.1]. Default 1e-6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public double Precision { get; init => field = Guard.In(value, ParameterRange.Closed(1e-12, 0.1)); } = 1e-6;

    /// <summary>The experiment is run at the centres of this many by this many equal parts of the plane; at least 0. Default 0: no experiment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int MeasuredPoints { get; init => field = Guard.AtLeast(value, 0); }

    /// <summary>Size (at most one), trials and seed of the experiments; the system's defaults where left open. Every point has a seed of its own.</summary>
    public VerificationOptions Measurement { get; init => field = Guard.NotNull(value); } = new();

    /// <summary>Tolerance and iteration limit of the solver. A point that does not converge is a point of no class, whatever <see cref="SolveOptions.OnFailure"/> is.</summary>
    public SolveOptions Solve { get; init => field = Guard.NotNull(value); } = SolveOptions.Default;

    /// <summary>Number of threads, at least 1; all cores by default. It changes no number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Threads { get; init => field = value is { } n ? Guard.AtLeast(n, 1) : null; }

    /// <summary>Finest cells along each axis.</summary>
    public int FinestCells => Cells << Levels;

    /// <summary>Plans a phase diagram of a system; the two parameters need no value among the inputs.</summary>
    /// <param name="system">The system.</param>
    /// <param name="inputs">Values of the other parameters; those with a default may be left out.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="rule">The rule, or <see langword="null"/> for the system's own output <c>phase</c>.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InvalidInputException">An input is unknown, missing or illegal, the rule is malformed, or the axes are not as the constructor requires.</exception>
    public static PhaseDiagramPlan Create(ISystem system, IReadOnlyDictionary<string, Value> inputs, DiagramAxis x, DiagramAxis y, string? rule = null)
    {
        var sweep = SweepPlan.Create(system, inputs, Guard.NotNull(x, nameof(x)).Points(1), Guard.NotNull(y, nameof(y)).Points(1));
        return new(sweep.Base, x, y, rule is null ? PhaseRule.Default(system) : PhaseRule.Parse(rule, system));
    }

    internal void RequireFeasible()
    {
        if ((long)(FinestCells + 1) * (FinestCells + 1) > MaxPoints)
            throw new InvalidInputException("levels", $"{Cells} cells divided {Levels} times are {FinestCells} along each axis, more than {(int)Math.Sqrt(MaxPoints) - 1}");
        if (MeasuredPoints == 0) return;
        var experiment = Base.Experiment() ?? throw new InvalidInputException("measure", $"{Base.System.Id} has no experiment: {Base.System.NoExperimentReason}");
        if (Measurement.Sizes.Length > 1) throw new InvalidInputException("size", $"a phase diagram measures at one size; got {Measurement.Sizes.Length}");
        if (Measurement.Sizes is [var size] && (experiment.Dimension is not null || size < experiment.MinimumSize))
            throw new InvalidInputException("size", experiment.Dimension is not null ? "this model carries its own dimension; size must not be given" : $"size must be at least {experiment.MinimumSize}; got {size}");
        if (Measurement.Trials < Verification.MinimumTrials) throw new InvalidInputException("trials", $"trials must be at least {Verification.MinimumTrials}; got {Measurement.Trials}");
    }
}
