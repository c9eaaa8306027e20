using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics;
using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Tests.Hermite;

/// <summary>A shift a and a scale s.</summary>
public sealed record Smoothing(double Shift, double Scale)
{
    public static FsCheck.Arbitrary<Smoothing> Any() =>
        (from a in Gen.Choose(-300, 300) from s in Gen.Choose(1, 400) select new Smoothing(a / 100.0, s / 100.0)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(Smoothing)])]
public sealed class SmoothedMomentsTests
{
    [Property]
    public void Relu_has_its_closed_form(Smoothing at)
    {
        var (a, s) = (at.Shift, at.Scale);
        // Further out the closed form cancels.
        if (a < -2 * s) return;
        var (p, density) = (1 - ClosedForms.Upper(a / s), ClosedForms.Density(a / s));
        Check("relu(z)", at, a * p + s * density, s * p, s * density, (a * a + s * s) * p + a * s * density);
    }

    [Property]
    public void Sign_has_its_closed_form(Smoothing at)
    {
        var t = at.Shift / at.Scale;
        Check("sign(z)", at, SpecialFunctions.Erf(t / Math.Sqrt(2)), 2 * ClosedForms.Density(t), -2 * t * ClosedForms.Density(t), 1);
    }

    [Property]
    public void Sine_has_its_closed_form(Smoothing at)
    {
        var (a, s) = (at.Shift, at.Scale);
        var damp = Math.Exp(-s * s / 2);
        Check("sin(z)", at, damp * Math.Sin(a), s * damp * Math.Cos(a), -s * s * damp * Math.Sin(a), (1 - Math.Exp(-2 * s * s) * Math.Cos(2 * a)) / 2);
    }

    [Property]
    public void Polynomials_are_exact(Smoothing at)
    {
        var (a, s) = (at.Shift, at.Scale);
        Check("z^2", at, a * a + s * s, 2 * a * s, 2 * s * s, Math.Pow(a, 4) + 6 * a * a * s * s + 3 * Math.Pow(s, 4));
    }

    [Property(MaxTest = 40)]
    public void Any_function_agrees_with_the_expansion_of_its_composition(Smoothing at)
    {
        foreach (var text in (string[])["gelu(z)", "tanh(z)", "indicator(-1<z<1/2)", "abs(z)^(1/2)", "elu(z)-leakyrelu(z-1,1/3)"])
        {
            var inner = Expression.OfRational(Rational.FromDouble(at.Shift)) + Expression.OfRational(Rational.FromDouble(at.Scale)) * "z";
            var expected = Expression.Parse(text).Substitute(1, inner).Hermite(2);
            Check(text, at, expected[0].Value, expected[1].Value, expected[2].Raw, expected.SecondMoment);
        }
    }

    [Fact]
    public void Without_smoothing_only_the_value_is_left()
    {
        var moments = SmoothedMoments.Of("z^2+1", 2, 0);
        Assert.Equal((5, 0, 0, 25), (moments.Mean, moments.First, moments.Second, moments.SecondMoment));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothedMoments.Of("z", double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothedMoments.Of("z", 0, -1));
        Assert.Throws<ArgumentException>(() => SmoothedMoments.Of("exp(z^2/8)", 0, 2));
    }

    private static void Check(string text, Smoothing at, double mean, double first, double second, double secondMoment)
    {
        var moments = SmoothedMoments.Of(text, at.Shift, at.Scale);
        // Second moments below the range of normal doubles are 0.
        var norm = Math.Sqrt(secondMoment) + 1e-150;
        Assert.Equal(mean, moments.Mean, 2e-12 * norm);
        Assert.Equal(first, moments.First, 2e-12 * norm);
        Assert.Equal(second, moments.Second, 4e-12 * norm);
        Assert.Equal(secondMoment, moments.SecondMoment, 2e-12 * secondMoment + 1e-300);
    }
}
