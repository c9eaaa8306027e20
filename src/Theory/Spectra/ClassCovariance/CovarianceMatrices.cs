using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Spectra;

/// <summary>Covariances that do not commute: G is the inverse of a dense complex matrix, in memory that is allocated once.</summary>
internal sealed class CovarianceMatrices : IClassResolvent
{
    /// <summary>Elements and eigenvalues below this fraction of the largest are rounding.</summary>
    private const double Rounding = 1e-11;

    private readonly int order;
    private readonly double[][] covariances;
    private readonly ComplexLu lu;
    private readonly Complex[] inverse, lastCoefficients;
    private readonly Complex[][] products;
    private Complex lastPoint = new(double.NaN, 0);
    private bool hasProducts;

    private CovarianceMatrices(double[][] covariances, int order)
    {
        (this.covariances, this.order) = (covariances, order);
        lu = new(order);
        (inverse, lastCoefficients) = (new Complex[order * order], new Complex[covariances.Length]);
        products = [.. covariances.Select(_ => new Complex[order * order])];
    }

    public int Classes => covariances.Length;

    /// <summary>The matrices as they are, or their joint eigenvalues if they commute.</summary>
    public static IClassResolvent Resolvent(ImmutableArray<Matrix<double>> covariances)
    {
        if (covariances.IsDefaultOrEmpty) throw new ArgumentException("covariances must have at least one matrix.", nameof(covariances));
        foreach (var matrix in covariances) Check(Guard.NotNull(matrix, nameof(covariances)), covariances[0].RowCount);
        return Commuting(covariances) ?? (IClassResolvent)new CovarianceMatrices([.. covariances.Select(c => c.ToRowMajorArray())], covariances[0].RowCount);
    }

    public double MeanTrace(int a) => Enumerable.Range(0, order).Sum(i => covariances[a][i * (order + 1)]) / order;

    public double MeanProduct(int a, int b) => covariances[a].Zip(covariances[b], (x, y) => x * y).Sum() / order;

    public void Resolve(Complex z, ReadOnlySpan<Complex> coefficients)
    {
        if (z == lastPoint && coefficients.SequenceEqual(lastCoefficients)) return;
        lastPoint = z;
        coefficients.CopyTo(lastCoefficients);
        hasProducts = false;
        var matrix = lu.Matrix;
        matrix.Clear();
        for (var a = 0; a < covariances.Length; a++)
            for (var i = 0; i < matrix.Length; i++) matrix[i] += coefficients[a] * covariances[a][i];
        for (var i = 0; i < order; i++) matrix[i * (order + 1)] -= z;
        if (!lu.Factor())
        {
            // At an eigenvalue: no solution, which the residual tells.
            inverse.AsSpan().Fill(new(double.NaN, double.NaN));
            return;
        }
        // G is symmetric: its columns are its rows.
        for (var j = 0; j < order; j++)
        {
            var row = inverse.AsSpan(j * order, order);
            row.Clear();
            row[j] = Complex.One;
            lu.Solve(row);
        }
    }

    public Complex Trace()
    {
        var sum = Complex.Zero;
        for (var i = 0; i < order; i++) sum += inverse[i * (order + 1)];
        return sum / order;
    }

    public void Traces(Span<Complex> destination)
    {
        for (var a = 0; a < destination.Length; a++)
        {
            var sum = Complex.Zero;
            for (var i = 0; i < inverse.Length; i++) sum += covariances[a][i] * inverse[i];
            destination[a] = sum / order;
        }
    }

    public void SquareTraces(Span<Complex> destination)
    {
        Multiply();
        for (var a = 0; a < destination.Length; a++)
        {
            var sum = Complex.Zero;
            for (var i = 0; i < inverse.Length; i++) sum += products[a][i] * inverse[i];
            destination[a] = sum / order;
        }
    }

    public void PairTraces(Span<Complex> destination)
    {
        Multiply();
        for (var a = 0; a < Classes; a++)
            for (var b = 0; b <= a; b++)
            {
                var sum = Complex.Zero;
                for (var i = 0; i < order; i++)
                    for (var j = 0; j < order; j++) sum += products[a][i * order + j] * products[b][j * order + i];
                destination[a * Classes + b] = destination[b * Classes + a] = sum / order;
            }
    }

    /// <summary>The products C_aG.</summary>
    private void Multiply()
    {
        if (hasProducts) return;
        hasProducts = true;
        for (var a = 0; a < Classes; a++)
        {
            var product = products[a];
            Array.Clear(product);
            for (var i = 0; i < order; i++)
                for (var k = 0; k < order; k++)
                {
                    var factor = covariances[a][i * order + k];
                    if (factor == 0) continue;
                    for (var j = 0; j < order; j++) product[i * order + j] += factor * inverse[k * order + j];
                }
        }
    }

    /// <summary>In the eigenvectors of a combination without resonances all matrices are diagonal, if they commute.</summary>
    private static JointEigenvalues? Commuting(ImmutableArray<Matrix<double>> covariances)
    {
        var combination = covariances.Select((c, a) => c / (c.Trace() * Math.Sqrt(1 + a + Math.PI * a * a))).Aggregate((x, y) => x + y);
        var vectors = DenseAlgebra.SymmetricEigen(combination).Vectors;
        var joint = new List<double[]>();
        foreach (var covariance in covariances)
        {
            var rotated = DenseAlgebra.Multiply(vectors, DenseAlgebra.Multiply(covariance, vectors), transposeA: true);
            var largest = rotated.Diagonal().AbsoluteMaximum();
            for (var i = 0; i < rotated.RowCount; i++)
                for (var j = 0; j < i; j++)
                    if (Math.Abs(rotated[i, j]) > Rounding * largest) return null;
            joint.Add([.. rotated.Diagonal().Select(t => Math.Abs(t) <= Rounding * largest ? 0 : t)]);
        }
        // Eigenvalues equal up to rounding are one.
        var groups = Enumerable.Range(0, vectors.RowCount).GroupBy(l => string.Join(' ', joint.Select(t => (t[l] / t.Max()).ToString("e10", null))))
            .Select(g => g.ToArray()).ToArray();
        return new([.. groups.Select(g => (double)g.Length / vectors.RowCount)], [.. joint.Select(t => groups.Select(g => g.Average(l => t[l])).ToArray())]);
    }

    private static void Check(Matrix<double> covariance, int order)
    {
        if (covariance.RowCount != order || covariance.ColumnCount != order)
            throw new ArgumentException($"covariances must be square and of one order; got {covariance.RowCount} × {covariance.ColumnCount} beside {order}.", "covariances");
        foreach (var element in covariance.Enumerate()) Guard.In(element, ParameterRange.Finite, "covariances");
        if ((covariance - covariance.Transpose()).Enumerate().Max(Math.Abs) > Rounding * covariance.Enumerate().Max(Math.Abs))
            throw new ArgumentException("covariances must be symmetric.", "covariances");
        var eigenvalues = DenseAlgebra.SymmetricEigenvalues(covariance);
        Guard.In(eigenvalues.Maximum(), ParameterRange.Positive, "covariances");
        if (eigenvalues.Minimum() < -Rounding * order * eigenvalues.Maximum()) throw Guard.OutOfRange("covariances", eigenvalues.Minimum(), "must be without negative eigenvalues");
    }
}
