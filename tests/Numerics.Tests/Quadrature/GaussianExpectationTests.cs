using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics;
using Theory.Numerics.Quadrature;

namespace Theory.Numerics.Tests.Quadrature;

/// <summary>A function whose Gaussian expectation is known in closed form.</summary>
public sealed record KnownExpectation(string Name, Func<double, double> F, double[] Breakpoints, double Exact, double Scale)
{
    public override string ToString() => $"{Name}, E = {Exact:R}";
}

public static class KnownExpectations
{
    public static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    public static double Tail(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;

    public static Arbitrary<KnownExpectation> Cases() => Gen.OneOf(
        Gen.Choose(0, 24).Select(Monomial),
        Real(-6, 6).Select(Exponential),
        Real(-0.6, 0.35).Select(Gaussian),
        Real(-5, 5).Select(Relu),
        Real(-5, 5).Select(Sign),
        Real(-0.8, 6).Select(Power),
        Gen.Two(Real(-8, 8)).Select(t => Cosine(t.Item1, t.Item2)),
        Gen.Two(Real(-4, 4)).Select(t => Indicator(Math.Min(t.Item1, t.Item2), Math.Max(t.Item1, t.Item2)))).ToArbitrary();

    private static Gen<double> Real(double lower, double upper) =>
        Gen.Choose(0, 1 << 20).Select(i => lower + (upper - lower) * i / (1 << 20));

    private static KnownExpectation Monomial(int n)
    {
        double moment = 1;
        for (var k = n - 1; k > 1; k -= 2) moment *= k;
        var absolute = n % 2 == 0 ? moment : moment * 1.3;
        return new($"z^{n}", z => Math.Pow(z, n), [], n % 2 == 0 ? moment : 0, absolute);
    }

    private static KnownExpectation Exponential(double a) =>
        new($"exp({a:R} z)", z => Math.Exp(a * z), [], Math.Exp(a * a / 2), Math.Exp(a * a / 2));

    private static KnownExpectation Gaussian(double a) =>
        new($"exp({a:R} z²)", z => Math.Exp(a * z * z), [], 1 / Math.Sqrt(1 - 2 * a), 1 / Math.Sqrt(1 - 2 * a));

    private static KnownExpectation Relu(double b) =>
        new($"relu(z - {b:R})", z => Math.Max(z - b, 0), [b], Density(b) - b * Tail(b), 1 + Math.Abs(b));

    private static KnownExpectation Sign(double b) => new($"sign(z - {b:R})", z => Math.Sign(z - b), [b], 2 * Tail(b) - 1, 1);

    private static KnownExpectation Power(double p)
    {
        var exact = Math.Pow(2, p / 2) * SpecialFunctions.Gamma((p + 1) / 2) / Math.Sqrt(Math.PI);
        // MathNet's Γ is good to about 50 ulp.
        return new($"|z|^{p:R}", z => Math.Pow(Math.Abs(z), p), [0], exact, 6 * exact);
    }

    private static KnownExpectation Cosine(double a, double b) =>
        new($"cos({a:R} z + {b:R})", z => Math.Cos(a * z + b), [], Math.Exp(-a * a / 2) * Math.Cos(b), 1);

    private static KnownExpectation Indicator(double a, double b) =>
        new($"1[{a:R} < z < {b:R}]", z => z > a && z < b ? 1 : 0, [b, a], Tail(a) - Tail(b), 1);
}

[Properties(Arbitrary = [typeof(KnownExpectations)])]
public sealed class GaussianExpectationTests
{
    private const double Ulp = 2.220446049250313e-16;

    [Property(MaxTest = 500)]
    public void Known_expectations_are_found_to_thirteen_digits(KnownExpectation known)
    {
        var estimate = GaussianExpectation.Of(known.F, known.Breakpoints);
        Assert.True(estimate.Converged, $"{known}: {estimate}");
        Assert.Equal(known.Exact, estimate.Value, 1.1e-13 * known.Scale);
    }

    [Property(MaxTest = 500)]
    public void Error_bar_covers_the_true_error_at_every_tolerance(KnownExpectation known, byte digits)
    {
        var options = new GaussianExpectationOptions { Tolerance = Math.Pow(10, -1 - digits % 15) };
        var estimate = GaussianExpectation.Of(known.F, known.Breakpoints, options);
        var error = Math.Abs(estimate.Value - known.Exact);
        Assert.True(error <= Math.Max(estimate.Error, 16 * Ulp * known.Scale), $"{known}: error {error:e2}, {estimate}");
    }

    [Fact]
    public void Error_bar_is_right_within_a_small_factor_for_kinks_and_jumps_that_are_not_declared()
    {
        // Off the documented blind spot around the integers.
        for (var b = -5.00271828; b < 5; b += 0.0514159)
        {
            if (Math.Abs(b - Math.Round(b)) < 0.0023) continue;
            foreach (var tolerance in new[] { 1e-6, 1e-10, 1e-13 })
            {
                var relu = GaussianExpectation.Of(z => Math.Max(z - b, 0), [], new() { Tolerance = tolerance });
                var error = Math.Abs(relu.Value - (KnownExpectations.Density(b) - b * KnownExpectations.Tail(b)));
                Assert.True(error <= Math.Max(4 * relu.Error, 1e-14), $"relu(z - {b:R}): error {error:e2}, {relu}");
                var step = GaussianExpectation.Of(z => z > b ? 1 : 0, [], new() { Tolerance = tolerance });
                error = Math.Abs(step.Value - KnownExpectations.Tail(b));
                Assert.True(error <= Math.Max(4 * step.Error, 1e-14), $"step(z - {b:R}): error {error:e2}, {step}");
            }
        }
    }

    [Property(MaxTest = 100)]
    public void Superfluous_breakpoints_do_no_harm(KnownExpectation known, NormalFloat[] extra)
    {
        double[] more = [.. known.Breakpoints, .. extra.Select(e => (double)e), 100, -200, double.PositiveInfinity];
        var estimate = GaussianExpectation.Of(known.F, more);
        Assert.Equal(known.Exact, estimate.Value, 2e-13 * known.Scale);
    }

    [Fact]
    public void Expectation_of_an_odd_function_is_exactly_zero() => Assert.Equal(0, GaussianExpectation.Of(Math.Tanh, []).Value);

    [Fact]
    public void Kinked_smooth_function_costs_at_most_a_thousand_evaluations()
    {
        var estimate = GaussianExpectation.Of(z => Math.Max(z - 0.3, 0) * Math.Tanh(z), [0.3]);
        Assert.True(estimate.Converged);
        Assert.InRange(estimate.Evaluations, 1, 1000);
    }

    // References: 40-digit quadrature.
    [Fact]
    public void Poles_near_the_axis_and_narrow_peaks_are_resolved()
    {
        Close(0.39429449039784117442, GaussianExpectation.Of(z => Math.Tanh(z) * Math.Tanh(z), []), 2e-15);
        Close(0.79706603387518606099, GaussianExpectation.Of(z => z * Math.Tanh(20 * z), []), 2e-15);
        Close(1252.3147636393922016, GaussianExpectation.Of(z => 1 / (z * z + 1e-6), []), 1e-12);
        Close(12533141372.155002856, GaussianExpectation.Of(z => 1 / (z * z + 1e-20), [0]), 1e-5);
    }

    [Fact]
    public void Integrable_singularities_at_breakpoints_are_resolved()
    {
        Close(-(Constants.EulerMascheroni + Math.Log(2)) / 2, GaussianExpectation.Of(z => Math.Log(Math.Abs(z)), [0]), 2e-15);
        Close(-0.20849581843469427918, GaussianExpectation.Of(z => Math.Log(Math.Abs(z - 1)), [1]), 1e-13);
        Close(1.0047566065781739984, GaussianExpectation.Of(z => Math.Sqrt(Math.Abs(z - 1)), [1]), 2e-15);
    }

    [Fact]
    public void Singularity_away_from_zero_is_limited_by_the_rounding_of_z_and_says_so()
    {
        var estimate = GaussianExpectation.Of(z => Math.Pow(Math.Abs(z - 1), -0.25), [1]);
        Assert.False(estimate.Converged);
        Assert.InRange(Math.Abs(estimate.Value - 1.0981684406777744099), 0, estimate.Error);
        Assert.InRange(estimate.Error, 0, 1e-9);
    }

    [Fact]
    public void Mass_far_from_the_origin_is_found()
    {
        Assert.Equal(1, GaussianExpectation.Of(z => Math.Exp(20 * z - 200), []).Value, 1e-14);
        Assert.Equal(1, GaussianExpectation.Of(z => Math.Max(z - 12, 0), [12]).Value / 1.46052011698455478015e-34, 1e-13);
        Assert.Equal(1, GaussianExpectation.Of(z => z > 20 ? 1 : 0, [20]).Value / 2.75362411860623369508e-89, 1e-13);
    }

    [Fact]
    public void Growth_close_to_the_limit_of_integrability_is_flagged_not_hidden()
    {
        foreach (var a in new[] { 0.48, 0.49, 0.495 })
        {
            var (exact, estimate) = (1 / Math.Sqrt(1 - 2 * a), GaussianExpectation.Of(z => Math.Exp(a * z * z), []));
            Assert.False(estimate.Converged);
            Assert.InRange(Math.Abs(estimate.Value - exact), 0, estimate.Error);
        }
    }

    [Fact]
    public void Vectorised_scalar_and_joint_forms_agree_to_the_last_bit()
    {
        double[] kink = [0.25];
        var scalar = GaussianExpectation.Of(z => Math.Max(z - 0.25, 0), kink);
        var vectorised = GaussianExpectation.Of(
            (ReadOnlySpan<double> z, Span<double> f) =>
            {
                for (var i = 0; i < z.Length; i++) f[i] = Math.Max(z[i] - 0.25, 0);
            },
            kink);
        var joint = GaussianExpectation.OfMany(
            (z, f) =>
            {
                for (var i = 0; i < z.Length; i++) (f[i], f[z.Length + i]) = (Math.Max(z[i] - 0.25, 0), 1);
            },
            2,
            kink);
        Assert.Equal(scalar, vectorised);
        Assert.Equal(scalar.Value, joint[0].Value, 1e-15);
        Assert.Equal(1, joint[1].Value, 1e-15);
    }

    [Fact]
    public void Hermite_coefficients_of_relu_follow_their_closed_form()
    {
        // c_k = φ(b) He_{k−2}(b) for relu(z − b), k ≥ 2.
        const int Orders = 61;
        const double B = 0.7;
        var estimates = GaussianExpectation.OfMany(
            (z, f) =>
            {
                HermitePolynomial.Normalised(z, Orders, f);
                for (var i = 0; i < f.Length; i++) f[i] *= Math.Max(z[i % z.Length] - B, 0);
            },
            Orders,
            [B]);
        for (var k = 2; k < Orders; k++)
        {
            var exact = KnownExpectations.Density(B) * HermitePolynomial.Normalised(k - 2, B) / Math.Sqrt(k * (k - 1.0));
            Assert.True(Math.Abs(estimates[k].Value - exact) <= Math.Max(estimates[k].Error, 4 * Ulp), $"k = {k}: {estimates[k]} against {exact:R}");
            Assert.True(estimates[k].Converged);
        }
    }

    [Fact]
    public void Zero_function_has_expectation_zero_without_error() =>
        Assert.Equal((0, 0, true), GaussianExpectation.Of(_ => 0, []) is var e ? (e.Value, e.Error, e.Converged) : default);

    private static void Close(double exact, Estimate estimate, double allowed)
    {
        Assert.True(estimate.Converged, estimate.ToString());
        Assert.InRange(Math.Abs(estimate.Value - exact), 0, Math.Min(allowed, estimate.Error));
    }
}
