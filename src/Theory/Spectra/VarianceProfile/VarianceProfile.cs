using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The spectrum of S = X Xᵀ, X p × n with independent entries of mean 0 and variances S_ij/n that are constant on blocks of rows and columns.
/// The unknowns are the transforms m_i of the blocks of rows, lim of the mean of [(S − z)⁻¹]_kk over the rows k of block i, with
/// 1/m_i = −z + Σ_j β_j S_ij/(1 + c Σ_l α_l S_lj m_l), and m = Σ_i α_i m_i; α and β are the fractions of rows and columns, c = p/n.
/// </summary>
/// <remarks>
/// W. Hachem, P. Loubaton and J. Najim 2007, arXiv:math/0507172, Theorem 2.4; J. Alt, L. Erdős and T. Krüger 2017, arXiv:1606.07353, for uniqueness and hard edges. Standing: theorem.
/// Rows whose variances are all 0 are no unknowns: their eigenvalues are 0.
/// </remarks>
public sealed class VarianceProfile : IDysonModel
{
    private readonly double[] profile, rows, columns;
    private readonly Complex[] load, dual;
    private readonly double idle;

    /// <summary>Creates the model.</summary>
    /// <param name="variances">The variances S_ij ≥ 0, one row for each block of rows and one column for each block of columns, not all 0.</param>
    /// <param name="rowFractions">The fractions α_i ≥ 0 of rows, of sum 1.</param>
    /// <param name="columnFractions">The fractions β_j ≥ 0 of columns, of sum 1.</param>
    /// <param name="aspectRatio">c = p/n in (0, ∞).</param>
    /// <exception cref="ArgumentException">The lengths differ from the shape of <paramref name="variances"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A variance or fraction is negative or not finite, fractions do not sum to 1 within 1e-9, no block that holds entries has variance, or the ratio is out of range.</exception>
    public VarianceProfile(Matrix<double> variances, ImmutableArray<double> rowFractions, ImmutableArray<double> columnFractions, double aspectRatio)
    {
        Guard.NotNull(variances, nameof(variances));
        foreach (var variance in variances.Enumerate()) Guard.In(variance, ParameterRange.NonNegative, nameof(variances));
        Variances = variances.Clone();
        RowFractions = Fractions(rowFractions, variances.RowCount, nameof(rowFractions));
        ColumnFractions = Fractions(columnFractions, variances.ColumnCount, nameof(columnFractions));
        AspectRatio = Guard.In(aspectRatio, ParameterRange.Positive, nameof(aspectRatio));
        int[] present = [.. Enumerable.Range(0, variances.ColumnCount).Where(j => columnFractions[j] > 0)];
        int[] active = [.. Enumerable.Range(0, variances.RowCount).Where(i => rowFractions[i] > 0 && present.Any(j => variances[i, j] > 0))];
        if (active.Length == 0) throw Guard.OutOfRange(nameof(variances), 0, "must be positive for some block that holds entries");

        ActiveRows = [.. active];
        (rows, columns) = ([.. active.Select(i => rowFractions[i])], [.. present.Select(j => columnFractions[j])]);
        profile = [.. active.SelectMany(i => present.Select(j => variances[i, j]))];
        (load, dual) = (new Complex[columns.Length], new Complex[columns.Length]);
        idle = Math.Max(0, 1 - rows.Sum());
        Scale = SecondMoment() / FirstMoment();
    }

    /// <summary>The variances S_ij of the blocks, n times those of the entries.</summary>
    public Matrix<double> Variances { get; }

    /// <summary>The fractions α_i of rows.</summary>
    public ImmutableArray<double> RowFractions { get; }

    /// <summary>The fractions β_j of columns.</summary>
    public ImmutableArray<double> ColumnFractions { get; }

    /// <summary>c = p/n.</summary>
    public double AspectRatio { get; }

    /// <summary>The blocks of rows that the unknowns belong to, in their order: those that are not empty and have variance.</summary>
    public ImmutableArray<int> ActiveRows { get; }

    /// <inheritdoc/>
    public int Unknowns => rows.Length;

    /// <inheritdoc/>
    public double Scale { get; }

    /// <inheritdoc/>
    public void Start(Complex z, Span<Complex> v) => v.Fill(-1 / z);

    /// <inheritdoc/>
    public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image)
    {
        Load(v);
        for (var j = 0; j < columns.Length; j++) dual[j] = columns[j] / (1 + load[j]);
        for (var i = 0; i < rows.Length; i++)
        {
            var sum = -z;
            for (var j = 0; j < columns.Length; j++) sum += profile[i * columns.Length + j] * dual[j];
            image[i] = 1 / sum;
        }
    }

    /// <inheritdoc/>
    public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
    {
        var (k, width) = (rows.Length, columns.Length);
        Span<Complex> image = k <= 64 ? stackalloc Complex[k] : new Complex[k];
        Map(z, v, image);
        for (var j = 0; j < width; j++) dual[j] /= 1 + load[j];
        for (var i = 0; i < k; i++)
            for (var l = 0; l < k; l++)
            {
                var sum = Complex.Zero;
                for (var j = 0; j < width; j++) sum += profile[i * width + j] * profile[l * width + j] * dual[j];
                jacobian[i * k + l] = AspectRatio * rows[l] * image[i] * image[i] * sum;
            }
    }

    /// <inheritdoc/>
    public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
    {
        Map(z, v, derivative);
        for (var i = 0; i < derivative.Length; i++) derivative[i] *= derivative[i];
    }

    /// <inheritdoc/>
    public double HalfPlaneDefect(ReadOnlySpan<Complex> v)
    {
        var least = 0.0;
        foreach (var m in v) least = Math.Min(least, m.Imaginary);
        return -least;
    }

    /// <inheritdoc/>
    public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v)
    {
        var sum = idle > 0 ? -idle / z : 0;
        for (var i = 0; i < rows.Length; i++) sum += rows[i] * v[i];
        return sum;
    }

    private void Load(ReadOnlySpan<Complex> v)
    {
        Array.Clear(load);
        for (var l = 0; l < rows.Length; l++)
            for (var j = 0; j < columns.Length; j++) load[j] += AspectRatio * rows[l] * profile[l * columns.Length + j] * v[l];
    }

    private double FirstMoment() => rows.Select((a, i) => a * RowSum(i)).Sum();

    private double SecondMoment() =>
        rows.Select((a, i) => a * RowSum(i) * RowSum(i)).Sum() + AspectRatio * columns.Select((b, j) => b * Math.Pow(rows.Select((a, i) => a * profile[i * columns.Length + j]).Sum(), 2)).Sum();

    private double RowSum(int i) => columns.Select((b, j) => b * profile[i * columns.Length + j]).Sum();

    private static ImmutableArray<double> Fractions(ImmutableArray<double> fractions, int count, string name)
    {
        if (fractions.IsDefault || fractions.Length != count)
            throw new ArgumentException($"{name} must have {count} numbers, one for each block; got {(fractions.IsDefault ? 0 : fractions.Length)}.", name);
        foreach (var fraction in fractions) Guard.In(fraction, ParameterRange.NonNegative, name);
        var sum = fractions.Sum();
        return Math.Abs(sum - 1) <= 1e-9 ? fractions : throw Guard.OutOfRange(name, sum, "must sum to 1 within 1e-9");
    }
}
