using Theory.Contract;
using Theory.Systems;

namespace Theory.Tests.Systems;

public class VerificationTests
{
    private static readonly CoinModel Fair = new() { Mean = 0.5 };

    [Fact]
    public void A_true_prediction_passes_and_its_standard_error_is_that_of_the_experiment()
    {
        var report = Fair.Verify(size: 400, trials: 100, seed: 3);
        Assert.True(report.Passes);
        Assert.All(report.Rows, r => Assert.InRange(r.StandardError, 0.7 / 200, 1.3 / 200));   // 1/√(400·100)
        Assert.Equal([-1, 0, 1], report.Rows.Select(r => r.Element));
    }

    [Fact]
    public void A_prediction_off_by_ten_standard_errors_fails()
    {
        var report = (Fair with { ConstantBias = 10.0 / 200 }).Verify(size: 400, trials: 100);
        Assert.False(report.Agrees);
        Assert.False(report.Passes);
        Assert.InRange(report.Rows[0].ZScore, 6, 14);
    }

    [Fact]
    public void The_finite_size_allowance_forgives_what_the_system_states_and_no_more()
    {
        var biased = Fair with { BiasOverSize = 20, AllowedConstant = 20 };
        Assert.True(biased.Verify(size: 400, trials: 100).Passes);
        Assert.False((biased with { AllowedConstant = 5 }).Verify(size: 400, trials: 100).Passes);
    }

    [Fact]
    public void A_finite_size_law_is_recovered_with_its_exponent()
    {
        var model = Fair with { BiasOverSize = 30, AllowedConstant = 40 };
        var report = Verification.Run(model.AsProblem(), new() { Sizes = [100, 200, 400], Trials = 200 });
        var fit = report.Fits.Single(f => f is { Observable: "average" });
        Assert.True(Math.Abs(fit.Constant - 30) <= 4 * fit.StandardError, $"{fit.Constant} ± {fit.StandardError}");
        Assert.InRange(fit.Exponent!.Value, 1 - 4 * fit.ExponentError!.Value, 1 + 4 * fit.ExponentError.Value);
        Assert.InRange(fit.ChiSquared, 0, 20);
    }

    [Fact]
    public void A_bias_that_does_not_shrink_is_no_finite_size_law()
    {
        var report = Verification.Run((Fair with { ConstantBias = 0.1 }).AsProblem(), new() { Sizes = [100, 200, 400], Trials = 200 });
        var fit = report.Fits.Single(f => f is { Observable: "average" });
        Assert.True(fit.ChiSquared > 50);
        Assert.InRange(fit.Exponent!.Value, -0.2, 0.2);
    }

    [Fact]
    public void An_unresolved_gap_has_no_exponent() =>
        Assert.All(Verification.Run(Fair.AsProblem(), new() { Sizes = [100, 200, 400], Trials = 20 }).Fits, f => Assert.Null(f.Exponent));

    [Fact]
    public void Approximations_report_their_distance_and_do_not_fail()
    {
        var report = Verification.Run(CoinModel.Approximate.Wrap(Fair with { ConstantBias = 1 }), new() { Sizes = [100], Trials = 20 });
        Assert.False(report.Agrees);
        Assert.True(report.Passes);
    }

    [Fact]
    public void Several_numbers_are_compared_at_the_family_wise_level_of_one()
    {
        var report = Fair.Verify(size: 100, trials: 20);
        // Three numbers: Φ(−k) = Φ(−4)/3.
        Assert.Equal(4.2525, report.Rows[0].AllowedErrors, 1e-3);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        var one = Verification.Run(Fair.AsProblem(), new() { Sizes = [100, 200], Trials = 30, Threads = 1, Seed = 9 });
        var two = Verification.Run(Fair.AsProblem(), new() { Sizes = [200, 100], Trials = 30, Threads = 2, Seed = 9 });
        Assert.Equal(one.Rows.AsEnumerable(), two.Rows);
    }

    [Fact]
    public void Seeds_matter()
    {
        Assert.NotEqual(Fair.Verify(seed: 1).Rows[0].Mean, Fair.Verify(seed: 2).Rows[0].Mean);
        Assert.Equal(Fair.Verify(seed: 1).Rows[0], Fair.Verify(seed: 1).Rows[0]);
    }

    [Fact]
    public void Illegal_requests_name_what_is_wrong()
    {
        Assert.Equal("trials", Assert.Throws<InvalidInputException>(() => Fair.Verify(trials: 9)).Parameter);
        Assert.Equal("size", Assert.Throws<InvalidInputException>(() => Fair.Verify(size: 3)).Parameter);
        Assert.Equal("size", Assert.Throws<InvalidInputException>(() => (Fair with { OwnDimension = 50 }).Verify(size: 60)).Parameter);
        Assert.Equal(50, (Fair with { OwnDimension = 50 }).Verify().Rows[0].Size);
    }
}
