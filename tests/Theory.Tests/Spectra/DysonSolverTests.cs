using System.Numerics;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Spectra;
using static Theory.Tests.Spectra.SpectraCases;

namespace Theory.Tests.Spectra;

[Properties(Arbitrary = [typeof(SpectraCases)])]
public class DysonSolverTests
{
    [Property]
    public void A_cold_solve_finds_the_branch_in_the_half_plane(LawCase law, RatioCase ratio, PointCase point)
    {
        var solution = DysonSolver.Solve(new SampleCovariance(law.Law, ratio.C), point.Z);
        Assert.True(solution.Unknowns[0].Imaginary > 0 && solution.StieltjesTransform.Imaginary > 0);
        Assert.InRange(solution.Report.Residual, 0, 1e-12);
        Assert.True(Complex.Abs(solution.StieltjesTransform) <= 1 / point.Z.Imaginary * (1 + 1e-12));
    }

    [Property]
    public void The_solution_for_equal_eigenvalues_is_the_law_of_Marchenko_and_Pastur(RatioCase ratio, PointCase point)
    {
        var (c, z) = (ratio.C, point.Z);
        var (a, b) = (Math.Pow(1 - Math.Sqrt(c), 2), Math.Pow(1 + Math.Sqrt(c), 2));
        var expected = (1 - c - z + Complex.Sqrt(z - a) * Complex.Sqrt(z - b)) / (2 * c * z);
        var m = DysonSolver.Solve(new SampleCovariance(DiscreteLaw.PointMass(1), c), z).StieltjesTransform;
        Near(expected, m, 1e-7);
        Near(-1, c * z * m * m + (z - (1 - c)) * m, 1e-9);
    }

    [Property]
    public void A_path_and_cold_solves_agree(LawCase law, RatioCase ratio, PointCase point)
    {
        var model = new SampleCovariance(law.Law, ratio.C);
        var path = new DysonPath(model);
        foreach (var shift in (double[])[0, 0.1, 3, -20])
        {
            var z = point.Z + shift;
            Assert.True(path.MoveTo(z).IsConverged);
            Near(DysonSolver.Solve(model, z).StieltjesTransform, path.StieltjesTransform, 1e-8);
        }
    }

    [Property]
    public void Below_the_support_the_solution_is_real_and_the_ridge_equation_holds(LawCase law, RatioCase ratio, PointCase point)
    {
        var lambda = point.Z.Imaginary;
        var solution = DysonSolver.Solve(new SampleCovariance(law.Law, ratio.C), -lambda);
        Assert.Equal(0, solution.StieltjesTransform.Imaginary);
        var kappa = 1 / solution.Unknowns[0].Real;
        Assert.True(kappa > 0);
        var degrees = law.Law.Atoms.Zip(law.Law.Weights, (t, w) => w * t / (t + kappa)).Sum();
        // λ is a difference of numbers of size κ̂.
        Assert.True(Math.Abs(kappa * (1 - ratio.C * degrees) - lambda) <= 1e-11 * kappa);
    }

    [Property]
    public void The_lower_half_plane_is_the_mirror_image(LawCase law, RatioCase ratio, PointCase point)
    {
        var model = new SampleCovariance(law.Law, ratio.C);
        Assert.Equal(
            Complex.Conjugate(DysonSolver.Solve(model, point.Z).StieltjesTransform),
            DysonSolver.Solve(model, Complex.Conjugate(point.Z)).StieltjesTransform);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(5.5)]
    [InlineData(18)]
    [InlineData(-3)]
    public void Outside_the_support_the_solution_on_the_real_axis_is_real(double x)
    {
        var solution = DysonSolver.Solve(ThreeAtoms, x);
        var near = DysonSolver.Solve(ThreeAtoms, new(x, 1e-7));
        Assert.Equal(0, solution.StieltjesTransform.Imaginary);
        Assert.Equal(near.StieltjesTransform.Real, solution.StieltjesTransform.Real, 1e-6);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(3)]
    [InlineData(17)]
    public void Inside_the_support_the_solution_on_the_real_axis_is_the_limit_from_above(double x)
    {
        var solution = DysonSolver.Solve(ThreeAtoms, x);
        var near = DysonSolver.Solve(ThreeAtoms, new(x, 1e-8));
        Assert.True(solution.StieltjesTransform.Imaginary > 0);
        Near(near.StieltjesTransform, solution.StieltjesTransform, 1e-6);
    }

    [Fact]
    public void Failures_are_an_exception_or_a_flag_as_asked()
    {
        var options = new SolveOptions { MaxIterations = 1 };
        Assert.Throws<NotConvergedException>(() => DysonSolver.Solve(ThreeAtoms, new(3, 0.1), options));
        var flagged = DysonSolver.Solve(ThreeAtoms, new(3, 0.1), options with { OnFailure = OnFailure.Return });
        Assert.Equal(DysonStatus.BudgetExhausted, flagged.Report.Status);
    }

    [Fact]
    public void A_wrong_start_does_not_lead_to_a_wrong_branch()
    {
        var expected = DysonSolver.Solve(ThreeAtoms, new(4, 0.5)).StieltjesTransform;
        foreach (var start in (Complex[])[new(0.5, -1), new(-3, -0.1), 1e6, 1e-9])
            Near(expected, DysonSolver.Solve(ThreeAtoms, new(4, 0.5), null, [start]).StieltjesTransform, 1e-12);
    }

    internal static SampleCovariance ThreeAtoms { get; } = new(new DiscreteLaw([1, 3, 10], [0.5, 0.3, 0.2]), 0.4);
}
