using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;
using Theory.Spectra;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// The spectrum of Ĉ = ΦᵀΦ/p, the p × p matrix of features φ_j(x_μ) = σ(w_j·x_μ) of n samples, with weights w_j = w⁰_j + u_j w* and a vocabulary of spikes u_j ∈ {ζ_q}.
/// The unknowns are χ_q, the diagonal of (Ĉ − z)⁻¹ for features with spike ζ_q, and the symmetric k × k matrix X_qr = (1/d) Tr W⁰_qᵀ (Ĉ − z)⁻¹_qr W⁰_r, row by row from
/// the diagonal on; equal spikes, and for affine activations all spikes, count as one. Means of the features add finitely many eigenvalues outside the bulk, which this law does not contain.
/// </summary>
/// <remarks>Y. Dandi et al. 2024, arXiv:2410.18938; without spikes J. Pennington and P. Worah 2017, L. Benigni and S. Péché 2021 (arXiv:1904.03090). Re-derived. Standing: derived.</remarks>
public sealed class LearnedFeaturesResolvent : IDysonModel
{
    private readonly VocabularyMap<Complex> map;
    private readonly VocabularyProjection projection;
    private readonly double[] fractions;
    private readonly double alpha, beta;
    private readonly Complex[] image, point;
    private readonly double[] block;
    private Complex last = Complex.NaN;

    /// <summary>Creates the equations.</summary>
    /// <param name="activation">Activation σ(z), square integrable under Gaussians of variance 1 + ζ_q² and not constant.</param>
    /// <param name="fractions">Fractions π_q of the features, each in (0, 1], of sum 1, at most 32.</param>
    /// <param name="spikes">Spikes ζ_q, as many.</param>
    /// <param name="alpha">α = n/d in (0, ∞).</param>
    /// <param name="beta">β = p/d in (0, ∞).</param>
    /// <exception cref="ArgumentException">An input is not as required.</exception>
    public LearnedFeaturesResolvent(ScalarFunction activation, ImmutableArray<double> fractions, ImmutableArray<double> spikes, double alpha, double beta)
    {
        Guard.NotNull(activation, nameof(activation));
        VocabularyInputs.In(fractions, VocabularyInputs.Fraction, nameof(fractions));
        VocabularyInputs.In(spikes, ParameterRange.Finite, nameof(spikes));
        VocabularyInputs.Require(fractions, spikes);
        (this.alpha, this.beta) = (Guard.In(alpha, ParameterRange.Positive, nameof(alpha)), Guard.In(beta, ParameterRange.Positive, nameof(beta)));
        Vocabulary = [.. fractions];
        projection = VocabularyProjection.Of(activation, null, spikes.AsSpan());
        VocabularyInputs.RequireFeatures(projection, activation);
        this.fractions = projection.OfClasses(Vocabulary);
        map = new(new ComplexSums(new(projection, this.fractions, beta)), this.fractions, alpha, beta);
        (image, point, block) = (new Complex[map.Unknowns], new Complex[map.Unknowns], new double[this.fractions.Length * this.fractions.Length]);
        (BulkFirstMoment, Scale) = Moments();
    }

    internal LearnedFeaturesResolvent(LearnedFeaturesResolvent coarse)
    {
        (alpha, beta, fractions, projection, Vocabulary) = (coarse.alpha, coarse.beta, coarse.fractions, coarse.projection.Finer, coarse.Vocabulary);
        map = new(new ComplexSums(new(projection, fractions, beta)), fractions, alpha, beta);
        (image, point, block) = (new Complex[map.Unknowns], new Complex[map.Unknowns], new double[fractions.Length * fractions.Length]);
        (BulkFirstMoment, Scale) = Moments();
    }

    /// <summary>First moment of the bulk, (α/β) Σ_q π_q E[c₁(ζ_qκ)² + c⋆(ζ_qκ)²].</summary>
    public double BulkFirstMoment { get; }

    /// <summary>Fraction of the eigenvalues that are 0: 1 − min(1, α/β), for an affine activation 1 − min(1, α/β, 1/β).</summary>
    public double AtomAtZero => 1 - Math.Min(Math.Min(1, alpha / beta), projection.IsAffine ? 1 / beta : 1);

    /// <inheritdoc/>
    public int Unknowns => map.Unknowns;

    /// <inheritdoc/>
    public double Scale { get; }

    internal VocabularyProjection Projection => projection;

    /// <summary>The fractions π_q of the values as given.</summary>
    internal double[] Vocabulary { get; }

    /// <summary>δ(κ) = Σ v_i f_i(κ) on another projection of the same vocabulary.</summary>
    internal DeltaFunctions FunctionsOn(VocabularyProjection other) => new(other, fractions, beta);

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v)
    {
        v.Clear();
        for (var q = 0; q < fractions.Length; q++)
        {
            v[q] = -1 / z;
            v[map.Place(q, q)] = -beta * fractions[q] / z;
        }
    }

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image)
    {
        Remember(z, v);
        if (!map.TryMap(-z, v, this.image)) this.image.AsSpan().Fill(Complex.NaN);
        this.image.CopyTo(image);
    }

    /// <inheritdoc/>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        Remember(z, v);
        if (map.TryJacobian(-z, v, image, jacobian)) return;
        image.AsSpan().Fill(Complex.NaN);
        jacobian.Fill(Complex.NaN);
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        if (z != last || !v.SequenceEqual(point)) Map(z, v, derivative);
        derivative.Clear();
        for (var q = 0; q < fractions.Length; q++) derivative[q] = image[q] * image[q];
    }

    // Derivatives are asked for where T was just computed.
    private void Remember(Complex z, ReadOnlySpan<Complex> v)
    {
        last = z;
        v.CopyTo(point);
    }

    /// <inheritdoc/>
    /// <remarks>The larger of −min_q Im χ_q and minus the least eigenvalue of Im X.</remarks>
    public double HalfPlaneDefect(ReadOnlySpan<Complex> v)
    {
        var (k, defect, isZero) = (fractions.Length, 0.0, true);
        for (var q = 0; q < k; q++) defect = Math.Max(defect, -v[q].Imaginary);
        for (var q = 0; q < k; q++)
            for (var r = q; r < k; r++)
            {
                var value = v[map.Place(q, r)].Imaginary;
                block[q * k + r] = block[r * k + q] = value;
                isZero &= value == 0;
            }
        return isZero ? defect : Math.Max(defect, -SmallMatrix.LeastEigenvalue(block, k));
    }

    /// <inheritdoc/>
    public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v)
    {
        var sum = Complex.Zero;
        for (var q = 0; q < fractions.Length; q++) sum += fractions[q] * v[q];
        return sum;
    }

    /// <summary>How far the averages over κ at a solution are from exact: max|T(v) − v|/max|v| with T on panels of half the width.</summary>
    internal double QuadratureError(Complex z, ReadOnlySpan<Complex> v)
    {
        var coarse = map.Sums;
        map.Sums = new ComplexSums(FunctionsOn(projection.Finer));
        Map(z, v, image);
        map.Sums = coarse;
        last = Complex.NaN;
        var (distance, size) = (0.0, 0.0);
        for (var i = 0; i < v.Length; i++)
        {
            distance = Math.Max(distance, Complex.Abs(image[i] - v[i]));
            size = Math.Max(size, Complex.Abs(v[i]));
        }
        return distance / size;
    }

    // The scale is that of a product of two Marchenko–Pastur laws with the largest part's variances.
    private (double First, double Scale) Moments()
    {
        var (mean, largest) = (0.0, 0.0);
        for (var q = 0; q < fractions.Length; q++)
        {
            var linear = NodeVectors.Dot(projection.Weight, projection.Products.AsSpan(Row(q), projection.Weight.Length));
            var noise = NodeVectors.Dot(projection.Weight, projection.Noise[projection.Members[q]]);
            mean += fractions[q] * (linear + noise);
            largest = Math.Max(largest, noise + linear * (1 + beta));
        }
        return (alpha / beta * mean, (1 + alpha / beta) * largest);

        int Row(int q) => map.Place(q, q) * projection.Weight.Length;
    }
}
