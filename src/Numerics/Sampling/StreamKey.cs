namespace Theory.Numerics.Sampling;

/// <summary>
/// The 128-bit name of a stream, a hash of its seed and path. Appending a word is injective in the word,
/// so siblings never share a key; unrelated keys collide with probability 2⁻¹²⁸.
/// </summary>
internal readonly record struct StreamKey(ulong High, ulong Low)
{
    // The Weyl increment of SplitMix64: the odd integer nearest to 2⁶⁴ divided by the golden ratio.
    private const ulong Golden = 0x9E3779B97F4A7C15;

    public static StreamKey Root => new(0x243F6A8885A308D3, 0x13198A2E03707344); // the fractional bits of π

    public StreamKey Append(ulong word)
    {
        var high = Mix(High ^ Mix(word + Golden));
        var low = Mix(Low + high);
        return new(Mix(high + (low | 1) * Golden), low);
    }

    public StreamKey Append(ReadOnlySpan<ulong> words)
    {
        var key = this;
        foreach (var word in words)
            key = key.Append(word);
        return key;
    }

    // The first two words differ, so the all-zero state, which xoshiro cannot leave, is out of reach.
    public Xoshiro256 ToState() => new(
        Mix(High + Golden),
        Mix(High + unchecked(2 * Golden)),
        Mix(Low + unchecked(3 * Golden)),
        Mix(Low + unchecked(4 * Golden)));

    /// <summary>The finaliser of SplitMix64 (Stafford's variant 13): a bijection of 64-bit words in which every input bit flips every output bit with probability near ½.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
