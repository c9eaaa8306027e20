using System.Runtime.CompilerServices;

namespace Theory.Numerics.Sampling;

/// <summary>
/// Standard normal numbers by the ziggurat of Marsaglia &amp; Tsang (J. Stat. Softw. 5(8), 2000) with 256 layers, layer and abscissa
/// taken from disjoint bits (Doornik 2005). The unnormalised density is f(x) = exp(−x²/2); layer i ≥ 1 is the rectangle
/// [0, x_i] × [f(x_i), f(x_{i+1})], layer 0 is [0, r] × [0, f(r)] with the tail beyond r = x_1; all have area v.
/// </summary>
internal static class NormalZiggurat
{
    public const int Layers = 256;

    /// <summary>r: where the tail begins; the root of the condition that x_256 = 0.</summary>
    public const double TailStart = 3.654152885361008772;

    /// <summary>v = r f(r) + ∫_r^∞ f: the area of every layer.</summary>
    public const double LayerArea = 0.004928673233974655347;

    private static readonly double[] s_edge = Edges();
    private static readonly double[] s_height = [.. s_edge.Select(Density)];

    // x_i / 2⁵³: the abscissa is an odd integer in (−2⁵³, 2⁵³) times this.
    private static readonly double[] s_scale = [.. s_edge.Select(x => x / (1L << 53))];

    /// <summary>x_0, …, x_256, decreasing; x_0 = v / f(r) is the width that layer 0 would have as a rectangle.</summary>
    public static ReadOnlySpan<double> Edge => s_edge;

    public static double Sample(ref Xoshiro256 rng)
    {
        var bits = rng.Next();
        var layer = (int)(bits & (Layers - 1));
        var x = Abscissa(bits) * s_scale[layer];
        return Math.Abs(x) < s_edge[layer + 1] ? x : Resolve(ref rng, layer, x);
    }

    public static void Fill(ref Xoshiro256 rng, Span<double> destination)
    {
        var local = rng;
        ref var scale = ref s_scale[0];
        ref var edge = ref s_edge[0];
        for (var i = 0; i < destination.Length; i++)
        {
            var bits = local.Next();
            var layer = (nint)(bits & (Layers - 1));
            var x = Abscissa(bits) * Unsafe.Add(ref scale, layer);
            if (Math.Abs(x) >= Unsafe.Add(ref edge, layer + 1))
            {
                // A copy, so that the state whose address is taken is not the one kept in registers.
                var copy = local;
                x = Resolve(ref copy, (int)layer, x);
                local = copy;
            }

            destination[i] = x;
        }

        rng = local;
    }

    // Bits 10–63, made odd: symmetric about zero, exact in double precision, disjoint from the layer's bits 0–7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Abscissa(ulong bits) => ((long)bits >> 10) | 1;

    private static double Resolve(ref Xoshiro256 rng, int layer, double x)
    {
        while (true)
        {
            if (layer == 0)
                return Math.CopySign(Tail(ref rng), x);

            var height = s_height[layer] + rng.NextOpen() * (s_height[layer + 1] - s_height[layer]);
            if (height < Density(x))
                return x;

            var bits = rng.Next();
            layer = (int)(bits & (Layers - 1));
            x = Abscissa(bits) * s_scale[layer];
            if (Math.Abs(x) < s_edge[layer + 1])
                return x;
        }
    }

    // Marsaglia (1964): exact for the density proportional to f on (r, ∞).
    private static double Tail(ref Xoshiro256 rng)
    {
        double excess, exponential;
        do
        {
            excess = -Math.Log(rng.NextOpen()) / TailStart;
            exponential = -Math.Log(rng.NextOpen());
        }
        while (2 * exponential < excess * excess);

        return TailStart + excess;
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x);

    private static double[] Edges()
    {
        var x = new double[Layers + 1];
        x[0] = LayerArea / Density(TailStart);
        x[1] = TailStart;
        for (var i = 1; i < Layers - 1; i++)
            x[i + 1] = Math.Sqrt(-2 * Math.Log(Density(x[i]) + LayerArea / x[i]));
        x[Layers] = 0;
        return x;
    }
}
