using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Spectra;

/// <summary>The extreme eigenvalue and eigenvector of a real sample covariance matrix of a spiked population.</summary>
internal static class SpikedCovarianceExperiment
{
    /// <summary>Measures <c>outlier</c> and <c>squared_overlap</c>: of the largest eigenvalue for ℓ ≥ 0, else of the smallest; no outlier is reported where theory has none.</summary>
    public static IReadOnlyDictionary<string, Value> Run(SpikedCovarianceModel model, int size, ulong seed)
    {
        var (p, n) = SampleMatrix.Shape(model.AspectRatio, size);
        var (rows, columns) = (new double[p], new double[n]);
        Array.Fill(rows, 1);
        Array.Fill(columns, 1);
        rows[0] = 1 + model.Spike;
        var (values, vectors) = DenseAlgebra.SymmetricEigen(DenseAlgebra.OuterGram(SampleMatrix.Draw(rows, columns, new RandomStream(seed))));
        var k = model.Spike >= 0 ? p - 1 : 0;
        var overlap = vectors[0, k];
        return new Dictionary<string, Value>
        {
            ["outlier"] = SpikedCovariancePrediction.Solve(model).Outlier is null ? Value.None : values[k],
            ["squared_overlap"] = overlap * overlap,
        };
    }
}
