using Theory.Numerics.Quadrature;

namespace Theory.Numerics.Tests.Quadrature;

public sealed class QuadratureExceptionTests
{
    public static TheoryData<string, double> NotIntegrable => new()
    {
        { "exp(z²/2)", double.PositiveInfinity },
        { "exp(z²)", double.PositiveInfinity },
        { "exp(exp z)", double.PositiveInfinity },
        { "exp(-exp z) inverse", double.NegativeInfinity },
        { "1/z", 0 },
        { "1/z²", 0 },
        { "|z|^-1.5", 0 },
        { "1/(z log 1/z)", 0 },
        { "1/(z-3/2)", 1.5 },
        { "1/(z-3/2)²", 1.5 },
    };

    [Theory]
    [MemberData(nameof(NotIntegrable))]
    public void Divergent_expectations_are_refused_with_their_place(string name, double location)
    {
        var e = Assert.Throws<QuadratureException>(() => GaussianExpectation.Of(Integrand(name), [0, 0.5, 1.5]));
        Assert.Equal(QuadratureFailure.NotIntegrable, e.Failure);
        Assert.Equal(location, double.IsInfinity(location) && location < 0 ? e.Location : Math.Abs(e.Location));
        Assert.Contains("not integrable", e.Message);
    }

    [Theory]
    [InlineData("1/(z-1.3)", 1.3)]
    [InlineData("1/(z-1.3)²", 1.3)]
    [InlineData("1/z", 0)]
    public void Divergence_is_noticed_without_a_declared_breakpoint(string name, double location) =>
        Assert.Equal(location, Assert.Throws<QuadratureException>(() => GaussianExpectation.Of(Integrand(name), [])).Location, 1e-6);

    [Fact]
    public void Cancelling_divergences_are_divergences()
    {
        // Odd: every symmetric truncation is 0.
        Assert.Throws<QuadratureException>(() => GaussianExpectation.Of(z => z * Math.Exp(z * z / 2), []));
        Assert.Throws<QuadratureException>(() => GaussianExpectation.Of(z => 1 / z, [0]));
    }

    [Fact]
    public void Convergent_relatives_of_divergent_integrands_are_accepted()
    {
        foreach (var f in new Func<double, double>[] { z => Math.Log(Math.Abs(z)), z => Math.Pow(Math.Abs(z), -0.25), z => Math.Pow(Math.Abs(z), -0.95), z => Math.Exp(0.45 * z * z) })
            Assert.True(GaussianExpectation.Of(f, [0]).Converged);
    }

    [Fact]
    public void Slow_power_tails_are_flagged_with_an_honest_error()
    {
        // E e^{Z²/2}/(1+Z²) = √(π/2): the integrand falls like z⁻² up to the last representable density.
        var estimate = GaussianExpectation.Of(z => Math.Exp(z * z / 2) / (1 + z * z), []);
        Assert.False(estimate.Converged);
        Assert.InRange(Math.Abs(estimate.Value - Math.Sqrt(Math.PI / 2)), 0, estimate.Error);
    }

    [Fact]
    public void NaN_and_infinity_are_reported_where_they_occur()
    {
        var e = Assert.Throws<QuadratureException>(() => GaussianExpectation.Of(z => z > 2 ? double.NaN : 1, [2]));
        Assert.Equal(QuadratureFailure.NotFinite, e.Failure);
        Assert.InRange(e.Location, 2, 3);
        e = Assert.Throws<QuadratureException>(() => GaussianExpectation.Of(Math.Sqrt, [0]));
        Assert.Equal(QuadratureFailure.NotFinite, e.Failure);
        Assert.InRange(e.Location, -6, 0);
        e = Assert.Throws<QuadratureException>(() => GaussianExpectation.Of(z => Math.Abs(z) < 1 ? double.PositiveInfinity : z, [-1, 1]));
        Assert.Equal(QuadratureFailure.NotFinite, e.Failure);
    }

    [Fact]
    public void NaN_far_in_a_negligible_tail_is_harmless() =>
        Assert.Equal(1, GaussianExpectation.Of(z => z > 12 ? double.NaN : 1, []).Value, 1e-15);

    [Fact]
    public void Budget_is_respected_and_its_exhaustion_flagged()
    {
        var estimate = GaussianExpectation.Of(z => Math.Cos(5000 * z), [], new() { MaxEvaluations = 2000 });
        Assert.False(estimate.Converged);
        Assert.InRange(estimate.Evaluations, 300, 4000);
    }

    [Fact]
    public void Illegal_arguments_are_refused_by_name()
    {
        Assert.Throws<ArgumentException>("breakpoints", () => GaussianExpectation.Of(z => z, [double.NaN]));
        Assert.Throws<ArgumentNullException>("f", () => GaussianExpectation.Of((Func<double, double>)null!, []));
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => GaussianExpectation.OfMany((_, _) => { }, 0, []));
        Assert.Throws<ArgumentOutOfRangeException>("Tolerance", () => new GaussianExpectationOptions { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Tolerance", () => new GaussianExpectationOptions { Tolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("AbsoluteTolerance", () => new GaussianExpectationOptions { AbsoluteTolerance = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxEvaluations", () => new GaussianExpectationOptions { MaxEvaluations = 10 });
    }

    private static Func<double, double> Integrand(string name) => name switch
    {
        "exp(z²/2)" => z => Math.Exp(z * z / 2),
        "exp(z²)" => z => Math.Exp(z * z),
        "exp(exp z)" => z => Math.Exp(Math.Exp(z)),
        "exp(-exp z) inverse" => z => Math.Exp(Math.Exp(-z)),
        "1/z" => z => 1 / z,
        "1/z²" => z => 1 / (z * z),
        "|z|^-1.5" => z => Math.Pow(Math.Abs(z), -1.5),
        "1/(z log 1/z)" => z => z is > 0 and < 0.5 ? -1 / (z * Math.Log(z)) : 0,
        "1/(z-3/2)" => z => 1 / (z - 1.5),
        "1/(z-3/2)²" => z => 1 / ((z - 1.5) * (z - 1.5)),
        "1/(z-1.3)" => z => 1 / (z - 1.3),
        "1/(z-1.3)²" => z => 1 / ((z - 1.3) * (z - 1.3)),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
