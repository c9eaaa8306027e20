using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>The leading pair of singular vectors of a data matrix, by Lanczos' method with full reorthogonalisation.</summary>
internal static class LeadingComponent
{
    private const double Tolerance = 1e-6;
    private const int MaxSteps = 600;

    /// <summary>The unit left singular vector of the largest singular value.</summary>
    /// <exception cref="NotConvergedException">The residual of XXᵀ is above a millionth of its largest eigenvalue after <see cref="MaxSteps"/> steps.</exception>
    public static DenseVector Left(DenseMatrix x, RandomStream random, string system)
    {
        var basis = new List<DenseVector>();
        var (diagonal, beside) = (new List<double>(), new List<double>());
        var direction = new DenseVector(x.RowCount);
        random.FillGaussian(direction.Values);
        direction = (DenseVector)direction.Normalize(2);
        while (true)
        {
            basis.Add(direction);
            var image = (DenseVector)DenseAlgebra.Multiply(x, DenseAlgebra.Multiply(x, direction, transpose: true));
            diagonal.Add(image.DotProduct(direction));
            // Twice is enough.
            for (var pass = 0; pass < 2; pass++)
                foreach (var q in basis) image = (DenseVector)(image - q * q.DotProduct(image));
            var norm = image.L2Norm();
            var exhausted = basis.Count == x.RowCount || norm <= 1e-12 * diagonal[0];
            if (exhausted || basis.Count % 20 == 0)
            {
                var (value, weights) = Top(diagonal, beside);
                var residual = exhausted ? 0 : norm * Math.Abs(weights[^1]) / value;
                if (residual <= Tolerance) return Combine(basis, weights);
                if (basis.Count >= MaxSteps)
                    throw new NotConvergedException(system, new(SolverStatus.BudgetExhausted, residual, basis.Count, null, ["The leading singular vector of this instance was not found."]));
            }

            beside.Add(norm);
            direction = (DenseVector)(image / norm);
        }
    }

    private static (double Value, double[] Weights) Top(List<double> diagonal, List<double> beside)
    {
        var matrix = new DenseMatrix(diagonal.Count);
        for (var i = 0; i < diagonal.Count; i++) matrix[i, i] = diagonal[i];
        for (var i = 0; i + 1 < diagonal.Count; i++) matrix[i, i + 1] = matrix[i + 1, i] = beside[i];
        var (values, vectors) = DenseAlgebra.SymmetricEigen(matrix);
        var top = values.MaximumIndex();
        return (values[top], vectors.Column(top).ToArray());
    }

    private static DenseVector Combine(List<DenseVector> basis, double[] weights)
    {
        var sum = new DenseVector(basis[0].Count);
        for (var i = 0; i < basis.Count; i++) sum = (DenseVector)(sum + basis[i] * weights[i]);
        return (DenseVector)sum.Normalize(2);
    }
}
