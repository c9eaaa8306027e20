namespace Theory.Channels;

/// <summary>ℓ(u) = 0 for u ≥ 1 and +∞ below: maximal-margin classification. prox(u) = max(u, 1).</summary>
public readonly record struct HardMarginLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "hard-margin";

    /// <inheritdoc/>
    public bool IsSmooth => false;

    /// <inheritdoc/>
    public double Value(double margin) => margin >= 1 ? 0 : double.PositiveInfinity;

    /// <inheritdoc/>
    public ProximalPoint At(double margin, double variance) =>
        margin >= 1 ? new(margin, 0, 0, 0) : new(1, (1 - margin) / variance, -1 / variance, 0);

    /// <inheritdoc/>
    public int Kinks(double variance, Span<double> kinks)
    {
        kinks[0] = 1;
        return 1;
    }

    /// <inheritdoc/>
    public int Bends(double variance, Span<double> bends, out double scale)
    {
        scale = double.PositiveInfinity;
        return 0;
    }
}
