using Theory.Features;
using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Tests.Features;

/// <summary>Moments of functions that a quadrature may overlook, against their Hermite expansion and closed forms.</summary>
public class FeatureMomentsTests
{
    [Theory]
    [InlineData("tanh(10000*(z-1.0005))")]
    [InlineData("tanh(100000*(z-2.0007))")]
    [InlineData("erf(100000*(z-1.001))")]
    [InlineData("softplus(10000*(z-1.0005))/10000")]
    [InlineData("erf(300*(z-1)*(z+2))")]
    [InlineData("exp(-(z-1.001)^2*1e6)+z")]
    [InlineData("sigmoid(500*(z^2-1))-1/2")]
    [InlineData("relu(z-8)*exp(z^2/5)")]
    [InlineData("z*indicator(abs(z)<1)+relu(abs(z)-9)*exp(z^2/5)")]
    [InlineData("indicator(1.0005<z<1.0006)")]
    [InlineData("sign(sin(7*z))")]
    public void Features_narrower_than_the_mesh_and_gaps_in_the_tails_are_seen(string text)
    {
        ScalarFunction f = text;
        var expansion = HermiteExpansion.Of(f, 1);
        var (norm, moments) = (Math.Sqrt(expansion.SecondMoment), FeatureMoments.Of(f));
        Assert.Equal(expansion[0].Value, moments.Mean, 2e-13 * norm);
        Assert.Equal(expansion[1].Value, moments.Linear, 2e-13 * norm);
        Assert.Equal(expansion.SecondMoment, moments.SecondMoment, 1e-12 * expansion.SecondMoment);

        var smoothed = SmoothedMoments.Of(f, 0, 1);
        Assert.Equal(expansion[0].Value, smoothed.Mean, 2e-13 * norm);
        Assert.Equal(expansion[1].Value, smoothed.First, 2e-13 * norm);
        Assert.Equal(expansion.SecondMoment, smoothed.SecondMoment, 1e-12 * expansion.SecondMoment);
    }

    [Fact]
    public void A_function_that_comes_back_after_a_gap_has_its_closed_second_moment()
    {
        // E (z − b)₊² e^{2az²} with s² = 1/(1 − 4a): s E (su − b)₊².
        const double a = 0.2, b = 8;
        var s = 1 / Math.Sqrt(1 - 4 * a);
        var t = b / s;
        var expected = s * s * s * ((1 + t * t) * Hermite.ClosedForms.Upper(t) - t * Hermite.ClosedForms.Density(t));
        Assert.Equal(expected, FeatureMoments.Of("relu(z-8)*exp(z^2/5)").SecondMoment, 1e-11 * expected);
    }
}
