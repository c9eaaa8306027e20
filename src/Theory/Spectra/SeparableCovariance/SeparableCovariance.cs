using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The spectrum of S = A^{1/2} X B Xᵀ A^{1/2}/n, X p × n with independent standard entries, A p × p and B n × n with eigenvalues of laws a and b, c = p/n:
/// covariance between rows and between columns (samples correlated in time). The unknowns are v₁ and v₂ with
/// v₁ = −(1/z) Σ w_a a/(1 + a v₂), v₂ = −(1/z) Σ w_b b/(1 + c b v₁), and m = −(1/z) Σ w_a/(1 + a v₂).
/// </summary>
/// <remarks>
/// D. Paul and J. Silverstein 2009, with e₁ = c v₁ and e₂ = v₂. Standing: theorem.
/// Both laws are divided by their largest atom inside, so that the unknowns are comparable.
/// </remarks>
public sealed class SeparableCovariance : IDysonModel
{
    private readonly double[] rows, rowWeights, columns, columnWeights;
    private readonly double unit;

    /// <summary>Creates the model.</summary>
    /// <param name="rows">The law of the eigenvalues a ≥ 0 of A, not all 0.</param>
    /// <param name="columns">The law of the eigenvalues b ≥ 0 of B, not all 0.</param>
    /// <param name="aspectRatio">c = p/n in (0, ∞).</param>
    /// <exception cref="ArgumentOutOfRangeException">An eigenvalue is negative, all of a law are 0, or the ratio is out of range.</exception>
    public SeparableCovariance(DiscreteLaw rows, DiscreteLaw columns, double aspectRatio)
    {
        (Rows, Columns) = (Guard.NotNull(rows, nameof(rows)), Guard.NotNull(columns, nameof(columns)));
        AspectRatio = Guard.In(aspectRatio, ParameterRange.Positive, nameof(aspectRatio));
        (this.rows, rowWeights, var largestRow) = Scaled(rows, nameof(rows));
        (this.columns, columnWeights, var largestColumn) = Scaled(columns, nameof(columns));
        unit = largestRow * largestColumn;
        var (rowMean, columnMean) = (rows.Moment(1), columns.Moment(1));
        Scale = rows.Moment(2) * columnMean / rowMean + aspectRatio * rowMean * columns.Moment(2) / columnMean;
    }

    /// <summary>The law of the eigenvalues of A.</summary>
    public DiscreteLaw Rows { get; }

    /// <summary>The law of the eigenvalues of B.</summary>
    public DiscreteLaw Columns { get; }

    /// <summary>c = p/n.</summary>
    public double AspectRatio { get; }

    /// <inheritdoc/>
    public int Unknowns => 2;

    /// <inheritdoc/>
    public double Scale { get; }

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v) => (v[0], v[1]) = (-Mean(rows, rowWeights) * unit / z, -Mean(columns, columnWeights) * unit / z);

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image)
    {
        image[0] = -unit / z * Sum(rows, rowWeights, v[1]).First;
        image[1] = -unit / z * Sum(columns, columnWeights, AspectRatio * v[0]).First;
    }

    /// <inheritdoc/>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        jacobian[0] = jacobian[3] = 0;
        jacobian[1] = unit / z * Sum(rows, rowWeights, v[1]).Second;
        jacobian[2] = AspectRatio * unit / z * Sum(columns, columnWeights, AspectRatio * v[0]).Second;
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        Map(z, v, derivative);
        for (var i = 0; i < derivative.Length; i++) derivative[i] /= -z;
    }

    /// <inheritdoc/>
    public double HalfPlaneDefect(ReadOnlySpan<Complex> v) => Math.Max(0, -Math.Min(v[0].Imaginary, v[1].Imaginary));

    /// <inheritdoc/>
    public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v)
    {
        var sum = Complex.Zero;
        for (var l = 0; l < rows.Length; l++) sum += rowWeights[l] / (1 + rows[l] * v[1]);
        return -sum / z;
    }

    /// <summary>Σ w t/(1 + tv) and Σ w t²/(1 + tv)².</summary>
    private static (Complex First, Complex Second) Sum(double[] atoms, double[] weights, Complex v)
    {
        var (first, second) = (Complex.Zero, Complex.Zero);
        for (var l = 0; l < atoms.Length; l++)
        {
            var ratio = atoms[l] / (1 + atoms[l] * v);
            first += weights[l] * ratio;
            second += weights[l] * ratio * ratio;
        }
        return (first, second);
    }

    private static double Mean(double[] atoms, double[] weights) => atoms.Zip(weights, (t, w) => t * w).Sum();

    private static (double[] Atoms, double[] Weights, double Largest) Scaled(DiscreteLaw law, string name)
    {
        foreach (var atom in law.Atoms) Guard.In(atom, ParameterRange.NonNegative, name);
        var (atoms, weights) = law.Merged();
        var largest = Guard.In(atoms[^1], ParameterRange.Positive, name);
        return ([.. atoms.Select(t => t / largest)], weights, largest);
    }
}
