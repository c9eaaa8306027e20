using System.Collections.Immutable;

namespace Theory.Symbolics.Exact;

/// <summary>Brings expressions in z to closed form, as far as that goes.</summary>
internal static class ExactForms
{
    /// <summary>The form of a simplified expression in z.</summary>
    public static PartialForm Of(Expression expression) => expression switch
    {
        Expression.Number n => PartialForm.Closed((ExactNumber)(BigRational)n.Value),
        Expression.Constant { Name: NamedConstant.Pi } => PartialForm.Closed(ExactNumber.Pi),
        Expression.Constant => PartialForm.Closed(ExactNumber.Exp(1)),
        Expression.Variable => PartialForm.Closed(EptFunction.Variable),
        Expression.Sum s => s.Terms.Select(Of).Aggregate((a, b) => a + b),
        Expression.Product p => p.Factors.Select(Of).Aggregate(PartialForm.Closed((ExactNumber)(BigRational)p.Coefficient), (a, b) => a * b),
        Expression.Power p => OfPower(Of(p.Base), p.Exponent),
        Expression.AbsolutePower p => OfAbsolutePower(Of(p.Operand), Of(p.Exponent)),
        Expression.HermitePolynomial h => OfHermite(h.Order, Of(h.Argument)),
        Expression.Call c => ExactCalls.Of(c.Function, [.. c.Arguments.Select(Of)]),
        Expression.Indicator i => OfIndicator(i),
        _ => PartialForm.Opaque(Symmetry.Any),
    };

    /// <summary>Applies a function that may fail for want of a closed form; then the rest has the symmetry given.</summary>
    public static PartialForm ClosedOr(Func<EptFunction?> closed, Symmetry otherwise)
    {
        try
        {
            return closed() is { } function ? PartialForm.Closed(function) : PartialForm.Opaque(otherwise);
        }
        catch (ArithmeticException)
        {
            return PartialForm.Opaque(otherwise);
        }
    }

    private static PartialForm OfPower(PartialForm @base, int exponent)
    {
        if (exponent > 0)
            return PartialForm.Pow(@base, exponent);
        // 1/u is even or odd with u, but has both parts if u has.
        Symmetry otherwise = Power(@base.Content, exponent);
        return @base.IsClosed
            ? ClosedOr(() => EptPieces.Compose(@base.Known, piece => MonomialPower(piece.Function, exponent)), otherwise)
            : PartialForm.Opaque(otherwise);
    }

    private static PartialForm OfAbsolutePower(PartialForm operand, PartialForm exponent)
    {
        Symmetry otherwise = operand.Content is Symmetry.Any ? Symmetry.Any : Symmetry.Even;
        return operand.IsClosed && exponent.IsClosed && exponent.Known.AsConstant() is { IsRational: true } power
            ? ClosedOr(() => EptPieces.Compose(operand.Known, piece => AbsolutePower(piece.Function, power.ToRational())), otherwise)
            : PartialForm.Opaque(otherwise);
    }

    /// <summary>|f|^p for one term c z^n |z|^q exp(a z + g z²); null for anything else.</summary>
    public static EptFunction? AbsolutePower(EptFunction function, BigRational power)
    {
        if (function.IsZero)
            return power.Sign > 0 ? EptFunction.Zero : null;
        if (AsMonomial(function) is not ({ } kernel, { } coefficient, var n))
            return null;
        ExactNumber size = coefficient.Sign < 0 ? -coefficient : coefficient;
        return EptFunction.FromKernel(
            new()
            {
                Linear = kernel.Linear * power,
                Quadratic = kernel.Quadratic * power,
                AbsolutePower = (kernel.AbsolutePower + n) * power,
            },
            ExactNumber.Pow(size, power));
    }

    /// <summary>The term c z^n · kernel that a function is, with a kernel |z|^q exp(a z + g z²); null if it is none.</summary>
    public static (EptKernel Kernel, ExactNumber Coefficient, int Power)? AsMonomial(EptFunction function)
    {
        if (function.Terms.Count != 1)
            return null;
        (EptKernel kernel, Polynomial<ExactNumber> polynomial) = function.Terms.First();
        bool plain = kernel.Frequency is null && kernel.Errors.Count == 0 && kernel.LogPower == 0 && kernel.Start is null;
        return plain && polynomial.Coefficients.Take(polynomial.Degree).All(c => c.IsZero) ? (kernel, polynomial.Leading, polynomial.Degree) : null;
    }

    // z^{-n} = z^n |z|^{-2n}, which the class admits where it is integrable.
    private static EptFunction? MonomialPower(EptFunction function, int exponent)
    {
        if (AsMonomial(function) is not ({ } kernel, { } coefficient, var n))
            return null;
        EptKernel inverse = new()
        {
            Linear = kernel.Linear * exponent,
            Quadratic = kernel.Quadratic * exponent,
            AbsolutePower = (kernel.AbsolutePower * exponent) + (2 * exponent * n),
        };
        return EptFunction.FromKernel(
            inverse, Polynomial<ExactNumber>.Pow(Polynomial<ExactNumber>.Variable, -exponent * n) * ExactNumber.Pow(coefficient, exponent));
    }

    private static PartialForm OfHermite(int order, PartialForm argument)
    {
        (PartialForm previous, PartialForm current) = (PartialForm.Closed(1), argument);
        for (int k = 1; k < order; k++)
            (previous, current) = (current, (argument * current) - (PartialForm.Closed(k) * previous));
        return order == 0 ? previous : current;
    }

    private static PartialForm OfIndicator(Expression.Indicator indicator)
    {
        PartialForm product = PartialForm.Closed(1);
        ImmutableArray<PartialForm> terms = [.. indicator.Terms.Select(Of)];
        for (int i = 0; i < indicator.Relations.Length; i++)
            product *= Comparison(terms[i], indicator.Relations[i], terms[i + 1]);
        return product;
    }

    // u < v is {v − u > 0}; u ≤ v is the complement of {v − u < 0}.
    private static PartialForm Comparison(PartialForm left, Relation relation, PartialForm right)
    {
        PartialForm difference = relation is Relation.Less or Relation.LessOrEqual ? right - left : left - right;
        Symmetry otherwise = difference.Content == Symmetry.Even ? Symmetry.Even : Symmetry.Any;
        if (!difference.IsClosed)
            return PartialForm.Opaque(otherwise);
        return ClosedOr(
            () => EptSigns.Of(difference.Known) is var (positive, negative)
                ? relation is Relation.Less or Relation.Greater ? positive : 1 - negative
                : null,
            otherwise);
    }

    private static Symmetry Power(Symmetry content, int exponent) => content switch
    {
        Symmetry.Odd => exponent % 2 == 0 ? Symmetry.Even : Symmetry.Odd,
        _ => content,
    };
}
