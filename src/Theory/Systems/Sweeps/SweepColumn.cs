using System.Globalization;

namespace Theory.Systems.Sweeps;

/// <summary>What a column of a table holds.</summary>
public enum ColumnKind
{
    /// <summary>Real numbers.</summary>
    Real,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Truth values.</summary>
    Flag,

    /// <summary>Texts.</summary>
    Text,
}

/// <summary>One column of a table; any cell may be absent.</summary>
public sealed class SweepColumn
{
    private readonly double[]? numbers;
    private readonly string?[]? texts;

    internal SweepColumn(string name, ColumnKind kind, double[] numbers, bool isRequired = false) =>
        (Name, Kind, this.numbers, IsRequired) = (name, kind, numbers, isRequired);

    internal SweepColumn(string name, string?[] texts, bool isRequired = false) =>
        (Name, Kind, this.texts, IsRequired) = (name, ColumnKind.Text, texts, isRequired);

    /// <summary>Its name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Count => numbers?.Length ?? texts!.Length;

    /// <summary>All cells as numbers, NaN where absent; truth values are 1 and 0.</summary>
    /// <exception cref="InvalidOperationException">The column holds texts.</exception>
    public ReadOnlySpan<double> Numbers => numbers ?? throw new InvalidOperationException($"Column {Name} holds texts.");

    /// <summary>Whether no cell may be absent, in files too.</summary>
    internal bool IsRequired { get; }

    internal ReadOnlyMemory<double> NumberMemory => numbers;

    internal ArraySegment<string?> Texts => texts!;

    internal SweepColumn Renamed(string name) => texts is null ? new(name, Kind, numbers!, IsRequired) : new(name, texts, IsRequired);

    /// <summary>A cell as a number.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The number; NaN if absent, 1 or 0 for truth values.</returns>
    /// <exception cref="InvalidOperationException">The column holds texts.</exception>
    public double this[int row] => Numbers[row];

    /// <summary>A cell as it is written in CSV: numbers so that they read back exactly, in the invariant culture.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The text, or <see langword="null"/> if absent.</returns>
    public string? Text(int row)
    {
        if (texts is not null) return texts[row];
        var number = numbers![row];
        if (double.IsNaN(number)) return null;
        return Kind switch
        {
            ColumnKind.Flag => number != 0 ? "true" : "false",
            ColumnKind.Integer => ((long)number).ToString(CultureInfo.InvariantCulture),
            _ => double.IsPositiveInfinity(number) ? "inf" : double.IsNegativeInfinity(number) ? "-inf" : number.ToString("R", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Whether a cell is absent.</summary>
    /// <param name="row">The row.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    public bool IsAbsent(int row) => texts is not null ? texts[row] is null : double.IsNaN(numbers![row]);
}
