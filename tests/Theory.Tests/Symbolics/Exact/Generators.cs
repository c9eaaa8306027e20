using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Symbolics.Exact;

/// <summary>Generators of exact objects.</summary>
public static class Generators
{
    private static readonly ExactNumber[] Irrationals =
    [
        ExactNumber.Sqrt(2), ExactNumber.Sqrt(3), ExactNumber.Sqrt(6), ExactNumber.Pow(2, new BigRational(1, 4)),
        ExactNumber.Sqrt(ExactNumber.Pi), 1 / ExactNumber.Pi, ExactNumber.Exp(new BigRational(1, 2)), ExactNumber.Exp(-ExactNumber.Ln(2)),
        ExactNumber.Exp(-ExactNumber.Sqrt(2)), ExactNumber.Ln(2), ExactNumber.Sqrt(ExactNumber.Ln(3)),
        ExactNumber.UpperTail(new BigRational(1, 2)), ExactNumber.NormalCdf(ExactNumber.Sqrt(2)), ExactNumber.Erf(1),
        ExactNumber.Sin(new BigRational(1, 3)), ExactNumber.Cos(new BigRational(2, 3)), ExactNumber.Cos(new BigRational(1, 3)),
        ExactNumber.Gamma(new BigRational(3, 4)), ExactNumber.Atan(new BigRational(1, 2)), ExactNumber.EulerGamma,
    ];

    public static Gen<BigRational> SmallRationals =>
        from numerator in Gen.Choose(-12, 12)
        from denominator in Gen.Choose(1, 6)
        select new BigRational(numerator, denominator);

    public static Arbitrary<BigRational> BigRationals()
    {
        Gen<BigInteger> integer = Gen.OneOf(
            Gen.Choose(-20, 20).Select(n => (BigInteger)n),
            Gen.Elements<BigInteger>(long.MaxValue, long.MinValue, (BigInteger)long.MaxValue + 1, BigInteger.One << 64, 3_037_000_500),
            ArbMap.Default.GeneratorFor<long>().Select(n => (BigInteger)n),
            ArbMap.Default.GeneratorFor<BigInteger>());
        return (from numerator in integer from denominator in integer.Where(n => !n.IsZero) select new BigRational(numerator, denominator))
            .ToArbitrary();
    }

    public static Arbitrary<ExactNumber> ExactNumbers()
    {
        Gen<ExactNumber> term =
            from coefficient in SmallRationals
            from factors in Gen.Choose(0, 2).SelectMany(count => Gen.Elements(Irrationals).ListOf(count))
            select factors.Aggregate((ExactNumber)coefficient, (product, factor) => product * factor);
        return Gen.Choose(0, 3).SelectMany(count => term.ListOf(count))
            .Select(terms => terms.Aggregate(ExactNumber.Zero, (sum, t) => sum + t)).ToArbitrary();
    }

    public static Arbitrary<Polynomial<BigRational>> Polynomials() =>
        Gen.Choose(1, 6).SelectMany(count => SmallRationals.ArrayOf(count)).Select(c => new Polynomial<BigRational>(c)).ToArbitrary();

    /// <summary>Sums of up to three terms of the class, with kinks, tilts, damping, waves and error functions.</summary>
    public static Arbitrary<EptFunction> EptFunctions()
    {
        Gen<EptFunction> wave =
            from w in Gen.Elements<BigRational>(1, 2, new(1, 2))
            from phase in Gen.Elements<BigRational>(0, new(1, 3))
            select EptFunction.Sine(w, phase);
        Gen<EptFunction> erf =
            from c in Gen.Elements(1, ExactNumber.Sqrt(BigRational.Half), -2)
            from d in Gen.Elements<BigRational>(0, 1)
            select EptFunction.ErrorFunction(c, d);
        Gen<EptFunction> halfLine = Gen.Elements<ExactNumber>(0, 1, new BigRational(-1, 2), ExactNumber.Sqrt(2)).Select(EptFunction.HalfLine);
        Gen<EptFunction> factor = Gen.OneOf(Gen.Constant((EptFunction)1), wave, erf, halfLine);
        Gen<EptFunction> term =
            from polynomial in Gen.Choose(1, 3).SelectMany(count => SmallRationals.ArrayOf(count))
            from a in Gen.Elements<BigRational>(0, 1, new(-1, 2))
            from g in Gen.Elements<BigRational>(0, -1, new(1, 8))
            from extra in factor
            select EptFunction.Of(new Polynomial<ExactNumber>([.. polynomial.Select(ExactNumber.FromRational)])) * EptFunction.Exponential(a, g) * extra;
        return Gen.Choose(1, 3).SelectMany(count => term.ListOf(count))
            .Select(terms => terms.Aggregate(EptFunction.Zero, (sum, t) => sum + t)).ToArbitrary();
    }
}
