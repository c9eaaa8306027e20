using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Spectra;

/// <summary>Eigenvalues of real sample covariance matrices of Gaussian data.</summary>
internal static class SampleCovarianceExperiment
{
    /// <summary>
    /// Means of the largest and the second largest eigenvalue at an edge, β = 1 [Tracy and Widom 1996; values of Bornemann 2010]: −1.206534 and −3.262428
    /// in units of the edge's own scale. From them, edge = λ₁ + 0.586885 (λ₁ − λ₂) on average, whatever the scale.
    /// </summary>
    private const double EdgeExtrapolation = 1.206533574582 / (3.262427902852 - 1.206533574582);

    /// <summary>Measures <c>m</c> and <c>companion</c>.</summary>
    public static IReadOnlyDictionary<string, Value> Transforms(SampleCovarianceStieltjesModel model, int size, ulong seed)
    {
        var (eigenvalues, p, n) = Draw(model.ToDysonModel(), size, seed);
        var m = SampleMatrix.StieltjesTransform(eigenvalues, p, model.Z);
        return new Dictionary<string, Value>
        {
            ["m"] = SpectralInputs.Pair(m),
            ["companion"] = SpectralInputs.Pair(SampleMatrix.StieltjesTransform(eigenvalues, n, model.Z)),
        };
    }

    /// <summary>
    /// Measures <c>edges</c>: the eigenvalues are divided at the middle of the gaps, and each edge is extrapolated from the two that are next to it.
    /// </summary>
    public static IReadOnlyDictionary<string, Value> Edges(SampleCovarianceSupportModel model, int size, ulong seed)
    {
        var covariance = model.ToDysonModel();
        var (eigenvalues, p, _) = Draw(covariance, size, seed);
        var bulks = covariance.Support().Bulks;
        var edges = new List<double>();
        for (var i = 0; i < bulks.Length; i++)
        {
            var from = i == 0 ? double.NegativeInfinity : 0.5 * (bulks[i - 1].Upper + bulks[i].Lower);
            var to = i == bulks.Length - 1 ? double.PositiveInfinity : 0.5 * (bulks[i].Upper + bulks[i + 1].Lower);
            double[] inside = [.. eigenvalues.Where(e => e > from && e <= to)];
            edges.Add(inside.Length < 2 || bulks[i].Lower == 0 ? inside.FirstOrDefault(double.NaN) : Extrapolate(inside[0], inside[1]));
            edges.Add(inside.Length < 2 ? inside.LastOrDefault(double.NaN) : Extrapolate(inside[^1], inside[^2]));
        }
        return new Dictionary<string, Value> { ["edges"] = Value.Vector([.. edges]), ["atom_at_zero"] = (p - eigenvalues.Length) / (double)p };
    }

    private static double Extrapolate(double first, double second) => first + EdgeExtrapolation * (first - second);

    private static (double[] Eigenvalues, int Rows, int Columns) Draw(SampleCovariance covariance, int size, ulong seed)
    {
        var (p, n) = SampleMatrix.Shape(covariance.AspectRatio, size);
        var columns = new double[n];
        Array.Fill(columns, 1);
        // Rows of variance 0 are left out: their eigenvalues are 0 exactly.
        double[] rows = [.. SampleMatrix.Quota(covariance.Population, p).Where(t => t > 0)];
        var matrix = SampleMatrix.Draw(rows, columns, new RandomStream(seed));
        return (SampleMatrix.Eigenvalues(matrix), p, n);
    }
}
