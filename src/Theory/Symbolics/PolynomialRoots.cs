using System.Collections.Immutable;
using System.Numerics;
using Fractions;

namespace Theory.Symbolics;

/// <summary>Real roots of rational polynomials: rational ones in closed form up to degree 2, else isolation by Sturm's theorem and bisection, all signs in exact arithmetic.</summary>
internal static class PolynomialRoots
{
    public static ImmutableArray<double> Of(Polynomial polynomial)
    {
        if (polynomial.Degree < 1) return [];
        var zeros = 0;
        while (polynomial[zeros].IsZero) zeros++;
        var rest = Polynomial.Of(polynomial.Coefficients.Skip(zeros));
        var roots = rest.Degree switch
        {
            0 => [],
            1 => [Rational.ToDouble(-rest[0] / rest[1])],
            2 when RationalRoots(rest[2], rest[1], rest[0]) is { } rational => rational,
            _ => BySturm(rest),
        };
        if (zeros > 0) roots.Add(0);
        roots.Sort();
        return [.. roots.Distinct()];
    }

    /// <summary>The roots of az² + bz + c if they are rational.</summary>
    private static List<double>? RationalRoots(Fraction a, Fraction b, Fraction c) =>
        Rational.TrySquareRoot(b * b - a * c * 4, out var root)
            ? [Rational.ToDouble((-b - root) / (a * 2)), Rational.ToDouble((-b + root) / (a * 2))]
            : null;

    private static List<double> BySturm(Polynomial polynomial)
    {
        var chain = SturmChain(SquareFree(Integers(polynomial)));
        var bound = RootBound(chain[0]);
        var roots = new List<double>();
        var pending = new Stack<(double Lower, double Upper, int AtLower, int AtUpper)>();
        pending.Push((-bound, bound, Variations(chain, -bound), Variations(chain, bound)));
        while (pending.TryPop(out var interval))
        {
            var (lower, upper, atLower, atUpper) = interval;
            var count = atLower - atUpper;
            if (count == 0) continue;
            var middle = lower + (upper - lower) / 2;
            if (count == 1 && SignAt(chain[0], lower) != 0)
            {
                roots.Add(Refine(chain[0], lower, upper));
                continue;
            }
            if (middle <= lower || middle >= upper)
            {
                // Several roots between neighbouring doubles: each rounds to the nearer one.
                var exact = (Rational.FromDouble(lower) + Rational.FromDouble(upper)) / 2;
                var halfway = Variations(chain, exact);
                if (atLower > halfway) roots.Add(lower);
                if (halfway > atUpper) roots.Add(upper);
                continue;
            }
            var atMiddle = Variations(chain, middle);
            pending.Push((lower, middle, atLower, atMiddle));
            pending.Push((middle, upper, atMiddle, atUpper));
        }
        return roots;
    }

    /// <summary>Bisects (lower, upper], which holds one simple root, to the nearest double.</summary>
    private static double Refine(BigInteger[] polynomial, double lower, double upper)
    {
        var atLower = SignAt(polynomial, lower);
        while (true)
        {
            var middle = lower + (upper - lower) / 2;
            if (middle <= lower || middle >= upper) break;
            var sign = SignAt(polynomial, middle);
            if (sign == 0) return middle;
            if (sign == atLower) lower = middle;
            else upper = middle;
        }
        var exactMiddle = (Rational.FromDouble(lower) + Rational.FromDouble(upper)) / 2;
        return SignAt(polynomial, exactMiddle) == atLower ? upper : lower;
    }

    private static BigInteger[] Integers(Polynomial polynomial)
    {
        var denominator = polynomial.Coefficients.Aggregate(BigInteger.One, (d, c) => d / BigInteger.GreatestCommonDivisor(d, c.Denominator) * c.Denominator);
        return Primitive([.. polynomial.Coefficients.Select(c => c.Numerator * (denominator / c.Denominator))]);
    }

    private static BigInteger[] SquareFree(BigInteger[] polynomial)
    {
        var divisor = polynomial;
        var rest = Derivative(polynomial);
        while (rest.Length > 0) (divisor, rest) = (rest, Primitive(PseudoRemainder(divisor, rest)));
        return divisor.Length <= 1 ? polynomial : Primitive(PseudoQuotient(polynomial, divisor));
    }

    /// <summary>p, p′, −rem(p, p′), …, each up to a positive factor.</summary>
    private static List<BigInteger[]> SturmChain(BigInteger[] polynomial)
    {
        var chain = new List<BigInteger[]> { polynomial, Primitive(Derivative(polynomial)) };
        while (chain[^1].Length > 1)
        {
            var remainder = Primitive(PseudoRemainder(chain[^2], chain[^1]));
            if (remainder.Length == 0) break;
            chain.Add([.. remainder.Select(c => -c)]);
        }
        return chain;
    }

    private static int Variations(List<BigInteger[]> chain, double x) => Variations(chain, Rational.FromDouble(x));

    private static int Variations(List<BigInteger[]> chain, Fraction x)
    {
        var (previous, changes) = (0, 0);
        foreach (var polynomial in chain)
        {
            var sign = SignAt(polynomial, x);
            if (sign == 0) continue;
            if (previous == -sign) changes++;
            previous = sign;
        }
        return changes;
    }

    private static int SignAt(BigInteger[] polynomial, double x) => SignAt(polynomial, Rational.FromDouble(x));

    /// <summary>The sign at a rational point, by Horner's rule without divisions.</summary>
    private static int SignAt(BigInteger[] polynomial, Fraction x)
    {
        var (value, scale) = (BigInteger.Zero, BigInteger.One);
        for (var k = polynomial.Length - 1; k >= 0; k--)
        {
            value = value * x.Numerator + polynomial[k] * scale;
            scale *= x.Denominator;
        }
        return value.Sign;
    }

    /// <summary>Cauchy's bound 1 + max |aₖ/aₙ|, rounded up to a power of two.</summary>
    private static double RootBound(BigInteger[] polynomial)
    {
        var leading = BigInteger.Abs(polynomial[^1]);
        var largest = polynomial[..^1].Max(BigInteger.Abs);
        var ratio = largest / leading + 2;
        return Math.ScaleB(1, Math.Min(1023, (int)ratio.GetBitLength()));
    }

    private static BigInteger[] Derivative(BigInteger[] polynomial) => [.. polynomial.Skip(1).Select((c, k) => c * (k + 1))];

    /// <summary>A positive multiple of the remainder.</summary>
    private static BigInteger[] PseudoRemainder(BigInteger[] dividend, BigInteger[] divisor)
    {
        var rest = dividend.ToList();
        var leading = BigInteger.Abs(divisor[^1]);
        while (rest.Count >= divisor.Length)
        {
            var factor = rest[^1] * divisor[^1].Sign;
            var shift = rest.Count - divisor.Length;
            for (var k = 0; k < rest.Count; k++) rest[k] *= leading;
            for (var k = 0; k < divisor.Length; k++) rest[shift + k] -= factor * divisor[k];
            while (rest is [.., { IsZero: true }]) rest.RemoveAt(rest.Count - 1);
        }
        return [.. rest];
    }

    /// <summary>A non-zero multiple of the quotient of an exact division.</summary>
    private static BigInteger[] PseudoQuotient(BigInteger[] dividend, BigInteger[] divisor)
    {
        var scale = BigInteger.Pow(divisor[^1], dividend.Length - divisor.Length + 1);
        var rest = dividend.Select(c => c * scale).ToArray();
        var quotient = new BigInteger[dividend.Length - divisor.Length + 1];
        for (var shift = quotient.Length - 1; shift >= 0; shift--)
        {
            quotient[shift] = rest[shift + divisor.Length - 1] / divisor[^1];
            for (var k = 0; k < divisor.Length; k++) rest[shift + k] -= quotient[shift] * divisor[k];
        }
        return quotient;
    }

    private static BigInteger[] Primitive(BigInteger[] polynomial)
    {
        var content = polynomial.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        return content <= BigInteger.One ? polynomial : [.. polynomial.Select(c => c / content)];
    }
}
