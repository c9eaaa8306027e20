using System.Numerics.Tensors;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Theory.Numerics.FixedPoints;

/// <summary>
/// Newton's method for F(x) − x = 0: x ← x + t(1 − F′)⁻¹(F(x) − x) with t halved until the residual decreases. Converges quadratically near a fixed point
/// where 1 − F′ is regular, whether or not the plain iteration does. When no t helps, a damped plain step is taken.
/// </summary>
/// <param name="Jacobian">F′, or <see langword="null"/> for forward differences (n more evaluations a step).</param>
public sealed record Newton(FixedPointJacobian? Jacobian = null) : IFixedPointMethod
{
    /// <inheritdoc/>
    public IFixedPointStepper Start(FixedPointProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Stepper(problem, Jacobian);
    }

    private sealed class Stepper(FixedPointProblem problem, FixedPointJacobian? jacobian) : IFixedPointStepper
    {
        private const int Halvings = 12;
        private const double SufficientDecrease = 1e-4;

        private static readonly double RootEpsilon = Math.Sqrt(double.BitIncrement(1) - 1);

        private readonly double[] derivative = new double[problem.Dimension * problem.Dimension];
        private readonly double[] matrix = new double[problem.Dimension * problem.Dimension];
        private readonly int[] pivots = new int[problem.Dimension];
        private readonly double[] direction = new double[problem.Dimension];
        private readonly double[] shifted = new double[problem.Dimension];
        private readonly double[] shiftedImage = new double[problem.Dimension];
        private bool hasDirection;

        public bool TryPropose(int trial, ReadOnlySpan<double> x, ReadOnlySpan<double> image, Span<double> candidate)
        {
            if (trial == 0) hasDirection = TryFindDirection(x, image);
            var fallback = hasDirection ? trial - Halvings - 1 : trial;
            if (fallback >= 0) return Picard.TryStep(problem.Options.Damping, fallback, x, image, candidate);
            TensorPrimitives.MultiplyAdd(direction, Math.ScaleB(1, -trial), x, candidate);
            return true;
        }

        public bool Accepts(int trial, double residual, double candidate) =>
            !hasDirection || trial > Halvings || candidate <= (1 - SufficientDecrease * Math.ScaleB(1, -trial)) * residual;

        /// <summary>Solves (1 − F′) d = F(x) − x; false if the derivative cannot be had or the matrix is singular.</summary>
        private bool TryFindDirection(ReadOnlySpan<double> x, ReadOnlySpan<double> image)
        {
            var n = problem.Dimension;
            if (jacobian is not null) jacobian(x, derivative);
            else if (!TryDifferentiate(x, image)) return false;
            for (var row = 0; row < n; row++)
            {
                for (var column = 0; column < n; column++)
                    matrix[column * n + row] = (row == column ? 1 : 0) - derivative[row * n + column];
            }

            TensorPrimitives.Subtract(image, x, direction);
            if (!TensorPrimitives.IsFiniteAll<double>(matrix)) return false;
            LinearAlgebraControl.Provider.LUFactor(matrix, n, pivots);
            for (var i = 0; i < n; i++)
            {
                if (matrix[i * n + i] == 0) return false;
            }

            LinearAlgebraControl.Provider.LUSolveFactored(1, matrix, n, pivots, direction);
            return TensorPrimitives.IsFiniteAll<double>(direction);
        }

        private bool TryDifferentiate(ReadOnlySpan<double> x, ReadOnlySpan<double> image)
        {
            var n = problem.Dimension;
            var typical = Math.Abs(TensorPrimitives.MaxMagnitude(x));
            x.CopyTo(shifted);
            for (var column = 0; column < n; column++)
            {
                var size = Math.Max(Math.Max(Math.Abs(x[column]), Math.Abs(image[column])), 1e-4 * typical);
                var step = RootEpsilon * (size > 0 ? size : 1);
                if (!TryShift(x[column], step, column) && !TryShift(x[column], -step, column)) return false;
                var difference = shifted[column] - x[column];
                for (var row = 0; row < n; row++) derivative[row * n + column] = (shiftedImage[row] - image[row]) / difference;
                shifted[column] = x[column];
            }

            return true;
        }

        private bool TryShift(double from, double step, int column)
        {
            shifted[column] = from + step;
            return problem.TryEvaluate(shifted, shiftedImage);
        }
    }
}
