using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The free additive convolution μ₁ ⊞ … ⊞ μ_k: the spectrum of A₁ + U₂A₂U₂ᵀ + … + U_kA_kU_kᵀ, the A_i of laws μ_i and the U_i independent uniform rotations, or of a sum with
/// Wigner or sample covariance matrices. The unknowns are v_i = h_i(ω_i), h_i(ω) = −1/m_i(ω) − ω, at the subordinated points ω_i = z + Σ_{j≠i} v_j; m = −1/(z + Σ v_j) = m_i(ω_i).
/// </summary>
/// <remarks>
/// D. Voiculescu 1986 and 1993; the fixed point of S. Belinschi and H. Bercovici 2007, Journal d’Analyse Mathématique 101, 357; atoms of H. Bercovici and D. Voiculescu 1998. Standing: theorem.
/// For the semicircle and the law of Marchenko and Pastur h_i(ω_i) is given by the R-transform, v = −R(−m): σ²m, and −s/(1 + csm). Beside at most one law of atoms their sum
/// is the only unknown, w = −Σ R_i(−m₁(z + w)), the equation of L. Pastur 1972. Means are split off inside.
/// </remarks>
public sealed class FreeAdditiveConvolution : IDysonModel
{
    private readonly FreeLaw[] divisible;
    private readonly PartialFractions[] fractions;
    private readonly double[] atoms, weights;
    private readonly double mean, variance;

    /// <summary>Creates the model.</summary>
    /// <param name="laws">The laws, at least two of them not a single point.</param>
    /// <exception cref="ArgumentNullException">A law is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">Fewer than two laws are other than a single point: the sum would be a shift.</exception>
    public FreeAdditiveConvolution(params ImmutableArray<FreeLaw> laws)
    {
        if (laws.IsDefault) throw new ArgumentNullException(nameof(laws));
        foreach (var law in laws) Guard.NotNull(law, nameof(laws));
        DiscreteFreeLaw[] discrete = [.. laws.OfType<DiscreteFreeLaw>().Where(l => !l.IsPoint)];
        divisible = [.. laws.Where(l => l is not DiscreteFreeLaw)];
        if (discrete.Length + divisible.Length < 2) throw new ArgumentException("laws must hold at least two laws that are not a single point: the sum would be a shift.", nameof(laws));

        Laws = laws;
        (mean, variance) = (laws.Sum(l => l.Mean), laws.Sum(l => l.Variance));
        Scale = Math.Abs(mean) + Math.Sqrt(variance);
        AtomCandidates = [.. Candidates(laws).Where(a => a != 0)];
        fractions = discrete.Length > 1 ? [.. discrete.Select(l => new PartialFractions(l.Law, l.Mean, 1))] : [];
        (atoms, weights) = discrete.Length == 1 ? discrete[0].Law.Merged() : ([0], [1]);
        if (discrete.Length == 1) atoms = [.. atoms.Select(t => t - discrete[0].Mean)];
        Unknowns = discrete.Length > 1 ? discrete.Length + divisible.Length : 1;
    }

    /// <summary>The laws.</summary>
    public ImmutableArray<FreeLaw> Laws { get; }

    /// <inheritdoc/>
    public int Unknowns { get; }

    /// <inheritdoc/>
    public double Scale { get; }

    /// <inheritdoc/>
    /// <remarks>Sums of atoms, one of each law, whose masses add up to more than k − 1.</remarks>
    public ImmutableArray<double> AtomCandidates { get; }

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v) => v.Fill(-variance / (Unknowns * (z - mean)));

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image)
    {
        for (var i = 0; i < image.Length; i++) image[i] = Step(z, v, i).Value;
    }

    /// <inheritdoc/>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        for (var i = 0; i < Unknowns; i++)
        {
            var slope = Step(z, v, i).Slope;
            for (var j = 0; j < Unknowns; j++) jacobian[i * Unknowns + j] = i == j && i < fractions.Length ? 0 : slope;
        }
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        for (var i = 0; i < derivative.Length; i++) derivative[i] = Step(z, v, i).Slope;
    }

    /// <inheritdoc/>
    public double HalfPlaneDefect(ReadOnlySpan<Complex> v)
    {
        var least = 0.0;
        foreach (var value in v) least = Math.Min(least, value.Imaginary);
        return -least;
    }

    /// <inheritdoc/>
    public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v)
    {
        if (Unknowns == 1) return Transform(z - mean + v[0]).Value;
        var sum = z - mean;
        foreach (var value in v) sum += value;
        return -1 / sum;
    }

    /// <summary>T_i less the mean of law i, and its derivative by z.</summary>
    private (Complex Value, Complex Slope) Step(Complex z, ReadOnlySpan<Complex> v, int i)
    {
        if (Unknowns == 1) return SingleStep(z - mean + v[0]);
        var others = z - mean;
        for (var j = 0; j < v.Length; j++)
            if (j != i) others += v[j];
        if (i < fractions.Length) return fractions[i].At(others);
        // With F = −1/m: σ²m = −σ²/F, and s − s/(1 + csm) = −cs²/(F − cs).
        var law = divisible[i - fractions.Length];
        var ratio = 1 / (others + v[i] - Curvature(law));
        return (-law.Variance * ratio, law.Variance * ratio * ratio);
    }

    private (Complex Value, Complex Slope) SingleStep(Complex omega)
    {
        var (m, growth) = Transform(omega);
        var (sum, slope) = (Complex.Zero, Complex.Zero);
        foreach (var law in divisible)
        {
            var ratio = 1 / (1 + Curvature(law) * m);
            sum += law.Variance * m * ratio;
            slope += law.Variance * ratio * ratio;
        }
        return (sum, slope * growth);
    }

    /// <summary>The transform of the law of atoms, or of the point 0, and its derivative.</summary>
    private (Complex Value, Complex Slope) Transform(Complex omega)
    {
        var (value, slope) = (Complex.Zero, Complex.Zero);
        for (var l = 0; l < atoms.Length; l++)
        {
            var ratio = 1 / (atoms[l] - omega);
            value += weights[l] * ratio;
            slope += weights[l] * ratio * ratio;
        }
        return (value, slope);
    }

    /// <summary>cs in R(−m) = s/(1 + csm); 0 for the semicircle.</summary>
    private static double Curvature(FreeLaw law) => law is FreePoissonLaw { AspectRatio: var c, Unit: var s } ? c * s : 0;

    private static IEnumerable<double> Candidates(ImmutableArray<FreeLaw> laws)
    {
        IEnumerable<(double Atom, double Mass)> sums = [(0, 1)];
        foreach (var law in laws)
            sums = [.. from sum in sums from atom in law.Atoms where sum.Mass + atom.Mass > 1 select (sum.Atom + atom.Atom, sum.Mass + atom.Mass - 1)];
        return sums.Select(s => s.Atom).Order();
    }
}
