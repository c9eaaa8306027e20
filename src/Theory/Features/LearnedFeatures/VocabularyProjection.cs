using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// What the features of a vocabulary and the target are given the projection κ = w*·x, at the nodes of one quadrature over κ ~ N(0, 1).
/// Node arrays are padded with weight 0 to whole vectors.
/// </summary>
internal sealed class VocabularyProjection
{
    /// <summary>Beyond this shift a smoothed activation behaves as at infinity.</summary>
    private const double FarShift = 60;

    private static readonly object SlotKey = new();

    private readonly Request request;
    private readonly List<double> ends;
    private readonly Lazy<VocabularyProjection> finer, tail;
    private readonly Lazy<double> floor;

    private VocabularyProjection(Request request, List<double> ends)
        : this(request, ends, ProjectionPanels.Nodes(ends))
    {
    }

    private VocabularyProjection(Request request, List<double> ends, (double[] Nodes, double[] Weights) rule, double largestShift = double.PositiveInfinity)
    {
        (this.request, this.ends) = (request, ends);
        (Kappa, Weight) = rule;
        var values = new VocabularyFunctions(request.Activation, request.Target, request.Spikes);
        values.Evaluate(Kappa, largestShift);
        (Mean, Linear, Second, Noise, Target) = (values.Mean, values.Linear, values.Second, values.Noise, values.Target);
        IsAffine = values.IsAffine;
        // With c₁ constant and c⋆ = 0 the shifts of an affine activation are not seen in the bulk.
        double[] distinct = IsAffine ? [Spikes[0]] : [.. Spikes.Distinct()];
        Class = [.. Spikes.Select(s => IsAffine ? 0 : Array.IndexOf(distinct, s))];
        Members = [.. distinct.Select(s => Array.IndexOf(Spikes, s))];
        Products = ProductsOf(Members, Noise, Linear);
        Slope = new double[Count][];
        for (var q = 0; q < Count; q++) NodeVectors.Multiply(Kappa, Linear[q], Slope[q] = new double[Kappa.Length]);
        tail = new(TailOf);
        finer = new(() => new(request, ProjectionPanels.Halved(ends)));
        floor = new(() => RegressionFloor.Of(this));
    }

    /// <summary>The values ζ_q of the vocabulary.</summary>
    public double[] Spikes => request.Spikes;

    /// <summary>Number k of values in the vocabulary.</summary>
    public int Count => request.Spikes.Length;

    /// <summary>Whether the activation is affine, so that c⋆ = 0.</summary>
    public bool IsAffine { get; }

    public double[] Kappa { get; }

    public double[] Weight { get; }

    /// <summary>c₀(ζ_qκ), for each q.</summary>
    public double[][] Mean { get; }

    /// <summary>c₁(ζ_qκ), for each q.</summary>
    public double[][] Linear { get; }

    /// <summary>κc₁(ζ_qκ), for each q.</summary>
    public double[][] Slope { get; }

    /// <summary>c₂(ζ_qκ), for each q.</summary>
    public double[][] Second { get; }

    /// <summary>c⋆(ζ_qκ)², for each q.</summary>
    public double[][] Noise { get; }

    /// <summary>The class of each value: values of one class are the same to the bulk.</summary>
    public int[] Class { get; }

    /// <summary>One value of each class.</summary>
    public int[] Members { get; }

    /// <summary>c⋆(ζ_qκ)² for each class, then c₁(ζ_qκ) c₁(ζ_rκ) for each pair q ≤ r of classes, one after the other.</summary>
    public double[] Products { get; }

    /// <summary>g(κ); zero where there is no target.</summary>
    public double[] Target { get; }

    /// <summary>The same on panels of half the width.</summary>
    public VocabularyProjection Finer => finer.Value;

    /// <summary>The same without weight at values of κ beyond the quadrature, as far as the activation changes.</summary>
    public VocabularyProjection Tail => tail.Value;

    /// <summary>Sums over the values of each class.</summary>
    public double[] OfClasses(ReadOnlySpan<double> values)
    {
        var sums = new double[Members.Length];
        for (var q = 0; q < values.Length; q++) sums[Class[q]] += values[q];
        return sums;
    }

    /// <summary>Σ_q E[E[σ(z + ζ_qκ)² | κ] h] for given values of h: what is far below it is rounding.</summary>
    public double SquaredSize(ReadOnlySpan<double> shrinkage)
    {
        var sum = 0.0;
        for (var n = 0; n < Weight.Length; n++)
            for (var q = 0; q < Count; q++)
                sum += Weight[n] * shrinkage[n] * (Mean[q][n] * Mean[q][n] + Linear[q][n] * Linear[q][n] + Noise[q][n]);
        return sum;
    }

    /// <summary>Whether there is a finer one worth the memory.</summary>
    public bool CanRefine => ends.Count < ProjectionPanels.Most;

    /// <summary>min_θ E (g − θ·ψ)².</summary>
    public double Floor => floor.Value;

    /// <summary>The projection, kept for the last request of every activation.</summary>
    public static VocabularyProjection Of(ScalarFunction activation, ScalarFunction? target, ReadOnlySpan<double> spikes)
    {
        var slot = activation.Memo(SlotKey, static _ => new Slot());
        if (slot.Latest is { } latest && latest.request.Is(activation, target, spikes)) return latest;
        var request = new Request(activation, target, spikes.ToArray());
        var projection = new VocabularyProjection(request, ProjectionPanels.Resolve(new(activation, target, request.Spikes)));
        slot.Latest = projection;
        return projection;
    }

    private VocabularyProjection TailOf()
    {
        const int Points = 32;
        double[] moving = [.. Spikes.Where(s => s != 0).Select(Math.Abs)];
        var reach = moving.Length == 0 ? 2.0 : Math.Max(2, FarShift / ProjectionPanels.Range / moving.Min());
        var kappa = new double[2 * Points];
        for (var i = 0; i < Points; i++) kappa[Points + i] = -(kappa[i] = ProjectionPanels.Range * Math.Pow(reach, (i + 1.0) / Points));
        return new(request with { Target = null }, [], (kappa, new double[kappa.Length]), FarShift);
    }

    private static double[] ProductsOf(int[] members, double[][] noise, double[][] linear)
    {
        var (k, nodes) = (members.Length, noise[0].Length);
        var products = new double[(k + k * (k + 1) / 2) * nodes];
        var i = 0;
        for (; i < k; i++) noise[members[i]].CopyTo(products, i * nodes);
        for (var q = 0; q < k; q++)
            for (var r = q; r < k; r++, i++) NodeVectors.Multiply(linear[members[q]], linear[members[r]], products.AsSpan(i * nodes, nodes));
        return products;
    }

    private sealed record Request(ScalarFunction Activation, ScalarFunction? Target, double[] Spikes)
    {
        public bool Is(ScalarFunction activation, ScalarFunction? target, ReadOnlySpan<double> spikes) =>
            ReferenceEquals(Activation, activation) && Equals(Target, target) && Spikes.AsSpan().SequenceEqual(spikes);
    }

    private sealed class Slot
    {
        private volatile VocabularyProjection? latest;

        public VocabularyProjection? Latest { get => latest; set => latest = value; }
    }
}
