using System.Collections.Immutable;
using FsCheck.Xunit;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Symbolics.Exact;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 60)]
public class EptFunctionTests
{
    private const int Order = 8;

    [Property]
    public bool R1_multiplication_by_z_couples_neighbouring_coefficients(EptFunction f)
    {
        var c = f.Coefficients(Order + 1);
        var times = (EptFunction.Variable * f).Coefficients(Order);
        for (int k = 0; k <= Order; k++)
            if (c[k + 1] is { } up && (k == 0 || c[k - 1] is not null) && times[k] is { } value && value != up + (k * (k == 0 ? 0 : c[k - 1]!)))
                return false;
        return true;
    }

    [Property]
    public bool R2_coefficients_of_the_derivative_with_its_jumps_are_those_of_the_next_order(EptFunction f)
    {
        var c = f.Coefficients(Order + 1);
        var derivative = f.Derivative().Coefficients(Order);
        ImmutableArray<Jump> jumps = f.Jumps();
        for (int k = 0; k <= Order; k++)
        {
            if (c[k + 1] is not { } left || derivative[k] is not { } regular)
                continue;
            ExactNumber right = jumps.Aggregate(regular, (sum, jump) => sum + (jump.Size * ExactNumber.NormalPdf(jump.Location) * Hermite(k, jump.Location)));
            if (left != right)
                return false;
        }
        return true;
    }

    [Property]
    public bool P8_reflection_changes_the_sign_of_odd_coefficients(EptFunction f)
    {
        var c = f.Coefficients(Order);
        var reflected = f.Compose(-1, 0).Coefficients(Order);
        return Enumerable.Range(0, Order + 1).All(k => c[k] is null ? reflected[k] is null : reflected[k] == (k % 2 == 0 ? c[k] : -c[k]!));
    }

    [Property]
    public bool Coefficients_agree_with_quadrature(EptFunction f)
    {
        double[] numeric = Quadrature.OrthonormalCoefficients(f.Evaluate, f.Breakpoints().Select(b => b.ToDouble()), Order);
        double scale = 1 + numeric.Max(Math.Abs), factorial = 1;
        var c = f.Coefficients(Order);
        for (int k = 0; k <= Order; k++)
        {
            factorial *= Math.Max(1, k);
            if (c[k] is { } value && Math.Abs((value.ToDouble() / Math.Sqrt(factorial)) - numeric[k]) > 1e-11 * scale)
                return false;
        }
        return true;
    }

    [Property]
    public bool Sums_and_products_are_those_of_the_values(EptFunction f, EptFunction g, int seed)
    {
        double z = (new Random(seed).NextDouble() * 4) - 2;
        (double x, double y) = (f.Evaluate(z), g.Evaluate(z));
        double scale = 1 + Math.Abs(x) + Math.Abs(y);
        return Math.Abs((f + g).Evaluate(z) - (x + y)) < 1e-12 * scale && Math.Abs((f * g).Evaluate(z) - (x * y)) < 1e-11 * scale * scale;
    }

    [Property]
    public bool A_changed_variable_is_undone_by_its_inverse(EptFunction f, int seed)
    {
        var random = new Random(seed);
        BigRational scale = new((2 * random.Next(2)) - 1, 1), shift = new(random.Next(-4, 5), 3);
        scale *= new BigRational(random.Next(1, 4), random.Next(1, 4));
        EptFunction there = f.Compose(scale, shift);
        double z = 3 * (random.NextDouble() - 0.5);
        double direct = f.Evaluate((scale.ToDouble() * z) + shift.ToDouble());
        return there.Compose(1 / scale, -shift / scale).Equals(f) && Math.Abs(there.Evaluate(z) - direct) <= 1e-10 * (1 + Math.Abs(direct));
    }

    [Property]
    public bool Even_and_odd_parts_have_the_parity_of_their_names(EptFunction f)
    {
        EptFunction reflected = f.Compose(-1, 0);
        return (f + reflected).Parity() == 1 && ((f - reflected).IsZero || (f - reflected).Parity() == -1) && (f * f).Equals(EptFunction.Pow(f, 2));
    }

    [Property]
    public bool Bessel_inequality_holds_for_the_exact_second_moment(EptFunction f)
    {
        if (!f.IsSquareIntegrable() || f.SecondMoment() is not { } moment)
            return true;
        double sum = 0, factorial = 1;
        var c = f.Coefficients(Order);
        for (int k = 0; k <= Order; k++)
        {
            factorial *= Math.Max(1, k);
            if (c[k] is { } value)
                sum += value.ToDouble() * value.ToDouble() / factorial;
        }
        return sum <= moment.ToDouble() * (1 + 1e-12);
    }

    [Fact]
    public void Parseval_is_an_identity_of_rationals_for_polynomials()
    {
        var f = EptFunction.Of(new Polynomial<ExactNumber>(3, new BigRational(-1, 2), 0, 7, new BigRational(2, 5)));
        ExactNumber sum = ExactNumber.Zero, factorial = 1;
        var c = f.Coefficients(4);
        for (int k = 0; k <= 4; k++)
        {
            factorial *= Math.Max(1, k);
            sum += c[k]! * c[k]! / factorial;
        }
        Assert.Equal(f.SecondMoment(), sum);
    }

    [Fact]
    public void Intervals_must_not_be_empty() =>
        Assert.Contains("high", Assert.Throws<ArgumentOutOfRangeException>(() => EptFunction.Interval(2, ExactNumber.Sqrt(2))).Message);

    [Fact]
    public void Square_integrability_is_decided_at_the_border()
    {
        Assert.True(EptFunction.Exponential(5, new BigRational(6, 25)).IsSquareIntegrable());
        Assert.False(EptFunction.Exponential(0, new BigRational(1, 4)).IsSquareIntegrable());
        Assert.True((EptFunction.Exponential(0, 3) * EptFunction.Interval(-1, 1)).IsSquareIntegrable());
        Assert.True(EptFunction.AbsolutePower(new BigRational(-2, 5)).IsSquareIntegrable());
        Assert.False(EptFunction.AbsolutePower(new BigRational(-1, 2)).IsSquareIntegrable());
    }

    [Fact]
    public void Means_of_two_error_functions_are_inverse_sines()
    {
        var erf = EptFunction.ErrorFunction(ExactNumber.Sqrt(BigRational.Half), 0);
        Assert.Equal((ExactNumber)new BigRational(1, 3), erf.SecondMoment());
        Assert.Equal((ExactNumber)new BigRational(1, 4), (erf * EptFunction.HalfLine(0)).Mean());
    }

    [Fact]
    public void Integer_powers_of_the_absolute_value_are_pieces_of_polynomials()
    {
        var root = EptFunction.AbsolutePower(new BigRational(1, 2));
        Assert.Equal(EptFunction.Variable * ((2 * EptFunction.HalfLine(0)) - 1), root * root);
        Assert.Equal(EptFunction.Variable * EptFunction.Variable, EptFunction.Pow(root, 4));
        Assert.Throws<ArithmeticException>(() => EptFunction.AbsolutePower(new BigRational(-1, 2)) * EptFunction.AbsolutePower(new BigRational(-1, 2)));
    }

    private static ExactNumber Hermite(int order, ExactNumber z)
    {
        (ExactNumber previous, ExactNumber current) = (ExactNumber.Zero, ExactNumber.One);
        for (int k = 0; k < order; k++)
            (previous, current) = (current, (z * current) - (k * previous));
        return current;
    }
}
