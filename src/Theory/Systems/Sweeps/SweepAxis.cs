using System.Collections.Immutable;
using System.Globalization;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>One axis of a sweep: a parameter, or one element of a vector parameter, and the values it takes in order.</summary>
public sealed record SweepAxis
{
    /// <summary>The largest number of values on one axis.</summary>
    public const int MaxCount = 1_000_000;

    private const string Syntax = "NAME=FROM:TO:COUNT[:log] or NAME=VALUE,VALUE,…";

    private SweepAxis(string name, AxisScale scale, ImmutableArray<double> values)
    {
        (Parameter, Element) = ParseName(name);
        (Scale, Values) = (scale, values);
        RequireMonotone();
    }

    /// <summary>The parameter's name: <c>alpha</c>.</summary>
    public string Parameter { get; }

    /// <summary>The element of a vector parameter that varies, counted from 0; <see langword="null"/> for a scalar parameter.</summary>
    public int? Element { get; }

    /// <summary>How the values are spaced.</summary>
    public AxisScale Scale { get; }

    /// <summary>The values in order: finite, strictly increasing or strictly decreasing, at least one.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>The first value.</summary>
    public double From => Values[0];

    /// <summary>The last value.</summary>
    public double To => Values[^1];

    /// <summary>The number of values.</summary>
    public int Count => Values.Length;

    /// <summary>The name as typed: <c>alpha</c> or <c>spikes[1]</c>.</summary>
    public string Name => Element is { } element ? string.Create(CultureInfo.InvariantCulture, $"{Parameter}[{element}]") : Parameter;

    /// <summary>The name of the axis's column in tables: <c>alpha</c> or <c>spikes_1</c>.</summary>
    public string ColumnName => Element is { } element ? string.Create(CultureInfo.InvariantCulture, $"{Parameter}_{element}") : Parameter;

    /// <summary>An axis of equal differences; both ends are hit exactly.</summary>
    /// <param name="name">The parameter, as in <c>alpha</c> or <c>spikes[1]</c>.</param>
    /// <param name="from">First value, finite.</param>
    /// <param name="to">Last value, finite, different from the first.</param>
    /// <param name="count">Number of values, from 2 to <see cref="MaxCount"/>.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="InvalidInputException">The name is malformed, an end is not finite, the count is out of range, or the values would coincide.</exception>
    public static SweepAxis Linear(string name, double from, double to, int count)
    {
        RequireRange(name, from, to, count);
        var last = count - 1;
        // Weights times ends before the division: on a grid such as 0.2:3:29 this hits the representable decimals.
        return new(name, AxisScale.Linear, Spread(from, to, count, i => Between(from, to, i, last)));
    }

    /// <summary>An axis of equal ratios; both ends are hit exactly.</summary>
    /// <param name="name">The parameter, as in <c>lambda</c> or <c>spikes[1]</c>.</param>
    /// <param name="from">First value, positive and finite.</param>
    /// <param name="to">Last value, positive and finite, different from the first.</param>
    /// <param name="count">Number of values, from 2 to <see cref="MaxCount"/>.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="InvalidInputException">The name is malformed, an end is not positive and finite, the count is out of range, or the values would coincide.</exception>
    public static SweepAxis Logarithmic(string name, double from, double to, int count)
    {
        RequireRange(name, from, to, count);
        if (from <= 0 || to <= 0) throw Fault(name, $"both ends of a logarithmic axis must be positive; got {Print(from)} and {Print(to)}");
        var (low, high, last) = (Math.Log10(from), Math.Log10(to), count - 1);
        return new(name, AxisScale.Logarithmic, Spread(from, to, count, i => Math.Pow(10, Between(low, high, i, last))));
    }

    /// <summary>An axis of values given one by one.</summary>
    /// <param name="name">The parameter, as in <c>lambda</c> or <c>spikes[1]</c>.</param>
    /// <param name="values">The values: at least one, finite, strictly increasing or strictly decreasing.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="InvalidInputException">The name is malformed, or the values are not as required.</exception>
    public static SweepAxis Of(string name, params ReadOnlySpan<double> values)
    {
        if (values.Length is 0 or > MaxCount) throw Fault(name, $"an axis has 1 to {MaxCount} values; got {values.Length}");
        foreach (var value in values)
            if (!double.IsFinite(value)) throw Fault(name, $"values must be finite; got {Print(value)}");
        return new(name, AxisScale.List, [.. values]);
    }

    /// <summary>Reads an axis from <c>alpha=0.2:3:50</c>, <c>lambda=1e-6:1:25:log</c>, <c>spikes[1]=0:2:21</c> or <c>alpha=0.5,1,2</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="InvalidInputException">The text is malformed; the message is one line.</exception>
    public static SweepAxis Parse(string text)
    {
        Guard.NotNull(text, nameof(text));
        var equals = text.IndexOf('=');
        if (equals < 0) throw new InvalidInputException("over", $"'{text}' is no axis: expected {Syntax}");
        var (name, range) = (text[..equals].Trim(), text[(equals + 1)..]);
        _ = ParseName(name);
        if (!range.Contains(':')) return Of(name, [.. range.Split(',').Select(item => Number(name, item))]);

        var parts = range.Split(':');
        if (parts.Length is < 3 or > 4) throw Fault(name, $"'{range}' has {parts.Length} parts: expected {Syntax}");
        var (from, to, count) = (Number(name, parts[0]), Number(name, parts[1]), CountOf(name, parts[2]));
        return parts.Length == 3 ? Linear(name, from, to, count)
            : parts[3].Trim() switch
            {
                "log" => Logarithmic(name, from, to, count),
                "linear" => Linear(name, from, to, count),
                var other => throw Fault(name, $"'{other}' is no scale: expected log or linear"),
            };
    }

    /// <summary>Whether two axes vary the same thing over the same values.</summary>
    /// <param name="other">The other axis.</param>
    /// <returns><see langword="true"/> if they do.</returns>
    public bool Equals(SweepAxis? other) => other is not null && Name == other.Name && Scale == other.Scale
        && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Scale, Count, From, To);

    /// <summary>The axis in the form that <see cref="Parse"/> reads.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Scale switch
    {
        AxisScale.List => $"{Name}={string.Join(",", Values.Select(Print))}",
        AxisScale.Linear => string.Create(CultureInfo.InvariantCulture, $"{Name}={From:R}:{To:R}:{Count}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Name}={From:R}:{To:R}:{Count}:log"),
    };

    private static double Between(double from, double to, int i, int last) => ((last - i) * from + i * to) / last;

    private static ImmutableArray<double> Spread(double from, double to, int count, Func<int, double> inner)
    {
        var values = ImmutableArray.CreateBuilder<double>(count);
        values.Add(from);
        for (var i = 1; i < count - 1; i++) values.Add(inner(i));
        values.Add(to);
        return values.MoveToImmutable();
    }

    private void RequireMonotone()
    {
        var rises = Count > 1 && Values[1] > Values[0];
        for (var i = 1; i < Count; i++)
        {
            if (rises ? Values[i] > Values[i - 1] : Values[i] < Values[i - 1]) continue;
            throw Fault(Name, Scale == AxisScale.List
                ? $"values must be strictly increasing or strictly decreasing; got {Print(Values[i - 1])} before {Print(Values[i])}"
                : $"{Count} values between {Print(From)} and {Print(To)} are too many to tell apart");
        }
    }

    private static void RequireRange(string name, double from, double to, int count)
    {
        // Beyond 1e300 the weighted sum of the ends could overflow.
        foreach (var end in (ReadOnlySpan<double>)[from, to])
            if (!(Math.Abs(end) <= 1e300)) throw Fault(name, $"the ends must be finite; got {Print(end)}");
        if (count is < 2 or > MaxCount) throw Fault(name, $"the count must be from 2 to {MaxCount}; got {count}");
        if (from == to) throw Fault(name, $"the ends must differ; got {Print(from)} twice");
    }

    private static (string Parameter, int? Element) ParseName(string name)
    {
        Guard.NotNull(name, nameof(name));
        var bracket = name.IndexOf('[');
        var parameter = bracket < 0 ? name : name[..bracket];
        if (parameter.Length == 0 || !parameter.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new InvalidInputException("over", $"'{name}' is no parameter name: expected {Syntax}");
        if (bracket < 0) return (parameter, null);
        if (name[^1] == ']' && int.TryParse(name.AsSpan()[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var element)) return (parameter, element);
        throw Fault(parameter, $"'{name[bracket..]}' is no element: expected a whole number from 0, as in {parameter}[1]");
    }

    private static double Number(string name, string text)
    {
        const NumberStyles Style = NumberStyles.Float;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value)) throw Fault(name, $"'{text.Trim()}' is no number: expected {Syntax}");
        return double.IsFinite(value) ? value : throw Fault(name, $"values must be finite; got {text.Trim()}");
    }

    private static int CountOf(string name, string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count
            : throw Fault(name, $"'{text.Trim()}' is no count: expected a whole number from 2 to {MaxCount}");

    private static InvalidInputException Fault(string name, string message) => new(name, $"axis {name}: {message}");

    private static string Print(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
