using System.Runtime.CompilerServices;
using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>
/// An upper bound on how fast a function grows towards +∞ or −∞, as far as square integrability under the standard Gaussian needs it:
/// |u| ≲ |z|^Degree · exp((Rate + o(1))·|z|^Power). Power = 0 means no exponential; Rate may be negative (decay) or infinite (unknown).
/// </summary>
/// <param name="Degree">Degree of the polynomial factor.</param>
/// <param name="Rate">Rate of the exponential.</param>
/// <param name="Power">Power of |z| in the exponential; infinite for growth beyond every exponential of a power.</param>
/// <param name="IsSharp">Whether the bound is attained.</param>
/// <param name="Sign">The sign of u far out, 0 if not known.</param>
/// <param name="Leading">(a, d) if u is asymptotic to a·|z|^d and that is known.</param>
internal readonly record struct GaussianGrowth(double Degree, double Rate, double Power, bool IsSharp, int Sign, (double Coefficient, double Degree)? Leading)
{
    /// <summary>Logarithms are bounded by this power of |z|: small enough to leave all exponentials of their multiples harmless.</summary>
    private const double Logarithmic = 1.0 / 64;

    private static readonly GaussianGrowth Bounded = new(0, 0, 0, false, 0, null);
    private static readonly GaussianGrowth Unknown = new(0, double.PositiveInfinity, double.PositiveInfinity, false, 0, null);

    /// <summary>Whether f² is integrable at this end: yes, no, or not known. The border is exp(z²/4).</summary>
    public bool? IsSquareIntegrable =>
        Power < 2 || Rate < (Power > 2 ? 0 : 0.25 - 1e-12) ? true
        : IsSharp && (Power > 2 || Rate > 0.25 + 1e-12 || Degree >= -0.5) ? false
        : null;

    /// <summary>The growth of a simplified expression in z towards +∞ (<paramref name="direction"/> = 1) or −∞ (−1).</summary>
    public static GaussianGrowth Of(Expression expression, int direction)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (expression.IsConstant) return Monomial(expression.Evaluate([]), 0);
        switch (expression)
        {
            case Variable:
                return Monomial(direction, 1);
            case Sum s:
                return s.Terms.Select(t => Of(t, direction)).Aggregate((a, b) => a.Plus(b));
            case Product p:
                return p.Factors.Select(f => Of(f, direction)).Aggregate(Monomial(Rational.ToDouble(p.Coefficient), 0), (a, b) => a.Times(b));
            case Expression.Power { Exponent: < 0 } p:
                return Inverse(p.Base, direction).Raised(-p.Exponent);
            case Expression.Power p:
                return Of(p.Base, direction).Raised(p.Exponent);
            case AbsolutePower p:
                var exponent = p.Exponent.Evaluate([]);
                return (exponent < 0 ? Inverse(p.Operand, direction) : Of(p.Operand, direction)).Magnitude().Raised(Math.Abs(exponent));
            case HermitePolynomial h:
                return Of(h.Argument, direction).Raised(h.Order);
            case Call { Arguments: [var u] } c:
                return OfCall(c.Function, u, direction);
            case Call { Arguments: [var u, var v] } c:
                var (first, second) = (Of(u, direction).AtMost(), Of(v, direction).AtMost());
                return first.Plus(c.Function == Function.LeakyRelu ? first.Times(second) : second).AtMost();
            default:
                return Bounded;
        }
    }

    private static GaussianGrowth Monomial(double coefficient, double degree) =>
        coefficient == 0 ? Bounded : new(degree, 0, 0, true, Math.Sign(coefficient), (coefficient, degree));

    private static GaussianGrowth Inverse(Expression expression, int direction)
    {
        var u = Of(expression, direction);
        if (u.Leading is { } leading) return Monomial(1 / leading.Coefficient, -leading.Degree);
        if (u.IsSharp && double.IsFinite(u.Power)) return u with { Degree = -u.Degree, Rate = -u.Rate };
        var range = expression.Enclosure;
        return range.Lower > 0 || range.Upper < 0 ? Bounded : Unknown;
    }

    private static GaussianGrowth OfCall(Function function, Expression argument, int direction)
    {
        var u = Of(argument, direction);
        var limit = u.Leading is { Degree: <= 0 } ? 0 : u.IsSharp && (u.Power == 0 || u.Rate > 0) ? u.Sign : 0;
        return function switch
        {
            Function.Exp => double.IsFinite(argument.Enclosure.Upper) ? Exponential(u).NotAbove() : Exponential(u),
            Function.Cosh => Exponential(u.Magnitude()),
            Function.Tanh or Function.Erf or Function.Sign or Function.HardTanh => limit == 0 ? Bounded : Monomial(limit, 0),
            Function.ArcTan => limit == 0 ? Bounded : Monomial(limit * Math.PI / 2, 0),
            Function.Step or Function.Sigmoid or Function.NormCdf => limit > 0 ? Monomial(1, 0) : Bounded,
            Function.Sin or Function.Cos or Function.Relu6 => Bounded,
            Function.Abs => u.Magnitude(),
            Function.Log => Logarithm(u),
            Function.Sqrt => u.Raised(0.5),
            _ => limit > 0 ? u : limit < 0 ? Bounded : u.AtMost(),
        };
    }

    private static GaussianGrowth Exponential(GaussianGrowth exponent)
    {
        if (exponent.Leading is { } leading) return leading.Degree > 0 ? new(0, leading.Coefficient, leading.Degree, true, 1, null) : Bounded;
        if (exponent.Power > 0 && exponent.Rate <= 0) return Bounded;
        if (exponent.Power > 0)
            return !exponent.IsSharp || exponent.Sign == 0 ? Unknown : exponent.Sign < 0 ? Bounded : Unknown with { IsSharp = true, Sign = 1 };
        return exponent.Degree > 0 ? new(0, double.PositiveInfinity, exponent.Degree, false, 1, null) : Bounded;
    }

    private static GaussianGrowth Logarithm(GaussianGrowth u) =>
        u.Power == 0 ? new(Logarithmic, 0, 0, false, 0, null)
        : u.IsSharp && double.IsFinite(u.Rate) && double.IsFinite(u.Power) ? Monomial(u.Rate, u.Power)
        : double.IsInfinity(u.Power) ? Unknown
        : new(u.Power, 0, 0, false, 0, null);

    /// <summary>The growth of |u|.</summary>
    private GaussianGrowth Magnitude() => this with { Sign = IsSharp ? Math.Abs(Sign) : 0, Leading = Leading is { } l ? (Math.Abs(l.Coefficient), l.Degree) : null };

    /// <summary>Of a function with an upper bound: decay is kept, growth is not possible.</summary>
    private GaussianGrowth NotAbove() => Rate < 0 ? this : Bounded;

    /// <summary>Only the bound of |u|, and not below a constant.</summary>
    private GaussianGrowth AtMost() => Power > 0 && Rate <= 0 ? Bounded : this with { Degree = Math.Max(0, Degree), IsSharp = false, Sign = 0, Leading = null };

    private GaussianGrowth Plus(GaussianGrowth other)
    {
        if (Dominates(other)) return this;
        if (other.Dominates(this)) return other;
        if (Leading is { } a && other.Leading is { } b && Math.Abs(a.Coefficient + b.Coefficient) > 1e-12 * Math.Abs(a.Coefficient))
            return Monomial(a.Coefficient + b.Coefficient, a.Degree);
        var isSharp = IsSharp && other.IsSharp && Sign != 0 && Sign == other.Sign;
        return this with { IsSharp = isSharp, Sign = isSharp ? Sign : 0, Leading = null };
    }

    private bool Dominates(GaussianGrowth other)
    {
        var (mine, theirs) = (Math.Sign(Rate) * Power, Math.Sign(other.Rate) * other.Power);
        return mine != theirs ? mine > theirs : Rate != other.Rate ? Rate > other.Rate : Degree > other.Degree;
    }

    private GaussianGrowth Times(GaussianGrowth other)
    {
        if (double.IsInfinity(Power) || double.IsInfinity(other.Power)) return Unknown;
        var (isSharp, sign) = (IsSharp && other.IsSharp, Sign * other.Sign);
        var leading = Leading is { } a && other.Leading is { } b ? (a.Coefficient * b.Coefficient, a.Degree + b.Degree) : ((double, double)?)null;
        var (rate, power) = Power == other.Power ? (Power == 0 ? 0 : Rate + other.Rate, Power) : Power > other.Power ? (Rate, Power) : (other.Rate, other.Power);
        return new(Degree + other.Degree, rate, power, isSharp, sign, leading);
    }

    private GaussianGrowth Raised(double exponent)
    {
        var isInteger = exponent == Math.Floor(exponent);
        var leading = Leading is { } l && (isInteger || l.Coefficient > 0) ? (Math.Pow(l.Coefficient, exponent), l.Degree * exponent) : ((double, double)?)null;
        var sign = Sign >= 0 || (isInteger && exponent % 2 != 0) ? Sign : isInteger ? 1 : 0;
        return new(Degree * exponent, Power == 0 ? 0 : Rate * exponent, Power, IsSharp, sign, leading);
    }
}
