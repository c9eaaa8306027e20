using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>An interval that contains all values of a function; ends may be infinite, and an open end is never taken.</summary>
internal readonly record struct Enclosure(double Lower, double Upper, bool IsLowerOpen = false, bool IsUpperOpen = false)
{
    private static readonly Enclosure Everything = new(double.NegativeInfinity, double.PositiveInfinity, true, true);

    public bool IsPositive => Lower > 0 || (Lower == 0 && IsLowerOpen);

    public bool IsNegative => Upper < 0 || (Upper == 0 && IsUpperOpen);

    public bool ExcludesZero => IsPositive || IsNegative;

    /// <summary>Encloses an expression over all real values of its variables; use <see cref="Expression.Enclosure"/>, which remembers.</summary>
    public static Enclosure Of(Expression expression) => expression switch
    {
        { IsConstant: true } => Point(expression.Evaluate([])),
        Sum s => s.Terms.Select(t => t.Enclosure).Aggregate((a, b) => a + b),
        Product p => p.Factors.Select(f => f.Enclosure).Aggregate(Point(Rational.ToDouble(p.Coefficient)), (a, b) => a * b),
        Power p => OfPower(p.Base.Enclosure, p.Exponent),
        AbsolutePower p => OfAbsolutePower(p.Operand.Enclosure.Magnitude(), p.Exponent.Evaluate([])),
        Call { Arguments: [var u] } c => OfCall(c.Function, u.Enclosure),
        Call { Arguments: [var u, var v] } c => OfBinary(c.Function, u.Enclosure, v.Enclosure),
        Indicator => new(0, 1),
        _ => Everything,
    };

    public static Enclosure operator +(Enclosure a, Enclosure b) => new(a.Lower + b.Lower, a.Upper + b.Upper, a.IsLowerOpen || b.IsLowerOpen, a.IsUpperOpen || b.IsUpperOpen);

    public static Enclosure operator *(Enclosure a, Enclosure b)
    {
        Span<(double Value, bool IsOpen)> ends =
        [
            (Times(a.Lower, b.Lower), IsOpen(a.Lower, a.IsLowerOpen, b.Lower, b.IsLowerOpen)),
            (Times(a.Lower, b.Upper), IsOpen(a.Lower, a.IsLowerOpen, b.Upper, b.IsUpperOpen)),
            (Times(a.Upper, b.Lower), IsOpen(a.Upper, a.IsUpperOpen, b.Lower, b.IsLowerOpen)),
            (Times(a.Upper, b.Upper), IsOpen(a.Upper, a.IsUpperOpen, b.Upper, b.IsUpperOpen)),
        ];
        var (lower, upper) = (ends[0], ends[0]);
        foreach (var end in ends[1..])
        {
            if (end.Value < lower.Value || (end.Value == lower.Value && !end.IsOpen)) lower = end;
            if (end.Value > upper.Value || (end.Value == upper.Value && !end.IsOpen)) upper = end;
        }
        return new(lower.Value, upper.Value, lower.IsOpen, upper.IsOpen);
    }

    /// <summary>The values of |u|.</summary>
    private Enclosure Magnitude()
    {
        if (Lower >= 0) return this;
        if (Upper <= 0) return new(-Upper, -Lower, IsUpperOpen, IsLowerOpen);
        return -Lower > Upper ? new(0, -Lower, false, IsLowerOpen) : new(0, Upper, false, IsUpperOpen && (-Lower < Upper || IsLowerOpen));
    }

    private static Enclosure Point(double value) => double.IsNaN(value) ? Everything : new(value, value);

    private static double Times(double x, double y) => x == 0 || y == 0 ? 0 : x * y;

    /// <summary>A product of ends is taken only if both are; a closed zero end is taken whatever the other is.</summary>
    private static bool IsOpen(double x, bool isXOpen, double y, bool isYOpen) => !(x == 0 && !isXOpen) && !(y == 0 && !isYOpen) && (isXOpen || isYOpen);

    private static Enclosure OfPower(Enclosure u, int exponent)
    {
        if (exponent < 0)
        {
            var positive = OfPower(u, -exponent);
            return positive.ExcludesZero ? new(1 / Bounded(positive.Upper, positive), 1 / Bounded(positive.Lower, positive), positive.IsUpperOpen, positive.IsLowerOpen) : Everything;
        }
        if (exponent % 2 == 0) u = u.Magnitude();
        return u.Increasing(x => Elementary.Power(x, exponent));
    }

    /// <summary>The sign of a zero end is that of the interval, so that its inverse is the right infinity.</summary>
    private static double Bounded(double end, Enclosure interval) => end == 0 ? (interval.IsPositive ? 0.0 : -0.0) : end;

    private static Enclosure OfAbsolutePower(Enclosure magnitude, double exponent) => exponent > 0
        ? magnitude.Increasing(x => Math.Pow(x, exponent))
        : new(Math.Pow(magnitude.Upper, exponent), Math.Pow(magnitude.Lower, exponent), magnitude.IsUpperOpen, magnitude.IsLowerOpen);

    private static Enclosure OfCall(Function function, Enclosure u) => function switch
    {
        Function.Abs => u.Magnitude(),
        Function.Sin or Function.Cos => new(-1, 1),
        Function.Cosh => u.Magnitude().Increasing(Math.Cosh),
        Function.Sign or Function.Step or Function.Relu or Function.HardTanh or Function.Relu6 or Function.Elu => u.Increasing(x => Elementary.Call(function, x), isStrict: false),
        Function.Exp or Function.Tanh or Function.Erf or Function.Sigmoid or Function.Softplus or Function.NormCdf or Function.ArcTan =>
            Saturated(function, u.Increasing(x => Limit(function, x))),
        Function.Log => u.Lower >= 0 ? u.Increasing(Math.Log) : Everything,
        Function.Sqrt => u.Lower >= 0 ? u.Increasing(Math.Sqrt) : Everything,
        Function.Silu or Function.Gelu or Function.GeluTanh or Function.Mish or Function.HardSwish => new(-0.5, Math.Max(0, u.Upper), true, u.IsUpperOpen),
        _ => Everything,
    };

    private static Enclosure OfBinary(Function function, Enclosure u, Enclosure v) => function switch
    {
        Function.Max => new(Math.Max(u.Lower, v.Lower), Math.Max(u.Upper, v.Upper)),
        Function.Min => new(Math.Min(u.Lower, v.Lower), Math.Min(u.Upper, v.Upper)),
        _ => Everything,
    };

    private static double Limit(Function function, double x) => x switch
    {
        double.PositiveInfinity => function switch { Function.ArcTan => Math.PI / 2, Function.Exp or Function.Softplus => x, _ => 1 },
        double.NegativeInfinity => function switch { Function.ArcTan => -Math.PI / 2, Function.Tanh or Function.Erf => -1, _ => 0 },
        _ => Elementary.Call(function, x),
    };

    /// <summary>A limit reached only by rounding (exp(−1000) = 0, tanh(50) = 1) is an open end.</summary>
    private static Enclosure Saturated(Function function, Enclosure values)
    {
        var (lower, upper) = (Limit(function, double.NegativeInfinity), Limit(function, double.PositiveInfinity));
        return new(values.Lower, values.Upper, values.IsLowerOpen || values.Lower == lower, values.IsUpperOpen || values.Upper == upper);
    }

    private Enclosure Increasing(Func<double, double> f, bool isStrict = true) => new(f(Lower), f(Upper), isStrict && IsLowerOpen, isStrict && IsUpperOpen);
}
