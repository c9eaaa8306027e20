using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>
/// Convex empirical risk minimisation on a mixture of Gaussians with any means and covariances, as estimated from data: with probability p_c, x ~ N(m_c, Σ_c) in R^d.
/// Without a teacher the label is that of the cluster, ±1, and ŵ, b̂ minimise Σ_i ℓ(y_i (w·x_i/√d + b)) + ½λ‖w‖²; with a teacher θ the label is
/// y = y_c + θ·(x − m_c)/√d + √Δ ξ or that of a link, and the loss ℓ(y − w·x/√d − b) if it is a real number. No 1/n; b is not penalised. The equations are those of the limit d, n → ∞ at fixed α = n/d,
/// with the spectra of the given matrices.
/// </summary>
public sealed partial record LabelledMixtureModel : IModel<LabelledMixtureModel, LabelledMixturePrediction>
{
    private const double SymmetryTolerance = 1e-9;

    /// <summary>Probabilities p_c of the clusters, in (0, 1], of sum 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not in (0, 1].</exception>
    /// <exception cref="ArgumentException">None, or they do not sum to 1.</exception>
    public required ImmutableArray<double> Probabilities { get; init => field = Tables.Law(value, nameof(Probabilities)); }

    /// <summary>Labels y_c of the clusters: ±1, or with a <see cref="Teacher"/> the mean label in each cluster, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public required ImmutableArray<double> Labels { get; init => field = Tables.In(value, ParameterRange.Finite, nameof(Labels)); }

    /// <summary>Means m_c of the samples in each cluster, K × d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An element is not finite.</exception>
    public required ImmutableArray<ImmutableArray<double>> Means { get; init => field = Tables.In(value, ParameterRange.Finite, nameof(Means)); }

    /// <summary>Covariances Σ_c of the samples in each cluster, K × d × d, symmetric and positive semi-definite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An element is not finite.</exception>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> Covariances { get; init => field = Tables.In(value, nameof(Covariances)); }

    /// <summary>The teacher θ ∈ R^d, or <see langword="null"/> (the default) for the labels of the clusters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An element is not finite.</exception>
    public ImmutableArray<double>? Teacher { get; init => field = value is { } theta ? Tables.In(theta, ParameterRange.Finite, nameof(Teacher)) : null; }

    /// <summary>Variance Δ of the noise of a teacher: in the field of a link ±1, on real labels; in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Loss.</summary>
    public required LossKind Loss { get; init; }

    /// <summary>
    /// Link g of the teacher's field τ = θ·x/√d: if it is ±1 and piecewise constant, y = g(τ + √Δ ξ); otherwise y = g(τ) + √Δ ξ. <see langword="null"/> (the default): without a teacher the clusters'
    /// labels, with one y = y_c + θ·(x − m_c)/√d + √Δ ξ.
    /// </summary>
    public ScalarFunction? Link { get; init; }

    /// <summary>The loss <see cref="LossKind.Custom"/>, such as a <see cref="ConvexLoss"/>: of the margin y f for labels ±1, of the residual y − f for real labels. <see langword="null"/> with any other loss (the default).</summary>
    public IMarginLoss? CustomLoss { get; init; }

    /// <summary>Width δ of the Huber loss, in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double HuberDelta { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of ½λ‖w‖², in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Lambda { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Whether an intercept is fitted. Default false.</summary>
    public bool Intercept { get; init; }

    /// <summary>The dimension d of the samples.</summary>
    public int Dimension => Means[0].Length;

    /// <summary>Whether labels are real numbers.</summary>
    internal bool IsRegression => Teacher is not null && BinaryLink is null;

    /// <summary>The link, if its labels are ±1.</summary>
    internal IBinaryTeacher? BinaryLink => Link is { } link ? ThresholdTeacher.TryCreate(link, Noise) : null;

    /// <inheritdoc/>
    public bool Equals(LabelledMixtureModel? other) => other is not null
        && (Noise, Loss, HuberDelta, Alpha, Lambda, Intercept) == (other.Noise, other.Loss, other.HuberDelta, other.Alpha, other.Lambda, other.Intercept)
        && Tables.Same(Probabilities, other.Probabilities) && Tables.Same(Labels, other.Labels) && Tables.Same(Means, other.Means) && Tables.Same(Covariances, other.Covariances)
        && Equals(Link, other.Link) && Equals(CustomLoss, other.CustomLoss)
        && (Teacher is { } a ? other.Teacher is { } b && Tables.Same(a, b) : other.Teacher is null);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Noise, Loss, Alpha, Lambda, Intercept, Dimension, Probabilities[0], Means[0][0]);

    /// <summary>Covariances, means and teacher, once they are known to fit together.</summary>
    internal (DenseMatrix[] Covariances, DenseVector[] Means, DenseVector Teacher) Checked()
    {
        var (clusters, d) = (Probabilities.Length, Dimension);
        Tables.RequireLength(clusters, Labels.Length, "labels", "probabilities");
        Tables.RequireLength(clusters, Means.Length, "means", "probabilities");
        Tables.RequireLength(clusters, Covariances.Length, "covariances", "probabilities");
        foreach (var mean in Means) Tables.RequireLength(d, mean.Length, "means", "the first mean");
        if (Teacher is { } theta) Tables.RequireLength(d, theta.Length, "teacher", "the means");
        CheckLoss();
        if (Teacher is null && Link is not null) throw new InvalidInputException("link", "link must come with a teacher");
        if (Teacher is null && Noise != 0) throw new InvalidInputException("noise", $"noise must be 0 without a teacher; got {Noise}");
        if (Teacher is null && Labels.Any(y => y is not (1 or -1))) throw new InvalidInputException("labels", "labels must be 1 or -1 without a teacher");
        return ([.. Covariances.Select((rows, c) => Covariance(rows, c, d))], [.. Means.Select(m => new DenseVector([.. m]))], Teacher is { } t ? new([.. t]) : new(d));
    }

    private void CheckLoss()
    {
        if (Loss == LossKind.HardMargin) throw new InvalidInputException("loss", "loss must have a ridge; hard-margin has none");
        _ = MarginLosses.Create(Loss, HuberDelta, CustomLoss);
        if (!IsRegression) return;
        if (Loss is LossKind.Logistic or LossKind.Hinge)
            throw new InvalidInputException("loss", $"loss must be square, huber or custom with real labels; got {MarginLosses.NameOf(Loss)}");
        if (Loss == LossKind.Custom && Link is not null && !LabelMoments.IsAffine(Link))
            throw new InvalidInputException("link", $"link must be affine or have labels ±1 with the loss custom; got {Link.Text}");
    }

    private static DenseMatrix Covariance(ImmutableArray<ImmutableArray<double>> rows, int cluster, int dimension)
    {
        if (rows.Length != dimension || rows.Any(row => row.Length != dimension))
            throw new InvalidInputException("covariances", $"covariances must be {dimension} × {dimension} as the means ask; number {cluster + 1} is not");
        var matrix = DenseMatrix.Create(dimension, dimension, (i, j) => 0.5 * (rows[i][j] + rows[j][i]));
        var largest = matrix.Enumerate().Max(Math.Abs);
        if (rows.Index().Any(row => row.Item.Index().Any(e => Math.Abs(e.Item - matrix[row.Index, e.Index]) > SymmetryTolerance * largest)))
            throw new InvalidInputException("covariances", $"covariances must be symmetric; number {cluster + 1} is not");
        if (DenseAlgebra.SymmetricEigenvalues(matrix)[0] < -SymmetryTolerance * largest)
            throw new InvalidInputException("covariances", $"covariances must be positive semi-definite; number {cluster + 1} is not");
        return matrix;
    }
}
