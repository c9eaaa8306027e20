namespace Theory.Numerics.Quadrature;

/// <summary>
/// The 21-point Kronrod rule on [−1, 1] and the 10-point Gauss–Legendre rule embedded in it: zeros of P_10 and of the Stieltjes polynomial E_11.
/// Half of each table, from the right end to the centre; every second node is a Gauss node.
/// </summary>
internal static class KronrodPair
{
    public const int Count = 21;

    public static ReadOnlySpan<double> Nodes =>
    [
        0.99565716302580808074, 0.97390652851717172008, 0.930157491355708226, 0.86506336668898451073, 0.78081772658641689706,
        0.67940956829902440623, 0.56275713466860468334, 0.4333953941292471908, 0.29439286270146019813, 0.14887433898163121088, 0,
    ];

    public static ReadOnlySpan<double> Kronrod =>
    [
        0.011694638867371874278, 0.032558162307964727479, 0.054755896574351996031, 0.075039674810919952767, 0.093125454583697605535,
        0.1093871588022976419, 0.12349197626206585108, 0.13470921731147332593, 0.1427759385770600808, 0.14773910490133849137,
        0.14944555400291690566,
    ];

    public static ReadOnlySpan<double> Gauss =>
    [
        0, 0.066671344308688137594, 0, 0.14945134915058059315, 0, 0.219086362515982044, 0, 0.26926671930999635509, 0,
        0.29552422471475287017, 0,
    ];

    /// <summary>
    /// The Kronrod rule applied to g·f, ∫|g f|, and an error estimate: the larger of the embedded differences for g f and x g f. The first is a
    /// multiple of the divided difference of order 20 and vanishes by accident for some places of a kink; the second then does not.
    /// Mirrored nodes are added first, so that odd integrands cancel exactly.
    /// </summary>
    public static (double Value, double Absolute, double Difference) Apply(ReadOnlySpan<double> g, ReadOnlySpan<double> f)
    {
        var centre = g[Count / 2] * f[Count / 2];
        var (value, absolute) = (Kronrod[Count / 2] * centre, Kronrod[Count / 2] * Math.Abs(centre));
        var (even, odd) = (value, 0.0);
        for (var i = 0; i < Count / 2; i++)
        {
            var (left, right) = (g[i] * f[i], g[Count - 1 - i] * f[Count - 1 - i]);
            var difference = Kronrod[i] - Gauss[i];
            value += Kronrod[i] * (left + right);
            absolute += Kronrod[i] * (Math.Abs(left) + Math.Abs(right));
            even += difference * (left + right);
            odd += difference * Nodes[i] * (right - left);
        }

        return (value, absolute, Math.Max(Math.Abs(even), Math.Abs(odd)));
    }
}
