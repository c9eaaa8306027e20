using System.Collections.Immutable;

namespace Theory.Symbolics.Exact;

/// <summary>A function on one interval between neighbouring kinks, where it is a sum of unrestricted kernels.</summary>
/// <param name="Low">The lower end, null for −∞.</param>
/// <param name="High">The upper end, null for +∞.</param>
/// <param name="Function">The function, without half-lines.</param>
internal sealed record EptPiece(ExactNumber? Low, ExactNumber? High, EptFunction Function)
{
    /// <summary>1{Low &lt; z &lt; High}.</summary>
    public EptFunction Indicator => EptFunction.Interval(Low, High);
}

/// <summary>Cutting functions of the class into pieces, and composing other functions with them.</summary>
internal static class EptPieces
{
    /// <summary>The pieces from left to right.</summary>
    /// <exception cref="ArithmeticException">The order of two kinks cannot be decided.</exception>
    public static ImmutableArray<EptPiece> Of(EptFunction function)
    {
        var changes = function.Terms.GroupBy(term => term.Key.Start).ToDictionary(
            group => group.Key ?? (object)"", group => new EptFunction(group.Select(t => KeyValuePair.Create(t.Key.Unrestricted, t.Value))));
        ExactNumber[] starts = [.. changes.Keys.OfType<ExactNumber>().Order()];
        EptFunction current = changes.GetValueOrDefault("", EptFunction.Zero);
        var pieces = ImmutableArray.CreateBuilder<EptPiece>(starts.Length + 1);
        ExactNumber? low = null;
        foreach (ExactNumber start in starts)
        {
            pieces.Add(new(low, start, current));
            (low, current) = (start, current + changes[start]);
        }
        pieces.Add(new(low, null, current));
        return pieces.DrainToImmutable();
    }

    /// <summary>Σ over the pieces of outer(piece) · 1{piece}; null as soon as one piece gives null.</summary>
    public static EptFunction? Compose(EptFunction function, Func<EptPiece, EptFunction?> outer)
    {
        EptFunction sum = EptFunction.Zero;
        foreach (EptPiece piece in Of(function))
        {
            if (outer(piece) is not { } value)
                return null;
            sum += piece is { Low: null, High: null } ? value : value * piece.Indicator;
        }
        return sum;
    }

    /// <summary>The polynomial that a piece is; null if it is none.</summary>
    public static Polynomial<ExactNumber>? AsPolynomial(this EptPiece piece) =>
        piece.Function.IsZero ? Polynomial<ExactNumber>.Zero
        : piece.Function.Terms.Count == 1 && piece.Function.Terms.TryGetValue(EptKernel.One, out Polynomial<ExactNumber>? polynomial) ? polynomial
        : null;
}
