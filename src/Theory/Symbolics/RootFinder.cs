using Fractions;
using MathNet.Numerics;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>
/// Real roots of functions of z: polynomials exactly, functions of functions by inversion, piecewise ones piece by piece, and what is left by
/// <see cref="NumericRoots"/>. Where a function vanishes on an interval, the interval's ends stand for it.
/// </summary>
internal sealed class RootFinder(RealLine line)
{
    private const int LargestSturmDegree = 60;

    private readonly Dictionary<Expression, Points> known = [];

    public Points Of(Expression g)
    {
        if (g.IsConstant || g.Enclosure.ExcludesZero) return Points.None;
        if (known.TryGetValue(g, out var found)) return found;
        found = Solve(g, 0) ?? ByPieces(g);
        known.Add(g, found);
        return found;
    }

    /// <summary>The roots as far as structure gives them, without any search.</summary>
    public Points? Structural(Expression g) => g.IsConstant ? Points.None : Solve(g, 0);

    /// <summary>The solutions of h(z) = target as far as structure gives them, or <see langword="null"/>.</summary>
    private Points? Solve(Expression h, double target)
    {
        if (!double.IsFinite(target)) return Points.None;
        if (OfPolynomial(h, target) is { } roots) return roots;
        switch (h)
        {
            case Product p when p.Factors.Count(f => !f.IsConstant) == 1:
                var constant = p.Factors.Where(f => f.IsConstant).Aggregate(Rational.ToDouble(p.Coefficient), (c, f) => c * f.Evaluate([]));
                return Solve(p.Factors.First(f => !f.IsConstant), target / constant);
            case Product p when target == 0:
                return p.Factors.Where(f => !f.IsConstant).Aggregate(Points.None, (all, f) => all.Union(Of(f)));
            case Sum s when s.Terms.Count(t => !t.IsConstant) == 1:
                return Solve(s.Terms.First(t => !t.IsConstant), target - s.Terms.Where(t => t.IsConstant).Sum(t => t.Evaluate([])));
            case Power { Exponent: < 0 } p:
                return target == 0 ? Points.None : Solve(Simplifier.Power(p.Base, -p.Exponent), 1 / target);
            case Power p when target == 0:
                return Of(p.Base);
            case Power p:
                return Targets(p.Base, Roots(target, p.Exponent));
            case AbsolutePower p:
                var exponent = p.Exponent.Evaluate([]);
                return target < 0 || (target == 0 && exponent < 0) ? Points.None : Targets(p.Operand, BothSigns(Math.Pow(target, 1 / exponent)));
            case HermitePolynomial h2 when target == 0 && h2.Order <= LargestSturmDegree:
                return Targets(h2.Argument, [.. Polynomial.Hermite(h2.Order).RealRoots()]);
            case Call { Arguments: [var u] } c when Preimages(c.Function, target) is { } targets:
                return Targets(u, targets);
            case Call { Arguments: [var u, { IsConstant: true } v] } c when Preimages(c.Function, v.Evaluate([]), target) is { } targets:
                return Targets(u, targets);
            case Call { Function: Function.Max or Function.Min, Arguments: [{ IsConstant: true } v, var u] } c when Preimages(c.Function, v.Evaluate([]), target) is { } targets:
                return Targets(u, targets);
            case Indicator when target is 0 or 1:
                return line.Breakpoints(h);
            default:
                return null;
        }
    }

    private Points? Targets(Expression u, ReadOnlySpan<double> targets)
    {
        var all = Points.None;
        foreach (var target in targets)
        {
            if (!double.IsFinite(target)) continue;
            var found = target == 0 ? Of(u) : Solve(u, target) ?? ByPieces(u - Simplifier.Number(Rational.FromDouble(target)));
            all = all.Union(found);
        }
        return all;
    }

    private static Points? OfPolynomial(Expression h, double target)
    {
        if (h is Variable) return Points.Of(target);
        if (Polynomial.TryFrom(h) is { } rational)
            return rational.Degree <= LargestSturmDegree ? new(Shifted(rational, target).RealRoots(), true) : null;
        if (h is not (Sum or Product or Power) || SymmetricParts.Of(h) is not { Even: { } even, Odd: { } odd } || Math.Max(even.Degree, odd.Degree) > LargestSturmDegree) return null;
        var coefficients = new Fraction[Math.Max(even.Degree, odd.Degree) + 1];
        for (var k = 0; k < coefficients.Length; k++)
        {
            var part = k % 2 == 0 ? even : odd;
            var value = part.Coefficients.TryGetValue(k, out var c) ? c.Evaluate([]) : 0;
            if (!double.IsFinite(value)) return null;
            coefficients[k] = Rational.FromDouble(value);
        }
        return new(Shifted(Polynomial.Of(coefficients), target).RealRoots(), true);
    }

    private static Polynomial Shifted(Polynomial polynomial, double target) =>
        Polynomial.Of([polynomial[0] - Rational.FromDouble(target), .. polynomial.Coefficients.Skip(1)]);

    private static double[] Roots(double target, int exponent)
    {
        var magnitude = exponent == 2 ? Math.Sqrt(Math.Abs(target)) : Math.Pow(Math.Abs(target), 1.0 / exponent);
        if (exponent % 2 == 1) return [Math.CopySign(magnitude, target)];
        return target < 0 ? [] : BothSigns(magnitude);
    }

    private static double[] BothSigns(double magnitude) => magnitude == 0 ? [0] : [-magnitude, magnitude];

    /// <summary>All u with F(u) = target; for a target taken on an interval, the interval's finite ends. <see langword="null"/> when F is periodic or has no inverse here.</summary>
    private static double[]? Preimages(Function function, double target) => function switch
    {
        Function.Abs => target < 0 ? [] : BothSigns(target),
        Function.Sign or Function.Step => [0],
        Function.Relu => target < 0 ? [] : [target],
        Function.Elu => target > 0 ? [target] : target > -1 ? [Math.Log(1 + target)] : [],
        Function.HardTanh => Math.Abs(target) <= 1 ? [target] : [],
        Function.Relu6 => target is >= 0 and <= 6 ? [target] : [],
        Function.Exp => target > 0 ? [Math.Log(target)] : [],
        Function.Log => [Math.Exp(target)],
        Function.Sqrt => target < 0 ? [] : [target * target],
        Function.Tanh => Math.Abs(target) < 1 ? [Math.Atanh(target)] : [],
        Function.ArcTan => Math.Abs(target) < Math.PI / 2 ? [Math.Tan(target)] : [],
        Function.Cosh => target < 1 ? [] : BothSigns(Math.Acosh(target)),
        Function.Erf => Math.Abs(target) < 1 ? [SpecialFunctions.ErfInv(target)] : [],
        Function.Sigmoid => target is > 0 and < 1 ? [Math.Log(target / (1 - target))] : [],
        Function.Softplus => target > 0 ? [target + Math.Log(1 - Math.Exp(-target))] : [],
        Function.NormCdf => target is > 0 and < 1 ? [-Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * target)] : [],
        Function.Silu or Function.Gelu or Function.GeluTanh or Function.Mish => target == 0 ? [0] : null,
        _ => null,
    };

    /// <summary>All u with F(u, parameter) = target, likewise.</summary>
    private static double[]? Preimages(Function function, double parameter, double target) => function switch
    {
        Function.Max => target >= parameter ? [target] : [],
        Function.Min => target <= parameter ? [target] : [],
        Function.LeakyRelu when parameter > 0 => [target > 0 ? target : target / parameter],
        Function.SoftThreshold when parameter >= 0 => target > 0 ? [target + parameter] : target < 0 ? [target - parameter] : BothSigns(parameter),
        _ => null,
    };

    /// <summary>Splits at the breakpoints and solves every smooth branch on its own piece.</summary>
    private Points ByPieces(Expression g)
    {
        var breaks = line.Breakpoints(g);
        if (breaks.Values.IsEmpty) return NumericRoots.Of(g, double.NegativeInfinity, double.PositiveInfinity);
        var all = new Points([], breaks.AreExact);
        var index = 0;
        foreach (var inside in RealLine.Between(breaks.Values))
        {
            var lower = index == 0 ? double.NegativeInfinity : breaks.Values[index - 1];
            var upper = index == breaks.Values.Length ? double.PositiveInfinity : breaks.Values[index];
            all = all.Union(OnPiece(g, inside, lower, upper));
            index++;
        }
        return all;
    }

    private Points OnPiece(Expression g, double inside, double lower, double upper)
    {
        var branch = Branches.At(g, inside);
        if (branch is Number { Value.IsZero: true }) return Points.Of([.. new[] { lower, upper }.Where(double.IsFinite)]);
        if (branch.IsConstant) return Points.None;
        var isSmooth = line.Breakpoints(branch).Values.IsEmpty;
        var found = Solve(branch, 0) ?? (isSmooth ? NumericRoots.Of(branch, lower, upper) : NumericRoots.Of(g, lower, upper));
        var slack = 1e-14 * Math.Max(1, Math.Max(double.IsFinite(lower) ? Math.Abs(lower) : 0, double.IsFinite(upper) ? Math.Abs(upper) : 0));
        return found with { Values = [.. found.Values.Where(r => r >= lower - slack && r <= upper + slack)] };
    }
}
