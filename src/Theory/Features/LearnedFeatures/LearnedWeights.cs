using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.Sampling;

namespace Theory.Features;

/// <summary>Real first-layer weights w_j = w⁰_j + u_j w*.</summary>
internal static class LearnedWeights
{
    /// <summary>Column j of the d × p matrix is w_j; each spike is given to its fraction of the features, by largest remainders.</summary>
    public static DenseMatrix Draw(ImmutableArray<double> fractions, ImmutableArray<double> spikes, int p, double[] direction, RandomStream random)
    {
        var d = direction.Length;
        var weights = new DenseMatrix(d, p);
        var quota = Quota(fractions, p);
        var j = 0;
        for (var q = 0; q < quota.Length; q++)
            for (var count = quota[q]; count > 0; count--, j++)
            {
                var row = weights.Values.AsSpan(j * d, d);
                random.FillUnitSphere(row);
                for (var i = 0; i < d; i++) row[i] += spikes[q] * direction[i];
            }
        return weights;
    }

    public static int AtLeastOne(double count) => Math.Max(1, (int)Math.Round(count));

    private static int[] Quota(ImmutableArray<double> fractions, int p)
    {
        int[] quota = [.. fractions.Select(f => (int)(f * p))];
        foreach (var q in Enumerable.Range(0, quota.Length).OrderByDescending(q => fractions[q] * p - quota[q]).Take(p - quota.Sum())) quota[q]++;
        return quota;
    }
}
