using System.Buffers;

namespace Theory.Dynamics;

/// <summary>
/// Paths of the representative sample, in rows as long as there are paths: z, label, weight, the budget of a quadrature node, the last mask, the normals ξ, the (masked) gradients g^s and
/// the responses K(r,s) = ∂g^r/∂u^s so far.
/// </summary>
internal sealed class PathBlock(int p, int k, int steps, bool isPooled = false) : IDisposable
{
    private readonly double[]?[] rows = new double[]?[k + 4 + 2 * p * steps + p * p * steps * (steps + 1) / 2];

    public int Count { get; set; }

    public int P => p;

    public int K => k;

    public int Steps => steps;

    public double[] Label => rows[k]!;

    public double[] Weight => rows[k + 1]!;

    /// <summary>What is left of the squared radius within which nodes are kept.</summary>
    public double[] Budget => rows[k + 2]!;

    /// <summary>1 if the sample was in the last minibatch, else 0; <see langword="null"/> before the first.</summary>
    public double[]? LastMask => rows[k + 3];

    public double[] Z(int j) => rows[j]!;

    /// <summary>ξ of column c = sp + i.</summary>
    public double[] Normal(int c) => rows[k + 4 + c]!;

    /// <summary>Component i of the masked g^s, at c = sp + i.</summary>
    public double[] Gradient(int c) => rows[k + 4 + p * steps + c]!;

    /// <summary>Entry ij of K(r,s), masked.</summary>
    public double[] Response(int r, int s, int entry) => rows[ResponseRow(r, s, entry)]!;

    public void SetZ(int j, double[] row) => rows[j] = row;

    public void SetLabel(double[] row) => rows[k] = row;

    public void SetWeight(double[] row) => rows[k + 1] = row;

    public void SetBudget(double[] row) => rows[k + 2] = row;

    public void SetLastMask(double[] row) => rows[k + 3] = row;

    public void SetNormal(int c, double[] row) => rows[k + 4 + c] = row;

    public void SetGradient(int c, double[] row) => rows[k + 4 + p * steps + c] = row;

    public void SetResponse(int r, int s, int entry, double[] row) => rows[ResponseRow(r, s, entry)] = row;

    /// <summary>A row of unspecified numbers; of a pooled block it is rented, and given back with the block. Rows of a pooled block are as long as a power of 2.</summary>
    public double[] NewRow() => isPooled && ArrayPool<double>.Shared.Rent(Count) is var row && row.Length == Count ? row : new double[Count];

    /// <summary>Gives one row back that no one reads any more.</summary>
    public void Return(double[] row)
    {
        if (isPooled) ArrayPool<double>.Shared.Return(row);
    }

    /// <summary>Gives the rows of a pooled block back.</summary>
    public void Dispose()
    {
        if (!isPooled) return;
        for (var r = 0; r < rows.Length; r++)
        {
            if (rows[r] is { } row) Return(row);
            rows[r] = null;
        }
    }

    /// <summary>The block in which path parents[i] of this one stands at i.</summary>
    public PathBlock Gather(ReadOnlySpan<int> parents)
    {
        var block = new PathBlock(p, k, steps) { Count = parents.Length };
        for (var r = 0; r < rows.Length; r++)
        {
            if (rows[r] is not { } source) continue;
            var target = block.rows[r] = new double[parents.Length];
            for (var i = 0; i < target.Length; i++) target[i] = source[parents[i]];
        }
        return block;
    }

    /// <summary>Part of this block, copied.</summary>
    public PathBlock Slice(int start, int length)
    {
        var block = new PathBlock(p, k, steps) { Count = length };
        for (var r = 0; r < rows.Length; r++) block.rows[r] = rows[r]?.AsSpan(start, length).ToArray();
        return block;
    }

    private int ResponseRow(int r, int s, int entry) => k + 4 + 2 * p * steps + p * p * (r * (r + 1) / 2 + s) + entry;
}
