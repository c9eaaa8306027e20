namespace Theory.Channels;

/// <summary>A loss of the residual r = y − f of a real label, as the loss of the margin u = 1 − r, which is the residual's form that fits and measures know.</summary>
internal sealed class ResidualLoss(IMarginLoss loss) : IMarginLoss
{
    public string Name => loss.Name;

    public bool IsSmooth => loss.IsSmooth;

    public int MostKinks => loss.MostKinks;

    public double Value(double margin) => loss.Value(1 - margin);

    public ProximalPoint At(double margin, double variance)
    {
        var at = loss.At(1 - margin, variance);
        return new(1 - at.Point, -at.Force, at.Slope, at.Loss);
    }

    public int Kinks(double variance, Span<double> kinks) => Turned(kinks, loss.Kinks(variance, kinks));

    public int Bends(double variance, Span<double> bends, out double scale) => Turned(bends, loss.Bends(variance, bends, out scale));

    private static int Turned(Span<double> places, int count)
    {
        places = places[..count];
        foreach (ref var place in places) place = 1 - place;
        places.Reverse();
        return count;
    }
}
