using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Finitely many points of ℝ^r with their probabilities.</summary>
internal sealed class PointPrior : IRowPrior
{
    private readonly double[][] points;
    private readonly double[] probabilities;
    private readonly double[] mean;

    public PointPrior(double[][] points, double[] probabilities)
    {
        (this.points, this.probabilities, Rank) = (points, probabilities, points[0].Length);
        mean = new double[Rank];
        for (var j = 0; j < points.Length; j++)
        {
            for (var a = 0; a < Rank; a++)
            {
                mean[a] += probabilities[j] * points[j][a];
                Variance += probabilities[j] * points[j][a] * points[j][a] / Rank;
            }
        }
    }

    public int Rank { get; }

    public ReadOnlySpan<double> Mean => mean;

    public double Variance { get; }

    /// <summary>The k corners of a simplex in ℝ^{k−1}, centred, at the distance √2 of memberships from each other: column c of the Helmert basis.</summary>
    public static PointPrior Simplex(int clusters)
    {
        var points = new double[clusters][];
        for (var c = 0; c < clusters; c++)
        {
            points[c] = new double[clusters - 1];
            for (var a = 1; a < clusters; a++)
                points[c][a - 1] = (c < a ? 1 : c == a ? -a : 0) / Math.Sqrt(a * (a + 1.0));
        }

        return new(points, [.. Enumerable.Repeat(1.0 / clusters, clusters)]);
    }

    public void Draw(RandomStream random, int count, Span<double> rows)
    {
        var labels = new int[count];
        var (cumulative, next) = (0.0, 0);
        for (var j = 0; j < points.Length; j++)
        {
            cumulative += probabilities[j];
            var end = j == points.Length - 1 ? count : (int)Math.Round(cumulative * count);
            while (next < end) labels[next++] = j;
        }

        random.Shuffle(labels);
        for (var i = 0; i < count; i++) points[labels[i]].CopyTo(rows[(i * Rank)..]);
    }

    public void Denoise(ReadOnlySpan<double> precision, ReadOnlySpan<double> fields, Span<double> means, Span<double> covariance)
    {
        var offsets = new double[points.Length];
        for (var j = 0; j < points.Length; j++)
        {
            offsets[j] = Math.Log(probabilities[j]);
            for (var a = 0; a < Rank; a++)
                for (var b = 0; b < Rank; b++) offsets[j] -= points[j][a] * precision[a * Rank + b] * points[j][b] / 2;
        }

        covariance.Clear();
        Span<double> weights = new double[points.Length];
        for (var i = 0; i < fields.Length; i += Rank)
        {
            Posterior(offsets, fields.Slice(i, Rank), weights);
            var row = means.Slice(i, Rank);
            row.Clear();
            for (var j = 0; j < points.Length; j++)
                for (var a = 0; a < Rank; a++) row[a] += weights[j] * points[j][a];
            for (var j = 0; j < points.Length; j++)
                for (var a = 0; a < Rank; a++)
                    for (var b = 0; b < Rank; b++) covariance[a * Rank + b] += weights[j] * (points[j][a] - row[a]) * (points[j][b] - row[b]);
        }
    }

    /// <summary>The point of an index.</summary>
    public ReadOnlySpan<double> Point(int index) => points[index];

    /// <summary>Index of the point of largest product with a row; for points of equal norm, the nearest.</summary>
    public int Nearest(ReadOnlySpan<double> row)
    {
        var (best, largest) = (0, double.NegativeInfinity);
        for (var j = 0; j < points.Length; j++)
        {
            var product = System.Numerics.Tensors.TensorPrimitives.Dot(row, points[j]);
            if (product > largest) (best, largest) = (j, product);
        }

        return best;
    }

    private void Posterior(double[] offsets, ReadOnlySpan<double> field, Span<double> weights)
    {
        var largest = double.NegativeInfinity;
        for (var j = 0; j < points.Length; j++)
        {
            weights[j] = offsets[j];
            for (var a = 0; a < Rank; a++) weights[j] += field[a] * points[j][a];
            largest = Math.Max(largest, weights[j]);
        }

        double norm = 0;
        for (var j = 0; j < points.Length; j++) norm += weights[j] = Math.Exp(weights[j] - largest);
        for (var j = 0; j < points.Length; j++) weights[j] /= norm;
    }
}
