using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics;

namespace Theory.Tests.Hermite;

/// <summary>A function with the closed form of all its raw coefficients and of its second moment.</summary>
public sealed record ClosedForm(string Text, Func<int, double> Raw, double SecondMoment)
{
    public override string ToString() => Text;
}

/// <summary>The closed forms of one-variable coefficients, by family with random parameters.</summary>
public static class ClosedForms
{
    private static readonly double RootTwoPi = Math.Sqrt(2 * Math.PI);

    public static Arbitrary<ClosedForm> Any() => Gen.OneOf(
        Parameter(-30, 30, 10).Select(Relu), Parameter(-30, 30, 10).Select(Sign), Parameter(-25, 25, 10).Select(Exponential), Parameter(1, 40, 10).Select(Erf),
        Parameter(-20, 50, 100).Select(Gaussian), Parameter(-45, 300, 100).Where(p => p != 0).Select(AbsolutePower),
        (from a in Parameter(-40, 40, 10) from b in Parameter(-30, 30, 10) select Sine(a, b)),
        (from b in Parameter(-20, 20, 10) from a in Parameter(-15, 15, 10) select HalfExponential(a, b)),
        Gen.Choose(0, 12).Select(Monomial), Gen.Constant(LogAbs()), Gen.Constant(NormCdf()), Gen.Constant(Gelu())).ToArbitrary();

    public static double Density(double z) => Math.Exp(-z * z / 2) / RootTwoPi;

    public static double Upper(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;

    public static double Hermite(int k, double z)
    {
        var (previous, current) = (0.0, 1.0);
        for (var j = 0; j < k; j++) (previous, current) = (current, z * current - j * previous);
        return current;
    }

    /// <summary>n!! with (−1)!! = 1.</summary>
    public static double DoubleFactorial(int n) => n <= 0 ? 1 : n * DoubleFactorial(n - 2);

    private static Gen<double> Parameter(int lower, int upper, int denominator) => Gen.Choose(lower, upper).Select(i => (double)i / denominator);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static ClosedForm Relu(double b) => new(
        Text($"relu(z-({b}))"),
        k => k switch { 0 => Density(b) - b * Upper(b), 1 => Upper(b), _ => Density(b) * Hermite(k - 2, b) },
        (1 + b * b) * Upper(b) - b * Density(b));

    private static ClosedForm Sign(double b) => new(Text($"sign(z-({b}))"), k => k == 0 ? 2 * Upper(b) - 1 : 2 * Density(b) * Hermite(k - 1, b), 1);

    private static ClosedForm Exponential(double a) => new(Text($"exp(({a})*z)"), k => Math.Pow(a, k) * Math.Exp(a * a / 2), Math.Exp(2 * a * a));

    private static ClosedForm Sine(double a, double b) => new(
        Text($"sin(({a})*z+({b}))"),
        k => Math.Pow(a, k) * Math.Exp(-a * a / 2) * (k % 4) switch { 0 => Math.Sin(b), 1 => Math.Cos(b), 2 => -Math.Sin(b), _ => -Math.Cos(b) },
        (1 - Math.Exp(-2 * a * a) * Math.Cos(2 * b)) / 2);

    private static ClosedForm Gaussian(double g)
    {
        var s = 1 / Math.Sqrt(1 + 2 * g);
        return new(Text($"exp(-({g})*z^2)"), k => k % 2 == 1 ? 0 : s * Math.Pow(s * s - 1, k / 2) * DoubleFactorial(k - 1), 1 / Math.Sqrt(1 + 4 * g));
    }

    private static ClosedForm Erf(double a)
    {
        var s = 1 / Math.Sqrt(1 + 2 * a * a);
        return new(
            Text($"erf(({a})*z)"),
            k => k % 2 == 0 ? 0 : 2 * a / Math.Sqrt(Math.PI) * s * Math.Pow(s * s - 1, (k - 1) / 2) * DoubleFactorial(k - 2),
            2 / Math.PI * Math.Asin(2 * a * a * s * s));
    }

    private static ClosedForm AbsolutePower(double p) => new(
        Text($"abs(z)^({p})"),
        k => k % 2 == 1 ? 0 : Moment(p) * Enumerable.Range(0, k / 2).Aggregate(1.0, (product, j) => product * (p - 2 * j)),
        Moment(2 * p));

    private static double Moment(double p) => Math.Pow(2, p / 2) * SpecialFunctions.Gamma((p + 1) / 2) / Math.Sqrt(Math.PI);

    private static ClosedForm Monomial(int n) => new(
        $"z^{n}",
        k => k > n || (n - k) % 2 == 1 ? 0 : SpecialFunctions.Factorial(n) / (Math.Pow(2, (n - k) / 2) * SpecialFunctions.Factorial((n - k) / 2)),
        DoubleFactorial(2 * n - 1));

    private static ClosedForm LogAbs() => new(
        "log(abs(z))",
        k => k == 0 ? -(Constants.EulerMascheroni + Math.Log(2)) / 2 : k % 2 == 1 ? 0 : Math.Pow(-2, k / 2 - 1) * SpecialFunctions.Factorial(k / 2 - 1),
        Math.Pow((Constants.EulerMascheroni + Math.Log(2)) / 2, 2) + Math.PI * Math.PI / 8);

    private static ClosedForm NormCdf() => new(
        "normcdf(z)",
        k => k == 0 ? 0.5 : k % 2 == 0 ? 0 : Math.Pow(-0.5, (k - 1) / 2) * DoubleFactorial(k - 2) / (2 * Math.Sqrt(Math.PI)),
        1.0 / 3);

    private static ClosedForm Gelu() => new(
        "gelu(z)",
        k => k switch
        {
            0 => 1 / (2 * Math.Sqrt(Math.PI)),
            1 => 0.5,
            _ when k % 2 == 1 => 0,
            _ => (Math.Pow(-0.5, k / 2) * DoubleFactorial(k - 1) + k * Math.Pow(-0.5, k / 2 - 1) * DoubleFactorial(k - 3)) / (2 * Math.Sqrt(Math.PI)),
        },
        0.42522148257029870);

    /// <summary>e^{az} 1{z &gt; b}: e^{a²/2} Σ_j C(k, j) a^{k−j} c_j(1{z &gt; b − a}).</summary>
    private static ClosedForm HalfExponential(double a, double b) => new(
        Text($"exp(({a})*z)*step(z-({b}))"),
        k => Math.Exp(a * a / 2) * Enumerable.Range(0, k + 1).Sum(j =>
            SpecialFunctions.Binomial(k, j) * Math.Pow(a, k - j) * (j == 0 ? Upper(b - a) : Density(b - a) * Hermite(j - 1, b - a))),
        Math.Exp(2 * a * a) * Upper(b - 2 * a));
}
