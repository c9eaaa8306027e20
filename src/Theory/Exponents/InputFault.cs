using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Complaints of the mathematics about a formula, told as complaints about the input that holds it.</summary>
internal static class InputFault
{
    /// <exception cref="ArgumentOutOfRangeException">The formula does not serve; names the parameter.</exception>
    internal static T Named<T>(string parameter, Expression formula, Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            var reason = e.Message.Split('\n')[0].Split(" (Parameter '")[0].Trim().TrimEnd('.');
            throw new ArgumentOutOfRangeException(parameter, formula, $"{formula} does not serve: {reason}.");
        }
    }
}
