using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Theory.Channels;

/// <summary>
/// E f(s + √A z) for many s at once, by the trapezoidal rule on one lattice of y = s + √A z: f is tabulated once, and every s is a sum with the same Gaussian weights.
/// The points s are the multiples of <see cref="Step"/>; where √A is small the lattice of y is finer.
/// </summary>
internal readonly ref struct GaussianLattice
{
    /// <summary>Distance of the points s.</summary>
    public const double Step = 0.25;

    private const double Reach = 9.5;

    // Error e^{−2π²/h²} of the trapezoidal rule for the Gaussian measure.
    private const double LargestGaussianStep = 0.36;

    private readonly Span<double> weights;
    private readonly Span<double> tails;
    private readonly int reach;

    /// <summary>Creates the lattice of one signal-to-noise ratio.</summary>
    /// <param name="snr">A, positive.</param>
    /// <param name="buffer">Room for twice <see cref="WeightCount"/> numbers.</param>
    public GaussianLattice(double snr, Span<double> buffer)
    {
        Stride = StrideOf(snr);
        var step = Spacing / Math.Sqrt(snr);
        reach = (int)Math.Ceiling(Reach / step);
        weights = buffer[..(2 * reach + 1)];
        tails = buffer[(2 * reach + 1)..];
        for (var n = -reach; n <= reach; n++) weights[n + reach] = step / Math.Sqrt(2 * Math.PI) * Math.Exp(-n * step * n * step / 2);
        tails[^1] = 0;
        for (var n = weights.Length - 1; n >= 0; n--) tails[n] = tails[n + 1] + weights[n];
    }

    /// <summary>Points of the lattice of y between two of s.</summary>
    public int Stride { get; }

    /// <summary>Distance of the points y.</summary>
    public double Spacing => Step / Stride;

    /// <summary>Length of the buffer that a lattice needs.</summary>
    public static int WeightCount(double snr) => 4 * (int)Math.Ceiling(Reach * Math.Sqrt(snr) * StrideOf(snr) / Step) + 3;

    /// <summary>Length of the table of a function on an interval.</summary>
    public int TableCount(double from, double to) => ((int)Math.Ceiling(to / Spacing) - (int)Math.Floor(from / Spacing) + 4) / 4 * 4;

    /// <summary>Tabulates a function that is 0 to the left of an interval, and constant to the right.</summary>
    /// <param name="function">The function.</param>
    /// <param name="from">Left end.</param>
    /// <param name="beyond">Its value to the right.</param>
    /// <param name="buffer">As many numbers as <see cref="TableCount"/> says.</param>
    /// <returns>The table.</returns>
    public LatticeTable Table(Func<Vector256<double>, Vector256<double>> function, double from, double beyond, Span<double> buffer)
    {
        var first = (int)Math.Floor(from / Spacing);
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(buffer);
        var offsets = Vector256.Create(0.0, 1, 2, 3);
        for (var i = 0; i < lanes.Length; i++) lanes[i] = function((Vector256.Create((double)(first + 4 * i)) + offsets) * Spacing);
        return new(buffer, first, beyond);
    }

    /// <summary>E f(s + √A z) at s = position · <see cref="Step"/>.</summary>
    public double Average(in LatticeTable table, int position)
    {
        // Index n of the weights belongs to the lattice point start + n.
        var start = position * Stride - reach;
        var (from, to) = (Math.Max(0, table.First - start), Math.Min(weights.Length, table.First + table.Values.Length - start));
        double sum = 0;
        if (from < to) sum = TensorPrimitives.Dot(weights[from..to], table.Values.Slice(start + from - table.First, to - from));
        return table.Beyond == 0 ? sum : sum + table.Beyond * tails[Math.Clamp(to, 0, weights.Length)];
    }

    private static int StrideOf(double snr) => (int)Math.Ceiling(Step / (LargestGaussianStep * Math.Sqrt(snr)));
}

/// <summary>A function on a <see cref="GaussianLattice"/>: 0 to the left of the table, constant to its right.</summary>
internal readonly ref struct LatticeTable(ReadOnlySpan<double> values, int first, double beyond)
{
    public ReadOnlySpan<double> Values { get; } = values;

    public int First { get; } = first;

    public double Beyond { get; } = beyond;
}
