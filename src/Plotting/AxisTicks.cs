using System.Globalization;
using ScottPlot;

namespace Theory.Plotting;

/// <summary>Where ticks go on an axis and how they are labelled: steps of 1, 2 or 5 on a linear axis, decades on a logarithmic one.</summary>
internal static class AxisTicks
{
    /// <summary>Ticks of a linear axis.</summary>
    public static Tick[] Linear(double low, double high, int target)
    {
        var step = Step((high - low) / target);
        var ticks = new List<Tick>();
        for (var k = Math.Ceiling(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.Add(new(k * step, Label(k * step, step)));
        for (var k = Math.Ceiling(low / step * 5 - 1e-9); k * step / 5 <= high + 1e-9 * step; k++)
            if (k % 5 != 0) ticks.Add(Tick.Minor(k * step / 5));
        return [.. ticks];
    }

    /// <summary>Ticks of a logarithmic axis; positions and ends are decimal logarithms.</summary>
    public static Tick[] Logarithmic(double low, double high, int target)
    {
        var decades = high - low;
        if (decades < 0.7) return Mantissas(low, high, target);
        var stride = Math.Max(1, (int)Math.Ceiling(decades / target));
        var plain = low > -2.5 && high < 4.5;
        var ticks = new List<Tick>();
        for (var decade = (int)Math.Floor(low); decade <= Math.Ceiling(high); decade++)
        {
            for (var m = 1; m < 10; m++)
            {
                var position = decade + Math.Log10(m);
                if (position < low - 1e-9 || position > high + 1e-9) continue;
                var labelled = m == 1 ? decade % stride == 0 : m is 2 or 5 && decades < 2.2;
                if (labelled) ticks.Add(new(position, plain ? Plain(m * Math.Pow(10, decade)) : m == 1 ? Power(decade) : $"{m}×{Power(decade)}"));
                else if (stride == 1 || m == 1) ticks.Add(Tick.Minor(position));
            }
        }
        return [.. ticks];
    }

    /// <summary>A power of ten with its exponent raised: 10⁻³.</summary>
    public static string Power(int exponent)
    {
        var digits = exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        return "10" + string.Concat(digits);
    }

    /// <summary>A number for people: six digits, powers of ten raised.</summary>
    public static string Number(double value)
    {
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        if (value == 0) return "0";
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-12);
        if (exponent is >= -3 and < 6) return value.ToString("0.#########", CultureInfo.InvariantCulture) is var text && text.Length <= 8 ? Signed(text) : Signed(value.ToString("G6", CultureInfo.InvariantCulture));
        var mantissa = value / Math.Pow(10, exponent);
        var rounded = mantissa.ToString("0.####", CultureInfo.InvariantCulture);
        return rounded == "1" ? Power(exponent) : $"{Signed(rounded)}×{Power(exponent)}";
    }

    private static Tick[] Mantissas(double low, double high, int target)
    {
        var (from, to) = (Math.Pow(10, low), Math.Pow(10, high));
        return [.. Linear(from, to, target).Select(t => new Tick(Math.Log10(t.Position), t.Label, t.IsMajor)).Where(t => double.IsFinite(t.Position))];
    }

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }

    private static string Label(double value, double step)
    {
        var digits = (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-9));
        if (Math.Abs(value) < step / 2) return "0";
        return digits > 5 || Math.Abs(value) >= 1e6 ? Number(value) : Signed(value.ToString("F" + digits, CultureInfo.InvariantCulture));
    }

    private static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Signed(string number) => number.Replace('-', '−');
}
