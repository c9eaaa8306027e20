using Theory.Contract;

namespace Theory.Channels;

/// <summary>ℓ(u) = ½r² for |r| ≤ δ and δ|r| − ½δ² beyond, with r = 1 − u, which for labels ±1 is the Huber loss of y − f. δ → ∞ is the square loss.</summary>
public readonly record struct HuberLoss : IMarginLoss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="delta">The width δ of its quadratic part, in (0, ∞).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not in (0, ∞).</exception>
    public HuberLoss(double delta) => Delta = Guard.In(delta, ParameterRange.Positive, nameof(delta));

    /// <summary>The width δ of the quadratic part.</summary>
    public double Delta { get; }

    /// <inheritdoc/>
    public string Name => "huber";

    /// <inheritdoc/>
    public double Value(double margin) => OfResidual(1 - margin);

    /// <summary>The loss as a function of the residual.</summary>
    /// <param name="residual">r = y − f, finite.</param>
    /// <returns>½r² for |r| ≤ δ, else δ|r| − ½δ².</returns>
    public double OfResidual(double residual)
    {
        var size = Math.Abs(residual);
        return size <= Delta ? 0.5 * size * size : Delta * (size - 0.5 * Delta);
    }

    /// <inheritdoc/>
    public ProximalPoint At(double margin, double variance)
    {
        var residual = 1 - margin;
        var force = residual / (1 + variance);
        if (Math.Abs(force) <= Delta) return new((margin + variance) / (1 + variance), force, -1 / (1 + variance), 0.5 * force * force);
        force = Math.CopySign(Delta, residual);
        return new(margin + variance * force, force, 0, OfResidual(residual - variance * force));
    }

    /// <inheritdoc/>
    public int Kinks(double variance, Span<double> kinks)
    {
        var width = Delta * (1 + variance);
        (kinks[0], kinks[1]) = (1 - width, 1 + width);
        return 2;
    }

    /// <inheritdoc/>
    public int Bends(double variance, Span<double> bends, out double scale)
    {
        scale = double.PositiveInfinity;
        return 0;
    }
}
