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
        Scale = Guard.In(population.Moment(1), ParameterRange.Positive, nameof(population));
        (atoms, weights) = ([.. population.Atoms], [.. population.Weights]);
    }

    /// <summary>The law H of the population eigenvalues.</summary>
    public DiscreteLaw Population { get; }

    /// <summary>c = p/n.</summary>
    public double AspectRatio { get; }

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
