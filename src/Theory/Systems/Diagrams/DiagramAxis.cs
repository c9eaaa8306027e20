using System.Globalization;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Diagrams;

/// <summary>One axis of a phase diagram: a real parameter, or one element of a list, over an interval.</summary>
/// <param name="Name">The parameter, as in <c>alpha</c> or <c>spikes[1]</c>.</param>
/// <param name="From">Lower end, finite.</param>
/// <param name="To">Upper end, finite, above <paramref name="From"/>.</param>
/// <param name="IsLogarithmic">Whether cells have equal ratios instead of equal differences; both ends are positive then.</param>
public sealed record DiagramAxis(string Name, double From, double To, bool IsLogarithmic = false)
{
    private const string Syntax = "NAME=FROM:TO or NAME=FROM:TO:log";

    /// <summary>The parameter without the index of its element.</summary>
    public string Parameter => Points(1).Parameter;

    /// <summary>Reads an axis from <c>sparsity=0.01:0.35</c>, <c>lambda=1e-6:1:log</c> or <c>spikes[1]=0:2</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="InvalidInputException">The text is malformed; the message is one line.</exception>
    public static DiagramAxis Parse(string text)
    {
        Guard.NotNull(text, nameof(text));
        var equals = text.IndexOf('=');
        var (name, parts) = equals < 0 ? ("axis", []) : (text[..equals].Trim(), text[(equals + 1)..].Split(':', StringSplitOptions.TrimEntries));
        if (parts is not ([_, _] or [_, _, "log" or "linear"])) throw new InvalidInputException(name, $"'{text}' is no axis of a phase diagram: expected {Syntax}");
        var axis = new DiagramAxis(name, Number(name, parts[0]), Number(name, parts[1]), parts is [.., "log"]);
        if (!(axis.From < axis.To)) throw new InvalidInputException(name, string.Create(CultureInfo.InvariantCulture, $"axis {name}: the ends must increase; got {axis.From:R} and {axis.To:R}"));
        _ = axis.Points(1);
        return axis;
    }

    /// <summary>The axis in the form that <see cref="Parse"/> reads.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}={From:R}:{To:R}{(IsLogarithmic ? ":log" : "")}");

    /// <summary>The ends of equal cells, as the axis of a sweep.</summary>
    /// <param name="cells">The number of cells, at least 1.</param>
    /// <returns>The axis, of one value more.</returns>
    /// <exception cref="InvalidInputException">The name is malformed or an end is illegal on its scale.</exception>
    public SweepAxis Points(int cells) => IsLogarithmic ? SweepAxis.Logarithmic(Name, From, To, cells + 1) : SweepAxis.Linear(Name, From, To, cells + 1);

    /// <summary>The value at a fraction of the axis, 0 at the lower end and 1 at the upper.</summary>
    internal double At(double fraction) => IsLogarithmic
        ? Math.Pow(10, (1 - fraction) * Math.Log10(From) + fraction * Math.Log10(To))
        : (1 - fraction) * From + fraction * To;

    private static double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new InvalidInputException(name, $"axis {name}: '{text.Trim()}' is no finite number: expected {Syntax}");
}
