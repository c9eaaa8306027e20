using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Estimates of the direction of two clusters that is known to have few entries.</summary>
internal static class SparseComponents
{
    private const int MaxIterations = 2000;

    /// <summary>Diagonal thresholding [Johnstone &amp; Lu 2009]: the leading component of the features of largest sample variance.</summary>
    public static DenseVector DiagonalThresholding(DenseMatrix x, int active, RandomStream random, string system)
    {
        var variances = new double[x.RowCount];
        for (var mu = 0; mu < x.ColumnCount; mu++)
            for (var i = 0; i < x.RowCount; i++) variances[i] += x.Values[mu * x.RowCount + i] * x.Values[mu * x.RowCount + i];
        var kept = Largest(variances, active);
        var restricted = new DenseMatrix(active, x.ColumnCount);
        for (var a = 0; a < active; a++)
            for (var mu = 0; mu < x.ColumnCount; mu++) restricted[a, mu] = x[kept[a], mu];
        var leading = LeadingComponent.Left(restricted, random, system);
        var direction = new DenseVector(x.RowCount);
        for (var a = 0; a < active; a++) direction[kept[a]] = leading[a];
        return direction;
    }

    /// <summary>
    /// Sparse principal component by the truncated power method [Yuan &amp; Zhang 2013, arXiv:1112.2679]: v ← the largest entries of XXᵀv, normalised. The variance ‖Xᵀv‖² never falls; of the
    /// ends of both starts, the one of larger variance is kept.
    /// </summary>
    /// <exception cref="NotConvergedException">The direction still moves after <see cref="MaxIterations"/> steps.</exception>
    public static DenseVector TruncatedPower(DenseMatrix x, int active, ReadOnlySpan<DenseVector> starts, string system)
    {
        var (best, largest) = (starts[0], double.NegativeInfinity);
        foreach (var start in starts)
        {
            var (direction, change) = (Truncate(start, active), 1.0);
            for (var i = 0; change > 1e-8; i++)
            {
                if (i == MaxIterations) throw new NotConvergedException(system, new(SolverStatus.BudgetExhausted, change, i, null, ["The sparse component of this instance did not settle."]));
                var next = Truncate((DenseVector)DenseAlgebra.Multiply(x, DenseAlgebra.Multiply(x, direction, transpose: true)), active);
                change = (next - direction).L2Norm();
                direction = next;
            }

            var variance = DenseAlgebra.Multiply(x, direction, transpose: true).L2Norm();
            if (variance > largest) (best, largest) = (direction, variance);
        }

        return best;
    }

    private static DenseVector Truncate(DenseVector v, int active)
    {
        var kept = new DenseVector(v.Count);
        foreach (var i in Largest(v.Values.Select(Math.Abs), active)) kept[i] = v[i];
        return (DenseVector)kept.Normalize(2);
    }

    private static int[] Largest(IEnumerable<double> values, int count) => [.. values.Index().OrderByDescending(p => p.Item).Take(count).Select(p => p.Index)];
}
