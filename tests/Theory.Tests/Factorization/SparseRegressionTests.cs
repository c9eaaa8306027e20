using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.OrTools.LinearSolver;
using Theory.Contract;
using Theory.Factorization;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Factorization;

/// <summary>A sparse regression problem; α is given as a distance above α_min.</summary>
public sealed record LassoCase(double Delta, double Sparsity, double Noise, double AboveLeast, SparseSignal Signal);

public static class LassoCases
{
    public static Arbitrary<LassoCase> Lassos() => (
        from delta in Gen.Choose(5, 200)
        from epsilon in Gen.Choose(0, 100)
        from noise in Gen.Choose(-300, 100)
        from above in Gen.Choose(5, 300)
        from signal in Gen.Elements(SparseSignal.Gaussian, SparseSignal.PlusMinusOne)
        select new LassoCase(delta / 100.0, epsilon / 100.0, Math.Pow(10, noise / 100.0), above / 100.0, signal)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(LassoCases)])]
public class SparseRegressionTests
{
    [Theory]
    [InlineData(0.1, 0.1894293677, 0.2409758962)]
    [InlineData(0.25, 0.2673835524, 0.3650891596)]
    [InlineData(0.75, 0.5337116768, 0.7658835388)]
    [InlineData(0.9, 0.6781693781, 0.9026572327)]
    public void Recovery_has_the_published_thresholds(double delta, double signed, double positive)
    {
        var p = new DonohoTannerModel { Delta = delta }.Predict();
        Assert.Equal(signed, p.RhoSigned, 2e-10);
        Assert.Equal(positive, p.RhoPositive, 2e-10);
    }

    [Property]
    public void Thresholds_are_the_largest_sparsity_at_which_message_passing_contracts(PositiveInt seed)
    {
        // ρ(δ) = max_z [1 − (κ/δ)h]/[1 + z² − κh], h = (1 + z²)Φ(−z) − zφ(z).
        var delta = 0.02 + 0.96 * new RandomStream((ulong)seed.Get).NextUniform();
        var p = new DonohoTannerModel { Delta = delta }.Predict();
        double Objective(double z, double kappa)
        {
            var h = (1 + z * z) * NormalTail.Cdf(-z) - z * NormalTail.Density(z);
            return (1 - kappa / delta * h) / (1 + z * z - kappa * h);
        }

        foreach (var (rho, z, kappa) in new[] { (p.RhoSigned, p.ZSigned, 2.0), (p.RhoPositive, p.ZPositive, 1.0) })
        {
            Assert.Equal(rho, Objective(z, kappa), 1e-11);
            Assert.True(Objective(1.01 * z, kappa) < rho && Objective(0.99 * z, kappa) < rho);
        }
    }

    [Fact]
    public void Thresholds_increase_with_the_measurements_and_positivity_helps()
    {
        DonohoTannerPrediction? last = null;
        foreach (var delta in new[] { 1e-60, 1e-10, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999 })
        {
            var p = new DonohoTannerModel { Delta = delta }.Predict();
            Assert.InRange(p.RhoSigned, last?.RhoSigned ?? 0, p.RhoPositive);
            Assert.InRange(p.RhoPositive, last?.RhoPositive ?? 0, 1);
            last = p;
        }

        // ρ ~ 1/(2 log 1/δ) for δ → 0.
        Assert.Equal(1, new DonohoTannerModel { Delta = 1e-60 }.Predict().RhoSigned * 2 * Math.Log(1e60), 0.1);
    }

    [Theory]
    [InlineData(0.7, true)]
    [InlineData(1.35, false)]
    public void Basis_pursuit_recovers_below_the_curve_and_fails_above(double fraction, bool recovers)
    {
        const int unknowns = 120;
        const double delta = 0.5;
        var p = new DonohoTannerModel { Delta = delta }.Predict();
        foreach (var positive in new[] { false, true })
        {
            var spikes = (int)Math.Round(fraction * (positive ? p.RhoPositive : p.RhoSigned) * delta * unknowns);
            var successes = Enumerable.Range(0, 10).Count(trial => BasisPursuit(unknowns, (int)(delta * unknowns), spikes, positive, new RandomStream(31, (ulong)trial)));
            if (recovers) Assert.True(successes >= 9, $"{successes} of 10 recovered");
            else Assert.True(successes <= 1, $"{successes} of 10 recovered");
        }
    }

    [Property]
    public void Effective_noise_is_a_fixed_point_reached_from_above(LassoCase c)
    {
        var model = Model(c);
        var p = model.Predict();
        Assert.Equal(1, LassoPrediction.Step(model, p.Alpha, p.TauSquared) / p.TauSquared, 1e-11);
        Assert.True(LassoPrediction.Step(model, p.Alpha, 1.01 * p.TauSquared) < 1.01 * p.TauSquared);
        Assert.True(p.TauSquared >= model.Noise && p.Mse >= 0 && p.ActiveFraction is >= 0 and <= 1);
        Assert.Equal(p.TauSquared, model.Noise + p.Mse / model.Delta, 1e-11 * p.TauSquared);
    }

    [Property]
    public void The_penalty_of_a_threshold_gives_the_threshold_back(LassoCase c)
    {
        var p = Model(c).Predict();
        if (p.Lambda < 1e-3 * Math.Sqrt(p.TauSquared)) return;   // no LASSO
        var back = (Model(c) with { Threshold = null, Penalty = p.Lambda }).Predict();
        Assert.Equal(p.Alpha, back.Alpha, 1e-8 * p.Alpha);
        Assert.True((Model(c) with { Threshold = 1.01 * p.Alpha }).Predict().Lambda > p.Lambda);
    }

    [Property]
    public void Closed_form_risk_is_that_of_the_soft_threshold(LassoCase c)
    {
        var (alpha, v, step) = (0.2 + c.AboveLeast, 10 * c.Noise, 0.002);
        double point = 0, spread = 0, mu = 1.3;
        for (var z = -9.0; z < 9; z += step)
        {
            point += step * NormalTail.Density(z) * Math.Pow(Eta(mu + z) - mu, 2);
            // Y = √(1+v) z, x given Y is N(gY, g).
            var (y, g) = (Math.Sqrt(1 + v) * z, v / (1 + v));
            spread += step * NormalTail.Density(z) * (Math.Pow(Eta(y) - g * y, 2) + g);
        }

        Assert.Equal(point, SoftThreshold.Risk(mu, alpha), 1e-5);
        Assert.Equal(spread, SoftThreshold.GaussianRisk(v, alpha), 1e-5 * (1 + v));
        Assert.Equal(SoftThreshold.NullRisk(alpha), SoftThreshold.GaussianRisk(0, alpha), 1e-14);
        double Eta(double y) => Math.Sign(y) * Math.Max(0, Math.Abs(y) - alpha);
    }

    [Theory]
    [InlineData(SparseSignal.Gaussian)]
    [InlineData(SparseSignal.PlusMinusOne)]
    public void Message_passing_has_the_predicted_error(SparseSignal signal) =>
        SpikedWignerTests.Passes(new LassoModel { Delta = 0.5, Sparsity = 0.1, Noise = 0.04, Threshold = 1.5, Signal = signal }.Verify(size: 600, trials: 20, seed: 24));

    [Fact]
    public void The_fixed_point_of_message_passing_satisfies_the_optimality_conditions_of_the_lasso()
    {
        var model = new LassoModel { Delta = 0.5, Sparsity = 0.1, Noise = 0.04, Threshold = 1.5 };
        var run = LassoExperiment.Recover(model, 1.5, 600, new RandomStream(3));
        var gradient = run.A.TransposeThisAndMultiply(run.Y - run.A * run.Estimate);
        for (var i = 0; i < gradient.Count; i++)
        {
            if (run.Estimate[i] != 0) Assert.Equal(Math.Sign(run.Estimate[i]) * run.Lambda, gradient[i], 1e-9);
            else Assert.InRange(gradient[i], -run.Lambda - 1e-9, run.Lambda + 1e-9);
        }
    }

    [Theory]
    [InlineData(0.33, true)]
    [InlineData(0.45, false)]
    public void Without_noise_message_passing_recovers_exactly_below_the_curve(double rho, bool recovers)
    {
        const double delta = 0.5;
        var z = new DonohoTannerModel { Delta = delta }.Predict().ZSigned;
        var model = new LassoModel { Delta = delta, Sparsity = rho * delta, Noise = 0, Threshold = z, Signal = SparseSignal.PlusMinusOne };
        var p = model.Predict();
        var run = LassoExperiment.Recover(model, z, 1000, new RandomStream(8));
        var error = run.Error.DotProduct(run.Error) / 1000;
        Assert.Equal(recovers, p.Mse == 0);
        if (recovers) Assert.True(error < 1e-10, $"error {error}");
        else Assert.Equal(1, error / p.Mse, 0.3);
    }

    [Fact]
    public void Illegal_regressions_name_the_parameter()
    {
        var model = new LassoModel { Delta = 0.5, Sparsity = 0.1, Noise = 0.04, Threshold = 0.2 };
        Assert.Equal("Threshold", Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict()).ParamName);
        Assert.Throws<InvalidInputException>(() => (model with { Penalty = 1 }).Predict());
        Assert.Throws<InvalidInputException>(() => (model with { Threshold = null }).Predict());
        Assert.Throws<ArgumentOutOfRangeException>(() => new DonohoTannerModel { Delta = 1 });
    }

    private static LassoModel Model(LassoCase c) => new()
    {
        Delta = c.Delta,
        Sparsity = c.Sparsity,
        Noise = c.Noise,
        Threshold = LassoPrediction.LeastThreshold(c.Delta) + c.AboveLeast,
        Signal = c.Signal,
    };

    /// <summary>Whether min ‖x‖₁ subject to Ax = Ax₀ gives x₀ back, x = p − q with p, q ≥ 0 (q = 0 for vectors known to be non-negative).</summary>
    private static bool BasisPursuit(int unknowns, int rows, int spikes, bool positive, RandomStream random)
    {
        using var solver = Solver.CreateSolver("GLOP");
        var signal = new double[unknowns];
        for (var i = 0; i < spikes; i++) signal[i] = positive ? Math.Abs(random.NextGaussian()) : random.NextGaussian();
        var variables = solver.MakeNumVarArray(positive ? unknowns : 2 * unknowns, 0, double.PositiveInfinity);
        for (var mu = 0; mu < rows; mu++)
        {
            var (coefficients, y) = (new double[unknowns], 0.0);
            random.FillGaussian(coefficients);
            for (var i = 0; i < unknowns; i++) y += coefficients[i] * signal[i];
            var constraint = solver.MakeConstraint(y, y);
            for (var i = 0; i < variables.Length; i++) constraint.SetCoefficient(variables[i], i < unknowns ? coefficients[i] : -coefficients[i - unknowns]);
        }

        foreach (var variable in variables) solver.Objective().SetCoefficient(variable, 1);
        solver.Objective().SetMinimization();
        Assert.Equal(Solver.ResultStatus.OPTIMAL, solver.Solve());
        double error = 0;
        for (var i = 0; i < unknowns; i++) error += Math.Abs(variables[i].SolutionValue() - (positive ? 0 : variables[unknowns + i].SolutionValue()) - signal[i]);
        return error < 1e-5;
    }
}
