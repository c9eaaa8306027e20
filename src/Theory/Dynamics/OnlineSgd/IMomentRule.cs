namespace Theory.Dynamics;

/// <summary>One way to compute the moments of a task.</summary>
internal interface IMomentRule
{
    /// <summary>What it is, for messages.</summary>
    string Name { get; }

    /// <summary>Whether it is exact up to rounding.</summary>
    bool IsExact { get; }

    /// <summary>Computes the moments at the accuracy chosen last.</summary>
    void Evaluate(ReadOnlySpan<double> omega, MomentValues values);

    /// <summary>Chooses the accuracy so that the estimated error meets a tolerance at this place, as far as the budget allows, and computes the moments.</summary>
    /// <returns>The estimated error, relative to the size of each of the four kinds of moments.</returns>
    double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values);

    /// <summary>The risk alone, as cheaply as it can be had.</summary>
    double Risk(ReadOnlySpan<double> omega);
}

/// <summary>Where moments go: F (p × k), G and H (p × p) row by row, and the risk.</summary>
internal sealed class MomentValues(int width, int teachers)
{
    public double[] F { get; } = new double[width * teachers];

    public double[] G { get; } = new double[width * width];

    public double[] H { get; } = new double[width * width];

    public double Risk { get; set; }

    public void Clear()
    {
        Array.Clear(F);
        Array.Clear(G);
        Array.Clear(H);
        Risk = 0;
    }

    public void CopyTo(MomentValues other)
    {
        F.CopyTo(other.F, 0);
        G.CopyTo(other.G, 0);
        H.CopyTo(other.H, 0);
        other.Risk = Risk;
    }

    /// <summary>Largest difference from others, each kind relative to its largest entry (the risk to itself, but not below 1e-6 of the largest H).</summary>
    public double Distance(MomentValues other)
    {
        var size = Math.Max(Largest(H), Math.Abs(Risk));
        return Math.Max(
            Math.Max(Relative(F, other.F, 1e-3 * size), Relative(G, other.G, 1e-3 * size)),
            Math.Max(Relative(H, other.H, 1e-6 * size), Relative([Risk], [other.Risk], 1e-6 * size)));
    }

    private static double Largest(ReadOnlySpan<double> x) => Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(x));

    private static double Relative(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double least)
    {
        var (difference, size) = (0.0, Math.Max(Largest(a), least));
        for (var i = 0; i < a.Length; i++) difference = Math.Max(difference, Math.Abs(a[i] - b[i]));
        return difference == 0 ? 0 : double.IsFinite(difference) ? difference / size : double.PositiveInfinity;
    }
}
