using System.Collections.Immutable;

namespace Theory.Symbolics.Exact;

/// <summary>
/// Named functions of closed forms. Piecewise functions are rewritten with indicators of where their argument is positive, the others are
/// applied piece by piece; what has no closed form keeps its symmetry, and what is u/2 plus an even function of u keeps the u/2.
/// </summary>
internal static class ExactCalls
{
    public static PartialForm Of(Function function, ImmutableArray<PartialForm> arguments)
    {
        PartialForm u = arguments[0];
        return arguments.Length == 2 ? Binary(function, u, arguments[1]) : function switch
        {
            Function.Relu => Relu(u),
            Function.Abs => Abs(u),
            Function.Sign => Signs(u, static (positive, negative) => positive - negative, Symmetry.Odd),
            Function.Step => Signs(u, static (positive, _) => positive, Symmetry.Any),
            Function.HardTanh => Relu(u + One) - Relu(u - One) - One is { IsClosed: true } closed ? closed : OpaqueOdd(u),
            Function.Relu6 => Relu6(u),
            Function.HardSwish => HalfPlusEven(u, u * Relu6(u + Number(3)) * Number(new BigRational(1, 6))),
            Function.Elu => Elu(u),
            Function.NormCdf => Half * (One + Smooth(Function.Erf, u * Number(ExactNumber.Sqrt(BigRational.Half)))),
            Function.Gelu => Half * u * (One + Smooth(Function.Erf, u * Number(ExactNumber.Sqrt(BigRational.Half)))),
            Function.Cosh => Half * (Smooth(Function.Exp, u) + Smooth(Function.Exp, Zero - u)) is { IsClosed: true } sum ? sum : OpaqueEven(u),
            Function.Sigmoid => Constants(function, u) ?? (Half * (One + Smooth(Function.Tanh, Half * u))),
            Function.Softplus or Function.Silu or Function.GeluTanh => Constants(function, u) ?? ((Half * u) + OpaqueEven(u)),
            Function.Sqrt => Sqrt(u),
            Function.Log => Log(u),
            _ => Smooth(function, u),
        };
    }

    private static PartialForm Zero => PartialForm.Zero;

    private static PartialForm One => Number(1);

    private static PartialForm Half => Number(BigRational.Half);

    private static PartialForm Number(ExactNumber value) => PartialForm.Closed(value);

    private static PartialForm OpaqueEven(PartialForm u) => PartialForm.Opaque(u.Content == Symmetry.Any ? Symmetry.Any : Symmetry.Even);

    private static PartialForm OpaqueOdd(PartialForm u) => PartialForm.Opaque(u.Content);

    private static PartialForm Binary(Function function, PartialForm u, PartialForm v) => function switch
    {
        Function.Max => v + Relu(u - v),
        Function.Min => v - Relu(v - u),
        Function.LeakyRelu => (v * u) + ((One - v) * Relu(u)),
        Function.SoftThreshold when Relu(u - v) - Relu(Zero - u - v) is { IsClosed: true } closed => closed,
        Function.SoftThreshold when v.Content is Symmetry.Even or Symmetry.None => OpaqueOdd(u),
        _ => PartialForm.Opaque(Symmetry.Any),
    };

    // relu(u) = u/2 + |u|/2.
    private static PartialForm Relu(PartialForm u) =>
        Signs(u, (positive, _) => u.Known * positive, Symmetry.Any) is { IsClosed: true } closed ? closed : Half * (u + OpaqueEven(u));

    private static PartialForm Abs(PartialForm u) =>
        Signs(u, (positive, negative) => u.Known * (positive - negative), Symmetry.Any) is { IsClosed: true } closed ? closed : OpaqueEven(u);

    private static PartialForm Relu6(PartialForm u) => Relu(u) - Relu(u - Number(6));

    private static PartialForm HalfPlusEven(PartialForm u, PartialForm attempt) => attempt.IsClosed ? attempt : (Half * u) + OpaqueEven(u);

    // u on {u > 0} and e^u − 1 elsewhere.
    private static PartialForm Elu(PartialForm u)
    {
        PartialForm positive = Signs(u, static (positive, _) => positive, Symmetry.Any), exponential = Smooth(Function.Exp, u);
        PartialForm attempt = (u * positive) + ((exponential - One) * (One - positive));
        return attempt.IsClosed ? attempt : PartialForm.Opaque(u.Content == Symmetry.Even ? Symmetry.Even : Symmetry.Any);
    }

    private static PartialForm Signs(PartialForm u, Func<EptFunction, EptFunction, EptFunction> combine, Symmetry ofOdd)
    {
        Symmetry otherwise = u.Content == Symmetry.Odd ? ofOdd : u.Content;
        return u.IsClosed
            ? ExactForms.ClosedOr(() => EptSigns.Of(u.Known) is var (positive, negative) ? combine(positive, negative) : null, otherwise)
            : PartialForm.Opaque(otherwise);
    }

    private static PartialForm Sqrt(PartialForm u) => OnPositive(u, function => ExactForms.AbsolutePower(function, BigRational.Half));

    // log(c z^n |z|^q e^{az + gz²}) where that is positive.
    private static PartialForm Log(PartialForm u) => OnPositive(u, static function =>
    {
        if (ExactForms.AsMonomial(function) is not ({ } kernel, { } coefficient, var n))
            return null;
        ExactNumber size = coefficient.Sign < 0 ? -coefficient : coefficient;
        return EptFunction.Of(new Polynomial<ExactNumber>(ExactNumber.Ln(size), kernel.Linear, kernel.Quadratic))
            + (EptFunction.LogAbsolute * (ExactNumber)(kernel.AbsolutePower + n));
    });

    private static PartialForm OnPositive(PartialForm u, Func<EptFunction, EptFunction?> onPiece)
    {
        Symmetry otherwise = u.Content == Symmetry.Even ? Symmetry.Even : Symmetry.Any;
        return u.IsClosed
            ? ExactForms.ClosedOr(
                () => EptSigns.Of(u.Known) is ({ }, { IsZero: true }) ? EptPieces.Compose(u.Known, piece => onPiece(piece.Function)) : null,
                otherwise)
            : PartialForm.Opaque(otherwise);
    }

    // exp, sin, cos, erf of polynomials of low degree; any function of piecewise constants.
    private static PartialForm Smooth(Function function, PartialForm u)
    {
        Symmetry otherwise = (u.Content, function) switch
        {
            (Symmetry.None or Symmetry.Even, _) => Symmetry.Even,
            (Symmetry.Odd, Function.Sin or Function.Erf or Function.Tanh or Function.ArcTan) => Symmetry.Odd,
            (Symmetry.Odd, Function.Cos or Function.Cosh) => Symmetry.Even,
            _ => Symmetry.Any,
        };
        if (!u.IsClosed)
            return PartialForm.Opaque(otherwise);
        return ExactForms.ClosedOr(() => EptPieces.Compose(u.Known, piece => OnPiece(function, piece.AsPolynomial())), otherwise);
    }

    private static EptFunction? OnPiece(Function function, Polynomial<ExactNumber>? inner) => (function, inner) switch
    {
        (_, null) => null,
        (_, { IsConstant: true }) => Constant(function, inner[0]),
        (Function.Exp, { Degree: <= 2 }) =>
            EptFunction.Exponential(inner[1], inner[2]) * ExactNumber.Exp(inner[0]),
        (Function.Sin, { Degree: 1 }) => EptFunction.Sine(inner[1], inner[0]),
        (Function.Cos, { Degree: 1 }) => EptFunction.Cosine(inner[1], inner[0]),
        (Function.Erf, { Degree: 1 }) => EptFunction.ErrorFunction(inner[1], inner[0]),
        _ => null,
    };

    private static EptFunction? Constant(Function function, ExactNumber value) =>
        ExactConstants.At(function, value) is { } result ? EptFunction.Of(result) : null;

    private static PartialForm? Constants(Function function, PartialForm u)
    {
        if (!u.IsClosed)
            return null;
        PartialForm form = ExactForms.ClosedOr(
            () => EptPieces.Compose(u.Known, piece => piece.AsPolynomial() is { IsConstant: true } c ? Constant(function, c[0]) : null),
            Symmetry.Any);
        return form.IsClosed ? form : null;
    }
}
