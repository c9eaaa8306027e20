using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The spectrum of a sample covariance matrix S = Σ^{1/2} X Xᵀ Σ^{1/2}/n, X p × n with independent standard entries, for population eigenvalues of law H and c = p/n.
/// The unknown is the companion m̲(z) = −(1 − c)/z + c m(z), the Stieltjes transform of the n × n matrix XᵀΣX/n, with
/// 1/m̲ = −z + c Σ_l w_l t_l/(1 + t_l m̲).
/// </summary>
/// <remarks>V. Marchenko and L. Pastur 1967; J. Silverstein and Z. Bai 1995. Standing: theorem.</remarks>
public sealed class SampleCovariance : IDysonModel
{
    private readonly double[] atoms, weights;

    /// <summary>Creates the model.</summary>
    /// <param name="population">The law H of the population eigenvalues, all ≥ 0 and not all 0.</param>
    /// <param name="aspectRatio">c = p/n in (0, ∞).</param>
    /// <exception cref="ArgumentOutOfRangeException">An eigenvalue is negative, all are 0, or the ratio is out of range.</exception>
    public SampleCovariance(DiscreteLaw population, double aspectRatio)
    {
        Population = Guard.NotNull(population, nameof(population));
        foreach (var atom in population.Atoms) Guard.In(atom, ParameterRange.NonNegative, nameof(population));
        AspectRatio = Guard.In(aspectRatio, ParameterRange.Positive, nameof(aspectRatio));
        var mean = Guard.In(population.Moment(1), ParameterRange.Positive, nameof(population));
        Scale = population.Moment(2) / mean + aspectRatio * mean;
        (atoms, weights) = ([.. population.Atoms], [.. population.Weights]);
    }

    /// <summary>The law H of the population eigenvalues.</summary>
    public DiscreteLaw Population { get; }

    /// <summary>c = p/n.</summary>
    public double AspectRatio { get; }

    /// <summary>The support of the limiting spectrum, with all edges and gaps; exact to rounding.</summary>
    /// <returns>The bulks, and the atom at 0.</returns>
    /// <remarks>J. Silverstein and S. Choi 1995: the complement of the support is where x = ψ(s) = s + c Σ_l w_l t_l s/(s − t_l), s = −1/m̲, increases.</remarks>
    public SpectralSupport Support() => new SupportFunction(Population, AspectRatio).Support();

    /// <summary>Where an eigenvalue t of the population, in addition to H and of vanishing weight, puts an outlier.</summary>
    /// <param name="spike">The eigenvalue t ≥ 0 of the population.</param>
    /// <returns>The outlier ψ(t) and the squared overlap tψ′(t)/ψ(t) of its eigenvector with the population's, if ψ′(t) &gt; 0; otherwise no position and overlap 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="spike"/> is negative or not finite.</exception>
    /// <remarks>J. Baik, G. Ben Arous and S. Péché 2005 for the transition; Z. Bai and J. Yao 2012 for general H.</remarks>
    public SpectralOutlier Outlier(double spike) =>
        new SupportFunction(Population, AspectRatio).Outlier(Guard.In(spike, ParameterRange.NonNegative, nameof(spike)));

    /// <summary>m̲(x) for real x outside the support, to bisection; <see langword="null"/> inside.</summary>
    internal double? RealCompanion(double x) => -1 / new SupportFunction(Population, AspectRatio).Inverse(x);

    /// <inheritdoc/>
    public int Unknowns => 1;

    /// <inheritdoc/>
    public double Scale { get; }

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v) => v[0] = -1 / z;

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image) => image[0] = 1 / (AspectRatio * Sum(v[0]).First - z);

    /// <inheritdoc/>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        var (first, second) = Sum(v[0]);
        var image = 1 / (AspectRatio * first - z);
        jacobian[0] = AspectRatio * image * image * second;
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        var image = 1 / (AspectRatio * Sum(v[0]).First - z);
        derivative[0] = image * image;
    }

    /// <inheritdoc/>
    public double HalfPlaneDefect(ReadOnlySpan<Complex> v) => Math.Max(0, -v[0].Imaginary);

    /// <inheritdoc/>
    /// <remarks>m = −(1/z) Σ_l w_l/(1 + t_l m̲), which does not cancel for small c as (m̲ + (1 − c)/z)/c does.</remarks>
    public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v)
    {
        var sum = Complex.Zero;
        for (var l = 0; l < atoms.Length; l++) sum += weights[l] / (1 + atoms[l] * v[0]);
        return -sum / z;
    }

    /// <summary>Σ w t/(1 + t m̲) and Σ w t²/(1 + t m̲)².</summary>
    private (Complex First, Complex Second) Sum(Complex companion)
    {
        var (first, second) = (Complex.Zero, Complex.Zero);
        for (var l = 0; l < atoms.Length; l++)
        {
            var ratio = atoms[l] / (1 + atoms[l] * companion);
            first += weights[l] * ratio;
            second += weights[l] * ratio * ratio;
        }
        return (first, second);
    }
}
