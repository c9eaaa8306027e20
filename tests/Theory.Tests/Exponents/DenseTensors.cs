using MathNet.Numerics.LinearAlgebra;
using Theory.Numerics.Quadrature;

namespace Theory.Tests.Exponents;

/// <summary>
/// The definitions, in floating point and by brute force: dense tensors C_m = E[f H_m(z)] by Gauss–Hermite quadrature, projected slot by slot and unfolded.
/// Shares no code with the exact algebra.
/// </summary>
internal sealed class DenseTensors
{
    private const double Tolerance = 1e-7;

    private readonly int variables;
    private readonly double[][] tensors;

    /// <param name="f">A function that the rule integrates exactly, for instance a polynomial of degree below its number of nodes.</param>
    /// <param name="variables">The number of variables.</param>
    /// <param name="order">The largest order m.</param>
    /// <param name="rule">Gauss–Hermite nodes and weights.</param>
    internal DenseTensors(Func<double[], double> f, int variables, int order, QuadratureRule rule)
        : this(f, variables, order, [.. rule.Nodes.Zip(rule.Weights)])
    {
    }

    /// <param name="f">The function.</param>
    /// <param name="variables">The number of variables.</param>
    /// <param name="order">The largest order m.</param>
    /// <param name="rule">Nodes and weights of E g(z).</param>
    internal DenseTensors(Func<double[], double> f, int variables, int order, (double Node, double Weight)[] rule)
    {
        this.variables = variables;
        tensors = [.. Enumerable.Range(0, order + 1).Select(m => new double[(int)Math.Pow(variables, m)])];
        var (point, hermite) = (new double[variables], new double[variables][]);
        Visit(0, 1);

        void Visit(int variable, double weight)
        {
            if (variable == variables)
            {
                var value = weight * f(point);
                for (var m = 0; m <= order; m++)
                    Accumulate(m, hermite, value);
                return;
            }
            foreach (var (node, factor) in rule)
            {
                (point[variable], hermite[variable]) = (node, Hermite(order, node));
                Visit(variable + 1, weight * factor);
            }
        }
    }

    internal double Coefficient(params int[] slots) => tensors[slots.Length][slots.Aggregate(0, (index, slot) => (index * variables) + slot)];

    /// <summary>The least m ≥ 1 with C_m ≠ 0.</summary>
    internal int? InformationExponent => Enumerable.Range(1, tensors.Length - 1).Where(m => tensors[m].Max(Math.Abs) > Tolerance * Scale).Select(m => (int?)m).FirstOrDefault();

    /// <summary>dim span of all fibres.</summary>
    internal int Dimension => Rank(Fibres(Matrix<double>.Build.Dense(variables, variables), null)).Count;

    /// <summary>Dimensions after each step of the closure at orders ≤ l, to the last that adds one.</summary>
    internal List<int> Steps(int l)
    {
        List<int> dimensions = [];
        var learned = Matrix<double>.Build.Dense(variables, variables);
        var known = 0;
        while (true)
        {
            var found = Rank([.. learned.EnumerateColumns(), .. Enumerable.Range(1, l).SelectMany(k => Fibres(learned, k))]);
            if (found.Count == known)
                return dimensions;
            dimensions.Add(known = found.Count);
            learned = found.Aggregate(Matrix<double>.Build.Dense(variables, variables), (sum, v) => sum + v.OuterProduct(v));
        }
    }

    /// <summary>min{l: the closure at l is everything}.</summary>
    internal int IsoLeap()
    {
        var whole = Dimension;
        return whole == 0 ? 0 : Enumerable.Range(1, tensors.Length - 1).First(l => Steps(l) is { Count: > 0 } steps && steps[^1] == whole);
    }

    private double Scale => Math.Max(1e-300, tensors.Skip(1).Max(tensor => tensor.Max(Math.Abs)));

    /// <summary>Fibres of C_m with k slots projected off the learned subspace and m − k onto it; all fibres without k.</summary>
    private IEnumerable<Vector<double>> Fibres(Matrix<double> learned, int? k)
    {
        var rest = Matrix<double>.Build.DenseIdentity(variables) - learned;
        for (var m = Math.Max(1, k ?? 1); m < tensors.Length; m++)
        {
            var tensor = tensors[m];
            for (var slot = 0; slot < m; slot++)
                tensor = k is null ? tensor : Project(tensor, slot, m, slot < k ? rest : learned);
            // The first slot varies slowest.
            var stride = tensor.Length / variables;
            for (var column = 0; column < stride; column++)
                yield return Vector<double>.Build.Dense(variables, i => tensor[(i * stride) + column] / Scale);
        }
    }

    private double[] Project(double[] tensor, int slot, int m, Matrix<double> matrix)
    {
        var stride = (int)Math.Pow(variables, m - 1 - slot);
        var result = new double[tensor.Length];
        for (var index = 0; index < tensor.Length; index++)
        {
            var digit = index / stride % variables;
            for (var i = 0; i < variables; i++)
                result[index + ((i - digit) * stride)] += matrix[i, digit] * tensor[index];
        }
        return result;
    }

    /// <summary>An orthonormal basis of the span.</summary>
    private List<Vector<double>> Rank(IEnumerable<Vector<double>> vectors)
    {
        var all = vectors.ToList();
        if (all.Count == 0)
            return [];
        var gram = all.Aggregate(Matrix<double>.Build.Dense(variables, variables), (sum, v) => sum + v.OuterProduct(v));
        var decomposition = gram.Evd(Symmetricity.Symmetric);
        return [.. Enumerable.Range(0, variables).Where(i => decomposition.EigenValues[i].Real > Tolerance * Tolerance).Select(i => decomposition.EigenVectors.Column(i))];
    }

    /// <summary>H_m(z), entry by entry: the product of He_k(z_i) over the counts k of every variable among the slots.</summary>
    private void Accumulate(int m, double[][] hermite, double value)
    {
        var (tensor, counts) = (tensors[m], new int[variables]);
        for (var index = 0; index < tensor.Length; index++)
        {
            Array.Clear(counts);
            for (var (slot, rest) = (0, index); slot < m; slot++, rest /= variables)
                counts[rest % variables]++;
            var product = value;
            for (var i = 0; i < variables; i++)
                product *= hermite[i][counts[i]];
            tensor[index] += product;
        }
    }

    private static double[] Hermite(int order, double z)
    {
        var values = new double[order + 2];
        (values[0], values[1]) = (1, z);
        for (var k = 1; k < order; k++)
            values[k + 1] = (z * values[k]) - (k * values[k - 1]);
        return values;
    }
}
