using System.Buffers.Binary;
using MathNet.Numerics.Random;

namespace Theory.Numerics.Sampling;

/// <summary>
/// A reproducible stream of random numbers, named by a seed and a path: xoshiro256++ whose 256-bit state is a hash of both.
/// Equal names give equal numbers on every machine and every thread; different names give independent streams.
/// </summary>
/// <remarks>
/// <para>A stream is not thread-safe. Give each trial its own <see cref="Substream"/> (or use <see cref="ParallelTrials"/>):
/// results then do not depend on the number of threads.</para>
/// <para>Whole numbers and uniform numbers are the same bit for bit everywhere; Gaussian numbers may differ in the last bit between
/// platforms whose exponential and logarithm round differently.</para>
/// <para>Being a <see cref="Random"/>, a stream is accepted by the distributions of MathNet.Numerics.</para>
/// <para>Sources: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM Trans. Math. Softw. 47, 36 (2021);
/// G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (mixing of the seed);
/// G. Marsaglia and W. W. Tsang, "The ziggurat method for generating random variables", J. Stat. Softw. 5(8) (2000).</para>
/// </remarks>
public sealed class RandomStream : RandomSource
{
    private readonly StreamKey _key;
    private Xoshiro256 _state;

    /// <summary>Opens the stream of a seed and a path.</summary>
    /// <param name="seed">The seed; any value.</param>
    /// <param name="path">Which of the seed's streams: <c>new RandomStream(seed, i, j)</c> is <c>new RandomStream(seed).Substream(i).Substream(j)</c>.</param>
    public RandomStream(ulong seed, params ReadOnlySpan<ulong> path)
        : this(StreamKey.Root.Append(seed).Append(path))
    {
    }

    private RandomStream(StreamKey key)
        : base(threadSafe: false) => (_key, _state) = (key, key.ToState());

    /// <summary>A seed of its own for each index, as for programs that take one number: distinct indices have distinct seeds.</summary>
    /// <param name="seed">The common seed.</param>
    /// <param name="index">The index, such as the number of a trial.</param>
    /// <returns>The derived seed.</returns>
    public static ulong DeriveSeed(ulong seed, ulong index) =>
        StreamKey.Mix(StreamKey.Mix(StreamKey.Root.Append(seed).Low) ^ index);

    /// <summary>An independent stream below this one. It depends on this stream's name and the index only, not on how many numbers were drawn.</summary>
    /// <param name="index">Which one; any value.</param>
    /// <returns>The substream, at its beginning.</returns>
    public RandomStream Substream(ulong index) => new(_key.Append(index));

    /// <summary>The next 64 random bits.</summary>
    /// <returns>A number uniform on {0, …, 2⁶⁴ − 1}.</returns>
    public ulong NextUInt64() => _state.Next();

    /// <summary>The next uniform number in the open interval (0, 1).</summary>
    /// <returns>One of the 2⁵² midpoints (k + ½)·2⁻⁵²; never 0 nor 1, so its logarithm is finite.</returns>
    public double NextUniform() => _state.NextOpen();

    /// <summary>The next standard normal number: mean 0, variance 1.</summary>
    /// <returns>The number; exact in distribution up to a resolution of 2⁻⁵² relative to the layer of the ziggurat.</returns>
    public double NextGaussian() => NormalZiggurat.Sample(ref _state);

    /// <summary>The next random sign.</summary>
    /// <returns>−1 or 1, each with probability ½.</returns>
    public int NextSign() => (long)_state.Next() < 0 ? -1 : 1;

    /// <summary>The next chi-square number: the squared norm of that many independent standard normal numbers, at a cost that does not grow with them.</summary>
    /// <param name="degrees">Degrees of freedom ν, in [0, 10¹⁵]; they need not be whole above 2. None give 0.</param>
    /// <returns>The number: mean ν, variance 2ν.</returns>
    /// <remarks>2 Γ(ν/2) by G. Marsaglia and W. W. Tsang, ACM Trans. Math. Softw. 26, 363 (2000); exact in distribution.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degrees"/> is outside this range, or below 2 and not whole.</exception>
    public double NextChiSquare(double degrees)
    {
        if (degrees < 2)
        {
            if (degrees == 0) return 0;
            if (degrees != 1) throw new ArgumentOutOfRangeException(nameof(degrees), degrees, $"degrees must be 0, 1 or in [2, 1e15]; got {degrees}.");
            var x = NextGaussian();
            return x * x;
        }
        if (!(degrees <= 1e15)) throw new ArgumentOutOfRangeException(nameof(degrees), degrees, $"degrees must be 0, 1 or in [2, 1e15]; got {degrees}.");
        var shape = degrees / 2 - 1.0 / 3;
        var width = 1 / Math.Sqrt(9 * shape);
        while (true)
        {
            var x = NextGaussian();
            var root = 1 + width * x;
            if (root <= 0) continue;
            var cube = root * root * root;
            var (square, u) = (x * x, NextUniform());
            if (u < 1 - 0.0331 * square * square || Math.Log(u) < square / 2 + shape * (1 - cube + Math.Log(cube))) return 2 * shape * cube;
        }
    }

    /// <summary>Fills a span with independent standard normal numbers: the same as repeated <see cref="NextGaussian"/>, but faster.</summary>
    /// <param name="destination">The span to fill; may be empty.</param>
    public void FillGaussian(Span<double> destination) => NormalZiggurat.Fill(ref _state, destination);

    /// <summary>Fills a span with independent numbers uniform on (0, 1): the same as repeated <see cref="NextUniform"/>.</summary>
    /// <param name="destination">The span to fill; may be empty.</param>
    public void FillUniform(Span<double> destination)
    {
        var local = _state;
        for (var i = 0; i < destination.Length; i++)
            destination[i] = local.NextOpen();
        _state = local;
    }

    /// <summary>Fills a span with a point uniform on the unit sphere S^{d−1} of ℝ^d, d being the length: its Euclidean norm is 1, not √d.</summary>
    /// <param name="destination">The span to fill; at least one element.</param>
    /// <exception cref="ArgumentException">The span is empty.</exception>
    public void FillUnitSphere(Span<double> destination)
    {
        if (destination.IsEmpty)
            throw new ArgumentException("destination must have at least one element; got 0.", nameof(destination));

        double norm;
        do
        {
            FillGaussian(destination);
            norm = Math.Sqrt(CompensatedSum.OfSquares(destination));
        }
        while (norm == 0);

        foreach (ref var x in destination)
            x /= norm;
    }

    /// <inheritdoc/>
    public override long NextInt64() => NextInt64(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        if (maxValue < 0)
            throw new ArgumentOutOfRangeException(nameof(maxValue), maxValue, $"maxValue must be at least 0; got {maxValue}.");
        return maxValue <= 1 ? 0 : (long)_state.NextBelow((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        if (minValue > maxValue)
            throw new ArgumentOutOfRangeException(nameof(minValue), minValue, $"minValue must be at most maxValue = {maxValue}; got {minValue}.");
        var range = unchecked((ulong)maxValue - (ulong)minValue);
        return range <= 1 ? minValue : unchecked(minValue + (long)_state.NextBelow(range));
    }

    /// <inheritdoc/>
    public override float NextSingle() => (_state.Next() >> 40) * (1f / (1 << 24));

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (!buffer.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, _state.Next());
            var count = Math.Min(buffer.Length, word.Length);
            word[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    protected override double DoSample() => _state.NextHalfOpen();

    /// <inheritdoc/>
    protected override int DoSampleInteger() => (int)_state.NextBelow(int.MaxValue);

    /// <inheritdoc/>
    protected override int DoSampleInteger(int maxExclusive) => (int)_state.NextBelow((ulong)maxExclusive);

    /// <inheritdoc/>
    protected override int DoSampleInteger(int minInclusive, int maxExclusive) =>
        (int)(minInclusive + (long)_state.NextBelow((ulong)((long)maxExclusive - minInclusive)));

    /// <inheritdoc/>
    protected override int DoSampleInt32WithNBits(int bitCount) => bitCount == 0 ? 0 : (int)(_state.Next() >> (64 - bitCount));

    /// <inheritdoc/>
    protected override long DoSampleInt64WithNBits(int bitCount) => bitCount == 0 ? 0 : (long)(_state.Next() >> (64 - bitCount));

    /// <inheritdoc/>
    protected override void DoSampleBytes(byte[] buffer) => NextBytes(buffer.AsSpan());
}
