using System.Numerics;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;
using Theory.Spectra;
using static Theory.Tests.Spectra.SpectraCases;

namespace Theory.Tests.Spectra;

/// <summary>Edges, cusps, atoms, poles: the right number or a typed status, for every model.</summary>
[Properties(Arbitrary = [typeof(SpectraCases)])]
public class DysonGuaranteeTests
{
    private static readonly SolveOptions Flagged = new() { OnFailure = OnFailure.Return };

    /// <summary>±1 plus a semicircle of variance 1: the bulks touch at 0, where ρ ~ |x|^{1/3}.</summary>
    private static FreeAdditiveConvolution Cusp => new(DiscreteLaw.Uniform(-1, 1), FreeLaw.Semicircle(1));

    public static TheoryData<string> Names => [.. Models.Keys];

    private static Dictionary<string, IDysonModel> Models => new()
    {
        ["sample covariance"] = DysonSolverTests.ThreeAtoms,
        ["separable"] = new SeparableCovariance(DiscreteLaw.Uniform(1, 4), DiscreteLaw.Uniform(0.5, 2), 0.75),
        ["profile"] = new VarianceProfile(Matrix<double>.Build.DenseOfArray(new[,] { { 1, 0.2, 3 }, { 0.5, 2, 0.1 } }), [0.3, 0.7], [0.2, 0.3, 0.5], 0.5),
        ["classes that commute"] = ClassCovariance.Commuting(Matrix<double>.Build.DenseOfArray(new[,] { { 1, 0.2 }, { 3, 0.5 }, { 2, 8 } }), [0.3, 0.3, 0.4], [0.4, 0.6], 2),
        ["classes"] = new ClassCovariance([ClassCovarianceTests.Random(6, 1), ClassCovarianceTests.Random(6, 2)], [0.4, 0.6], 0.5),
        ["sum of atoms"] = new FreeAdditiveConvolution(new DiscreteLaw([-3, 0, 4], [0.2, 0.5, 0.3]), new DiscreteLaw([-1, 0.3, 1], [0.4, 0.1, 0.5])),
        ["sum with a semicircle"] = new FreeAdditiveConvolution(new DiscreteLaw([-3, 0, 4], [0.2, 0.5, 0.3]), FreeLaw.Semicircle(0.3)),
        ["sum with both"] = new FreeAdditiveConvolution(DiscreteLaw.Uniform(-1, 2), DiscreteLaw.Uniform(0, 0.5), FreeLaw.Semicircle(0.3), FreeLaw.MarchenkoPastur(2, 0.5)),
        ["product of atoms"] = new FreeMultiplicativeConvolution(new DiscreteLaw([1, 10], [0.9, 0.1]), new DiscreteLaw([0, 1, 30], [0.2, 0.6, 0.2])),
        ["product with Marchenko and Pastur"] = new FreeMultiplicativeConvolution(DiscreteLaw.Uniform(1, 3), FreeLaw.MarchenkoPastur(2)),
        ["product of two of them"] = new FreeMultiplicativeConvolution(FreeLaw.MarchenkoPastur(0.5), FreeLaw.MarchenkoPastur(1)),
        ["information plus noise"] = new InformationPlusNoise(new([0, 9], [0.7, 0.3]), 0.5),
        ["one's own"] = new BlockWigner(0.5, 2),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_path_follows_the_solution_in_height_and_along_the_line(string name)
    {
        var model = Models[name];
        var path = new DysonPath(model);
        foreach (var z in (Complex[])[new(1.7, 10), new(1.7, 0.1), new(1.7, 1e-6), new(4.1, 1e-6), new(25, 1e-3), 200, new(3.3, 1e-4)])
        {
            Assert.True(path.MoveTo(z).IsConverged);
            Near(Transform(model, z), path.StieltjesTransform, 1e-9);
            Assert.True(z.Imaginary == 0 || path.StieltjesTransform.Imaginary is var height && height > 0 && height <= 1 / z.Imaginary);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_start_outside_the_half_plane_does_not_lead_to_a_wrong_branch(string name)
    {
        var (model, z) = (Models[name], new Complex(2.2, 0.3));
        var expected = DysonSolver.Solve(model, z);
        foreach (var factor in (Complex[])[new(0, -1), -5, 1e6, new(1e-9, -3)])
        {
            var start = expected.Unknowns.Select(v => factor * Complex.Conjugate(v)).ToArray();
            Near(expected.StieltjesTransform, DysonSolver.Solve(model, z, null, start).StieltjesTransform, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_analytic_derivatives_are_those_of_the_map(string name)
    {
        var model = Models[name];
        var (n, random) = (model.Unknowns, new Random(4));
        foreach (var z in (Complex[])[new(1.3, 0.4), new(900, 800)])
        {
            Complex[] v = [.. Enumerable.Range(0, n).Select(_ => new Complex(random.NextDouble() - 0.5, random.NextDouble() + 0.1))];
            var (jacobian, derivative, above, below) = (new Complex[n * n], new Complex[n], new Complex[n], new Complex[n]);
            model.Jacobian(z, v, jacobian);
            model.Derivative(z, v, derivative);
            for (var j = 0; j <= n; j++)
            {
                const double h = 1e-6;
                model.Map(j == n ? z + h : z, [.. v.Select((x, i) => i == j ? x + h : x)], above);
                model.Map(j == n ? z - h : z, [.. v.Select((x, i) => i == j ? x - h : x)], below);
                for (var i = 0; i < n; i++)
                {
                    var expected = (above[i] - below[i]) / (2 * h);
                    var actual = j == n ? derivative[i] : jacobian[i * n + j];
                    Assert.True(Complex.Abs(expected - actual) < 1e-7 * (1 + Complex.Abs(actual)), $"{i},{j}: {expected} and {actual}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_vanishes_like_the_root_of_the_distance_to_an_edge(string name)
    {
        var model = Models[name];
        var density = SpectralDensity.Of(model, 100);
        Assert.Equal(1, density.Mass, 1e-6);
        foreach (var bulk in density.Support.Bulks)
        {
            foreach (var (edge, coefficient, sign) in new[] { (bulk.Lower, bulk.LowerCoefficient, 1), (bulk.Upper, bulk.UpperCoefficient, -1) })
            {
                if (double.IsInfinity(coefficient)) continue;
                var distance = 1e-6 * Math.Min(bulk.Width, edge == 0 ? 1 : Math.Abs(edge));
                var solution = DysonSolver.Solve(model, edge + sign * distance);
                Assert.Equal(1, solution.StieltjesTransform.Imaginary / Math.PI / (coefficient * Math.Sqrt(distance)), 0.02);
                Assert.Equal(0, DysonSolver.Solve(model, edge - sign * distance).StieltjesTransform.Imaginary);
            }
        }
    }

    [Fact]
    public void At_a_cusp_the_cube_root_is_right_as_far_as_the_error_estimate_says()
    {
        foreach (var x in (double[])[1e-3, 1e-6, 1e-9, 1e-12])
        {
            // m³ = −x(1 + 2m² + …) + …: m = x^{1/3} e^{iπ/3} to leading order, the next one being x/3.
            var solution = DysonSolver.Solve(Cusp, x);
            var expected = Complex.FromPolarCoordinates(Math.Cbrt(x), Math.PI / 3) - x * 2 / 3;
            Assert.True(Complex.Abs(solution.StieltjesTransform - expected) / Math.Cbrt(x) < 10 * solution.ErrorEstimate + 3 * x, $"{x}: {solution}");
        }
        Assert.Equal(DysonStatus.NearSingularJacobian, DysonSolver.Solve(Cusp, 0, Flagged).Report.Status);
        Assert.Throws<NotConvergedException>(() => DysonSolver.Solve(Cusp, 0));
    }

    [Fact]
    public void A_cusp_is_reported_on_both_of_its_sides()
    {
        foreach (var (variance, bulks) in new[] { (0.9999, 2), (1, 1), (1.00001, 1) })
        {
            var support = SupportEdges.Find(new FreeAdditiveConvolution(DiscreteLaw.Uniform(-1, 1), FreeLaw.Semicircle(variance)));
            Assert.Equal(bulks, support.Bulks.Length);
            Assert.Equal(0, Assert.Single(support.NearCusps), 1e-6);
            Assert.Contains("nearly touch", Assert.Single(support.Diagnostics.Warnings));
        }
        Assert.Empty(SupportEdges.Find(new FreeAdditiveConvolution(DiscreteLaw.Uniform(-1, 1), FreeLaw.Semicircle(0.9))).NearCusps);
        Assert.Empty(SupportEdges.Find(new FreeAdditiveConvolution(DiscreteLaw.Uniform(-1, 1), FreeLaw.Semicircle(1.3))).NearCusps);
        Assert.Equal(1, SpectralDensity.Of(Cusp).Mass, 1e-4);
    }

    [Fact]
    public void At_a_square_root_edge_the_value_is_right_to_its_error_estimate()
    {
        var edge = DysonSolver.Solve(new FreeAdditiveConvolution(FreeLaw.Semicircle(0.5), FreeLaw.Semicircle(0.5)), 2);
        Assert.True(Complex.Abs(edge.StieltjesTransform + 1) < 10 * edge.ErrorEstimate);
        Assert.InRange(edge.ErrorEstimate, 1e-9, 1e-5);
    }

    [Fact]
    public void At_an_atom_or_a_hard_edge_there_is_no_value()
    {
        var atom = new FreeAdditiveConvolution(new DiscreteLaw([1, 2], [0.9, 0.1]), new DiscreteLaw([0, 1], [0.9, 0.1]));
        Assert.Equal(DysonStatus.AtPole, DysonSolver.Solve(atom, 1, Flagged).Report.Status);
        Near(new(0, 0.8e6), DysonSolver.Solve(atom, new(1, 1e-6)).StieltjesTransform, 1e-5);
        var arcsine = new FreeAdditiveConvolution(DiscreteLaw.Uniform(-1, 1), DiscreteLaw.Uniform(-1, 1));
        Assert.Equal(DysonStatus.AtPole, DysonSolver.Solve(arcsine, 2, Flagged).Report.Status);
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], SupportEdges.Find(arcsine).Bulks.SelectMany(b => (double[])[b.LowerCoefficient, b.UpperCoefficient]));
        var square = Models["product of two of them"];
        Assert.False(DysonSolver.Solve(square, 0, Flagged).IsConverged);
        Assert.Throws<NotConvergedException>(() => DysonSolver.Solve(square, 0));
    }

    [Fact]
    public void A_model_that_does_not_name_its_atom_is_not_resolved()
    {
        var unnamed = new WithoutAtoms(new FreeAdditiveConvolution(new DiscreteLaw([1, 2], [0.9, 0.1]), new DiscreteLaw([0, 1], [0.9, 0.1])));
        var support = SupportEdges.Find(unnamed, Flagged);
        Assert.False(support.Diagnostics.IsConverged);
        Assert.NotEmpty(support.Diagnostics.Warnings);
        Assert.Throws<NotConvergedException>(() => SupportEdges.Find(unnamed));
    }

    [Property(MaxTest = 15)]
    public void Sums_have_mass_one_and_their_moments_or_say_so(SignedLawCase first, SignedLawCase second, RatioCase ratio)
    {
        IsRightOrFlagged(new FreeAdditiveConvolution(first.Law, second.Law));
        IsRightOrFlagged(new FreeAdditiveConvolution(first.Law, FreeLaw.MarchenkoPastur(ratio.C, 0.3)));
    }

    [Property(MaxTest = 15)]
    public void Products_and_noisy_signals_have_mass_one_and_their_moments_or_say_so(NonNegativeLawCase first, NonNegativeLawCase second, RatioCase ratio)
    {
        IsRightOrFlagged(new FreeMultiplicativeConvolution(first.Law, second.Law));
        IsRightOrFlagged(new FreeMultiplicativeConvolution(first.Law, FreeLaw.MarchenkoPastur(ratio.C)));
        IsRightOrFlagged(new InformationPlusNoise(first.Law, Math.Min(ratio.C, 1), ratio.C));
    }

    [Property(MaxTest = 15)]
    public void Profiles_and_classes_have_mass_one_and_their_moments_or_say_so(ProfileCase profile, RatioCase ratio)
    {
        IsRightOrFlagged(profile.Model(ratio.C));
        IsRightOrFlagged(profile.Classes(ratio.C));
    }

    [Fact]
    public void Nearly_all_random_models_are_resolved()
    {
        var random = new Random(6);
        DiscreteLaw Draw(double low, double high)
        {
            double[] weights = [.. Enumerable.Range(0, 4).Select(_ => 0.1 + random.NextDouble())];
            return new([.. weights.Select(_ => low + (high - low) * random.NextDouble())], [.. weights.Select(w => w / weights.Sum())]);
        }
        var resolved = Enumerable.Range(0, 40).Count(i => SupportEdges.Find(i % 2 == 0 ? new FreeAdditiveConvolution(Draw(-5, 5), Draw(-5, 5)) : new FreeMultiplicativeConvolution(Draw(0.1, 9), Draw(0.1, 9)), Flagged).Diagnostics.IsConverged);
        Assert.InRange(resolved, 39, 40);
    }

    private static void IsRightOrFlagged(IDysonModel model)
    {
        var density = SpectralDensity.Of(model, 100, null, Flagged);
        if (!density.Diagnostics.IsConverged || density.Diagnostics.Warnings.Length > 0) return;
        var (first, second) = Moments(model);
        Assert.Equal(1, density.Mass, SpectralDensity.MassTolerance);
        Assert.Equal(first, density.Average(x => x), 5e-3 * model.Scale);
        Assert.Equal(1, density.Average(x => x * x) / second, 5e-3 * Math.Max(1, model.Scale * model.Scale / second));
        Assert.All(density.Values, rho => Assert.True(rho > 0));
    }

    /// <summary>A symmetric matrix of two blocks whose entries have variances (a, b; b, a)/N: 1/m_i = −z − Σ_j S_ij m_j/2, the semicircle of variance (a + b)/2.</summary>
    private sealed class BlockWigner(double a, double b) : IDysonModel
    {
        public int Unknowns => 2;

        public double Scale => Math.Sqrt((a + b) / 2);

        public void Start(Complex z, Span<Complex> v) => v.Fill(-1 / z);

        public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image) =>
            (image[0], image[1]) = (-1 / (z + (a * v[0] + b * v[1]) / 2), -1 / (z + (b * v[0] + a * v[1]) / 2));

        public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian)
        {
            Map(z, v, jacobian);
            var (first, second) = (jacobian[0] * jacobian[0] / 2, jacobian[1] * jacobian[1] / 2);
            (jacobian[0], jacobian[1], jacobian[2], jacobian[3]) = (a * first, b * first, b * second, a * second);
        }

        public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative)
        {
            Map(z, v, derivative);
            (derivative[0], derivative[1]) = (derivative[0] * derivative[0], derivative[1] * derivative[1]);
        }

        public double HalfPlaneDefect(ReadOnlySpan<Complex> v) => Math.Max(0, -Math.Min(v[0].Imaginary, v[1].Imaginary));

        public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v) => (v[0] + v[1]) / 2;
    }

    private sealed class WithoutAtoms(IDysonModel model) : IDysonModel
    {
        public int Unknowns => model.Unknowns;

        public double Scale => model.Scale;

        public void Start(Complex z, Span<Complex> v) => model.Start(z, v);

        public void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image) => model.Map(z, v, image);

        public void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian) => model.Jacobian(z, v, jacobian);

        public void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative) => model.Derivative(z, v, derivative);

        public double HalfPlaneDefect(ReadOnlySpan<Complex> v) => model.HalfPlaneDefect(v);

        public Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v) => model.StieltjesTransform(z, v);
    }
}
