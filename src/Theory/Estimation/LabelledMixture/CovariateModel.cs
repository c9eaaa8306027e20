using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>
/// Gaussian covariates: teacher features u ∈ R^k and student features v ∈ R^p are jointly Gaussian, labels come from τ = θ·u/√k, and the student fits w·v/√p with α = n/p
/// [Loureiro, Gerbelot, Cui, Goldt, Krzakala, Mézard and Zdeborová 2021, arXiv:2102.08127].
/// </summary>
public static class CovariateModel
{
    /// <summary>
    /// The same problem as one cluster: on v the teacher is Ω⁻¹s with s = √(p/k) Φᵀθ, and what v does not tell of τ, of variance θᵀΨθ/k − sᵀΩ⁻¹s/p, is noise.
    /// </summary>
    /// <param name="teacherCovariance">Ψ = E u uᵀ, k × k.</param>
    /// <param name="covariance">Ω = E v vᵀ, p × p, positive definite.</param>
    /// <param name="crossCovariance">Φ = E u vᵀ, k × p.</param>
    /// <param name="teacher">θ, k numbers.</param>
    /// <param name="link">g: ±1 and piecewise constant, or affine.</param>
    /// <param name="noise">Variance Δ: in the field of a ±1 link, on the labels of an affine one.</param>
    /// <returns>The model with square loss, α = 1 and λ = 1, to be changed by <c>with</c>.</returns>
    /// <exception cref="InvalidInputException">Sizes differ, Ω is not positive definite, the covariances are not those of any (u, v), or the link is neither ±1 nor affine.</exception>
    public static LabelledMixtureModel Create(
        Matrix<double> teacherCovariance, Matrix<double> covariance, Matrix<double> crossCovariance, IReadOnlyList<double> teacher, ScalarFunction link, double noise = 0)
    {
        Guard.NotNull(teacherCovariance);
        Guard.NotNull(covariance);
        Guard.NotNull(crossCovariance);
        Guard.NotNull(link);
        var (k, p) = (Guard.NotNull(teacher).Count, covariance.RowCount);
        if (teacherCovariance.RowCount != k || teacherCovariance.ColumnCount != k) throw new InvalidInputException("teacherCovariance", $"teacherCovariance must be {k} × {k}, as the teacher asks");
        if (covariance.ColumnCount != p || crossCovariance.RowCount != k || crossCovariance.ColumnCount != p)
            throw new InvalidInputException("crossCovariance", $"crossCovariance must be {k} × {p} and covariance square");
        if (DenseAlgebra.SymmetricEigenvalues(DenseMatrix.OfMatrix(covariance))[0] <= 0) throw new InvalidInputException("covariance", "covariance must be positive definite");
        var isBinary = ThresholdTeacher.TryCreate(link, 0) is not null;
        if (!isBinary && !LabelMoments.IsAffine(link)) throw new InvalidInputException("link", $"link must be affine or have labels ±1; got {link.Text}");

        var theta = new DenseVector([.. teacher]);
        var cross = Math.Sqrt((double)p / k) * (theta * crossCovariance);
        var seen = covariance.Cholesky().Solve(cross);
        var hidden = theta * (teacherCovariance * theta) / k - cross * seen / p;
        if (hidden < -1e-9 * (1 + Math.Abs(cross * seen) / p))
            throw new InvalidInputException("crossCovariance", FormattableString.Invariant($"crossCovariance belongs to no features: they would explain more of the teacher's field than there is, by {-hidden:g4}"));
        var slope = isBinary ? 1 : link.Evaluate(1) - link.Evaluate(0);
        return new()
        {
            Probabilities = [1],
            Labels = [0],
            Means = [[.. new double[p]]],
            Covariances = [[.. covariance.EnumerateRows().Select(row => row.ToImmutableArray())]],
            Teacher = [.. seen],
            Link = link,
            Noise = noise + slope * slope * Math.Max(0, hidden),
            Loss = LossKind.Square,
            Alpha = 1,
            Lambda = 1,
        };
    }
}
