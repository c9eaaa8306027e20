using System.Collections.Immutable;

namespace Theory.Systems.Diagrams;

/// <summary>
/// Finds where exactly boundaries cross the edges of cells, by bisection of the classes. Crossings of edges along y are found first, since everything that depends on x alone is kept there; those along x
/// are left out where a curve runs on between two of the former, so that a steep piece costs more than a flat one.
/// </summary>
internal sealed class CrossingSearch(PhaseDiagramPlan plan, DiagramLattice lattice, DiagramEvaluator evaluator)
{
    /// <summary>So many crossings along x in a row are left out between crossings along y.</summary>
    private const int MostLeftOut = 2;

    private const int DeepestMeeting = 14;

    /// <summary>The curves with their points.</summary>
    public ImmutableArray<PhaseBoundary> Locate(List<(string Left, string Right, List<DiagramNode> Nodes, bool IsClosed)> curves)
    {
        var kept = curves.Select(c => Thinned(c.Nodes)).ToArray();
        var places = new Dictionary<DiagramNode, DiagramPoint>();
        // Each column, and each edge along x, is one thread's.
        var groups = kept.SelectMany(n => n).Distinct()
            .GroupBy(n => n.Kind == NodeKind.AlongY ? (n.I, -1, n.Kind) : (n.I, n.J, n.Kind)).Select(g => g.ToArray()).ToArray();
        var found = new DiagramPoint[groups.Length][];
        lattice.InParallel([.. Enumerable.Range(0, groups.Length)], g => found[g] = [.. groups[g].Select(Crossing)]);
        for (var g = 0; g < groups.Length; g++)
            for (var n = 0; n < groups[g].Length; n++) places[groups[g][n]] = found[g][n];
        var boundaries = curves.Select((c, n) => (c.Left, c.Right, c.IsClosed, Points: kept[n]));
        return [.. boundaries.Select(b => new PhaseBoundary(b.Left, b.Right, [.. b.Points.Select(p => places[p])], b.IsClosed))];
    }

    private static List<DiagramNode> Thinned(List<DiagramNode> nodes)
    {
        var kept = new List<DiagramNode>();
        for (var n = 0; n < nodes.Count;)
        {
            var run = 0;
            while (n + run < nodes.Count && nodes[n + run].Kind == NodeKind.AlongX) run++;
            var isBetween = n > 0 && n + run < nodes.Count && nodes[n - 1].Kind == NodeKind.AlongY && nodes[n + run].Kind == NodeKind.AlongY;
            if (run == 0) kept.Add(nodes[n++]);
            else if (!isBetween || run > MostLeftOut) kept.AddRange(nodes.GetRange(n, run));
            n += run;
        }

        return kept;
    }

    private DiagramPoint Crossing(DiagramNode node)
    {
        if (node.Kind == NodeKind.Junction) return Meeting(node);
        var (x, y) = (lattice.Xs[node.I], lattice.Ys[node.J]);
        if (node.Kind == NodeKind.AlongY)
        {
            var column = lattice.Column(node.I);
            return new(x, Bisect(plan.Y, node.J, lattice[node.I, node.J].Class, t => column(t).Class));
        }

        return new(Bisect(plan.X, node.I, lattice[node.I, node.J].Class, t => evaluator.Column(t)(y).Class), y);
    }

    /// <summary>Where the class of the lower end is left.</summary>
    private double Bisect(DiagramAxis axis, int index, string? lower, Func<double, string?> classAt)
    {
        var (low, high) = ((double)index / plan.FinestCells, (index + 1.0) / plan.FinestCells);
        while (high - low > plan.Precision)
        {
            var middle = (low + high) / 2;
            if (classAt(axis.At(middle)) == lower) low = middle;
            else high = middle;
        }

        return axis.At((low + high) / 2);
    }

    /// <summary>Where several classes meet: of the quarters of the cell, one at whose corners there are three again, and so on.</summary>
    private DiagramPoint Meeting(DiagramNode node)
    {
        var (i, j, size) = ((double)node.I, (double)node.J, 1.0);
        for (var level = 0; level < DeepestMeeting && size > plan.Precision * plan.FinestCells; level++)
        {
            var half = size / 2;
            var columns = Enumerable.Range(0, 3).Select(a => evaluator.Column(plan.X.At((i + a * half) / plan.FinestCells))).ToArray();
            var classes = columns.Select(c => Enumerable.Range(0, 3).Select(b => c(plan.Y.At((j + b * half) / plan.FinestCells)).Class).ToArray()).ToArray();
            var quarter = Enumerable.Range(0, 4).Select(n => (A: n / 2, B: n % 2))
                .Where(q => new[] { classes[q.A][q.B], classes[q.A + 1][q.B], classes[q.A][q.B + 1], classes[q.A + 1][q.B + 1] }.Distinct().Count() > 2).Select(q => ((int A, int B)?)q).FirstOrDefault();
            if (quarter is not { } next) break;
            (i, j, size) = (i + next.A * half, j + next.B * half, half);
        }

        return new(plan.X.At((i + size / 2) / plan.FinestCells), plan.Y.At((j + size / 2) / plan.FinestCells));
    }
}
