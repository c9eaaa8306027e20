using System.Globalization;

namespace Theory.Contract;

/// <summary>An interval of real numbers that a parameter may take.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="IncludesLower">Whether the lower end is allowed.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="IncludesUpper">Whether the upper end is allowed.</param>
public readonly record struct ParameterRange(double Lower, bool IncludesLower, double Upper, bool IncludesUpper)
{
    /// <summary>(0, ∞): positive and finite.</summary>
    public static ParameterRange Positive { get; } = new(0, false, double.PositiveInfinity, false);

    /// <summary>(0, ∞]: positive; infinity stands for the limit.</summary>
    public static ParameterRange PositiveOrInfinite { get; } = new(0, false, double.PositiveInfinity, true);

    /// <summary>[0, ∞): non-negative and finite.</summary>
    public static ParameterRange NonNegative { get; } = new(0, true, double.PositiveInfinity, false);

    /// <summary>(−∞, ∞): any finite number.</summary>
    public static ParameterRange Finite { get; } = new(double.NegativeInfinity, false, double.PositiveInfinity, false);

    /// <summary>The open interval between two numbers.</summary>
    /// <param name="lower">Lower end, excluded.</param>
    /// <param name="upper">Upper end, excluded.</param>
    /// <returns>The interval (lower, upper).</returns>
    public static ParameterRange Between(double lower, double upper) => new(lower, false, upper, false);

    /// <summary>The closed interval between two numbers.</summary>
    /// <param name="lower">Lower end, included.</param>
    /// <param name="upper">Upper end, included.</param>
    /// <returns>The interval [lower, upper].</returns>
    public static ParameterRange Closed(double lower, double upper) => new(lower, true, upper, true);

    /// <summary>Whether a number lies in the interval. NaN never does.</summary>
    /// <param name="value">The number.</param>
    /// <returns><see langword="true"/> if it does.</returns>
    public bool Contains(double value) =>
        (value > Lower || (IncludesLower && value == Lower)) && (value < Upper || (IncludesUpper && value == Upper));

    /// <summary>The interval in mathematical notation, such as "(0, ∞)".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{(IncludesLower ? '[' : '(')}{Print(Lower)}, {Print(Upper)}{(IncludesUpper ? ']' : ')')}";

    private static string Print(double x) =>
        double.IsPositiveInfinity(x) ? "∞" : double.IsNegativeInfinity(x) ? "-∞" : x.ToString("R", CultureInfo.InvariantCulture);
}
