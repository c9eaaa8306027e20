using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Spectra;

/// <summary>Eigenvalues of real separable covariance matrices of Gaussian data.</summary>
internal static class SeparableCovarianceExperiment
{
    /// <summary>Measures <c>m</c>.</summary>
    public static IReadOnlyDictionary<string, Value> Run(SeparableCovarianceStieltjesModel model, int size, ulong seed)
    {
        var covariance = model.ToDysonModel();
        var (p, n) = SampleMatrix.Shape(covariance.AspectRatio, size);
        var matrix = SampleMatrix.Draw(SampleMatrix.Quota(covariance.Rows, p), SampleMatrix.Quota(covariance.Columns, n), new RandomStream(seed));
        return new Dictionary<string, Value> { ["m"] = SpectralInputs.Pair(SampleMatrix.StieltjesTransform(SampleMatrix.Eigenvalues(matrix), p, model.Z)) };
    }
}
