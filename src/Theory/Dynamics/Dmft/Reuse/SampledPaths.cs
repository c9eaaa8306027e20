using System.Numerics.Tensors;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>
/// The paths of one replicate: scrambled quasi-Monte Carlo points carried to Gaussians, drawn step by step, centred, and made exactly uncorrelated with unit variance in their order, so that linear
/// problems are exact. z is drawn a little wider than it is, with weights: targets with heavy tails need their tails. Memory is given back on disposal.
/// </summary>
internal sealed class SampledPaths : IDisposable
{
    private readonly int k;
    private readonly ScrambledSobol points;
    private readonly TargetLaw target;
    private readonly Minibatches masks;
    private readonly List<(double[] Row, double[] Weighted)> whitened = [];
    private int coordinate;

    public SampledPaths(ReuseProblem problem, int count, ulong seed, params ReadOnlySpan<ulong> path)
    {
        (k, target, masks) = (problem.Target.Directions, problem.Target, problem.Masks);
        points = new(seed, [(ulong)count, .. path]);
        Block = new PathBlock(problem.Loss.Width, k, problem.Steps, isPooled: true) { Count = count };
        DrawTarget(1 + 0.5 / Math.Sqrt(k));
    }

    public PathBlock Block { get; }

    /// <summary>Draws the normals ξ_t.</summary>
    public void DrawStep(int t)
    {
        for (var i = 0; i < Block.P; i++)
        {
            var row = Draw();
            Whiten(row);
            Block.SetNormal(t * Block.P + i, row);
        }
    }

    /// <summary>Draws m^t, given the last mask.</summary>
    public void DrawMask()
    {
        if (masks.IsFull) return;
        var (mask, last) = (Block.NewRow(), Block.LastMask);
        points.FillUniform(coordinate++, mask);
        for (var i = 0; i < mask.Length; i++) mask[i] = mask[i] < masks.Chance(last?[i]) ? 1 : 0;
        Block.SetLastMask(mask);
        if (last is not null) Block.Return(last);
    }

    public void Dispose()
    {
        foreach (var (_, image) in whitened) Block.Return(image);
        whitened.Clear();
        Block.Dispose();
    }

    private void DrawTarget(double widening)
    {
        var n = Block.Count;
        var weights = Block.NewRow();
        Array.Fill(weights, 1);
        var rows = new double[k][];
        for (var j = 0; j < k; j++)
        {
            rows[j] = Draw();
            for (var i = 0; i < n; i++)
            {
                rows[j][i] *= widening;
                weights[i] *= Math.Exp(-rows[j][i] * rows[j][i] / 2 * (1 - 1 / (widening * widening)));
            }
        }
        TensorPrimitives.Divide(weights, TensorPrimitives.Sum<double>(weights), weights);
        Block.SetWeight(weights);
        using var memory = new Scratch(k * n);
        for (var j = 0; j < k; j++)
        {
            Whiten(rows[j]);
            Block.SetZ(j, rows[j]);
            rows[j].CopyTo(memory.Span[(j * n)..]);
        }
        var labels = Block.NewRow();
        target.Evaluate(memory.Span, labels);
        if (target.IsNoisy)
        {
            var noise = Draw();
            Whiten(noise);
            TensorPrimitives.MultiplyAdd<double>(noise, target.NoiseDeviation, labels, labels);
        }
        Block.SetLabel(labels);
    }

    private double[] Draw()
    {
        var row = Block.NewRow();
        points.FillGaussian(coordinate++, row);
        return row;
    }

    /// <summary>Gram–Schmidt in the weighted scalar product, the constant first.</summary>
    private void Whiten(double[] row)
    {
        TensorPrimitives.Add<double>(row, -TensorPrimitives.Dot<double>(row, Block.Weight), row);
        foreach (var (other, image) in whitened)
            TensorPrimitives.MultiplyAdd<double>(other, -TensorPrimitives.Dot<double>(image, row), row, row);
        var weighted = Block.NewRow();
        TensorPrimitives.Multiply<double>(row, Block.Weight, weighted);
        var scale = 1 / Math.Sqrt(TensorPrimitives.Dot<double>(weighted, row));
        TensorPrimitives.Multiply(row, scale, row);
        TensorPrimitives.Multiply(weighted, scale, weighted);
        whitened.Add((row, weighted));
    }
}
