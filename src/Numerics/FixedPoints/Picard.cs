using System.Numerics.Tensors;

namespace Theory.Numerics.FixedPoints;

/// <summary>
/// Damped iteration x ← x + β(F(x) − x). Converges linearly if all eigenvalues of 1 − β(1 − F′) are inside the unit circle; a step that would leave the
/// domain is halved, at most thirty times.
/// </summary>
/// <param name="Factor">β in units of the options' damping, in (0, 1].</param>
public sealed record Picard(double Factor = 1) : IFixedPointMethod
{
    /// <summary>β in units of the options' damping, in (0, 1]. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1].</exception>
    public double Factor { get; init => field = Check(value); } = Check(Factor);

    /// <inheritdoc/>
    public IFixedPointStepper Start(FixedPointProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Stepper(Factor * problem.Options.Damping);
    }

    /// <summary>The damped step after a number of halvings, for the other methods to fall back on.</summary>
    internal static bool TryStep(double damping, int halvings, ReadOnlySpan<double> x, ReadOnlySpan<double> image, Span<double> candidate)
    {
        var fraction = Math.ScaleB(damping, -halvings);
        if (fraction == 1) image.CopyTo(candidate);
        else TensorPrimitives.Lerp(x, image, fraction, candidate);
        return halvings <= 30;
    }

    private static double Check(double factor) => factor is > 0 and <= 1
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(Factor), factor, $"Factor must be in (0, 1]; got {factor}.");

    private sealed class Stepper(double damping) : IFixedPointStepper
    {
        public bool TryPropose(int trial, ReadOnlySpan<double> x, ReadOnlySpan<double> image, Span<double> candidate) =>
            TryStep(damping, trial, x, image, candidate);

        public bool Accepts(int trial, double residual, double candidate) => true;
    }
}
