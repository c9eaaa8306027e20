using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Spectra;

/// <summary>Singular values and vectors of a real matrix of information, one more signal and Gaussian noise.</summary>
internal static class InformationPlusNoiseExperiment
{
    /// <summary>
    /// Measures <c>outlier</c>, <c>left_squared_overlap</c> and <c>right_squared_overlap</c> of the singular vectors that know most of the signal,
    /// or of the largest singular value where theory has no outlier, which is then not reported.
    /// </summary>
    public static IReadOnlyDictionary<string, Value> Run(InformationPlusNoiseModel model, int size, ulong seed)
    {
        var dyson = model.ToDysonModel();
        var isOut = dyson.Outlier(model.Signal).Position is not null;
        var (p, n) = SampleMatrix.Shape(model.AspectRatio, size);
        var y = Draw(dyson, model.Signal, p, n, new RandomStream(seed));
        var (values, vectors) = DenseAlgebra.SymmetricEigen(DenseAlgebra.OuterGram(y) / n);
        var k = isOut ? vectors.Row(0).AbsoluteMaximumIndex() : p - 1;
        var left = vectors.Column(k);
        var right = y.TransposeThisAndMultiply(left);
        return new Dictionary<string, Value>
        {
            ["outlier"] = isOut ? values[k] : Value.None,
            ["left_squared_overlap"] = left[0] * left[0],
            ["right_squared_overlap"] = right[0] * right[0] / right.DotProduct(right),
        };
    }

    /// <summary>Rotations of rows and columns leave the noise as it is: R may be diagonal, with the signal first and as many of its eigenvalues as have rank.</summary>
    private static Matrix<double> Draw(InformationPlusNoise model, double signal, int p, int n, RandomStream random)
    {
        var y = new DenseMatrix(p, n);
        random.FillGaussian(y.Values);
        y.MapInplace(x => Math.Sqrt(model.Noise) * x, Zeros.Include);
        double[] information = [signal, .. SampleMatrix.Quota(model.Information, p - 1).OrderDescending()];
        for (var i = 0; i < Math.Min(p, n); i++) y[i, i] += Math.Sqrt(information[i] * n);
        return y;
    }
}
