using Fractions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

/// <summary>Rational roots, some of them repeated, and a leading coefficient.</summary>
public sealed record KnownRoots(Fraction[] Roots, Fraction Leading)
{
    public override string ToString() => $"{Leading} × [{string.Join(", ", Roots)}]";

    public static Arbitrary<KnownRoots> Any() =>
        (from n in Gen.Choose(1, 7)
         from roots in Gen.ArrayOf(from p in Gen.Choose(-60, 60) from q in Gen.Elements(1, 2, 3, 7, 10, 1000) select new Fraction(p, q), n)
         from leading in Gen.Elements(new Fraction(1), new Fraction(-3, 7), new Fraction(1000))
         select new KnownRoots(roots, leading)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(KnownRoots)])]
public sealed class PolynomialTests
{
    [Property]
    public void Rational_roots_are_found_to_the_last_bit_whatever_their_multiplicity(KnownRoots known)
    {
        var polynomial = Expanded(known.Roots, known.Leading);
        Assert.Equal(known.Roots.Select(Rational.ToDouble).Distinct().Order(), polynomial.RealRoots());
    }

    [Property]
    public void A_positive_factor_adds_no_roots(KnownRoots known)
    {
        // (z² + z + 1)·(z⁴ + 1/2) has no real root.
        var text = $"({Expanded(known.Roots, known.Leading)})*(z^2+z+1)*(z^4+1/2)";
        Assert.True(Expression.Parse(text).TryGetPolynomial(out var polynomial));
        Assert.Equal(known.Roots.Length + 6, polynomial.Degree);
        Assert.Equal(known.Roots.Select(Rational.ToDouble).Distinct().Order(), polynomial.RealRoots());
    }

    [Theory]
    [InlineData("z^2-2", new[] { -1.4142135623730951, 1.4142135623730951 })]
    [InlineData("z^2+1e8*z+1", new[] { -99999999.999999985, -1.0000000000000000e-8 })]
    [InlineData("z^3-2", new[] { 1.2599210498948732 })]
    [InlineData("He4(z)", new[] { -2.3344142183389773, -0.7419637843027258, 0.7419637843027258, 2.3344142183389773 })]
    [InlineData("z^5-z-1", new[] { 1.1673039782614187 })]
    [InlineData("(z-1/3)^2*(z-1/3-1e-20)", new[] { 0.33333333333333331 })]
    [InlineData("7", new double[0])]
    public void Irrational_roots_are_the_nearest_doubles(string text, double[] roots)
    {
        Assert.True(Expression.Parse(text).TryGetPolynomial(out var polynomial));
        Assert.Equal(roots, polynomial.RealRoots());
    }

    [Theory]
    [InlineData("z^3-3z", "z^3 - 3*z")]
    [InlineData("He3(z+1)", "z^3 + 3*z^2 - 2")]
    [InlineData("(z-1)*(z+1)/2", "z^2/2 - 1/2")]
    [InlineData("z^4/z", "z^3")]
    [InlineData("0*sin(z)+1", "1")]
    public void Polynomials_are_recognised(string text, string expanded)
    {
        Assert.True(Expression.Parse(text).TryGetPolynomial(out var polynomial));
        Assert.Equal(expanded, polynomial.ToString());
    }

    [Theory]
    [InlineData("sqrt(2)*z")]
    [InlineData("z1*z2")]
    [InlineData("0*z2+z")]
    [InlineData("relu(z)")]
    [InlineData("1/z")]
    [InlineData("z^500")]
    public void Anything_else_is_no_polynomial_in_z_with_rational_coefficients(string text) =>
        Assert.False(Expression.Parse(text).TryGetPolynomial(out _));

    [Fact]
    public void Hermite_polynomials_obey_their_recurrence()
    {
        for (var k = 1; k < 30; k++)
        {
            var next = Expression.Parse($"z*({Polynomial.Hermite(k)})-{k}*({Polynomial.Hermite(k - 1)})");
            Assert.True(next.TryGetPolynomial(out var polynomial));
            Assert.Equal(Polynomial.Hermite(k + 1), polynomial);
        }
    }

    [Fact]
    public void Rationals_round_to_the_nearest_double()
    {
        var random = new Random(5);
        for (var i = 0; i < 20000; i++)
        {
            var q = new Fraction(random.NextInt64(1, 1L << random.Next(2, 62)), random.NextInt64(1, 1L << random.Next(2, 62)));
            var x = Rational.ToDouble(q);
            var distance = Fraction.Abs(Rational.FromDouble(x) - q);
            Assert.True(distance <= Fraction.Abs(Rational.FromDouble(Math.BitIncrement(x)) - q));
            Assert.True(distance <= Fraction.Abs(Rational.FromDouble(Math.BitDecrement(x)) - q));
        }
        Assert.Equal(1e-300, Rational.ToDouble(new Fraction(1) / Fraction.Pow(new Fraction(10), 300)));
        Assert.Equal(double.PositiveInfinity, Rational.ToDouble(Fraction.Pow(new Fraction(10), 400)));
    }

    private static Polynomial Expanded(Fraction[] roots, Fraction leading)
    {
        Fraction[] coefficients = [leading];
        foreach (var root in roots)
        {
            var next = new Fraction[coefficients.Length + 1];
            for (var k = 0; k < next.Length; k++)
                next[k] = (k > 0 ? coefficients[k - 1] : Fraction.Zero) - (k < coefficients.Length ? root * coefficients[k] : Fraction.Zero);
            coefficients = next;
        }
        return Polynomial.Of(coefficients);
    }
}
