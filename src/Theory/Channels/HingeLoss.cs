namespace Theory.Channels;

/// <summary>ℓ(u) = max(0, 1 − u). prox(u) = u + V below 1 − V, 1 on [1 − V, 1], u above 1.</summary>
public readonly record struct HingeLoss : IMarginLoss
{
    /// <inheritdoc/>
    public string Name => "hinge";

    /// <inheritdoc/>
    public bool IsSmooth => false;

    /// <inheritdoc/>
    public double Value(double margin) => Math.Max(0, 1 - margin);

    /// <inheritdoc/>
    public ProximalPoint At(double margin, double variance)
    {
        var gap = 1 - margin;
        if (gap <= 0) return new(margin, 0, 0, 0);
        return gap < variance
            ? new(1, gap / variance, -1 / variance, 0)
            : new(margin + variance, 1, 0, gap - variance);
    }

    /// <inheritdoc/>
    public int Kinks(double variance, Span<double> kinks)
    {
        (kinks[0], kinks[1]) = (1 - variance, 1);
        return 2;
    }

    /// <inheritdoc/>
    public int Bends(double variance, Span<double> bends, out double scale)
    {
        scale = double.PositiveInfinity;
        return 0;
    }
}
