using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Systems.Data;

/// <summary>A column of a data file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">Its numbers, NaN where absent; <see langword="null"/> if it holds text.</param>
/// <param name="Texts">Its cells as text.</param>
public sealed record SampleColumn(string Name, ImmutableArray<double>? Numbers, ImmutableArray<string> Texts);

/// <summary>Samples of a CSV file with a header, or of a Parquet file: a row each.</summary>
/// <param name="Columns">The columns, all of one length.</param>
public sealed record SampleTable(ImmutableArray<SampleColumn> Columns)
{
    /// <summary>The number of rows.</summary>
    public int RowCount => Columns.IsEmpty ? 0 : Columns[0].Texts.Length;

    /// <summary>The column of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public SampleColumn this[string name] => Columns.FirstOrDefault(c => c.Name == name)
        ?? throw new ArgumentException($"there is no column {name}; there are {string.Join(", ", Columns.Select(c => c.Name))}", nameof(name));

    /// <summary>Reads a file: Parquet if its name ends in .parquet, otherwise CSV (RFC 4180, numbers with a decimal point).</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InvalidInputException">The file has no rows, or a row has another number of cells than the header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SampleTable Read(string path)
    {
        using var stream = File.OpenRead(path);
        var table = Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase) ? OfParquet(stream) : OfCsv(stream, Path.GetFileName(path));
        return table.RowCount > 0 ? table : throw new InvalidInputException("file", $"{Path.GetFileName(path)} holds no samples");
    }

    private static SampleTable OfParquet(Stream stream)
    {
        var table = ParquetFile.Read(stream);
        return new([.. table.Columns.Select(c => new SampleColumn(
            c.Name, c.Kind == ColumnKind.Text ? null : [.. c.Numbers], [.. Enumerable.Range(0, table.RowCount).Select(row => c.Text(row) ?? "")]))]);
    }

    private static SampleTable OfCsv(Stream stream, string name)
    {
        using var reader = new CsvReader(new StreamReader(stream), new CsvConfiguration(CultureInfo.InvariantCulture) { DetectColumnCountChanges = true, TrimOptions = TrimOptions.Trim });
        try
        {
            if (!reader.Read() || !reader.ReadHeader()) return new([]);
            var header = reader.HeaderRecord!;
            var cells = Array.ConvertAll(header, _ => new List<string>());
            while (reader.Read())
                for (var j = 0; j < header.Length; j++) cells[j].Add(reader.GetField(j) ?? "");
            return new([.. header.Zip(cells, (title, column) => new SampleColumn(title, Parse(column), [.. column]))]);
        }
        catch (BadDataException e)
        {
            throw new InvalidInputException("file", $"{name}, row {e.Context?.Parser?.Row}: not as many cells as the header has, or a stray quote", e);
        }
    }

    private static ImmutableArray<double>? Parse(List<string> cells)
    {
        var numbers = new double[cells.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (cells[i].Length == 0) numbers[i] = double.NaN;
            else if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return null;
        }
        return [.. numbers];
    }
}
