using System.Numerics.Tensors;

namespace Theory.Numerics.FixedPoints;

/// <summary>The latest differences of points and residuals, and the least-squares problem over them.</summary>
internal sealed class AndersonHistory(int dimension, int depth)
{
    private readonly double[] points = new double[dimension * depth];
    private readonly double[] residuals = new double[dimension * depth];
    private readonly double[] basis = new double[dimension * depth];
    private readonly double[] triangle = new double[depth * depth];
    private readonly double[] coefficients = new double[depth];
    private readonly int[] kept = new int[depth];
    private readonly double[] lastPoint = new double[dimension];
    private readonly double[] lastResidual = new double[dimension];
    private readonly double[] target = new double[dimension];
    private bool hasLast;
    private int newest = -1;
    private int rank;

    /// <summary>Number of differences remembered.</summary>
    public int Count { get; private set; }

    public void Forget() => Count = 0;

    public void Record(ReadOnlySpan<double> x, ReadOnlySpan<double> residual)
    {
        if (hasLast)
        {
            newest = (newest + 1) % depth;
            Count = Math.Min(Count + 1, depth);
            TensorPrimitives.Subtract(x, lastPoint, Column(points, newest));
            TensorPrimitives.Subtract(residual, lastResidual, Column(residuals, newest));
        }

        x.CopyTo(lastPoint);
        residual.CopyTo(lastResidual);
        hasLast = true;
    }

    /// <summary>
    /// Weighted least squares by Gram–Schmidt (twice), newest difference first, so that what is nearly dependent, and left out, is old.
    /// False if nothing is left.
    /// </summary>
    public bool Solve(ReadOnlySpan<double> residual, ReadOnlySpan<double> weights, double dependence, double noise)
    {
        rank = 0;
        TensorPrimitives.Multiply(residual, weights, target);
        for (var age = 0; age < Count; age++)
        {
            var column = Index(age);
            var q = Column(basis, rank);
            TensorPrimitives.Multiply(Column(residuals, column), weights, q);
            var before = TensorPrimitives.Norm<double>(q);
            Orthogonalise(q);
            var after = TensorPrimitives.Norm<double>(q);
            if (!(after > Math.Max(dependence * before, noise))) continue;
            TensorPrimitives.Divide(q, after, q);
            triangle[rank * depth + rank] = after;
            kept[rank++] = column;
        }

        for (var i = rank - 1; i >= 0; i--)
        {
            var sum = TensorPrimitives.Dot<double>(Column(basis, i), target);
            for (var j = i + 1; j < rank; j++) sum -= triangle[i * depth + j] * coefficients[j];
            coefficients[i] = sum / triangle[i * depth + i];
        }

        return rank > 0;
    }

    /// <summary>Subtracts Σⱼ γⱼ(Δxⱼ + βΔrⱼ).</summary>
    public void Subtract(double damping, Span<double> candidate)
    {
        for (var j = 0; j < rank; j++)
        {
            TensorPrimitives.MultiplyAdd(Column(points, kept[j]), -coefficients[j], candidate, candidate);
            TensorPrimitives.MultiplyAdd(Column(residuals, kept[j]), -damping * coefficients[j], candidate, candidate);
        }
    }

    private void Orthogonalise(Span<double> q)
    {
        for (var i = 0; i < rank; i++) triangle[i * depth + rank] = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < rank; i++)
            {
                var overlap = TensorPrimitives.Dot<double>(Column(basis, i), q);
                triangle[i * depth + rank] += overlap;
                TensorPrimitives.MultiplyAdd(Column(basis, i), -overlap, q, q);
            }
        }
    }

    private int Index(int age) => (newest - age + depth) % depth;

    private Span<double> Column(double[] columns, int index) => columns.AsSpan(index * dimension, dimension);
}
