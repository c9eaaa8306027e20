using System.Numerics.Tensors;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Theory.Numerics.Ode;

/// <summary>
/// The implicit Runge–Kutta method of order 5 at the three Radau points: L-stable, for stiff problems. Stages by simplified Newton iterations on the full 3n × 3n system,
/// error estimate of order 3, the collocation polynomial as dense output. Source: Hairer and Wanner 1996, <i>Solving Ordinary Differential Equations II</i>, IV.5 and IV.8.
/// </summary>
/// <param name="Jacobian">∂f/∂y, or <see langword="null"/> for forward differences (n evaluations a step).</param>
public sealed record RadauIIA(OdeJacobian? Jacobian = null) : IOdeMethod
{
    private static readonly double R = Math.Sqrt(6);
    private static readonly double[] C = [(4 - R) / 10, (4 + R) / 10, 1];

    private static readonly double[,] A =
    {
        { (88 - 7 * R) / 360, (296 - 169 * R) / 1800, (-2 + 3 * R) / 225 },
        { (296 + 169 * R) / 1800, (88 + 7 * R) / 360, (-2 - 3 * R) / 225 },
        { (16 - R) / 36, (16 + R) / 36, 1.0 / 9 },
    };

    // 1/γ₀ is the real eigenvalue of A⁻¹.
    private static readonly double Gamma0 = 1 / (3 + Math.Cbrt(9) - Math.Cbrt(3));
    private static readonly double[] E = [Gamma0 * (-13 - 7 * R) / 3, Gamma0 * (-13 + 7 * R) / 3, -Gamma0 / 3];

    /// <inheritdoc/>
    public int ErrorOrder => 4;

    /// <inheritdoc/>
    public IOdeStepper Start(OdeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Stepper(problem, Jacobian);
    }

    private sealed class Stepper(OdeProblem problem, OdeJacobian? jacobian) : IOdeStepper
    {
        private const int MaxIterations = 10;

        // Newton's error must stay well below the tolerance of the step.
        private const double NewtonTolerance = 1e-3;

        private readonly int n = problem.Dimension;
        private readonly double[] derivatives = new double[problem.Dimension * problem.Dimension];
        private readonly double[] matrix = new double[9 * problem.Dimension * problem.Dimension];
        private readonly int[] pivots = new int[3 * problem.Dimension];
        private readonly double[] filter = new double[problem.Dimension * problem.Dimension];
        private readonly int[] filterPivots = new int[problem.Dimension];
        private readonly double[] z = new double[3 * problem.Dimension];
        private readonly double[] f = new double[3 * problem.Dimension];
        private readonly double[] correction = new double[3 * problem.Dimension];
        private readonly double[] start = new double[problem.Dimension];
        private readonly double[] stage = new double[problem.Dimension];
        private readonly double[] error = new double[problem.Dimension];
        private double[] accepted = new double[3 * problem.Dimension];
        private double acceptedStep;
        private double step;
        private double jacobianTime = double.NaN;
        private bool lastFailed = true;

        public bool IsStiff => false;

        public double Attempt(
            double time, ReadOnlySpan<double> state, ReadOnlySpan<double> derivative, double step, Span<double> next, Span<double> nextDerivative)
        {
            this.step = step;
            state.CopyTo(start);
            if (jacobianTime != time && !TryJacobian(time, state, derivative)) return double.PositiveInfinity;
            Guess();
            if (!TryFactor() || !TryStages(time)) return Failed();
            TensorPrimitives.Add(start, z.AsSpan(2 * n, n), next);
            if (!problem.TryEvaluate(time + step, next, nextDerivative)) return Failed();

            var estimate = Estimate(derivative, next);
            if (estimate >= 1 && lastFailed)
            {
                // A second filter keeps the estimate from being far too large for stiff components after a bad start.
                TensorPrimitives.Add(start, error, stage);
                if (problem.TryEvaluate(time, stage, error)) estimate = Estimate(error.ToArray(), next);
            }

            lastFailed = estimate > 1;
            return estimate;
        }

        public void Accept()
        {
            acceptedStep = step;
            z.CopyTo(accepted, 0);
        }

        public void Interpolate(double fraction, Span<double> state) => Collocation(z, fraction, start, state);

        private double Failed()
        {
            lastFailed = true;
            return double.PositiveInfinity;
        }

        private bool TryJacobian(double time, ReadOnlySpan<double> state, ReadOnlySpan<double> derivative)
        {
            if (jacobian is null)
            {
                if (!problem.TryDifferentiate(time, state, derivative, derivatives)) return false;
            }
            else
            {
                jacobian(time, state, derivatives);
            }

            jacobianTime = time;
            return TensorPrimitives.IsFiniteAll<double>(derivatives);
        }

        /// <summary>The collocation polynomial of the last step, continued into this one; 0 at the start.</summary>
        private void Guess()
        {
            if (acceptedStep == 0)
            {
                z.AsSpan().Clear();
                return;
            }

            var last = accepted.AsSpan(2 * n, n);
            error.AsSpan().Clear();
            for (var i = 0; i < 3; i++)
            {
                var slice = z.AsSpan(i * n, n);
                Collocation(accepted, 1 + C[i] * step / acceptedStep, error, slice);
                TensorPrimitives.Subtract(slice, last, slice);
            }
        }

        /// <summary>Factors I − h A ⊗ J and I − h γ₀ J, column by column.</summary>
        private bool TryFactor()
        {
            var size = 3 * n;
            for (var bi = 0; bi < 3; bi++)
            {
                for (var bj = 0; bj < 3; bj++)
                {
                    for (var i = 0; i < n; i++)
                    {
                        for (var j = 0; j < n; j++)
                            matrix[(bj * n + j) * size + bi * n + i] = (bi == bj && i == j ? 1 : 0) - step * A[bi, bj] * derivatives[i * n + j];
                    }
                }
            }

            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) filter[j * n + i] = (i == j ? 1 : 0) - step * Gamma0 * derivatives[i * n + j];
            }

            LinearAlgebraControl.Provider.LUFactor(matrix, size, pivots);
            LinearAlgebraControl.Provider.LUFactor(filter, n, filterPivots);
            return IsRegular(matrix, size) && IsRegular(filter, n);
        }

        private static bool IsRegular(double[] factored, int size)
        {
            for (var i = 0; i < size; i++)
            {
                if (factored[i * size + i] == 0) return false;
            }

            return true;
        }

        /// <summary>Solves Z = h (A ⊗ I) F(Z).</summary>
        private bool TryStages(double time)
        {
            var previous = double.PositiveInfinity;
            for (var iteration = 0; iteration < MaxIterations; iteration++)
            {
                for (var i = 0; i < 3; i++)
                {
                    TensorPrimitives.Add(start, z.AsSpan(i * n, n), stage);
                    if (!problem.TryEvaluate(time + C[i] * step, stage, f.AsSpan(i * n, n))) return false;
                }

                TensorPrimitives.Negate<double>(z, correction);
                for (var i = 0; i < 3; i++)
                {
                    var target = correction.AsSpan(i * n, n);
                    for (var j = 0; j < 3; j++) TensorPrimitives.MultiplyAdd(f.AsSpan(j * n, n), step * A[i, j], target, target);
                }

                LinearAlgebraControl.Provider.LUSolveFactored(1, matrix, 3 * n, pivots, correction);
                TensorPrimitives.Add<double>(z, correction, z);
                var size = 0.0;
                for (var i = 0; i < 3; i++) size = Math.Max(size, problem.Norm(correction.AsSpan(i * n, n), start, start));
                if (!double.IsFinite(size)) return false;
                var rate = size / previous;
                if (size == 0 || (iteration > 0 && rate < 1 && size * rate / (1 - rate) <= NewtonTolerance)) return true;
                if (iteration > 0 && rate >= 0.99) return size <= NewtonTolerance;
                previous = size;
            }

            return false;
        }

        private double Estimate(ReadOnlySpan<double> derivative, ReadOnlySpan<double> next)
        {
            TensorPrimitives.Multiply(derivative, Gamma0 * step, error);
            for (var i = 0; i < 3; i++) TensorPrimitives.MultiplyAdd(z.AsSpan(i * n, n), E[i], error, error);
            LinearAlgebraControl.Provider.LUSolveFactored(1, filter, n, filterPivots, error);
            return problem.Norm(error, start, next);
        }

        /// <summary>The cubic through (0, 0), (c₁, z₁), (c₂, z₂), (1, z₃), added to an origin.</summary>
        private void Collocation(double[] z, double x, ReadOnlySpan<double> origin, Span<double> state)
        {
            origin.CopyTo(state);
            for (var i = 0; i < 3; i++)
            {
                var (a, b) = (C[(i + 1) % 3], C[(i + 2) % 3]);
                var weight = x * (x - a) * (x - b) / (C[i] * (C[i] - a) * (C[i] - b));
                TensorPrimitives.MultiplyAdd(z.AsSpan(i * n, n), weight, state, state);
            }
        }
    }
}
