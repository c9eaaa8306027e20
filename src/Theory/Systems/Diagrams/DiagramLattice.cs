using System.Runtime.ExceptionServices;

namespace Theory.Systems.Diagrams;

/// <summary>
/// A plane of square cells that are divided in four wherever the points on their edges are of different classes, down to the finest. In the end every cell larger than the finest has one class
/// on all of its edges, so that boundaries run through finest cells only.
/// </summary>
internal sealed class DiagramLattice
{
    private readonly PhaseDiagramPlan plan;
    private readonly DiagramEvaluator evaluator;
    private readonly ClassifiedPoint?[] points;
    private readonly Func<double, ClassifiedPoint>?[] columns;
    private readonly int width;
    private readonly CancellationToken token;

    public DiagramLattice(PhaseDiagramPlan plan, DiagramEvaluator evaluator, Action<double> report, CancellationToken token)
    {
        (this.plan, this.evaluator, this.token, width) = (plan, evaluator, token, plan.FinestCells + 1);
        points = new ClassifiedPoint?[width * width];
        columns = new Func<double, ClassifiedPoint>?[width];
        (Xs, Ys) = (Values(plan.X), Values(plan.Y));
        Cells = Refine(report);
    }

    /// <summary>x by index.</summary>
    public double[] Xs { get; }

    /// <summary>y by index.</summary>
    public double[] Ys { get; }

    /// <summary>The cells that were divided no further, by lower left corner and width in finest cells; in order of x and then y.</summary>
    public List<LatticeCell> Cells { get; }

    /// <summary>The indices of all points that were evaluated, in order of x and then y.</summary>
    public IEnumerable<(int I, int J)> Evaluated => Enumerable.Range(0, points.Length).Where(n => points[n] is not null).Select(n => (n / width, n % width));

    /// <summary>A point that was evaluated.</summary>
    public ClassifiedPoint this[int i, int j] => points[i * width + j]!;

    /// <summary>The points of one column by y; to be asked by one thread at a time.</summary>
    public Func<double, ClassifiedPoint> Column(int i) => columns[i] ??= evaluator.Column(Xs[i]);

    /// <summary>Does work on all columns in parallel; each column is one thread's.</summary>
    public void InParallel<T>(IReadOnlyList<T> items, Action<T> work)
    {
        try
        {
            Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = plan.Threads ?? Environment.ProcessorCount, CancellationToken = token }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private double[] Values(DiagramAxis axis) => [.. axis.Points(plan.FinestCells).Values];

    private List<LatticeCell> Refine(Action<double> report)
    {
        var size = 1 << plan.Levels;
        var cells = new List<LatticeCell>();
        for (var i = 0; i < plan.Cells; i++)
            for (var j = 0; j < plan.Cells; j++) cells.Add(new(i * size, j * size, size));
        Evaluate(cells);
        // A division shows new points on the edges of neighbours, which may have to follow.
        for (var pass = 1; ; pass++)
        {
            report(1 - Math.Pow(0.5, pass));
            var divided = new List<LatticeCell>();
            var kept = new List<LatticeCell>();
            foreach (var cell in cells)
            {
                if (cell.Size == 1 || !IsMixed(cell)) kept.Add(cell);
                else divided.AddRange(cell.Quarters());
            }

            if (divided.Count == 0) return [.. cells.OrderBy(c => c.I).ThenBy(c => c.J)];
            Evaluate(divided);
            kept.AddRange(divided);
            cells = kept;
        }
    }

    private bool IsMixed(LatticeCell cell)
    {
        var expected = this[cell.I, cell.J].Class;
        for (var k = 0; k <= cell.Size; k++)
        {
            if (Differs(cell.I + k, cell.J) || Differs(cell.I + k, cell.J + cell.Size) || Differs(cell.I, cell.J + k) || Differs(cell.I + cell.Size, cell.J + k)) return true;
        }

        return false;
        bool Differs(int i, int j) => points[i * width + j] is { } point && point.Class != expected;
    }

    /// <summary>Evaluates all corners that were not yet.</summary>
    private void Evaluate(List<LatticeCell> cells)
    {
        var missing = cells.SelectMany(c => c.Corners()).Distinct().Where(c => points[c.I * width + c.J] is null).GroupBy(c => c.I, c => c.J).ToArray();
        InParallel(missing, group =>
        {
            var column = Column(group.Key);
            foreach (var j in group)
            {
                if (token.IsCancellationRequested) return;
                points[group.Key * width + j] = column(Ys[j]);
            }
        });
        token.ThrowIfCancellationRequested();
    }
}

/// <summary>A cell of the lattice: its lower left corner and its width, in finest cells.</summary>
internal readonly record struct LatticeCell(int I, int J, int Size)
{
    public IEnumerable<(int I, int J)> Corners() => [(I, J), (I + Size, J), (I + Size, J + Size), (I, J + Size)];

    public IEnumerable<LatticeCell> Quarters()
    {
        var half = Size / 2;
        return [new(I, J, half), new(I + half, J, half), new(I, J + half, half), new(I + half, J + half, half)];
    }
}
