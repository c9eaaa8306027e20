using System.Numerics.Tensors;
using Theory.Hermite.Tensors;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// Raw coefficients of functions T(f) by tensor-product panels, for targets of up to three directions without exploitable structure. Kinks
/// off the coordinate planes limit the accuracy; the error is the difference of two rules, and zeros are never more than evidence.
/// </summary>
internal sealed class NumericTensors
{
    /// <summary>The largest number of directions on which the target may depend.</summary>
    internal const int MostDirections = 3;

    /// <summary>Errors enter decisions a thousandfold; the difference of the two rules itself is enough of an error five times.</summary>
    private const double Shrinkage = 0.005;

    /// <summary>The largest part of E f² near the ends of the grid that an integrable function may have.</summary>
    private const double LargestOuterShare = 1e-6;

    private readonly Frame frame;
    private readonly Grid fine;
    private readonly Grid coarse;
    private readonly Lazy<IReadOnlyList<(IReadOnlyDictionary<ulong, SymbolicNumber> Tensor, bool IsOdd)>> bounded;

    /// <param name="target">The target.</param>
    /// <param name="written">Directions through which alone it depends on z.</param>
    /// <param name="order">The largest total order.</param>
    internal NumericTensors(Expression target, Subspace written, int order)
    {
        frame = new(written.Orthogonal, written.AmbientDimension);
        var (rotated, directions) = (frame.Express(target), written.Dimension);
        var (panel, reach) = directions < 3 ? (0.25, 8.5) : (0.5, 7.5);
        fine = new(rotated, directions, order, panel, reach, directions < 3 ? 6 : 5);
        if (!double.IsFinite(fine.Scale) || fine.OuterShare > LargestOuterShare)
            throw new ArgumentException($"'{target}' is not square integrable under a standard Gaussian, or not defined almost everywhere.", nameof(target));
        coarse = new(rotated, directions, order, panel, reach, 4);
        bounded = new(ComputeBoundedFunctions);
    }

    /// <summary>The tensors of f itself.</summary>
    internal IReadOnlyDictionary<ulong, SymbolicNumber> OfLabel() => Of("f", value => value);

    /// <summary>The tensors of bounded functions of the label, cos(t f/s) and sin(t f/s), s² = Var f.</summary>
    internal IReadOnlyList<(IReadOnlyDictionary<ulong, SymbolicNumber> Tensor, bool IsOdd)> OfBoundedFunctions() => bounded.Value;

    private IReadOnlyList<(IReadOnlyDictionary<ulong, SymbolicNumber> Tensor, bool IsOdd)> ComputeBoundedFunctions()
    {
        var scale = fine.Scale;
        return
        [
            .. new[] { 0.7, 1.6, 3.1 }.SelectMany(t => ((IReadOnlyDictionary<ulong, SymbolicNumber>, bool)[])
                [(Of($"cos({t}f)", value => Math.Cos(t * value / scale)), false), (Of($"sin({t}f)", value => Math.Sin(t * value / scale)), true)]),
        ];
    }

    private IReadOnlyDictionary<ulong, SymbolicNumber> Of(string name, Func<double, double> transform)
    {
        var (accurate, rough) = (fine.Coefficients(transform), coarse.Coefficients(transform));
        // One error for all: where the rules happen to agree on a single coefficient, they need not be right.
        var error = (Shrinkage * accurate.Max(pair => Math.Abs(pair.Value - rough[pair.Key]))) + 1e-15;
        Dictionary<ulong, SymbolicNumber> tensor = [];
        foreach (var (key, value) in accurate)
        {
            var root = Math.Sqrt((double)new MultiIndex(key).Factorial);
            tensor.Add(key, SymbolicNumber.Named($"{name}{new MultiIndex(key)}", root * value, root * error));
        }
        return frame.Return(tensor);
    }

    /// <summary>Values on a product grid and the weighted orthonormal Hermite polynomials at its nodes.</summary>
    private sealed class Grid
    {
        private readonly int variables;
        private readonly int order;
        private readonly double[] values;
        private readonly double[][] hermite;

        internal Grid(Expression target, int variables, int order, double panel, double reach, int nodesPerPanel)
        {
            (this.variables, this.order) = (variables, order);
            var (nodes, weights) = Nodes(panel, reach, nodesPerPanel);
            hermite = [.. Enumerable.Range(0, order + 1).Select(k => nodes.Zip(weights, (z, w) => w * HermitePolynomial.Normalised(k, z)).ToArray())];
            values = Evaluate(target, nodes);
            var mean = Contract(v => v, hermite[0]);
            var second = Contract(v => v * v, hermite[0]);
            Scale = Math.Sqrt(second - (mean * mean));
            var inner = nodes.Zip(hermite[0], (z, w) => Math.Abs(z) > reach - 1 ? 0 : w).ToArray();
            OuterShare = 1 - (Contract(v => v * v, inner) / second);
        }

        /// <summary>The part of E f² within 1 of the ends of the grid.</summary>
        internal double OuterShare { get; }

        /// <summary>The standard deviation of f.</summary>
        internal double Scale { get; }

        internal Dictionary<ulong, double> Coefficients(Func<double, double> transform)
        {
            Dictionary<ulong, double> result = [];
            var transformed = Array.ConvertAll(values, value => transform(value));
            Reduce(transformed, variables - 1, 0, order, result);
            return result;
        }

        /// <summary>Contracts the last variable with every order, then the others.</summary>
        private void Reduce(double[] data, int variable, ulong key, int left, Dictionary<ulong, double> result)
        {
            var size = hermite[0].Length;
            for (var k = 0; k <= left; k++)
            {
                var index = key | MultiIndex.Of(variable, k).Key;
                var reduced = new double[data.Length / size];
                for (var i = 0; i < reduced.Length; i++)
                    reduced[i] = TensorPrimitives.Dot(data.AsSpan(i * size, size), hermite[k]);
                if (variable == 0)
                    result[index] = reduced[0];
                else
                    Reduce(reduced, variable - 1, index, left - k, result);
            }
        }

        private double Contract(Func<double, double> f, double[] weights)
        {
            var data = Array.ConvertAll(values, value => f(value));
            for (var variable = 0; variable < variables; variable++)
                data = [.. Enumerable.Range(0, data.Length / weights.Length).Select(i => TensorPrimitives.Dot(data.AsSpan(i * weights.Length, weights.Length), weights))];
            return data[0];
        }

        /// <summary>Values with the last variable running fastest.</summary>
        private double[] Evaluate(Expression target, double[] nodes)
        {
            var size = nodes.Length;
            var total = (int)Math.Pow(size, variables);
            var result = new double[total];
            var columns = new double[size * variables];
            for (var block = 0; block < total / size; block++)
            {
                var rest = block;
                for (var variable = variables - 2; variable >= 0; variable--)
                {
                    columns.AsSpan(variable * size, size).Fill(nodes[rest % size]);
                    rest /= size;
                }
                nodes.CopyTo(columns, (variables - 1) * size);
                target.Evaluate(columns, result.AsSpan(block * size, size));
            }
            return result;
        }

        private static (double[] Nodes, double[] Weights) Nodes(double panel, double reach, int perPanel)
        {
            List<double> nodes = [], weights = [];
            var count = (int)(reach / panel);
            for (var p = -count; p < count; p++)
            {
                var rule = GaussLegendre.Rule(perPanel, p * panel, (p + 1) * panel);
                for (var i = 0; i < rule.Count; i++)
                {
                    nodes.Add(rule.Nodes[i]);
                    weights.Add(rule.Weights[i] * Math.Exp(-0.5 * rule.Nodes[i] * rule.Nodes[i]) / Math.Sqrt(2 * Math.PI));
                }
            }
            return ([.. nodes], [.. weights]);
        }
    }
}
