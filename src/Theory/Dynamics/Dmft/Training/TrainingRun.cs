using System.Numerics.Tensors;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Labels of samples: rows of z (k × n, direction by direction) in, one label each out; noise is drawn from the stream.</summary>
internal delegate void LabelRule(double[][] z, double[] labels, RandomStream random);

/// <summary>The loss of samples: fields h (p × n) and labels in, the gradient with respect to h out (p × n); returns the mean loss.</summary>
internal delegate double LossRule(double[][] h, double[] labels, double[][] gradient);

/// <summary>
/// Real gradient descent at finite d: W ← W + β(W − W₋) − η[Σ_μ m_μ g_μ x_μᵀ/√d + λW], h_μ = W x_μ/√d, on one Gaussian batch that is kept, or on a new one at each step.
/// By isotropy the teacher is √d times the first k axes and the rest of the initial weights lies along the next p.
/// </summary>
internal sealed record TrainingRun
{
    public required int Dimension { get; init; }

    public required int Samples { get; init; }

    public required int Steps { get; init; }

    public required Optimizer Rule { get; init; }

    public required LabelRule Labels { get; init; }

    public required LossRule Loss { get; init; }

    public double BatchFraction { get; init; } = 1;

    /// <summary>Mean time τ that a sample stays in the minibatch, or <see langword="null"/> for independent minibatches.</summary>
    public double? Persistence { get; init; }

    public bool FreshBatches { get; init; }

    /// <summary>Labels of new samples on which the weights are tested after every step, or <see langword="null"/> for no tests.</summary>
    public LabelRule? TestLabels { get; init; }

    /// <summary>Number of those.</summary>
    public int TestSamples { get; init; }

    /// <summary>Overlaps M (p × k) and Q (p × p) for t = 0 … T, mean training loss for t = 0 … T (with fresh batches before the step on that batch), mean loss of new samples for t = 0 … T.</summary>
    public (double[][,] M, double[][,] Q, double[] Train, double[] Test) Run(double[,] m0, double[,] qPerp0, ulong seed)
    {
        var random = new RandomStream(seed);
        var (inputs, masks) = (random.Substream(0), random.Substream(1));
        var (p, k, d) = (m0.GetLength(0), m0.GetLength(1), Dimension);
        var weights = InitialWeights(m0, qPerp0, d);
        var before = Copy(weights);
        var batch = new Batch(Samples, d, p, k);
        batch.Draw(inputs, Labels);
        var (test, tested) = (TestLabels is null ? null : new Batch(TestSamples, d, p, k), new List<double>());
        test?.Draw(random.Substream(2), TestLabels!);
        var mask = new double[Samples];
        Draw(mask, masks, first: true);

        var (m, q, train) = (new List<double[,]> { m0 }, new List<double[,]> { Gram(weights, d) }, new List<double>());
        for (var t = 0; ; t++)
        {
            if (t > 0 && FreshBatches) batch.Draw(inputs, Labels);
            var ahead = LookAhead(weights, before);
            train.Add(batch.Forward(ahead, Loss));
            if (test is not null) tested.Add(test.Forward(weights, Loss));
            if (t == Steps) break;
            if (t > 0) Draw(mask, masks, first: false);
            var gradient = batch.Backward(mask);
            for (var i = 0; i < p; i++)
            {
                var (old, now) = (before[i], weights[i]);
                for (var j = 0; j < d; j++)
                    (old[j], now[j]) = (now[j], now[j] + Rule.Beta * (now[j] - old[j]) - Rule.Eta * (gradient[i][j] + Rule.Lambda * ahead[i][j]));
            }
            m.Add(Overlap(weights, k, d));
            q.Add(Gram(weights, d));
        }
        return ([.. m], [.. q], [.. train], [.. tested]);
    }

    private static double[][] InitialWeights(double[,] m0, double[,] qPerp0, int d)
    {
        var (p, k) = (m0.GetLength(0), m0.GetLength(1));
        var root = SymmetricRoot.Of(qPerp0);
        var weights = new double[p][];
        for (var i = 0; i < p; i++)
        {
            weights[i] = new double[d];
            for (var j = 0; j < k; j++) weights[i][j] = m0[i, j] * Math.Sqrt(d);
            for (var j = 0; j < p; j++) weights[i][k + j] = root[i, j] * Math.Sqrt(d);
        }
        return weights;
    }

    private double[][] LookAhead(double[][] weights, double[][] before)
    {
        var ahead = Copy(weights);
        if (Rule.Nu == 0) return ahead;
        for (var i = 0; i < ahead.Length; i++)
            for (var j = 0; j < Dimension; j++) ahead[i][j] += Rule.Nu * (weights[i][j] - before[i][j]);
        return ahead;
    }

    /// <summary>The weights m_μ ∈ {0, 1/b} of the samples in the next step.</summary>
    private void Draw(double[] mask, RandomStream random, bool first)
    {
        var b = BatchFraction;
        for (var mu = 0; mu < mask.Length; mu++)
        {
            var chance = first || Persistence is not { } tau ? b : mask[mu] > 0 ? 1 - 1 / tau : b / ((1 - b) * tau);
            mask[mu] = b == 1 || random.NextUniform() < chance ? 1 / b : 0;
        }
    }

    private static double[][] Copy(double[][] rows) => [.. rows.Select(r => (double[])r.Clone())];

    private static double[,] Overlap(double[][] weights, int k, int d)
    {
        var m = new double[weights.Length, k];
        for (var i = 0; i < weights.Length; i++)
            for (var j = 0; j < k; j++) m[i, j] = weights[i][j] / Math.Sqrt(d);
        return m;
    }

    private static double[,] Gram(double[][] weights, int d)
    {
        var q = new double[weights.Length, weights.Length];
        for (var i = 0; i < weights.Length; i++)
            for (var j = 0; j < weights.Length; j++) q[i, j] = TensorPrimitives.Dot<double>(weights[i], weights[j]) / d;
        return q;
    }

    /// <summary>Samples with their labels, fields and gradients.</summary>
    private sealed class Batch(int samples, int d, int p, int k)
    {
        private readonly double[][] x = [.. Enumerable.Range(0, samples).Select(_ => new double[d])];
        private readonly double[][] z = Rows(k, samples), h = Rows(p, samples), g = Rows(p, samples), gradient = Rows(p, d);
        private readonly double[] labels = new double[samples];

        public void Draw(RandomStream random, LabelRule rule)
        {
            for (var mu = 0; mu < samples; mu++)
            {
                random.FillGaussian(x[mu]);
                for (var j = 0; j < k; j++) z[j][mu] = x[mu][j];
            }
            rule(z, labels, random);
        }

        public double Forward(double[][] weights, LossRule loss)
        {
            for (var mu = 0; mu < samples; mu++)
                for (var i = 0; i < p; i++) h[i][mu] = TensorPrimitives.Dot<double>(weights[i], x[mu]) / Math.Sqrt(d);
            return loss(h, labels, g);
        }

        public double[][] Backward(double[] mask)
        {
            for (var i = 0; i < p; i++)
            {
                Array.Clear(gradient[i]);
                for (var mu = 0; mu < samples; mu++)
                    if (mask[mu] > 0) TensorPrimitives.MultiplyAdd<double>(x[mu], mask[mu] * g[i][mu] / Math.Sqrt(d), gradient[i], gradient[i]);
            }
            return gradient;
        }

        private static double[][] Rows(int rows, int length) => [.. Enumerable.Range(0, rows).Select(_ => new double[length])];
    }
}
