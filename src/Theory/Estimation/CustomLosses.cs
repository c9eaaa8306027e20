using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>Losses of the user's own, from outside.</summary>
internal static class CustomLosses
{
    public static IMarginLoss? Read(Value value)
    {
        if (value is Value.Missing) return null;
        try
        {
            return ConvexLoss.Of((ScalarFunction)value.ToText());
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"must be a convex loss: {e.Message}", e);
        }
    }
}
