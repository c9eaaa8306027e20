using System.Globalization;
using System.Runtime.CompilerServices;

namespace Theory.Contract;

/// <summary>Checks of arguments; each failure names the parameter, its value and the allowed range.</summary>
public static class Guard
{
    /// <summary>Checks that a number lies in a range.</summary>
    /// <param name="value">The number.</param>
    /// <param name="range">The allowed range.</param>
    /// <param name="name">The parameter's name; the calling member's by default.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the range, or NaN.</exception>
    public static double In(double value, ParameterRange range, [CallerMemberName] string name = "") =>
        range.Contains(value) ? value : throw OutOfRange(name, value, $"must be in {range}");

    /// <summary>Checks that a whole number is large enough.</summary>
    /// <param name="value">The number.</param>
    /// <param name="least">The least allowed value.</param>
    /// <param name="name">The parameter's name; the calling member's by default.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is too small.</exception>
    public static int AtLeast(int value, int least, [CallerMemberName] string name = "") =>
        value >= least ? value : throw OutOfRange(name, value, $"must be at least {least}");

    /// <summary>Checks that an object is there.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="name">The parameter's name; the calling member's by default.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ArgumentNullException">The object is <see langword="null"/>.</exception>
    public static T NotNull<T>(T? value, [CallerMemberName] string name = "")
        where T : class => value ?? throw new ArgumentNullException(name);

    /// <summary>The exception for an illegal value, for checks that have no method here.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The value given.</param>
    /// <param name="requirement">What is allowed, as in "must be in (0, ∞)".</param>
    /// <returns>The exception, to be thrown.</returns>
    public static ArgumentOutOfRangeException OutOfRange(string name, object value, string requirement) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} {requirement}; got {value}."));
}
