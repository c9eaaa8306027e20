namespace Theory.Channels;

/// <summary>ℓ(u) = ½(1 − u)², which for labels ±1 is ½(y − f)². prox(u) = (u + V)/(1 + V).</summary>
public readonly record struct SquareLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "square";

    /// <inheritdoc/>
    public double Value(double margin) => 0.5 * (1 - margin) * (1 - margin);

    /// <inheritdoc/>
    public ProximalPoint At(double margin, double variance)
    {
        var force = (1 - margin) / (1 + variance);
        return new((margin + variance) / (1 + variance), force, -1 / (1 + variance), 0.5 * force * force);
    }

    /// <inheritdoc/>
    public int Kinks(double variance, Span<double> kinks) => 0;

    /// <inheritdoc/>
    public int Bends(double variance, Span<double> bends, out double scale)
    {
        scale = double.PositiveInfinity;
        return 0;
    }
}
