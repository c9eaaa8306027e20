using System.Numerics.Tensors;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>
/// The paths of one replicate: scrambled quasi-Monte Carlo points carried to Gaussians, drawn step by step, centred, and made exactly uncorrelated with unit variance in their order, so that linear
/// problems are exact. z is drawn a little wider than it is, with weights: targets with heavy tails need their tails.
/// </summary>
internal sealed class SampledPaths
{
    private readonly int p, k;
    private readonly ScrambledSobol points;
    private readonly TargetLaw target;
    private readonly Minibatches masks;
    private readonly List<double[]> whitened = [];
    private readonly double[] weighted;
    private int coordinate;

    public SampledPaths(ReuseProblem problem, int count, ulong seed, params ReadOnlySpan<ulong> path)
    {
        (p, k, target, masks) = (problem.Loss.Width, problem.Target.Directions, problem.Target, problem.Masks);
        points = new(seed, [(ulong)count, .. path]);
        weighted = new double[count];
        Block = new PathBlock(p, k, problem.Steps) { Count = count };
        DrawTarget(1 + 0.5 / Math.Sqrt(k));
    }

    public PathBlock Block { get; }

    /// <summary>Draws the normals ξ_t.</summary>
    public void DrawStep(int t)
    {
        for (var i = 0; i < p; i++)
        {
            var row = Draw();
            Whiten(row);
            Block.SetNormal(t * p + i, row);
        }
    }

    /// <summary>Draws m^t, given the last mask.</summary>
    public void DrawMask()
    {
        if (masks.IsFull) return;
        var mask = new double[Block.Count];
        points.FillUniform(coordinate++, mask);
        for (var i = 0; i < mask.Length; i++) mask[i] = mask[i] < masks.Chance(Block.LastMask?[i]) ? 1 : 0;
        Block.SetLastMask(mask);
    }

    private void DrawTarget(double widening)
    {
        var n = Block.Count;
        var (weights, columns) = (new double[n], new double[k * n]);
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
        for (var j = 0; j < k; j++)
        {
            Whiten(rows[j]);
            Block.SetZ(j, rows[j]);
            rows[j].CopyTo(columns, j * n);
        }
        var labels = new double[n];
        target.Evaluate(columns, labels);
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
        var row = new double[Block.Count];
        points.FillGaussian(coordinate++, row);
        return row;
    }

    /// <summary>Gram–Schmidt in the weighted scalar product, the constant first.</summary>
    private void Whiten(double[] row)
    {
        TensorPrimitives.Add<double>(row, -TensorPrimitives.Dot<double>(row, Block.Weight), row);
        foreach (var other in whitened)
        {
            TensorPrimitives.Multiply<double>(other, Block.Weight, weighted);
            TensorPrimitives.MultiplyAdd<double>(other, -TensorPrimitives.Dot<double>(weighted, row), row, row);
        }
        TensorPrimitives.Multiply<double>(row, row, weighted);
        TensorPrimitives.Multiply(row, 1 / Math.Sqrt(TensorPrimitives.Dot<double>(weighted, Block.Weight)), row);
        whitened.Add(row);
    }
}
