using System.Runtime.InteropServices;

namespace Theory.Dynamics;

/// <summary>
/// Averages of one step by deterministic quadrature over (z, label noise, ξ_0, …, ξ_t): a tree of nodes, pruned to a ball, that splits the integral over each ξ where the field it moves crosses
/// a kink of the loss. Minibatches are branches of the tree. The last ξ is summed path by path, without storing it.
/// </summary>
internal sealed class QuadratureTree(SampleSide side, TargetLaw target, double targetSpacing, double fieldSpacing)
{
    // e^{−r²/2} = 1e−18 beyond this squared radius.
    private const double SquaredRadius = 82.9;
    private const int BlockSize = 8192;
    private readonly int p = side.Loss.Width;
    private readonly NodeRule targetRule = new(targetSpacing), fieldRule = new(fieldSpacing);

    /// <summary>About how many nodes step t takes.</summary>
    public static double Cost(SampleSide side, TargetLaw target, int t, double targetSpacing, double fieldSpacing)
    {
        var (p, k) = (side.Loss.Width, target.Directions);
        var fields = p * (t + 1) + (target.IsNoisy ? 1 : 0);
        var dimension = k + fields;
        // Volume of the ball of the squared radius in this dimension, per cell; twice as many nodes in the panels between kinks.
        var volume = Math.Pow(Math.PI * SquaredRadius, dimension / 2.0) / MathNet.Numerics.SpecialFunctions.Gamma(dimension / 2.0 + 1);
        var branches = side.Masks.IsFull ? 1 : Math.Pow(2, t);
        return volume / Math.Pow(targetSpacing, k) / Math.Pow(fieldSpacing, fields) * branches * (side.Loss.Breakpoints.IsEmpty ? 1 : 2);
    }

    /// <summary>The averages of step t, given those before; the same on any number of threads.</summary>
    public StepAverages Average(int t)
    {
        var roots = Roots(t + 1);
        var perRoot = Math.Max(1, Cost(side, target, t, targetSpacing, fieldSpacing) / roots.Count * fieldSpacing / 9);
        var size = Math.Clamp((int)(BlockSize / perRoot), 1, 1024);
        var groups = (roots.Count + size - 1) / size;
        var sums = new StepAverages[groups];
        Parallel.For(0, groups, g =>
        {
            var sum = new StepAverages(t, p, target.Directions);
            Descend(roots.Slice(g * size, Math.Min(size, roots.Count - g * size)), t, sum);
            sums[g] = sum;
        });
        var total = new StepAverages(t, p, target.Directions);
        foreach (var sum in sums) total.Add(sum);
        return total;
    }

    /// <summary>Nodes of z and of the label noise.</summary>
    private PathBlock Roots(int steps)
    {
        var k = target.Directions;
        var points = new List<double[]>();
        var (weights, budgets) = (new List<double>(), new List<double>());
        Extend([], 1, SquaredRadius);
        var block = new PathBlock(p, k, steps) { Count = points.Count };
        var columns = new double[k * points.Count];
        for (var j = 0; j < k; j++)
        {
            var row = points.Select(z => z[j]).ToArray();
            block.SetZ(j, row);
            row.CopyTo(columns, j * points.Count);
        }
        var labels = new double[points.Count];
        target.Evaluate(columns, labels);
        block.SetLabel(labels);
        block.SetWeight([.. weights]);
        block.SetBudget([.. budgets]);
        return target.IsNoisy ? WithNoise(block) : block;

        void Extend(double[] z, double weight, double budget)
        {
            if (z.Length == k)
            {
                points.Add(z);
                weights.Add(weight);
                budgets.Add(budget);
                return;
            }
            var nodes = new List<(double X, double Weight)>();
            targetRule.Fill(Math.Sqrt(budget), target.Splits(z), nodes);
            foreach (var (x, w) in nodes) Extend([.. z, x], weight * w, budget - x * x);
        }
    }

    private PathBlock WithNoise(PathBlock block)
    {
        var children = new Children();
        for (var i = 0; i < block.Count; i++) children.Add(i, block.Budget[i], fieldRule, []);
        var next = children.Expand(block, out var noise);
        for (var i = 0; i < next.Count; i++) next.Label[i] += target.NoiseDeviation * noise[i];
        return next;
    }

    private void Descend(PathBlock block, int t, StepAverages sum)
    {
        var next = block;
        for (var s = 0; s <= t; s++)
        {
            for (var i = 0; i < p; i++)
            {
                if (s < t || i < p - 1) next = Branch(next, s, i);
            }
            if (s < t) next = Complete(next, s);
        }
        Finish(next, t, sum);
    }

    /// <summary>Adds the normal of column sp + i.</summary>
    private PathBlock Branch(PathBlock block, int s, int i)
    {
        var children = new Children();
        using var memory = new Scratch(block.Count);
        var pivot = Centres(block, s, i, memory.Span);
        for (var n = 0; n < block.Count; n++)
        {
            if (pivot == 0) children.AddCentre(n);
            else children.Add(n, block.Budget[n], fieldRule, Kinks(memory.Span[n], pivot));
        }
        var next = children.Expand(block, out var normals);
        next.SetNormal(s * p + i, normals);
        return next;
    }

    /// <summary>The field h_i^s without its own normal, and the factor of that normal.</summary>
    private double Centres(PathBlock block, int s, int i, Span<double> centres)
    {
        side.Field(block, s, i, s * p + i, 0, centres);
        return side.Factor.Row(s, i)[s * p + i];
    }

    private ReadOnlySpan<double> Kinks(double centre, double pivot)
    {
        var points = side.Loss.Breakpoints;
        if (points.IsEmpty) return default;
        var kinks = new double[points.Length];
        for (var b = 0; b < kinks.Length; b++) kinks[b] = (points[b] - centre) / pivot;
        return kinks;
    }

    /// <summary>g^s and its responses once all normals of step s are there; then the branches of the minibatch.</summary>
    private PathBlock Complete(PathBlock block, int s)
    {
        var n = block.Count;
        using var memory = new Scratch(p * n + PathMoments.Size(n, p));
        var fields = memory.Span[..(p * n)];
        var path = new PathMoments(memory.Span[(p * n)..], n, p, false, true);
        for (var i = 0; i < p; i++) side.Field(block, s, i, int.MaxValue, 0, fields.Slice(i * n, n));
        side.Loss.Evaluate(fields, block.Label, path.Gradients, side.IsPathwise ? path.Hessians : default, path.Loss);
        side.MakeRoom(block, s);
        side.KeepResponses(block, s, 0, path);
        side.KeepGradient(block, s, 0, path);
        if (side.Masks.IsFull) return block;

        var branches = new Children();
        for (var i = 0; i < n; i++) branches.AddMasks(i, side.Masks.Chance(block.LastMask?[i]));
        var next = branches.Expand(block, out var mask);
        next.SetLastMask(mask);
        side.Mask(next, s, 0, next.Count);
        return next;
    }

    /// <summary>Sums over the last normal of each path, in parts that fit the cache.</summary>
    private void Finish(PathBlock block, int t, StepAverages sum)
    {
        var centres = new double[p * block.Count];
        for (var i = 0; i < p; i++) side.Field(block, t, i, (t + 1) * p - 1, 0, centres.AsSpan(i * block.Count, block.Count));
        var pivot = side.Factor.Row(t, p - 1)[^1];
        var children = new Children();
        for (var first = 0; first < block.Count;)
        {
            children.Clear();
            var start = first;
            for (; first < block.Count && children.Count < BlockSize; first++)
            {
                if (pivot == 0) children.AddCentre(first);
                else children.Add(first, block.Budget[first], fieldRule, Kinks(centres[(p - 1) * block.Count + first], pivot));
            }
            Sum(block, t, start, first - start, children, centres, pivot, sum);
        }
    }

    private void Sum(PathBlock block, int t, int start, int parents, Children children, double[] centres, double pivot, StepAverages sum)
    {
        var (n, size) = (children.Count, PathMoments.Size(children.Count, p));
        using var memory = new Scratch((p + 1) * n + size + PathMoments.Size(parents, p));
        var fields = memory.Span[..(p * n)];
        var labels = memory.Span.Slice(p * n, n);
        var node = new PathMoments(memory.Span.Slice((p + 1) * n, size), n, p, true, false);
        var path = new PathMoments(memory.Span[((p + 1) * n + size)..], parents, p, true, false);
        var owners = children.Parents;
        var normals = children.Values;
        var weights = children.Weights;
        for (var c = 0; c < n; c++)
        {
            labels[c] = block.Label[owners[c]];
            for (var i = 0; i < p; i++) fields[i * n + c] = centres[i * block.Count + owners[c]];
            fields[(p - 1) * n + c] += pivot * normals[c];
        }
        side.Loss.Evaluate(fields, labels, node.Gradients, side.IsPathwise ? node.Hessians : default, node.Loss);

        // Only what is read: first g and the loss, then g gᵀ, then Hess or g ξ.
        path.Clear();
        for (var c = 0; c < n; c++)
        {
            var (parent, w) = (owners[c] - start, weights[c]);
            path.Loss[parent] += w * node.Loss[c];
            for (var i = 0; i < p; i++)
            {
                var value = node.Gradient(i)[c];
                var g = w * value;
                path.Gradient(i)[parent] += g;
                path.Fourth(i)[parent] += g * value * value * value;
                if (!side.IsPathwise) path.Steined(i)[parent] += g * normals[c];
                for (var j = 0; j < p; j++)
                {
                    path.Square(i, j)[parent] += g * node.Gradient(j)[c];
                    if (side.IsPathwise) path.Hessian(i, j)[parent] += w * node.Hessian(i, j)[c];
                }
            }
        }
        side.Accumulate(block, t, start, path, sum);
    }

    /// <summary>Children of paths under construction: parent, value of the new variable, weight and what is left of the budget.</summary>
    private sealed class Children
    {
        private readonly List<int> parents = [];
        private readonly List<double> values = [], weights = [];
        private readonly List<(double X, double Weight)> nodes = [];

        public int Count => parents.Count;

        public ReadOnlySpan<int> Parents => CollectionsMarshal.AsSpan(parents);

        public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(values);

        public ReadOnlySpan<double> Weights => CollectionsMarshal.AsSpan(weights);

        public void Clear()
        {
            parents.Clear();
            values.Clear();
            weights.Clear();
        }

        public void Add(int parent, double budget, NodeRule rule, ReadOnlySpan<double> splits)
        {
            rule.Fill(Math.Sqrt(Math.Max(budget, 0)), splits, nodes);
            foreach (var (x, weight) in nodes) Add(parent, x, weight);
        }

        public void AddCentre(int parent) => Add(parent, 0, 1);

        public void AddMasks(int parent, double chance)
        {
            if (chance > 0) Add(parent, 1, chance);
            if (chance < 1) Add(parent, 0, 1 - chance);
        }

        /// <summary>The block of the children. Only Gaussian values use up the budget; masks, 0 or 1, use a negligible part of it.</summary>
        public PathBlock Expand(PathBlock block, out double[] value)
        {
            var next = block.Gather(Parents);
            value = [.. values];
            for (var i = 0; i < next.Count; i++)
            {
                next.Weight[i] *= weights[i];
                next.Budget[i] -= values[i] * values[i];
            }
            return next;
        }

        private void Add(int parent, double value, double weight)
        {
            parents.Add(parent);
            values.Add(value);
            weights.Add(weight);
        }
    }
}
