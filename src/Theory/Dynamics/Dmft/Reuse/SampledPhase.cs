using System.Numerics.Tensors;

namespace Theory.Dynamics;

/// <summary>A sweep over sampled paths. Its kernels all come from the same paths, so that they are covariances.</summary>
internal static class SampledPhase
{
    private const int Chunk = 1024;

    /// <summary>Runs one replicate.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="paths">The paths.</param>
    /// <returns>The sweep, as far as it stayed finite.</returns>
    public static ReuseSweep Run(ReuseProblem problem, SampledPaths paths)
    {
        var sweep = new ReuseSweep(problem);
        var (side, block, p) = (sweep.Side, paths.Block, problem.Loss.Width);
        for (var t = 0; t < problem.Steps; t++)
        {
            sweep.Factor.Extend(t, sweep.Weights.QueryCovariance);
            paths.DrawStep(t);
            var averages = new StepAverages(t, p, problem.Target.Directions);
            var isLast = t == problem.Steps - 1;
            if (!isLast) side.MakeRoom(block, t);
            for (var start = 0; start < block.Count; start += Chunk)
                Step(side, block, t, start, Math.Min(Chunk, block.Count - start), averages, keep: !isLast);
            if (!isLast && !problem.Masks.IsFull)
            {
                paths.DrawMask();
                side.Mask(block, t, 0, block.Count);
            }
            if (!averages.IsFinite) break;
            sweep.Advance(averages);
        }
        return sweep;
    }

    /// <summary>The mean loss of the first step, the normals of which are drawn.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="paths">Paths of it, or of one that differs from it by its start.</param>
    public static double FirstLoss(ReuseProblem problem, SampledPaths paths)
    {
        var sweep = new ReuseSweep(problem);
        sweep.Factor.Extend(0, sweep.Weights.QueryCovariance);
        var (averages, block) = (new StepAverages(0, problem.Loss.Width, problem.Target.Directions), paths.Block);
        for (var start = 0; start < block.Count; start += Chunk) Step(sweep.Side, block, 0, start, Math.Min(Chunk, block.Count - start), averages, keep: false);
        return averages.Loss;
    }

    private static void Step(SampleSide side, PathBlock block, int t, int start, int n, StepAverages averages, bool keep)
    {
        var p = side.Loss.Width;
        using var memory = new Scratch(p * n + PathMoments.Size(n, p));
        var fields = memory.Span[..(p * n)];
        var path = new PathMoments(memory.Span[(p * n)..], n, p, false, keep);
        for (var i = 0; i < p; i++) side.Field(block, t, i, int.MaxValue, start, fields.Slice(i * n, n));
        side.Loss.Evaluate(fields, block.Label.AsSpan(start, n), path.Gradients, side.IsPathwise ? path.Hessians : default, path.Loss);
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                TensorPrimitives.Multiply<double>(path.Gradient(i), path.Gradient(j), path.Square(i, j));
                if (j < i) path.Square(i, j).CopyTo(path.Square(j, i));
            }
            TensorPrimitives.Multiply<double>(path.Square(i, i), path.Square(i, i), path.Fourth(i));
        }
        side.Accumulate(block, t, start, path, averages);
        if (keep) side.KeepGradient(block, t, start, path);
    }
}
