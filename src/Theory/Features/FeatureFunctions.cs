using Theory.Symbolics;

namespace Theory.Features;

/// <summary>Checks of activations and targets; each failure names the parameter and the function.</summary>
internal static class FeatureFunctions
{
    /// <summary>The moments of a function that must be square integrable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static FeatureMoments Moments(ScalarFunction function, string name)
    {
        try
        {
            return FeatureMoments.Of(function);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw Unfit(name, function, e.Message);
        }
    }

    public static ArgumentOutOfRangeException Unfit(string name, ScalarFunction function, string reason) =>
        new(name, function.Text, $"{reason}; got {function.Text}");
}
