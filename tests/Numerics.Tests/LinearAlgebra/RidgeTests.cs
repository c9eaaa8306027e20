using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Numerics.Tests.LinearAlgebra;

public sealed record Regression(ulong Seed, int Rows, int Columns, double Lambda, bool OpenBlas)
{
    public static Arbitrary<Regression> Arbitrary() => (
        from seed in Gen.Choose(0, 1_000_000)
        from rows in Gen.Choose(1, 30)
        from columns in Gen.Choose(1, 30)
        from exponent in Gen.Choose(-6, 6)
        from openBlas in Gen.Elements(false, DenseAlgebra.IsAvailable(LinearAlgebraBackend.OpenBlas))
        select new Regression((ulong)seed, rows, columns, Math.Pow(10, exponent), openBlas)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(Regression)])]
public sealed class RidgeTests : BackendTests
{
    [Property]
    public void The_gradient_vanishes_at_the_solution(Regression problem)
    {
        var (x, y) = Data(problem);
        var a = DenseAlgebra.RidgeSolve(x, y, problem.Lambda);
        var gradient = x.Transpose() * (y - x * a) - problem.Lambda * a;
        var norm = x.L2Norm();
        var rounding = 1e-13 * (norm * y.L2Norm() + (norm * norm + problem.Lambda) * a.L2Norm());

        // In the dual, rounding enters through a = Xᵀα, where α = (y − Xa)/λ.
        if (problem.Columns > problem.Rows)
            rounding += 1e-14 * norm * norm * norm * (y - x * a).L2Norm() / problem.Lambda;
        Assert.InRange(gradient.L2Norm(), 0, rounding);
    }

    [Property]
    public void The_primal_and_the_dual_system_have_the_same_solution(Regression problem)
    {
        var (x, y) = Data(problem);
        var lambda = 1e-3 * x.FrobeniusNorm() + problem.Lambda;
        var primal = DenseAlgebra.CholeskySolve(DenseAlgebra.Gram(x) + lambda * DenseMatrix.CreateIdentity(x.ColumnCount), x.Transpose() * y);
        var dual = x.Transpose() * DenseAlgebra.CholeskySolve(DenseAlgebra.OuterGram(x) + lambda * DenseMatrix.CreateIdentity(x.RowCount), y);
        var solution = DenseAlgebra.RidgeSolve(x, y, lambda);
        var scale = y.L2Norm() / Math.Sqrt(lambda);
        Assert.InRange((solution - primal).L2Norm(), 0, 1e-10 * scale);
        Assert.InRange((solution - dual).L2Norm(), 0, 1e-10 * scale);
    }

    [Property]
    public void Without_penalty_the_solution_is_the_least_squares_one_of_least_norm(Regression problem)
    {
        var (x, y) = RankDeficient(problem);
        var a = DenseAlgebra.RidgeSolve(x, y, 0);
        var svd = x.Svd(true);
        var rank = svd.S.Count(s => s > 1e-9 * svd.S[0]);
        var rowSpace = svd.VT.SubMatrix(0, rank, 0, x.ColumnCount);
        var condition = svd.S[0] / svd.S[rank - 1];

        // Normal equations: least squares. No component outside the row space: least norm.
        Assert.InRange((x.Transpose() * (y - x * a)).L2Norm(), 0, 1e-12 * condition * x.L2Norm() * y.L2Norm());
        Assert.InRange((a - rowSpace.Transpose() * (rowSpace * a)).L2Norm(), 0, 1e-12 * condition * (a.L2Norm() + y.L2Norm() / svd.S[0]));
    }

    [Property]
    public void The_solution_is_continuous_as_the_penalty_goes_to_zero(Regression problem)
    {
        var (x, y) = RankDeficient(problem);
        var svd = x.Svd(true);
        var least = svd.S.Where(s => s > 1e-9 * svd.S[0]).Min();

        // Each component of a shrinks by σ²/(σ² + λ): relative change below λ/σ².
        var lambda = 1e-5 * least * least;
        var limit = DenseAlgebra.RidgeSolve(x, y, 0);
        var near = DenseAlgebra.RidgeSolve(x, y, lambda);
        Assert.InRange((near - limit).L2Norm(), 0, 1.01e-5 * limit.L2Norm() + 1e-13 * svd.S[0] / least * y.L2Norm() / least);
    }

    [Theory]
    [InlineData(80, 30, 0.5)]
    [InlineData(30, 80, 0.5)]
    [InlineData(60, 60, 1e-3)]
    [InlineData(80, 30, 0.0)]
    [InlineData(30, 80, 0.0)]
    public void Back_ends_agree(int rows, int columns, double lambda)
    {
        var (x, y) = (Gaussian(1, rows, columns), Gaussian(2, rows));
        var (managed, openBlas) = Both(() => DenseAlgebra.RidgeSolve(x, y, lambda));
        Close(managed, openBlas, 1e-10);
        x.SetColumn(3, x.Column(5));
        x.SetRow(2, x.Row(7));
        (managed, openBlas) = Both(() => DenseAlgebra.RidgeSolve(x, y, lambda));
        Close(managed, openBlas, 1e-10);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_ill_conditioned_design_loses_its_condition_number_and_not_the_square_of_it(LinearAlgebraBackend backend)
    {
        Use(backend);
        foreach (var p in new[] { 4, 7, 10, 12 })
        {
            var x = DenseMatrix.Create(20, p, (i, j) => Math.Pow((i + 1) / 20.0, j));
            var truth = DenseVector.Create(p, j => 1 + j % 3);
            var condition = x.ConditionNumber();
            Close(truth, DenseAlgebra.RidgeSolve(x, x * truth, 0), 1e-15 * condition);
            var wide = x.Transpose();
            var leastNorm = wide.Transpose() * truth;
            Close(leastNorm, DenseAlgebra.RidgeSolve(wide, wide * leastNorm, 0), 1e-15 * condition);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_scale_of_the_data_does_not_matter(LinearAlgebraBackend backend)
    {
        Use(backend);
        foreach (var (n, p) in new[] { (9, 5), (5, 9) })
        {
            var (x, y) = (Gaussian(3, n, p), Gaussian(4, n));
            x.SetColumn(1, x.Column(2));
            foreach (var lambda in new[] { 0, 0.3 })
            {
                var expected = DenseAlgebra.RidgeSolve(x, y, lambda);
                foreach (var exponent in lambda == 0 ? new[] { -900, -500, 300, 600, 900 } : [300, 500])
                {
                    var s = Math.ScaleB(1, exponent);
                    Close(expected, DenseAlgebra.RidgeSolve(s * x, y, lambda * s * s) * s, 1e-11);
                }
            }

            var vanishing = DenseAlgebra.RidgeSolve(1e-200 * x, y, 2);
            Close(x.Transpose() * y / 2, 1e200 * vanishing, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_design_of_zeros_gives_zero_and_an_orthogonal_response_gives_nearly_zero(LinearAlgebraBackend backend)
    {
        Use(backend);
        Assert.Equal(DenseVector.Create(3, 0), DenseAlgebra.RidgeSolve(DenseMatrix.Create(4, 3, 0), Gaussian(1, 4), 0));
        Assert.Equal(DenseVector.Create(3, 0), DenseAlgebra.RidgeSolve(DenseMatrix.Create(2, 3, 0), Gaussian(1, 2), 1));
        Assert.Equal(DenseVector.Create(3, 0), DenseAlgebra.RidgeSolve(Gaussian(2, 5, 3), DenseVector.Create(5, 0), 0));
        var x = DenseMatrix.OfArray(new[,] { { 0.6 }, { 0.8 } });
        Assert.Equal(0, DenseAlgebra.RidgeSolve(x, DenseVector.OfArray([-0.8, 0.6]), 0)[0], 1e-15);
    }

    [Fact]
    public void Illegal_arguments_are_refused()
    {
        var (x, y) = (Gaussian(1, 3, 2), Gaussian(1, 3));
        foreach (var lambda in new[] { -1e-300, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>("lambda", () => DenseAlgebra.RidgeSolve(x, y, lambda));
        Assert.Throws<ArgumentException>("y", () => DenseAlgebra.RidgeSolve(x, Gaussian(1, 2), 1));
        Assert.Throws<ArgumentNullException>("x", () => DenseAlgebra.RidgeSolve(null!, y, 1));
        Assert.Throws<ArgumentNullException>("y", () => DenseAlgebra.RidgeSolve(x, null!, 1));
        y[1] = double.NaN;
        Assert.Throws<ArgumentException>("y", () => DenseAlgebra.RidgeSolve(x, y, 1));
        x[0, 1] = double.NegativeInfinity;
        Assert.Throws<ArgumentException>("x", () => DenseAlgebra.RidgeSolve(x, Gaussian(1, 3), 1));
    }

    private static (Matrix<double> X, Vector<double> Y) Data(Regression problem)
    {
        DenseAlgebra.Use(problem.OpenBlas ? LinearAlgebraBackend.OpenBlas : LinearAlgebraBackend.Managed);
        return (Gaussian(problem.Seed, problem.Rows, problem.Columns), Gaussian(problem.Seed + 1, problem.Rows));
    }

    /// <summary>A product of rank at most half the lesser dimension, well-conditioned on its range.</summary>
    private static (Matrix<double> X, Vector<double> Y) RankDeficient(Regression problem)
    {
        var (_, y) = Data(problem);
        var rank = Math.Max(1, Math.Min(problem.Rows, problem.Columns) / 2);
        return (Gaussian(problem.Seed, problem.Rows, rank) * Gaussian(problem.Seed, rank, problem.Columns), y);
    }
}
