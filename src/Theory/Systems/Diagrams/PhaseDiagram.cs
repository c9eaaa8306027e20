using System.Collections.Immutable;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Diagrams;

/// <summary>A point of the plane of a phase diagram.</summary>
/// <param name="X">Its place on the horizontal axis.</param>
/// <param name="Y">Its place on the vertical axis.</param>
public readonly record struct DiagramPoint(double X, double Y);

/// <summary>A boundary between two classes, as a curve.</summary>
/// <param name="First">One of the classes, the first in the order of the alphabet.</param>
/// <param name="Second">The other one.</param>
/// <param name="Points">The points of the curve in order, each on the boundary to the plan's precision; an end where three classes meet is at least within its finest cell.</param>
/// <param name="IsClosed">Whether it ends where it began.</param>
public sealed record PhaseBoundary(string First, string Second, ImmutableArray<DiagramPoint> Points, bool IsClosed);

/// <summary>A rectangle of one class.</summary>
/// <param name="Low">Its lower left corner.</param>
/// <param name="High">Its upper right corner.</param>
/// <param name="Class">The class at its corners, or at its lower left one in the finest cells that a boundary crosses; <see langword="null"/> where there is no prediction.</param>
public sealed record DiagramCell(DiagramPoint Low, DiagramPoint High, string? Class);

/// <summary>
/// A phase diagram: the plane of two parameters of any system, divided in classes by a rule. Cells are divided where classes meet, and boundaries are curves whose points are found by bisection, not pixels.
/// The numbers depend on the plan only, and not on the number of threads.
/// </summary>
public sealed class PhaseDiagram
{
    private PhaseDiagram(PhaseDiagramPlan plan, DiagramLattice lattice, ImmutableArray<PhaseBoundary> boundaries, SweepTable? measurements)
    {
        (Plan, Boundaries, Measurements) = (plan, boundaries, measurements);
        Cells = [.. lattice.Cells.Select(c => new DiagramCell(new(lattice.Xs[c.I], lattice.Ys[c.J]), new(lattice.Xs[c.I + c.Size], lattice.Ys[c.J + c.Size]), lattice[c.I, c.J].Class))];
        var areas = lattice.Cells.GroupBy(c => lattice[c.I, c.J].Class ?? "").ToDictionary(g => g.Key, g => g.Sum(c => (double)c.Size * c.Size) / ((double)plan.FinestCells * plan.FinestCells));
        Shares = [.. plan.Rule.Classes.Where(areas.ContainsKey).Concat(areas.Keys.Where(k => k.Length > 0 && !plan.Rule.Classes.Contains(k)).Order(StringComparer.Ordinal)).Select(c => KeyValuePair.Create(c, areas[c]))];
        Points = DiagramTables.Points(plan, lattice);
    }

    /// <summary>What was asked for.</summary>
    public PhaseDiagramPlan Plan { get; }

    /// <summary>The classes that occur with their share of the plane (on the axes' own scales): in the order of the rule, else of the alphabet.</summary>
    public ImmutableArray<KeyValuePair<string, double>> Shares { get; }

    /// <summary>The cells, which cover the plane.</summary>
    public ImmutableArray<DiagramCell> Cells { get; }

    /// <summary>The boundaries.</summary>
    public ImmutableArray<PhaseBoundary> Boundaries { get; }

    /// <summary>The predicted corners of cells: the axes, <c>class</c>, the scalar outputs, <c>status</c> and <c>message</c>. Outputs and class of a failed point are absent.</summary>
    public SweepTable Points { get; }

    /// <summary>The measured points, or <see langword="null"/>: the axes, <c>q_u</c> (predicted), <c>q_u_mean</c>, <c>q_u_se</c> and so on, <c>trials</c>, <c>size</c>, <c>seed</c>, <c>status</c> and <c>message</c>.</summary>
    public SweepTable? Measurements { get; }

    /// <summary>Computes a phase diagram.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Receives the fraction done, or <see langword="null"/>.</param>
    /// <param name="token">Stops the work.</param>
    /// <returns>The diagram; points that fail have no class.</returns>
    /// <exception cref="InvalidInputException">The plan is too fine, or asks for experiments that cannot be run.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static PhaseDiagram Compute(PhaseDiagramPlan plan, IProgress<double>? progress = null, CancellationToken token = default)
    {
        Guard.NotNull(plan, nameof(plan)).RequireFeasible();
        var share = plan.MeasuredPoints > 0 ? 0.2 : 1.0;
        var evaluator = new DiagramEvaluator(plan);
        var lattice = new DiagramLattice(plan, evaluator, done => progress?.Report(0.6 * share * done), token);
        var boundaries = new CrossingSearch(plan, lattice, evaluator).Locate(new BoundaryTracing(lattice, evaluator).Curves());
        progress?.Report(share);
        var measurements = plan.MeasuredPoints > 0 ? DiagramMeasurement.Run(plan, evaluator, done => progress?.Report(share + (1 - share) * done), token) : null;
        progress?.Report(1);
        return new(plan, lattice, boundaries, measurements);
    }

    /// <summary>The class of a point, from the cell that holds it.</summary>
    /// <param name="x">Its place on the horizontal axis, within its ends.</param>
    /// <param name="y">Its place on the vertical axis, within its ends.</param>
    /// <returns>The class, or <see langword="null"/> where there is no prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The point is outside of the plane.</exception>
    public string? ClassAt(double x, double y)
    {
        Guard.In(x, ParameterRange.Closed(Plan.X.From, Plan.X.To), nameof(x));
        Guard.In(y, ParameterRange.Closed(Plan.Y.From, Plan.Y.To), nameof(y));
        return Cells.First(c => c.Low.X <= x && x <= c.High.X && c.Low.Y <= y && y <= c.High.Y).Class;
    }

    /// <summary>Writes <c>diagram.json</c>, <c>points.parquet</c>, <c>points.csv</c>, <c>boundaries.parquet</c>, <c>boundaries.csv</c>, and where the experiment was run <c>measurements.parquet</c> and <c>measurements.csv</c>.</summary>
    /// <param name="directory">The folder; created if it does not exist.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="InvalidInputException">The folder (<c>out</c>) cannot be written.</exception>
    public IReadOnlyList<string> Save(string directory) => DiagramFiles.Save(this, Guard.NotNull(directory, nameof(directory)));
}
