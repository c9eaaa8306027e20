using System.Numerics;

namespace Theory.Features;

/// <summary>
/// The functions f_i(κ) whose products with the unknowns v make up δ(κ) = Σ_i v_i f_i(κ): π_q c⋆_q² for χ_q and c₁_q c₁_r/β (twice that off the diagonal) for X_qr,
/// q and r being classes of values that are the same to the bulk.
/// They are kept as f_i = scale_i F_i with F_i of the projection alone.
/// </summary>
internal sealed class DeltaFunctions
{
    /// <summary>The functions of a projection, with the fractions of its classes.</summary>
    public DeltaFunctions(VocabularyProjection projection, ReadOnlySpan<double> fractions, double beta)
    {
        (Nodes, Weight, Values) = (projection.Weight.Length, projection.Weight, projection.Products);
        var k = projection.Members.Length;
        Count = k + k * (k + 1) / 2;
        Scale = new double[Count];
        fractions.CopyTo(Scale);
        var i = k;
        for (var q = 0; q < k; q++)
            for (var r = q; r < k; r++, i++) Scale[i] = (q == r ? 1 : 2) / beta;
    }

    /// <summary>Number of functions.</summary>
    public int Count { get; }

    public int Nodes { get; }

    public double[] Weight { get; }

    /// <summary>F_i at all nodes, one after the other.</summary>
    public double[] Values { get; }

    public double[] Scale { get; }

    public ReadOnlySpan<double> Row(int i) => Values.AsSpan(i * Nodes, Nodes);

    /// <summary>Σ ω F_i over the nodes, for i below a count.</summary>
    public void Sum(ReadOnlySpan<double> weights, int count, Span<double> result)
    {
        var i = 0;
        for (; i + 4 <= count; i += 4) (result[i], result[i + 1], result[i + 2], result[i + 3]) = NodeVectors.Dots(weights, Values.AsSpan(i * Nodes, 4 * Nodes));
        for (; i < count; i++) result[i] = NodeVectors.Dot(weights, Row(i));
    }

    /// <summary>E f_i ω with given values of weight × ω at the nodes.</summary>
    public double[] Averages(ReadOnlySpan<double> weights)
    {
        var averages = new double[Count];
        for (var i = 0; i < averages.Length; i++) averages[i] = Scale[i] * NodeVectors.Dot(weights, Row(i));
        return averages;
    }
}

/// <summary>Averages over κ at a point v, in real or complex numbers, in memory that is allocated once.</summary>
internal interface INodeSums<T>
{
    /// <summary>s_i = E f_i/(1 + δ).</summary>
    void Evaluate(ReadOnlySpan<T> v, Span<T> sums);

    /// <summary>C·M at the last point, row by row, with M_ij = E f_i f_j/(1 + δ)² = −∂s_i/∂v_j.</summary>
    void MultiplyProducts(ReadOnlySpan<T> coefficients, Span<T> result);
}

/// <summary>Averages for real v.</summary>
internal sealed class RealSums(DeltaFunctions functions) : INodeSums<double>
{
    private readonly int stride = NodeVectors.Whole(functions.Count);
    private readonly double[] weighted = new double[functions.Nodes], row = new double[functions.Nodes];
    private readonly double[] products = new double[functions.Count * NodeVectors.Whole(functions.Count)], line = new double[NodeVectors.Whole(functions.Count)];

    /// <summary>h(κ) = 1/(1 + δ(κ)) at the nodes, from the last evaluation.</summary>
    public double[] Shrinkage { get; } = new double[functions.Nodes];

    public void Evaluate(ReadOnlySpan<double> v, Span<double> sums)
    {
        SetShrinkage(v);
        NodeVectors.Multiply(functions.Weight, Shrinkage, weighted);
        functions.Sum(weighted, functions.Count, sums);
        for (var i = 0; i < functions.Count; i++) sums[i] *= functions.Scale[i];
    }

    public void MultiplyProducts(ReadOnlySpan<double> coefficients, Span<double> result)
    {
        NodeVectors.Multiply(weighted, Shrinkage, weighted);
        for (var i = 0; i < functions.Count; i++)
        {
            NodeVectors.Multiply(weighted, functions.Row(i), row);
            functions.Sum(row, i + 1, line);
            for (var j = 0; j <= i; j++) products[i * stride + j] = products[j * stride + i] = line[j] * functions.Scale[i] * functions.Scale[j];
        }
        for (var i = 0; i < functions.Count; i++)
        {
            Array.Clear(line);
            for (var l = 0; l < functions.Count; l++)
                if (coefficients[i * functions.Count + l] is var factor and not 0) NodeVectors.AddMultiple(factor, products.AsSpan(l * stride, stride), line);
            line.AsSpan(0, functions.Count).CopyTo(result[(i * functions.Count)..]);
        }
    }

    private void SetShrinkage(ReadOnlySpan<double> v)
    {
        Array.Fill(Shrinkage, 1);
        for (var i = 0; i < v.Length; i++) NodeVectors.AddMultiple(v[i] * functions.Scale[i], functions.Row(i), Shrinkage);
        var values = NodeVectors.Of(Shrinkage.AsSpan());
        for (var n = 0; n < values.Length; n++) values[n] = Vector<double>.One / values[n];
    }
}
