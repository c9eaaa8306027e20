namespace Theory.Systems.Diagrams;

/// <summary>
/// Turns the finest cells at boundaries into curves. Where an edge of a cell has two classes a boundary crosses it. The crossings of a cell are joined two by two, or at a point inside it
/// where three classes or more meet; the pieces are strung together.
/// </summary>
internal sealed class BoundaryTracing
{
    private readonly DiagramLattice lattice;
    private readonly DiagramEvaluator evaluator;
    private readonly Dictionary<(string, string), List<(DiagramNode A, DiagramNode B)>> pieces = [];

    public BoundaryTracing(DiagramLattice lattice, DiagramEvaluator evaluator)
    {
        (this.lattice, this.evaluator) = (lattice, evaluator);
        foreach (var cell in lattice.Cells.Where(c => c.Size == 1)) Join(cell);
    }

    /// <summary>The boundaries as sequences of crossings, in a definite order.</summary>
    public List<(string Left, string Right, List<DiagramNode> Nodes, bool IsClosed)> Curves()
    {
        var curves = new List<(string, string, List<DiagramNode>, bool)>();
        foreach (var (pair, joined) in pieces.OrderBy(p => p.Key.Item1, StringComparer.Ordinal).ThenBy(p => p.Key.Item2, StringComparer.Ordinal))
            foreach (var (nodes, isClosed) in Strings(joined)) curves.Add((pair.Item1, pair.Item2, nodes, isClosed));
        return curves;
    }

    private void Join(LatticeCell cell)
    {
        (int I, int J)[] corners = [.. cell.Corners()];
        var classes = corners.Select(c => lattice[c.I, c.J].Class).ToArray();
        // Edge n goes from corner n to the next, anticlockwise from the lower one.
        DiagramNode[] edges = [new(cell.I, cell.J, NodeKind.AlongX), new(cell.I + 1, cell.J, NodeKind.AlongY), new(cell.I, cell.J + 1, NodeKind.AlongX), new(cell.I, cell.J, NodeKind.AlongY)];
        int[] crossed = [.. Enumerable.Range(0, 4).Where(n => classes[n] is { } a && classes[(n + 1) % 4] is { } b && a != b)];
        switch (crossed.Length)
        {
            case 2:
                Add(edges[crossed[0]], edges[crossed[1]], Pair(classes, crossed[0]));
                return;
            case 4 when classes[0] == classes[2] && classes[1] == classes[3]:
                // A saddle: the class at the centre connects its two corners.
                var first = Centre(cell) == classes[0] ? 1 : 0;
                for (var n = first; n < 4; n += 2) Add(edges[(n + 3) % 4], edges[n], Pair(classes, n));
                return;
            case > 2:
                foreach (var n in crossed) Add(edges[n], new(cell.I, cell.J, NodeKind.Junction), Pair(classes, n));
                return;
        }
    }

    private string? Centre(LatticeCell cell) =>
        evaluator.Column((lattice.Xs[cell.I] + lattice.Xs[cell.I + 1]) / 2)((lattice.Ys[cell.J] + lattice.Ys[cell.J + 1]) / 2).Class;

    private static (string, string) Pair(string?[] classes, int edge)
    {
        var (a, b) = (classes[edge]!, classes[(edge + 1) % 4]!);
        return string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
    }

    private void Add(DiagramNode a, DiagramNode b, (string, string) pair)
    {
        if (!pieces.TryGetValue(pair, out var list)) pieces.Add(pair, list = []);
        list.Add((a, b));
    }

    /// <summary>Strings of pieces that meet end to end: open ones from their first end in order, then closed ones.</summary>
    private static IEnumerable<(List<DiagramNode> Nodes, bool IsClosed)> Strings(List<(DiagramNode A, DiagramNode B)> joined)
    {
        var at = new Dictionary<DiagramNode, List<int>>();
        for (var n = 0; n < joined.Count; n++)
        {
            foreach (var node in (ReadOnlySpan<DiagramNode>)[joined[n].A, joined[n].B])
            {
                if (!at.TryGetValue(node, out var list)) at.Add(node, list = []);
                list.Add(n);
            }
        }

        var used = new bool[joined.Count];
        foreach (var (start, starts) in at.OrderBy(p => p.Value.Count == 2).ThenBy(p => p.Key))
        {
            foreach (var first in starts)
            {
                if (used[first]) continue;
                var nodes = new List<DiagramNode> { start };
                for (int? piece = first; piece is { } n;)
                {
                    used[n] = true;
                    nodes.Add(joined[n].A == nodes[^1] ? joined[n].B : joined[n].A);
                    // Beyond a point where more than two ends meet, other strings begin.
                    piece = at[nodes[^1]] is { Count: 2 } next ? next.Where(k => !used[k]).Select(k => (int?)k).FirstOrDefault() : null;
                }

                yield return (nodes, nodes.Count > 2 && nodes[0] == nodes[^1]);
            }
        }
    }
}

/// <summary>What a node of a boundary lies on.</summary>
internal enum NodeKind
{
    /// <summary>The edge from (i, j) to (i + 1, j).</summary>
    AlongX,

    /// <summary>The edge from (i, j) to (i, j + 1).</summary>
    AlongY,

    /// <summary>The inside of the cell at (i, j), where three classes or more meet.</summary>
    Junction,
}

/// <summary>A node of a boundary.</summary>
internal readonly record struct DiagramNode(int I, int J, NodeKind Kind) : IComparable<DiagramNode>
{
    public int CompareTo(DiagramNode other) => (I, J, Kind).CompareTo((other.I, other.J, other.Kind));
}
