using System.Globalization;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>Spreads values that are lists or tables over columns: <c>m</c>, <c>m_0</c>, <c>m_0_1</c>, <c>m_key</c>. Lists keep the order of their indices, tables that of first appearance.</summary>
/// <param name="name">Name of the whole.</param>
/// <param name="ending">What ends every column's name, such as <c>_uncertainty</c>.</param>
/// <param name="rows">Number of rows.</param>
internal sealed class FlatColumns(string name, string ending, int rows)
{
    private readonly SortedDictionary<int, FlatColumns> items = [];
    private readonly List<KeyValuePair<string, FlatColumns>> entries = [];
    private double[]? numbers;
    private string?[]? texts;
    private bool onlyFlags = true;

    /// <summary>Sets a cell, or the cells below it.</summary>
    public void Set(int row, Value value)
    {
        switch (value)
        {
            case Value.Missing:
                break;
            case Value.Number n:
                onlyFlags = false;
                (numbers ??= Absent(rows))[row] = n.Real;
                break;
            case Value.Flag f:
                (numbers ??= Absent(rows))[row] = f.IsSet ? 1 : 0;
                break;
            case Value.Text t:
                (texts ??= new string?[rows])[row] = t.Content;
                break;
            case Value.List list:
                for (var i = 0; i < list.Items.Length; i++) Item(i).Set(row, list.Items[i]);
                break;
            case Value.Map map:
                foreach (var entry in map.Entries) Entry(entry.Key).Set(row, entry.Value);
                break;
        }
    }

    /// <summary>The columns that have any cell.</summary>
    public IEnumerable<SweepColumn> Columns()
    {
        if (texts is not null) yield return new(name + ending, texts);
        // A text and a number in one place: two columns, told apart by the name.
        if (numbers is not null) yield return new(texts is null ? name + ending : $"{name}_number{ending}", onlyFlags ? ColumnKind.Flag : ColumnKind.Real, numbers);
        foreach (var child in items.Values.Concat(entries.Select(e => e.Value)))
            foreach (var column in child.Columns()) yield return column;
    }

    public static double[] Absent(int rows)
    {
        var cells = new double[rows];
        Array.Fill(cells, double.NaN);
        return cells;
    }

    private FlatColumns Item(int index)
    {
        if (!items.TryGetValue(index, out var item)) items.Add(index, item = new(string.Create(CultureInfo.InvariantCulture, $"{name}_{index}"), ending, rows));
        return item;
    }

    private FlatColumns Entry(string key)
    {
        foreach (var entry in entries)
            if (entry.Key == key) return entry.Value;
        entries.Add(new(key, new($"{name}_{key}", ending, rows)));
        return entries[^1].Value;
    }
}
