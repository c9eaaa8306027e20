using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The spectrum of S = XXᵀ/n, X p × n with independent columns, a fraction π_a of which has covariance C_a: a mixture of Gaussians. The unknowns are
/// δ_a = (1/n) Tr C_aG with G = (−z + Σ_a π_a C_a/(1 + δ_a))⁻¹, and m = (1/p) Tr G; c = p/n. Means of classes add as many outliers as there are, and nothing to the bulk.
/// </summary>
/// <remarks>
/// W. Hachem, P. Loubaton and J. Najim 2007, arXiv:math/0507172; for this form R. Couillet, M. Debbah and J. Silverstein 2011, arXiv:0906.3667. Standing: theorem.
/// Covariances that commute are reduced to their joint eigenvalues, at a cost that does not depend on p; others cost p³ for each evaluation.
/// </remarks>
public sealed class ClassCovariance : IDysonModel
{
    private readonly IClassResolvent resolvent;
    private readonly double[] fractions;
    private readonly Complex[] coefficients;

    /// <summary>Creates the model from covariance matrices.</summary>
    /// <param name="covariances">The matrices C_a, p × p, symmetric, without negative eigenvalues, none 0.</param>
    /// <param name="fractions">The fractions π_a &gt; 0 of columns, of sum 1.</param>
    /// <param name="aspectRatio">c = p/n in (0, ∞).</param>
    /// <exception cref="ArgumentException">The lengths or shapes differ, or a matrix is not symmetric.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A matrix is not positive semidefinite to rounding, or 0; the fractions do not sum to 1 within 1e-9; a number is out of range.</exception>
    public ClassCovariance(ImmutableArray<Matrix<double>> covariances, ImmutableArray<double> fractions, double aspectRatio)
        : this(CovarianceMatrices.Resolvent(covariances), fractions, aspectRatio)
    {
    }

    private ClassCovariance(IClassResolvent resolvent, ImmutableArray<double> fractions, double aspectRatio)
    {
        AspectRatio = Guard.In(aspectRatio, ParameterRange.Positive, nameof(aspectRatio));
        if (fractions.IsDefault || fractions.Length != resolvent.Classes)
            throw new ArgumentException($"fractions must have {resolvent.Classes} numbers, one for each class; got {(fractions.IsDefault ? 0 : fractions.Length)}.", nameof(fractions));
        foreach (var fraction in fractions) Guard.In(fraction, ParameterRange.Positive, nameof(fractions));
        var sum = fractions.Sum();
        if (Math.Abs(sum - 1) > 1e-9) throw Guard.OutOfRange(nameof(fractions), sum, "must sum to 1 within 1e-9");
        (this.resolvent, this.fractions, Fractions) = (resolvent, [.. fractions], fractions);
        coefficients = new Complex[fractions.Length];
        var (first, second) = (0.0, 0.0);
        for (var a = 0; a < fractions.Length; a++)
        {
            first += fractions[a] * resolvent.MeanTrace(a);
            second += aspectRatio * fractions[a] * resolvent.MeanTrace(a) * resolvent.MeanTrace(a);
            for (var b = 0; b < fractions.Length; b++) second += fractions[a] * fractions[b] * resolvent.MeanProduct(a, b);
        }
        Scale = second / first;
    }

    /// <summary>The fractions π_a of columns.</summary>
    public ImmutableArray<double> Fractions { get; }

    /// <summary>c = p/n.</summary>
    public double AspectRatio { get; }

    /// <summary>Whether the covariances commute, so that the model was reduced to their joint eigenvalues.</summary>
    public bool IsReduced => resolvent is JointEigenvalues;

    /// <summary>Creates the model for covariances that commute, from the law of their joint eigenvalues.</summary>
    /// <param name="eigenvalues">Eigenvalues t_la ≥ 0: one row for each joint eigenvector, one column for each class, no column 0.</param>
    /// <param name="weights">The weights w_l ≥ 0 of the rows, of sum 1.</param>
    /// <param name="fractions">The fractions π_a &gt; 0 of columns, of sum 1.</param>
    /// <param name="aspectRatio">c = p/n in (0, ∞).</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An eigenvalue or weight is negative or not finite, a class has no covariance, weights or fractions do not sum to 1 within 1e-9, or a number is out of range.</exception>
    public static ClassCovariance Commuting(Matrix<double> eigenvalues, ImmutableArray<double> weights, ImmutableArray<double> fractions, double aspectRatio) =>
        new(JointEigenvalues.Of(eigenvalues, weights), fractions, aspectRatio);

    /// <inheritdoc/>
    public int Unknowns => fractions.Length;

    /// <inheritdoc/>
    public double Scale { get; }

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v)
    {
        for (var a = 0; a < v.Length; a++) v[a] = -AspectRatio * resolvent.MeanTrace(a) / z;
    }

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image)
    {
        Resolve(z, v);
        resolvent.Traces(image);
        for (var a = 0; a < image.Length; a++) image[a] *= AspectRatio;
    }

    /// <inheritdoc/>
    /// <remarks>∂T_a/∂δ_b = π_b (1 + δ_b)⁻² (1/n) Tr C_aGC_bG.</remarks>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        Resolve(z, v);
        resolvent.PairTraces(jacobian);
        for (var b = 0; b < v.Length; b++)
        {
            var factor = AspectRatio * fractions[b] / ((1 + v[b]) * (1 + v[b]));
            for (var a = 0; a < v.Length; a++) jacobian[a * v.Length + b] *= factor;
        }
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        Resolve(z, v);
        resolvent.SquareTraces(derivative);
        for (var a = 0; a < derivative.Length; a++) derivative[a] *= AspectRatio;
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
        Resolve(z, v);
        return resolvent.Trace();
    }

    private void Resolve(Complex z, ReadOnlySpan<Complex> v)
    {
        for (var a = 0; a < v.Length; a++) coefficients[a] = fractions[a] / (1 + v[a]);
        resolvent.Resolve(z, coefficients);
    }
}
