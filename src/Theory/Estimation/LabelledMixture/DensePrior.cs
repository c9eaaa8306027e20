using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Estimation;

/// <summary>A mixture with any covariances, given as matrices. λ > 0.</summary>
internal sealed class DensePrior : IRidgePrior
{
    private readonly Matrix<double>[] covariances;
    private readonly Vector<double> teacher;
    private readonly Matrix<double> sources;
    private readonly Matrix<double> identity;
    private readonly int dimension;
    private Matrix<double> resolvent;

    /// <param name="covariances">Σ_c, d × d.</param>
    /// <param name="means">μ_c/√d, the means of the samples.</param>
    /// <param name="teacher">θ.</param>
    public DensePrior(Matrix<double>[] covariances, Vector<double>[] means, Vector<double> teacher)
    {
        (this.covariances, this.teacher, dimension) = (covariances, teacher, teacher.Count);
        var scale = Math.Sqrt(dimension);
        sources = DenseMatrix.OfColumnVectors([.. covariances.Select(s => s * teacher), .. means.Select(m => m * scale)]);
        identity = resolvent = DenseMatrix.CreateIdentity(dimension);
        HasMeans = means.Any(m => m.Enumerate().Any(x => x != 0));
        SharesCovariance = covariances.All(covariances[0].Equals);
    }

    public int Clusters => covariances.Length;

    public bool HasMeans { get; }

    public bool SharesCovariance { get; }

    public double MeanEigenvalue(int cluster) => covariances[cluster].Trace() / dimension;

    public double VarianceSlope(ReadOnlySpan<double> stiffness, double share, double v)
    {
        double total = 0;
        foreach (var s in stiffness) total += s;
        var product = DenseAlgebra.Multiply(covariances[0], resolvent);
        return share * total * TraceOfProduct(product, product.Transpose()) / dimension / v;
    }

    public void Resolve(double lambda, ReadOnlySpan<double> stiffness, Span<double> v, Span<double> response)
    {
        var a = identity * lambda;
        for (var c = 0; c < Clusters; c++) a += covariances[c] * stiffness[c];
        resolvent = DenseAlgebra.CholeskySolve(a, identity);
        for (var c = 0; c < Clusters; c++) v[c] = TraceOfProduct(covariances[c], resolvent) / dimension;

        var overlaps = DenseAlgebra.Multiply(sources, DenseAlgebra.Multiply(resolvent, sources), transposeA: true);
        for (var i = 0; i < overlaps.RowCount; i++)
            for (var j = 0; j < overlaps.ColumnCount; j++) response[i * overlaps.ColumnCount + j] = overlaps[i, j] / dimension;
    }

    public double Remainder(
        ReadOnlySpan<double> noise, ReadOnlySpan<double> teaching, ReadOnlySpan<double> force, ReadOnlySpan<double> coefficients, Span<double> remainder)
    {
        var mean = resolvent * (sources * new DenseVector([.. teaching, .. force]));
        Matrix<double> driving = new DenseMatrix(dimension, dimension);
        for (var c = 0; c < Clusters; c++) driving += covariances[c] * noise[c];
        var fluctuation = DenseAlgebra.Multiply(DenseAlgebra.Multiply(resolvent, driving), resolvent);
        for (var c = 0; c < Clusters; c++)
        {
            var rest = mean - teacher * coefficients[c];
            remainder[c] = (TraceOfProduct(covariances[c], fluctuation) + rest * (covariances[c] * rest)) / dimension;
        }
        return (fluctuation.Trace() + mean * mean) / dimension;
    }

    /// <summary>Tr AᵀB.</summary>
    private static double TraceOfProduct(Matrix<double> a, Matrix<double> b)
    {
        var (x, y) = (a.AsColumnMajorArray() ?? a.ToColumnMajorArray(), b.AsColumnMajorArray() ?? b.ToColumnMajorArray());
        return System.Numerics.Tensors.TensorPrimitives.Dot<double>(x, y);
    }
}
