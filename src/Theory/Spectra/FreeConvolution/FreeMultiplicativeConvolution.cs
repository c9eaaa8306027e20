using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The free multiplicative convolution μ₁ ⊠ μ₂ of laws on [0, ∞): the spectrum of A^{1/2} U B Uᵀ A^{1/2}, A and B of laws μ₁ and μ₂ and U an independent uniform rotation.
/// With y = −1 − zm and subordinated points ω_i where y = −1 − ω_i m_i(ω_i), ω₁ω₂ = z(1 + y)/y, the unknowns are e_i = −1/ω_i:
/// e₁ = −K₂(e₂)/z, e₂ = −K₁(e₁)/z, K_i(e) = Σ w t/(1 + te) / Σ w/(1 + te), and m = −1/(z(1 − ze₁e₂)).
/// </summary>
/// <remarks>
/// D. Voiculescu 1987; the fixed point of S. Belinschi and H. Bercovici 2007, Journal d’Analyse Mathématique 101, 357; atoms of S. Belinschi 2003. Standing: theorem.
/// A factor of Marchenko and Pastur has S(y) = 1/(1 + cy), that is K = 1 + cy; with the further unknown r of the other factor, r = (1 + y)e, it gives e = −1/(z(1 + cr)) and
/// r = −1/(z(1 + cr + e)), which keep the half-plane, while a discrete factor gives r = −(1/z) Σ w t/(1 + te). Laws are divided by their means inside.
/// </remarks>
public sealed class FreeMultiplicativeConvolution : IDysonModel
{
    private readonly Factor[] factors;
    private readonly double unit;

    /// <summary>Creates the model.</summary>
    /// <param name="first">The law μ₁ on [0, ∞), of positive mean.</param>
    /// <param name="second">The law μ₂ on [0, ∞), of positive mean.</param>
    /// <exception cref="ArgumentNullException">A law is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A law has mass on (−∞, 0), or all its mass at 0.</exception>
    /// <exception cref="ArgumentException">A law is a single point and neither is of Marchenko and Pastur: the product would be a multiple.</exception>
    public FreeMultiplicativeConvolution(FreeLaw first, FreeLaw second)
    {
        (First, Second) = (Positive(first, nameof(first)), Positive(second, nameof(second)));
        if (first is DiscreteFreeLaw { IsPoint: true } && second is DiscreteFreeLaw || second is DiscreteFreeLaw { IsPoint: true } && first is DiscreteFreeLaw)
            throw new ArgumentException("A law that is a single point only rescales the other: the product would be a multiple.", nameof(second));
        // Factor i feeds the unknowns of the other; those of factor i are e_i, and r_i where it is of Marchenko and Pastur.
        factors = [new(first, 0, first is FreePoissonLaw ? 2 : -1), new(second, 1, second is not FreePoissonLaw ? -1 : first is FreePoissonLaw ? 3 : 2)];
        Unknowns = 2 + factors.Count(f => f.R >= 0);
        unit = first.Mean * second.Mean;
        Scale = unit * (1 + factors.Sum(f => f.Variance));
        AtomCandidates = [.. (from a in first.Atoms from b in second.Atoms where a.Mass + b.Mass > 1 && a.Atom * b.Atom > 0 select a.Atom * b.Atom).Order()];
    }

    /// <summary>The law μ₁.</summary>
    public FreeLaw First { get; }

    /// <summary>The law μ₂.</summary>
    public FreeLaw Second { get; }

    /// <inheritdoc/>
    public int Unknowns { get; }

    /// <inheritdoc/>
    public double Scale { get; }

    /// <inheritdoc/>
    /// <remarks>Products of two positive atoms whose masses add up to more than 1.</remarks>
    public ImmutableArray<double> AtomCandidates { get; }

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v) => v.Fill(-unit / z);

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image)
    {
        var scaled = z / unit;
        foreach (var factor in factors)
        {
            var other = factors[1 - factor.E];
            var (e, r) = (v[factor.E], factor.R < 0 ? default : v[factor.R]);
            image[other.E] = factor.Next(scaled, e, r).Value;
            if (other.R >= 0) image[other.R] = factor.NextRatio(scaled, e, r).Value;
        }
    }

    /// <inheritdoc/>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        var scaled = z / unit;
        jacobian.Clear();
        foreach (var factor in factors)
        {
            var other = factors[1 - factor.E];
            var (e, r) = (v[factor.E], factor.R < 0 ? default : v[factor.R]);
            Write(jacobian.Slice(other.E * Unknowns, Unknowns), factor, factor.Next(scaled, e, r));
            if (other.R >= 0) Write(jacobian.Slice(other.R * Unknowns, Unknowns), factor, factor.NextRatio(scaled, e, r));
        }

        static void Write(Span<Complex> row, Factor factor, (Complex Value, Complex ByE, Complex ByR) next)
        {
            row[factor.E] = next.ByE;
            if (factor.R >= 0) row[factor.R] = next.ByR;
        }
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        Map(z, v, derivative);
        for (var i = 0; i < derivative.Length; i++) derivative[i] /= -z;
    }

    /// <inheritdoc/>
    public double HalfPlaneDefect(ReadOnlySpan<Complex> v)
    {
        var least = 0.0;
        foreach (var value in v) least = Math.Min(least, value.Imaginary);
        return -least;
    }

    /// <inheritdoc/>
    public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v) => -1 / (z * (1 - z / unit * v[0] * v[1]));

    private static FreeLaw Positive(FreeLaw law, string name)
    {
        Guard.NotNull(law, name);
        if (law is SemicircleLaw) throw Guard.OutOfRange(name, law, "must be a law on [0, ∞)");
        foreach (var (atom, _) in law.Atoms) Guard.In(atom, ParameterRange.NonNegative, name);
        Guard.In(law.Mean, ParameterRange.Positive, name);
        return law;
    }

    /// <summary>One factor, its law divided by its mean.</summary>
    private sealed class Factor
    {
        private readonly PartialFractions? fractions;
        private readonly double[] atoms, weights;
        private readonly double aspectRatio;

        public Factor(FreeLaw law, int e, int r)
        {
            (E, R, Variance) = (e, r, law.Variance / (law.Mean * law.Mean));
            (atoms, weights) = ([], []);
            if (law is DiscreteFreeLaw { Law: var discrete })
            {
                (atoms, weights) = discrete.Merged();
                for (var l = 0; l < atoms.Length; l++) atoms[l] /= law.Mean;
                fractions = new(discrete, 0, law.Mean);
            }
            else
            {
                aspectRatio = ((FreePoissonLaw)law).AspectRatio;
            }
        }

        /// <summary>Place of e, which is also the place of the factor.</summary>
        public int E { get; }

        /// <summary>Place of r, or −1 where it is not needed.</summary>
        public int R { get; }

        /// <summary>The variance over the squared mean.</summary>
        public double Variance { get; }

        /// <summary>−K/z with its derivatives.</summary>
        public (Complex Value, Complex ByE, Complex ByR) Next(Complex z, Complex e, Complex r)
        {
            if (fractions is { } discrete)
            {
                var (value, slope) = discrete.AtInverse(e);
                return (-value / z, -slope / z, 0);
            }
            var next = -1 / (z * (1 + aspectRatio * r));
            return (next, 0, aspectRatio * z * next * next);
        }

        /// <summary>−(1 + y)K/z with its derivatives.</summary>
        public (Complex Value, Complex ByE, Complex ByR) NextRatio(Complex z, Complex e, Complex r)
        {
            if (fractions is null)
            {
                var next = -1 / (z * (1 + aspectRatio * r + e));
                return (next, z * next * next, aspectRatio * z * next * next);
            }
            var (first, second) = (Complex.Zero, Complex.Zero);
            for (var l = 0; l < atoms.Length; l++)
            {
                var ratio = atoms[l] / (1 + atoms[l] * e);
                first += weights[l] * ratio;
                second += weights[l] * ratio * ratio;
            }
            return (-first / z, second / z, 0);
        }
    }
}
