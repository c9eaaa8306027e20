using System.Globalization;
using Theory.Contract;

namespace Theory.Systems;

/// <summary>The numbers inside a value, with the suffixes that name them in tables (<c>m</c>, <c>m_0</c>, <c>m_0_1</c>).</summary>
public static class Flattened
{
    /// <summary>Lists the numbers of a value, depth first; absent values are NaN, and texts are left out.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Pairs of suffix ("" for a scalar, "_0_1" for a matrix element) and number.</returns>
    public static IReadOnlyList<(string Suffix, double Number)> Numbers(Value value)
    {
        var numbers = new List<(string, double)>();
        Collect(value, "", numbers);
        return numbers;
    }

    private static void Collect(Value value, string suffix, List<(string, double)> numbers)
    {
        switch (value)
        {
            case Value.Number n:
                numbers.Add((suffix, n.Real));
                break;
            case Value.Missing:
                numbers.Add((suffix, double.NaN));
                break;
            case Value.Flag f:
                numbers.Add((suffix, f.IsSet ? 1 : 0));
                break;
            case Value.List list:
                for (var i = 0; i < list.Items.Length; i++)
                    Collect(list.Items[i], string.Create(CultureInfo.InvariantCulture, $"{suffix}_{i}"), numbers);
                break;
            case Value.Map map:
                foreach (var entry in map.Entries) Collect(entry.Value, $"{suffix}_{entry.Key}", numbers);
                break;
            case Value.Text:
                break;
        }
    }
}
