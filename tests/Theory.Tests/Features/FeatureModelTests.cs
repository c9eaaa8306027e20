using Theory.Features;
using Theory.Symbolics;
using Theory.Systems;

namespace Theory.Tests.Features;

public class FeatureModelTests
{
    private static readonly RandomFeaturesModel Good = new() { Activation = "relu(z)", Target = "tanh(z)", Alpha = 2, Beta = 1, Lambda = 0.01 };

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Ratios_must_be_positive_and_finite(double bad)
    {
        Assert.Equal("Alpha", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Alpha = bad }).ParamName);
        Assert.Equal("Beta", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Beta = bad }).ParamName);
    }

    [Fact]
    public void Ridge_and_noise_must_not_be_negative()
    {
        Assert.Equal("Lambda", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Lambda = -1e-9 }).ParamName);
        Assert.Equal("Noise", Assert.Throws<ArgumentOutOfRangeException>(() => Good with { Noise = double.NaN }).ParamName);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("0*z + 1")]
    [InlineData("2*exp(1)")]
    public void A_constant_activation_has_no_features(string constant) =>
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => (Good with { Activation = constant }).Predict()).ParamName);

    [Theory]
    [InlineData("exp(z^2/4)")]
    [InlineData("exp(z^2)")]
    public void Functions_that_are_not_square_integrable_are_refused_by_name(string wild)
    {
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => (Good with { Activation = wild }).Predict()).ParamName);
        Assert.Equal("Target", Assert.Throws<ArgumentOutOfRangeException>(() => (Good with { Target = wild }).Predict()).ParamName);
    }

    [Fact]
    public void Delegates_do_where_formulas_do()
    {
        var byFormula = Good.Predict();
        var byDelegate = (Good with { Activation = ScalarFunction.From(z => Math.Max(z, 0), [0.0], name: "my relu") }).Predict();
        Assert.Equal(byFormula.TestError, byDelegate.TestError, 1e-11);
    }

    [Fact]
    public void A_delegate_that_returns_NaN_is_refused()
    {
        var broken = Good with { Activation = ScalarFunction.From(z => z > 1 ? double.NaN : z, name: "broken") };
        Assert.Equal("Activation", Assert.Throws<ArgumentOutOfRangeException>(() => broken.Predict()).ParamName);
    }

    [Fact]
    public void Equal_models_are_equal_and_have_equal_predictions()
    {
        var twin = new RandomFeaturesModel { Activation = "relu(z)", Target = "tanh(z)", Alpha = 2, Beta = 1, Lambda = 0.01 };
        Assert.Equal(Good, twin);
        Assert.Equal(Good.Predict(), twin.Predict());
    }

    [Fact]
    public void Nearly_linear_activations_keep_the_digits_of_their_nonlinear_part()
    {
        // sin(εz) = εz − ε³z³/6 + …: κ⋆² = 6 (ε³/6)² (1 + O(ε²)); E σ² − κ₁² would have no digit left.
        var moments = FeatureMoments.Of("sin(z/1000)");
        Assert.Equal(1, moments.NonlinearVariance / (1e-18 / 6), 1e-5);
    }

    [Theory]
    [InlineData(1e-6, 25.98, 0.01)]
    [InlineData(1e-8, 258.18, 0.01)]
    [InlineData(1e-10, 2580.2, 0.1)]
    public void The_peak_of_tanh_on_sine_has_its_known_height(double lambda, double expected, double tolerance) =>
        Assert.Equal(expected, new RandomFeaturesModel { Activation = "tanh(z)", Target = "sin(z)", Alpha = 1, Beta = 1, Lambda = lambda }.Predict().TestError, tolerance);

    [Fact]
    public void Without_noise_and_ridge_linear_features_learn_a_linear_target_even_on_the_threshold()
    {
        var linear = new RandomFeaturesModel { Activation = "z", Target = "z", Alpha = 1, Beta = 2, Lambda = 0 };
        Assert.Equal(0, linear.Predict().TestError, 1e-12);
        // On α = β = 1 the limit λ → 0⁺ is finite: compare with a small ridge.
        var corner = linear with { Beta = 1 };
        Assert.Equal((corner with { Lambda = 1e-12 }).Predict().TestError, corner.Predict().TestError, 1e-3);
    }
}
