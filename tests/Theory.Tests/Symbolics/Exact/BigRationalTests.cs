using System.Globalization;
using System.Numerics;
using FsCheck.Xunit;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Symbolics.Exact;

[Properties(Arbitrary = [typeof(Generators)])]
public class BigRationalTests
{
    [Property]
    public bool Sums_and_products_satisfy_the_axioms_of_a_field(BigRational a, BigRational b, BigRational c) =>
        (a + b) + c == a + (b + c) && a * b * c == a * (b * c) && a * (b + c) == (a * b) + (a * c)
        && a + b == b + a && a * b == b * a && (a - a).IsZero && (b.IsZero || a / b * b == a);

    [Property]
    public bool Every_result_is_in_lowest_terms_with_a_positive_denominator(BigRational a, BigRational b)
    {
        BigRational[] results = [a + b, a - b, a * b, -a];
        return Array.TrueForAll(results, r => r.Denominator.Sign > 0 && BigInteger.GreatestCommonDivisor(r.Numerator, r.Denominator).IsOne);
    }

    [Property]
    public bool Equal_numbers_have_equal_hash_codes_however_they_arise(BigRational a, BigRational b) =>
        ((a + b) - b).GetHashCode() == a.GetHashCode() && ((a + b) - b).Equals(a);

    [Property]
    public bool Order_agrees_with_the_sign_of_the_difference(BigRational a, BigRational b) => Math.Sign(a.CompareTo(b)) == (a - b).Sign;

    [Property]
    public bool Text_is_read_back(BigRational a) => BigRational.Parse(a.ToString()) == a;

    [Property]
    public bool Fractions_convert_both_ways(BigRational a) => (BigRational)(Fractions.Fraction)a == a;

    [Property]
    public bool Every_finite_double_is_a_rational_that_rounds_to_itself(double value) =>
        !double.IsFinite(value) || BigRational.FromDouble(value).ToDouble() == value;

    [Property]
    public bool Rounding_picks_the_nearest_double(BigRational a)
    {
        double nearest = a.ToDouble();
        BigRational distance = BigRational.Abs(a - BigRational.FromDouble(nearest));
        return distance <= BigRational.Abs(a - BigRational.FromDouble(Math.BitIncrement(nearest)))
            && distance <= BigRational.Abs(a - BigRational.FromDouble(Math.BitDecrement(nearest)));
    }

    [Theory]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("2.4703282292062328e-324")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("0.1")]
    [InlineData("9007199254740993")]
    public void Rounding_agrees_with_the_reader_of_doubles_at_the_edges(string text) =>
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), BigRational.Parse(text).ToDouble());

    [Theory]
    [InlineData("")]
    [InlineData("1/0")]
    [InlineData("1.2.3")]
    [InlineData("1e99999")]
    [InlineData("0x10")]
    public void Texts_that_are_no_rational_numbers_are_refused(string text) => Assert.Throws<FormatException>(() => BigRational.Parse(text));

    [Property]
    public bool Floor_is_the_greatest_integer_below(BigRational a)
    {
        BigRational floor = BigRational.Floor(a);
        return floor.IsInteger && floor <= a && a < floor + BigRational.One;
    }
}
