using System.Numerics.Tensors;

namespace Theory.Numerics.FixedPoints;

/// <summary>
/// Anderson acceleration of type II: the next point is x + βr − Σⱼ γⱼ(Δxⱼ + βΔrⱼ) with r = F(x) − x and γ minimising |r − Σⱼ γⱼΔrⱼ| over the last
/// <see cref="FixedPointOptions.Depth"/> steps. Exact for linear maps after n + 1 steps if the depth is at least n.
/// </summary>
/// <remarks>
/// Safeguards: differences that are nearly dependent on newer ones, or lost in rounding, are left out; an accelerated point that more than doubles the
/// residual is replaced by a damped step and the history forgotten, as it is when the step vanishes although the residual does not. When the residual
/// has stopped improving, 8 plain damped steps follow, then 16, 32, …: where those converge, this does.
/// D. G. Anderson 1965; H. F. Walker and P. Ni 2011.
/// </remarks>
public sealed record Anderson : IFixedPointMethod
{
    /// <inheritdoc/>
    public IFixedPointStepper Start(FixedPointProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Stepper(problem);
    }

    private sealed class Stepper(FixedPointProblem problem) : IFixedPointStepper
    {
        private const double Growth = 2;
        private const double Dependence = 1e-8;
        private const double Noise = 100 * 2.220446049250313e-16;

        private readonly AndersonHistory history = new(problem.Dimension, problem.Options.Depth);
        private readonly double damping = problem.Options.Damping;
        private readonly double[] residual = new double[problem.Dimension];
        private readonly double[] weights = new double[problem.Dimension];
        private double least = double.PositiveInfinity;
        private int stale;
        private int plainSteps;
        private int penalty = 8;

        public bool TryPropose(int trial, ReadOnlySpan<double> x, ReadOnlySpan<double> image, Span<double> candidate)
        {
            if (trial == 0)
            {
                TensorPrimitives.Subtract(image, x, residual);
                history.Record(x, residual);
                if (!IsPlainStep() && TryAccelerate(x, image, candidate)) return true;
            }

            history.Forget();
            return Picard.TryStep(damping, Math.Max(0, trial - 1), x, image, candidate);
        }

        public bool Accepts(int trial, double residual, double candidate) => trial > 0 || history.Count == 0 || candidate <= Growth * residual;

        private bool TryAccelerate(ReadOnlySpan<double> x, ReadOnlySpan<double> image, Span<double> candidate)
        {
            if (history.Count == 0) return Plain(x, image, candidate);
            var noise = Noise * Math.Sqrt(problem.Dimension) * Weigh(x, image);
            if (!history.Solve(residual, weights, Dependence, noise)) return false;
            Plain(x, image, candidate);
            history.Subtract(damping, candidate);
            double step = 0;
            for (var i = 0; i < x.Length; i++) step = Math.Max(step, Math.Abs(candidate[i] - x[i]));
            return double.IsFinite(step) && step > 1e-9 * damping * Math.Abs(TensorPrimitives.MaxMagnitude<double>(residual));
        }

        /// <summary>The weights of the least-squares problem; returns the size of the largest weighted component.</summary>
        private double Weigh(ReadOnlySpan<double> x, ReadOnlySpan<double> image)
        {
            var (least, largest) = (1e-8 * Math.Abs(TensorPrimitives.MaxMagnitude(x)), 0.0);
            for (var i = 0; i < x.Length; i++)
            {
                var size = Math.Max(Math.Max(Math.Abs(x[i]), Math.Abs(image[i])), least);
                weights[i] = size > 0 ? 1 / problem.Unit(size) : 1;
                largest = Math.Max(largest, size * weights[i]);
            }

            return largest;
        }

        private bool Plain(ReadOnlySpan<double> x, ReadOnlySpan<double> image, Span<double> candidate) =>
            Picard.TryStep(damping, 0, x, image, candidate);

        private bool IsPlainStep()
        {
            var norm = TensorPrimitives.Norm<double>(residual);
            (least, stale) = norm < 0.99 * least ? (norm, 0) : (least, stale + 1);
            if (stale > 10 + 4 * problem.Options.Depth && plainSteps == 0)
            {
                plainSteps = penalty;
                penalty = Math.Min(2 * penalty, 1 << 20);
            }

            return plainSteps > 0 && plainSteps-- > 0;
        }
    }
}
