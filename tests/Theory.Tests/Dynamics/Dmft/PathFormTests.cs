using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>The same dynamics in other words: fields with explicit memory, and fresh batches.</summary>
public class PathFormTests
{
    private static readonly BatchReuseModel Logistic = new() { Target = "sign(z1)", Loss = StudentLoss.Logistic, Alpha = 2, LearningRate = 0.5, Lambda = 0.1, Steps = 6 };

    [Fact]
    public void Fresh_batches_follow_their_prediction()
    {
        var model = new FreshBatchModel { Target = "z1+z1*z2", Activation = "softplus(z)", Readout = [1], Alpha = 2, LearningRate = 0.3, Steps = 3 };
        BatchReuseVerificationTests.Passes(model.Verify(size: 80, trials: 24, seed: 6));
    }

    /// <summary>The weight side written for the fields: h⊥ with explicit memory has the same law as the fields that A and Qperp give.</summary>
    [Fact]
    public void The_path_form_has_the_same_correlations()
    {
        var problem = (Logistic with { Steps = 3 }).Problem();
        var sweep = new ReuseSweep(problem);
        List<double[]> b = [];
        foreach (var averages in QuadraturePhase.Run(problem).Steps)
        {
            sweep.Factor.Extend(averages.T, sweep.Weights.QueryCovariance);
            sweep.Advance(averages);
            b.Add(sweep.Responses[^1][0]);
        }
        var noise = new FieldFactor(1, 3);
        var kernel = Enumerable.Range(0, 3).Select(t => Enumerable.Range(0, t + 1).Select(s => sweep.Weights.Noise(t, 0, s, 0)).ToArray()).ToArray();
        for (var t = 0; t < 3; t++) noise.Extend(t, kernel);

        const int count = 200_000;
        var (random, sums, squares) = (new RandomStream(11), new double[3, 3], new double[3, 3]);
        double[] h = new double[3], g = new double[3], xi = new double[3];
        for (var n = 0; n < count; n++)
        {
            var z = random.NextGaussian();
            random.FillGaussian(xi);
            h[0] = random.NextGaussian();
            for (var t = 0; t < 3; t++)
            {
                var y = Math.Sign(z);
                g[t] = -y / (1 + Math.Exp(y * (h[t] + sweep.Weights.Overlap(t, 0)[0] * z)));
                for (var s = 0; s <= t; s++)
                {
                    sums[t, s] += g[t] * g[s];
                    squares[t, s] += g[t] * g[s] * g[t] * g[s];
                }
                if (t == 2) break;
                var w = 0.0;
                for (var s = 0; s <= t; s++) w += noise.Row(t, 0)[s] * xi[s] + b[t][s] * h[s];
                h[t + 1] = (1 - 0.5 * 0.1) * h[t] - 0.5 * (g[t] + w);
            }
        }
        for (var t = 0; t < 3; t++)
        {
            for (var s = 0; s <= t; s++)
            {
                var mean = sums[t, s] / count;
                var error = Math.Sqrt((squares[t, s] / count - mean * mean) / count);
                Assert.InRange(2 * mean - sweep.Weights.Noise(t, 0, s, 0), -8 * error, 8 * error);
            }
        }
    }
}
