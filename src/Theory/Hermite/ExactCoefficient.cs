using System.Numerics;
using Fractions;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>Coefficients known as constant expressions, brought to the orthonormal scale without leaving exact arithmetic.</summary>
internal static class ExactCoefficient
{
    /// <summary>The coefficient with E[f He_k] = <paramref name="raw"/>.</summary>
    public static HermiteCoefficient From(int order, Expression raw)
    {
        if (raw is Expression.Number { Value.IsZero: true }) return new(order, 0, 0, CoefficientStatus.ExactZero, "0", "0");
        var value = Orthonormal(order, raw);
        var (root, rest) = SplitFactorial(order);
        // 1/√(k!) = √m/(s m) where k! = s² m with m squarefree.
        Expression scale = new Expression.Call(Function.Sqrt, [Simplifier.Number(new Fraction(rest))]);
        var exact = Simplifier.Scale(new Fraction(BigInteger.One, root * rest), raw * scale.Simplify());
        return new(order, value, 4e-16 * Math.Abs(value), raw is Expression.Number ? CoefficientStatus.ExactNonzero : CoefficientStatus.NumericNonzero, exact.ToString(), raw.ToString());
    }

    /// <summary>raw/√(k!) as a double; a rational is squared first, so that nothing overflows on the way.</summary>
    public static double Orthonormal(int order, Expression raw)
    {
        if (raw is not Expression.Number { Value: var q }) return raw.Evaluate([]) / HermiteCoefficient.RootFactorial(order);
        var magnitude = Math.Sqrt(Rational.ToDouble(q * q / Factorial(order)));
        return q.IsNegative ? -magnitude : magnitude;
    }

    public static Fraction Factorial(int order)
    {
        var product = BigInteger.One;
        for (var k = 2; k <= order; k++) product *= k;
        return new Fraction(product);
    }

    /// <summary>k! = s² m with m squarefree.</summary>
    private static (BigInteger Root, BigInteger Free) SplitFactorial(int order)
    {
        var (root, rest) = (BigInteger.One, BigInteger.One);
        for (var p = 2; p <= order; p++)
        {
            if (Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(p) - 1)).Any(d => p % d == 0)) continue;
            var exponent = 0;
            for (var power = order / p; power > 0; power /= p) exponent += power;
            root *= BigInteger.Pow(p, exponent / 2);
            if (exponent % 2 == 1) rest *= p;
        }
        return (root, rest);
    }
}
