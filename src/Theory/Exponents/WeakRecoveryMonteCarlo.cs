using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// 1/α_c of any label by sampling: the label in quantile bins, G = E[zzᵀ − I | bin] from two independent halves, whose product has no bias
/// from the noise of either. Binning only lowers the eigenvalue, by O(bins⁻²).
/// </summary>
internal static class WeakRecoveryMonteCarlo
{
    private const int Bins = 1024;
    private const int Batches = 8;

    internal static (double Inverse, double Error) Estimate(Expression label, int variables, double noise, int samplesPerBatch, ulong seed)
    {
        var batches = new double[Batches][];
        var layout = new MomentLayout(variables);
        for (int i = 0, moment = 0; i < variables; i++)
        {
            for (var j = 0; j <= i; j++)
                layout.Set(i, j, moment++);
        }
        for (var batch = 0; batch < Batches; batch++)
        {
            var stream = new RandomStream(seed, (ulong)batch);
            var first = Sample(label, variables, noise, samplesPerBatch, stream);
            var edges = first.Labels.Where((_, i) => i % (samplesPerBatch / Bins) == 0).Skip(1).Distinct().ToArray();
            var second = Sample(label, variables, noise, samplesPerBatch, stream);
            batches[batch] = Products(first, second, edges, variables);
        }

        // The largest eigenvalue of a noisy matrix is too large; the jackknife takes the bias away and tells the error.
        var whole = LargestWithout(null);
        var left = batches.Select(LargestWithout).ToArray();
        var mean = left.Average();
        return (Batches * whole - (Batches - 1) * mean, Math.Sqrt(left.Sum(value => Math.Pow(value - mean, 2)) * (Batches - 1) / Batches));

        double LargestWithout(double[]? omitted)
        {
            double[][] used = [.. batches.Where(batch => !ReferenceEquals(batch, omitted))];
            return layout.LargestEigenvalue([.. Enumerable.Range(0, used[0].Length).Select(i => used.Average(batch => batch[i]))]);
        }
    }

    private static (double[] Labels, double[][] Points) Sample(Expression label, int variables, double noise, int count, RandomStream stream)
    {
        var columns = new double[variables * count];
        stream.FillGaussian(columns);
        var labels = new double[count];
        label.Evaluate(columns, labels);
        for (var i = 0; i < count && noise > 0; i++)
            labels[i] += Math.Sqrt(noise) * stream.NextGaussian();
        var order = Enumerable.Range(0, count).ToArray();
        Array.Sort(labels, order);
        return (labels, [.. Enumerable.Range(0, variables).Select(v => Array.ConvertAll(order, i => columns[(v * count) + i]))]);
    }

    private static double[] Products((double[] Labels, double[][] Points) first, (double[] Labels, double[][] Points) second, double[] edges, int variables)
    {
        var (a, b) = (BinMeans(first, edges, variables), BinMeans(second, edges, variables));
        var moments = variables * (variables + 1) / 2;
        var products = new double[moments * (moments + 1) / 2];
        for (var bin = 0; bin <= edges.Length; bin++)
        {
            var weight = 0.5 * (a[bin][0] + b[bin][0]);
            for (int j = 1, index = 0; j <= moments; j++)
            {
                for (var k = 1; k <= j; k++, index++)
                    products[index] += 0.5 * weight * ((a[bin][j] * b[bin][k]) + (a[bin][k] * b[bin][j]));
            }
        }
        return products;
    }

    private static double[][] BinMeans((double[] Labels, double[][] Points) sample, double[] edges, int variables)
    {
        var means = new double[edges.Length + 1][];
        var start = 0;
        for (var bin = 0; bin < means.Length; bin++)
        {
            var end = start;
            while (end < sample.Labels.Length && (bin == edges.Length || sample.Labels[end] <= edges[bin]))
                end++;
            var mean = means[bin] = new double[1 + (variables * (variables + 1) / 2)];
            mean[0] = (end - start) / (double)sample.Labels.Length;
            for (int i = 0, moment = 1; i < variables && end > start; i++)
            {
                for (var j = 0; j <= i; j++, moment++)
                {
                    var sum = 0.0;
                    for (var n = start; n < end; n++)
                        sum += sample.Points[i][n] * sample.Points[j][n];
                    mean[moment] = (sum / (end - start)) - (i == j ? 1 : 0);
                }
            }
            start = end;
        }
        return means;
    }
}
