using System.Numerics.Tensors;

namespace Theory.Dynamics;

/// <summary>
/// The sample side of the theory: h^t = M^t z + u^t + Σ_{s&lt;t} A(t,s) g^s with u = Lξ, g^t = m^t ∂loss/∂h, and its responses
/// D(t,s) = δ_ts + Σ_{s≤r&lt;t} A(t,r) K(r,s), K(r,s) = m^r Hess(h^r) D(r,s).
/// </summary>
internal sealed class SampleSide(SampleLoss loss, WeightDynamics weights, FieldFactor factor, Minibatches masks)
{
    private readonly int p = loss.Width;

    public bool IsPathwise { get; } = loss.IsPathwise;

    public SampleLoss Loss => loss;

    public FieldFactor Factor => factor;

    public Minibatches Masks => masks;

    /// <summary>h_i^t of some paths, from the first <paramref name="columns"/> normals.</summary>
    public void Field(PathBlock block, int t, int i, int columns, int start, Span<double> h)
    {
        h.Clear();
        var n = h.Length;
        var m = weights.QueryOverlap(t, i);
        for (var j = 0; j < block.K; j++) Add(m[j], block.Z(j).AsSpan(start, n), h);
        var row = factor.Row(t, i);
        for (var c = 0; c < Math.Min(columns, row.Length); c++) Add(row[c], block.Normal(c).AsSpan(start, n), h);
        var memory = weights.Response(t, i);
        for (var c = 0; c < memory.Length; c++) Add(memory[c], block.Gradient(c).AsSpan(start, n), h);
    }

    /// <summary>Adds some paths' part of the averages of step t, from (averages over the last normal of) g, g gᵀ, Hess, loss, and by Stein g ξ of the last normal.</summary>
    public void Accumulate(PathBlock block, int t, int start, in PathMoments path, StepAverages sum)
    {
        var n = path.Count;
        using var memory = new Scratch(2 * n);
        var w = memory.Span[..n];
        var gw = memory.Span[n..];
        var plain = block.Weight.AsSpan(start, n);
        sum.Loss += TensorPrimitives.Dot(path.Loss, plain);
        Chances(block, start, w);
        TensorPrimitives.Multiply(w, plain, w);
        for (var i = 0; i < p; i++)
        {
            TensorPrimitives.Multiply(path.Gradient(i), w, gw);
            for (var j = 0; j < block.K; j++) sum.Drift[i][j] += Dot(gw, block.Z(j), start);
            for (var c = 0; c < t * p; c++) sum.Correlation[i][c] += Dot(gw, block.Gradient(c), start);
            for (var j = 0; j < p; j++) sum.Correlation[i][t * p + j] += TensorPrimitives.Dot(path.Square(i, j), w) / masks.Fraction;
            sum.Square[i] += TensorPrimitives.Dot(path.Square(i, i), plain);
            sum.Fourth[i] += TensorPrimitives.Dot(path.Fourth(i), plain);
            if (IsPathwise) continue;
            var last = (t + 1) * p - (path.HasLastNormal ? 1 : 0);
            for (var c = 0; c < last; c++) sum.Response[i][c] += Dot(gw, block.Normal(c), start);
            if (path.HasLastNormal) sum.Response[i][last] += TensorPrimitives.Dot(path.Steined(i), w);
        }
        if (IsPathwise) Respond(block, t, start, path, w, sum);
    }

    /// <summary>Stores the unmasked g^t of some paths.</summary>
    public void KeepGradient(PathBlock block, int t, int start, in PathMoments path)
    {
        for (var i = 0; i < p; i++) path.Gradient(i).CopyTo(block.Gradient(t * p + i).AsSpan(start));
    }

    /// <summary>Stores the unmasked responses K(t, ·) of some paths.</summary>
    public void KeepResponses(PathBlock block, int t, int start, in PathMoments path)
    {
        if (IsPathwise) Respond(block, t, start, path, default, null);
    }

    /// <summary>Makes rows for g^t and K(t, ·).</summary>
    public void MakeRoom(PathBlock block, int t)
    {
        for (var i = 0; i < p; i++) block.SetGradient(t * p + i, block.NewRow());
        if (!IsPathwise) return;
        for (var s = 0; s <= t; s++)
            for (var entry = 0; entry < p * p; entry++) block.SetResponse(t, s, entry, block.NewRow());
    }

    /// <summary>Multiplies g^t and its responses by m^t, which is 1/b where the last mask is on, else 0.</summary>
    public void Mask(PathBlock block, int t, int start, int n)
    {
        if (masks.IsFull) return;
        var mask = block.LastMask!.AsSpan(start, n);
        for (var i = 0; i < p; i++) Scale(block.Gradient(t * p + i).AsSpan(start, n), mask);
        if (!IsPathwise) return;
        for (var s = 0; s <= t; s++)
            for (var entry = 0; entry < p * p; entry++) Scale(block.Response(t, s, entry).AsSpan(start, n), mask);
    }

    private void Scale(Span<double> row, ReadOnlySpan<double> mask)
    {
        TensorPrimitives.Multiply(row, mask, row);
        TensorPrimitives.Divide(row, masks.Fraction, row);
    }

    /// <summary>E[m^t | past] of each path: 1, but for minibatches with memory.</summary>
    private void Chances(PathBlock block, int start, Span<double> chances)
    {
        if (!masks.HasMemory || block.LastMask is not { } last)
        {
            chances.Fill(1);
            return;
        }
        for (var i = 0; i < chances.Length; i++) chances[i] = masks.Chance(last[start + i]) / masks.Fraction;
    }

    /// <summary>Hess D(t,s) for all s ≤ t: averaged into <paramref name="sum"/>, and kept (unmasked) where the block has room for it.</summary>
    private void Respond(PathBlock block, int t, int start, in PathMoments path, ReadOnlySpan<double> w, StepAverages? sum)
    {
        var n = path.Count;
        using var memory = new Scratch((p * p + 1) * n);
        var d = memory.Span[..(p * p * n)];
        var product = memory.Span[(p * p * n)..];
        for (var s = 0; s <= t; s++)
        {
            if (s < t) Susceptibility(block, t, s, start, n, d);
            for (var i = 0; i < p; i++)
            {
                for (var j = 0; j < p; j++)
                {
                    if (s == t)
                    {
                        path.Hessian(i, j).CopyTo(product);
                    }
                    else
                    {
                        product.Clear();
                        for (var l = 0; l < p; l++) TensorPrimitives.MultiplyAdd(path.Hessian(i, l), d.Slice((l * p + j) * n, n), product, product);
                    }
                    if (sum is not null) sum.Response[i][s * p + j] += TensorPrimitives.Dot(product, w);
                    if (path.KeepsResponses) product.CopyTo(block.Response(t, s, i * p + j).AsSpan(start, n));
                }
            }
        }
    }

    /// <summary>D(t,s), s &lt; t, in p² rows.</summary>
    private void Susceptibility(PathBlock block, int t, int s, int start, int n, Span<double> d)
    {
        d.Clear();
        for (var i = 0; i < p; i++)
        {
            var a = weights.Response(t, i);
            for (var j = 0; j < p; j++)
            {
                var target = d.Slice((i * p + j) * n, n);
                for (var r = s; r < t; r++)
                    for (var l = 0; l < p; l++) Add(a[r * p + l], block.Response(r, s, l * p + j).AsSpan(start, n), target);
            }
        }
    }

    private static void Add(double factor, ReadOnlySpan<double> row, Span<double> sum)
    {
        if (factor != 0) TensorPrimitives.MultiplyAdd(row, factor, sum, sum);
    }

    private static double Dot(ReadOnlySpan<double> x, double[] row, int start) => TensorPrimitives.Dot(x, row.AsSpan(start, x.Length));
}
