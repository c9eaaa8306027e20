using Theory.Contract;

namespace Theory.Spectra;

/// <summary>A law on the line that free convolutions take: of finitely many atoms, Wigner's semicircle, or the law of Marchenko and Pastur.</summary>
public abstract record FreeLaw
{
    private protected FreeLaw()
    {
    }

    /// <summary>The mean.</summary>
    public abstract double Mean { get; }

    /// <summary>The variance.</summary>
    public abstract double Variance { get; }

    /// <summary>The atoms in ascending order, with their masses.</summary>
    internal abstract IEnumerable<(double Atom, double Mass)> Atoms { get; }

    /// <summary>A law of finitely many atoms.</summary>
    /// <param name="law">The law.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="law"/> is <see langword="null"/>.</exception>
    public static FreeLaw Discrete(DiscreteLaw law) => new DiscreteFreeLaw(Guard.NotNull(law, nameof(law)));

    /// <summary>The semicircle on [−2σ, 2σ], the spectrum of a Wigner matrix with entries of variance σ²/p.</summary>
    /// <param name="variance">The variance σ² in (0, ∞).</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variance"/> is out of range.</exception>
    public static FreeLaw Semicircle(double variance) => new SemicircleLaw(Guard.In(variance, ParameterRange.Positive, nameof(variance)));

    /// <summary>The law of Marchenko and Pastur, the spectrum of s XXᵀ/n with X p × n of standard entries: mean s, variance cs², an atom 1 − 1/c at 0 for c &gt; 1.</summary>
    /// <param name="aspectRatio">c = p/n in (0, ∞).</param>
    /// <param name="scale">s in (0, ∞).</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static FreeLaw MarchenkoPastur(double aspectRatio, double scale = 1) =>
        new FreePoissonLaw(Guard.In(aspectRatio, ParameterRange.Positive, nameof(aspectRatio)), Guard.In(scale, ParameterRange.Positive, nameof(scale)));

    /// <summary>A law of finitely many atoms.</summary>
    /// <param name="law">The law.</param>
    public static implicit operator FreeLaw(DiscreteLaw law) => Discrete(law);
}

internal sealed record DiscreteFreeLaw(DiscreteLaw Law) : FreeLaw
{
    public override double Mean { get; } = Law.Moment(1);

    public override double Variance { get; } = Law.Atoms.Zip(Law.Weights, (t, w) => w * (t - Law.Moment(1)) * (t - Law.Moment(1))).Sum();

    internal override IEnumerable<(double Atom, double Mass)> Atoms
    {
        get
        {
            var (atoms, weights) = Law.Merged();
            return atoms.Zip(weights);
        }
    }

    /// <summary>All mass in one point.</summary>
    public bool IsPoint => Law.Merged().Atoms.Length == 1;
}

internal sealed record SemicircleLaw(double SquaredScale) : FreeLaw
{
    public override double Mean => 0;

    public override double Variance => SquaredScale;

    internal override IEnumerable<(double Atom, double Mass)> Atoms => [];
}

internal sealed record FreePoissonLaw(double AspectRatio, double Unit) : FreeLaw
{
    public override double Mean => Unit;

    public override double Variance => AspectRatio * Unit * Unit;

    internal override IEnumerable<(double Atom, double Mass)> Atoms => AspectRatio > 1 ? [(0, 1 - 1 / AspectRatio)] : [];
}
