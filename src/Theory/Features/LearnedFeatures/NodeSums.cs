using System.Numerics;

namespace Theory.Features;

/// <summary>
/// The functions f_i(κ) whose products with the unknowns v make up δ(κ) = Σ_i v_i f_i(κ): π_q c⋆_q² for χ_q and c₁_q c₁_q′/β (twice that off the diagonal) for X_qq′.
/// </summary>
internal sealed class DeltaFunctions
{
    public DeltaFunctions(VocabularyProjection projection, ReadOnlySpan<double> fractions, double beta)
    {
        (Nodes, Weight) = (projection.Weight.Length, projection.Weight);
        var k = projection.Count;
        Count = k + k * (k + 1) / 2;
        Values = new double[Count * Nodes];
        for (var q = 0; q < k; q++)
        {
            var row = Row(q);
            for (var n = 0; n < Nodes; n++) row[n] = fractions[q] * projection.Noise[q][n];
        }
        var i = k;
        for (var q = 0; q < k; q++)
            for (var r = q; r < k; r++, i++)
            {
                var row = Row(i);
                var factor = (q == r ? 1 : 2) / beta;
                for (var n = 0; n < Nodes; n++) row[n] = factor * projection.Linear[q][n] * projection.Linear[r][n];
            }
    }

    /// <summary>Number of functions.</summary>
    public int Count { get; }

    public int Nodes { get; }

    public double[] Weight { get; }

    /// <summary>f_i at all nodes, one after the other.</summary>
    public double[] Values { get; }

    public Span<double> Row(int i) => Values.AsSpan(i * Nodes, Nodes);
}

/// <summary>Averages over κ at a point v, in real or complex numbers, in memory that is allocated once.</summary>
internal interface INodeSums<T>
{
    /// <summary>s_i = E f_i/(1 + δ) and, if wanted, row by row M_ij = E f_i f_j/(1 + δ)² = −∂s_i/∂v_j.</summary>
    void Evaluate(ReadOnlySpan<T> v, Span<T> sums, Span<T> products);
}

/// <summary>Averages for real v.</summary>
internal sealed class RealSums(DeltaFunctions functions) : INodeSums<double>
{
    private readonly double[] weighted = new double[functions.Nodes];

    /// <summary>h(κ) = 1/(1 + δ(κ)) at the nodes, from the last evaluation.</summary>
    public double[] Shrinkage { get; } = new double[functions.Nodes];

    public void Evaluate(ReadOnlySpan<double> v, Span<double> sums, Span<double> products)
    {
        SetShrinkage(v);
        Multiply(functions.Weight, Shrinkage, weighted);
        for (var i = 0; i < functions.Count; i++) sums[i] = Dot(weighted, functions.Row(i));
        if (products.IsEmpty) return;
        Multiply(weighted, Shrinkage, weighted);
        for (var i = 0; i < functions.Count; i++)
            for (var j = 0; j <= i; j++) products[i * functions.Count + j] = products[j * functions.Count + i] = Dot(weighted, functions.Row(i), functions.Row(j));
    }

    private void SetShrinkage(ReadOnlySpan<double> v)
    {
        var (values, nodes) = (functions.Values, functions.Nodes);
        for (var n = 0; n < nodes; n += Vector<double>.Count)
        {
            var sum = Vector<double>.One;
            for (var i = 0; i < v.Length; i++) sum += v[i] * new Vector<double>(values, i * nodes + n);
            (Vector<double>.One / sum).CopyTo(Shrinkage, n);
        }
    }

    private static void Multiply(double[] a, double[] b, double[] result)
    {
        for (var n = 0; n < result.Length; n += Vector<double>.Count) (new Vector<double>(a, n) * new Vector<double>(b, n)).CopyTo(result, n);
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = Vector<double>.Zero;
        for (var n = 0; n < a.Length; n += Vector<double>.Count) sum += new Vector<double>(a[n..]) * new Vector<double>(b[n..]);
        return Vector.Sum(sum);
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c)
    {
        var sum = Vector<double>.Zero;
        for (var n = 0; n < a.Length; n += Vector<double>.Count) sum += new Vector<double>(a[n..]) * new Vector<double>(b[n..]) * new Vector<double>(c[n..]);
        return Vector.Sum(sum);
    }
}
