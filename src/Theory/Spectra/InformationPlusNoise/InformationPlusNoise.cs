using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The spectrum of S = (R + σX)(R + σX)ᵀ/n, R p × n of information and X p × n of noise with independent standard entries; RRᵀ/n has eigenvalues t of law H, c = p/n.
/// The unknowns are δ(z) = σ²c m(z) and q(z) = zδ̃(z), δ̃ being its counterpart for the n × n matrix, with
/// δ = σ²c Σ_l w_l a/(t_l − ab) and q = zδ − σ²(1 − c), a = 1 + δ, b = z + q.
/// </summary>
/// <remarks>
/// R. B. Dozier and J. W. Silverstein 2007, Journal of Multivariate Analysis 98, 678. Standing: theorem. That both δ and q lie in the half-plane makes the solution unique:
/// the equivalent pair with q = (σ²/a)(c Σ_l w_l t_l/(t_l − ab) − 1), W. Hachem, P. Loubaton and J. Najim 2007, arXiv:math/0507172, maps the half-plane into itself.
/// That form is used far from the origin, where zδ + σ²c cancels; near it, it hardly determines the ratio of the unknowns.
/// </remarks>
public sealed class InformationPlusNoise : IDysonModel
{
    private readonly double[] atoms, weights;
    private readonly double atZero;

    /// <summary>Creates the model.</summary>
    /// <param name="information">The law H of the eigenvalues of RRᵀ/n, all ≥ 0. For c &gt; 1 at least a fraction 1 − 1/c of them is 0.</param>
    /// <param name="aspectRatio">c = p/n in (0, ∞).</param>
    /// <param name="noise">The variance σ² &gt; 0 of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">An eigenvalue is negative or not finite, too few of them are 0 for the rank of R, or a number is out of range.</exception>
    public InformationPlusNoise(DiscreteLaw information, double aspectRatio, double noise = 1)
    {
        Information = Guard.NotNull(information, nameof(information));
        foreach (var atom in information.Atoms) Guard.In(atom, ParameterRange.NonNegative, nameof(information));
        AspectRatio = Guard.In(aspectRatio, ParameterRange.Positive, nameof(aspectRatio));
        Noise = Guard.In(noise, ParameterRange.Positive, nameof(noise));
        (atoms, weights) = information.Merged();
        if (atoms[0] == 0) (atZero, atoms, weights) = (weights[0], atoms[1..], weights[1..]);
        if (aspectRatio * atZero + 1 - aspectRatio < -1e-9 * aspectRatio)
            throw Guard.OutOfRange(nameof(information), atZero, FormattableString.Invariant($"must hold 0 with weight at least 1 − 1/c = {1 - 1 / aspectRatio:g6}, since R has rank n at most"));
        var (first, second) = (information.Moment(1), information.Moment(2));
        Scale = (second + 2 * noise * (1 + aspectRatio) * first + noise * noise * (1 + aspectRatio)) / (first + noise);
    }

    /// <summary>The law H of the eigenvalues of RRᵀ/n.</summary>
    public DiscreteLaw Information { get; }

    /// <summary>c = p/n.</summary>
    public double AspectRatio { get; }

    /// <summary>The variance σ² of the noise.</summary>
    public double Noise { get; }

    /// <inheritdoc/>
    public int Unknowns => 2;

    /// <inheritdoc/>
    public double Scale { get; }

    /// <summary>
    /// Where a singular value √(nt) of R, in addition to H and of vanishing weight, puts an eigenvalue of S: at φ(t), φ(w) = w h(w)² + σ²(1 − c)h(w), h(w) = 1 − σ²c Σ_l w_l/(t_l − w),
    /// if φ′(t) &gt; 0, h(t) &gt; 0 and φ(t) &gt; 0.
    /// </summary>
    /// <param name="signal">The eigenvalue t ≥ 0 of RRᵀ/n.</param>
    /// <returns>
    /// The outlier φ(t), and the squared overlaps of its singular vectors with those of the signal, φ′(t)/h(t) on the left and tφ′(t)h(t)/φ(t) on the right; no position and overlaps 0 without one.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="signal"/> is negative or not finite.</exception>
    /// <remarks>
    /// F. Benaych-Georges and R. R. Nadakuditi 2012, arXiv:1103.2221, for pure noise; M. Capitaine 2014, arXiv:1301.3940, and 2018, Séminaire de Probabilités XLIX, for general H.
    /// Standing: theorem.
    /// </remarks>
    public SingularOutlier Outlier(double signal)
    {
        Guard.In(signal, ParameterRange.NonNegative, nameof(signal));
        var (transform, slope) = (0.0, 0.0);
        foreach (var (t, w) in atoms.Zip(weights).Append((0, atZero)))
        {
            if (w == 0) continue;
            transform += w / (t - signal);
            slope += w / ((t - signal) * (t - signal));
        }
        var h = 1 - Noise * AspectRatio * transform;
        var right = signal * h + Noise * (1 - AspectRatio);
        var derivative = h * h - Noise * AspectRatio * slope * (2 * signal * h + Noise * (1 - AspectRatio));
        return signal > 0 && derivative > 0 && h > 0 && right > 0 ? new(h * right, derivative / h, signal * derivative / right) : new(null, 0, 0);
    }

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v) =>
        (v[0], v[1]) = (-Noise * AspectRatio / z, -Noise * (1 + AspectRatio * (Information.Moment(1) + Noise) / z));

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image)
    {
        image[0] = Noise * AspectRatio * StieltjesTransform(z, v);
        image[1] = IsFar(z) ? Dual(z, v).Value : z * v[0] - Noise * (1 - AspectRatio);
    }

    /// <inheritdoc/>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        var (a, b) = (1 + v[0], z + v[1]);
        var (byA, byB) = (Complex.Zero, atZero / (b * b));
        for (var l = 0; l < atoms.Length; l++)
        {
            var ratio = 1 / (atoms[l] - a * b);
            byA += weights[l] * atoms[l] * ratio * ratio;
            byB += weights[l] * a * a * ratio * ratio;
        }
        jacobian[0] = Noise * AspectRatio * byA;
        jacobian[1] = Noise * AspectRatio * byB;
        (jacobian[2], jacobian[3]) = IsFar(z) ? (Dual(z, v).ByA, Dual(z, v).ByB) : (z, 0);
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        Span<Complex> jacobian = stackalloc Complex[4];
        Jacobian(z, v, jacobian);
        (derivative[0], derivative[1]) = (jacobian[1], IsFar(z) ? jacobian[3] : v[0]);
    }

    /// <inheritdoc/>
    public double HalfPlaneDefect(ReadOnlySpan<Complex> v) => Math.Max(0, -Math.Min(v[0].Imaginary, v[1].Imaginary));

    /// <inheritdoc/>
    public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v)
    {
        var (a, b) = (1 + v[0], z + v[1]);
        var sum = -atZero / b;
        for (var l = 0; l < atoms.Length; l++) sum += weights[l] * a / (atoms[l] - a * b);
        return sum;
    }

    private bool IsFar(Complex z) => Complex.Abs(z) > 4 * Scale;

    /// <summary>(σ²/a)(c Σ_l w_l t_l/(t_l − ab) − 1) and its derivatives by a and b.</summary>
    private (Complex Value, Complex ByA, Complex ByB) Dual(Complex z, ReadOnlySpan<Complex> v)
    {
        var (a, b) = (1 + v[0], z + v[1]);
        var (sum, slope) = (Complex.Zero, Complex.Zero);
        for (var l = 0; l < atoms.Length; l++)
        {
            var ratio = 1 / (atoms[l] - a * b);
            sum += weights[l] * atoms[l] * ratio;
            slope += weights[l] * atoms[l] * ratio * ratio;
        }
        var total = AspectRatio * sum - 1;
        return (Noise / a * total, Noise / a * (AspectRatio * b * slope - total / a), Noise * AspectRatio * slope);
    }
}
