using System.Numerics;
using System.Runtime.CompilerServices;

namespace Theory.Numerics.Sampling;

/// <summary>The state of xoshiro256++ (Blackman &amp; Vigna, ACM Trans. Math. Softw. 47, 36, 2021): period 2²⁵⁶ − 1, all 64 output bits usable.</summary>
internal struct Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3)
{
    private ulong _s0 = s0, _s1 = s1, _s2 = s2, _s3 = s3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform on the 2⁵² midpoints of (0, 1): never 0, never 1, symmetric about ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextOpen() => ((Next() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Uniform on the 2⁵³ multiples of 2⁻⁵³ in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextHalfOpen() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on {0, …, bound − 1} without bias (Lemire, ACM Trans. Model. Comput. Simul. 29, 3, 2019).</summary>
    public ulong NextBelow(ulong bound)
    {
        var high = Math.BigMul(Next(), bound, out var low);
        if (low >= bound)
            return high;

        var threshold = unchecked(0UL - bound) % bound;
        while (low < threshold)
            high = Math.BigMul(Next(), bound, out low);
        return high;
    }
}
