using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Symbolics.Exact;

/// <summary>
/// What can be said exactly of the Hermite expansion of an expression in z: coefficients in closed form, and coefficients that the structure
/// of the expression fixes although it has no closed form (tanh is odd; silu is z/2 plus an even function).
/// </summary>
public sealed class ExactExpansion
{
    // Polynomial factors of high degree, many times over, are left to quadrature.
    private const long GreatestWork = 50_000;

    private ExactExpansion(EptFunction? closedForm, ImmutableArray<ExactNumber?> coefficients) =>
        (ClosedForm, Coefficients) = (closedForm, coefficients);

    /// <summary>The function in closed form, or <see langword="null"/> when a part of it has none.</summary>
    public EptFunction? ClosedForm { get; }

    /// <summary>
    /// The raw coefficients c_k = E[f(z) He_k(z)], k = 0, 1, …; <see langword="null"/> where there is no closed form.
    /// A coefficient is proved to be 0 where <see cref="ExactNumber.IsZero"/> holds, and not to be 0 where
    /// <see cref="ExactNumber.TrySign"/> gives a sign.
    /// </summary>
    public ImmutableArray<ExactNumber?> Coefficients { get; }

    /// <summary>Expands an expression.</summary>
    /// <param name="expression">An expression in z alone, or a constant.</param>
    /// <param name="order">The greatest order k, not negative.</param>
    /// <returns>The expansion. Square integrability is not checked here.</returns>
    /// <exception cref="ArgumentException">The expression has further variables.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
    public static ExactExpansion Of(Expression expression, int order)
    {
        Guard.NotNull(expression, nameof(expression));
        Guard.AtLeast(order, 0, nameof(order));
        if (expression.VariableCount > 1)
        {
            throw new ArgumentException(
                $"expression must be a function of z alone; {expression} has {expression.VariableCount} variables.", nameof(expression));
        }

        PartialForm form = FormOf(expression);
        return new(form.IsClosed ? form.Known : null, [.. CoefficientsOf(form, order)]);
    }

    /// <summary>The orthonormal coefficient c_k/√(k!), so that E f² is the sum of their squares.</summary>
    /// <param name="k">The order, at most the greatest one expanded to.</param>
    /// <returns>The coefficient, or <see langword="null"/> where c_k has no closed form.</returns>
    public ExactNumber? Orthonormal(int k)
    {
        BigRational factorial = BigRational.One;
        for (int i = 2; i <= k; i++)
            factorial *= i;
        return Coefficients[k] is { } raw ? raw / ExactNumber.Sqrt(factorial) : null;
    }

    /// <summary>The second moment E f(z)² in closed form.</summary>
    /// <returns>The moment, or <see langword="null"/> where there is no closed form.</returns>
    public ExactNumber? SecondMoment()
    {
        try
        {
            return ClosedForm?.SecondMoment();
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    internal static PartialForm FormOf(Expression expression)
    {
        try
        {
            return ExactForms.Of(expression.Simplify());
        }
        catch (ArithmeticException)
        {
            return PartialForm.Opaque(Symmetry.Any);
        }
    }

    private static ImmutableArray<ExactNumber?> CoefficientsOf(PartialForm form, int order)
    {
        ImmutableArray<ExactNumber?> known;
        long work = form.Known.Terms.Where(term => term.Key != EptKernel.One)
            .Sum(term => (term.Value.Degree + 1L) * (term.Value.Degree + 1L + order));
        if (work > GreatestWork)
            return CoefficientsOf(PartialForm.Opaque(form.Content), order);
        try
        {
            known = form.Known.Coefficients(order);
        }
        catch (ArithmeticException)
        {
            known = [.. new ExactNumber?[order + 1]];
        }
        return [.. known.Select((c, k) => form.Rest.HasFlag(k % 2 == 0 ? Symmetry.Even : Symmetry.Odd) ? null : c)];
    }
}
