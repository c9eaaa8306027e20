using Parquet;
using Parquet.Schema;

namespace Theory.Systems.Sweeps;

/// <summary>Tables as Parquet. Absent cells are nulls, infinities stay infinities.</summary>
internal static class ParquetFile
{
    private const int RowGroup = 1 << 20;

    public static void Write(SweepTable table, Stream stream, string manifest) => WriteAsync(table, stream, manifest).GetAwaiter().GetResult();

    public static SweepTable Read(Stream stream, SweepTable? series = null) => ReadAsync(stream, series).GetAwaiter().GetResult();

    private static async Task WriteAsync(SweepTable table, Stream stream, string manifest)
    {
        var fields = table.Columns.Select(Field).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        writer.CustomMetadata = new Dictionary<string, string> { ["theory.manifest"] = manifest };
        for (var from = 0; from < Math.Max(1, table.RowCount); from += RowGroup)
        {
            var count = Math.Min(RowGroup, table.RowCount - from);
            using var group = writer.CreateRowGroup();
            for (var c = 0; c < fields.Length; c++) await WriteAsync(group, fields[c], table.Columns[c], from, count).ConfigureAwait(false);
        }
    }

    private static DataField Field(SweepColumn column) => (column.Kind, column.IsRequired) switch
    {
        (ColumnKind.Real, true) => new DataField<double>(column.Name),
        (ColumnKind.Real, false) => new DataField<double?>(column.Name),
        (ColumnKind.Integer, true) => new DataField<long>(column.Name),
        (ColumnKind.Integer, false) => new DataField<long?>(column.Name),
        (ColumnKind.Flag, _) => new DataField<bool?>(column.Name),
        _ => new DataField<string>(column.Name, nullable: !column.IsRequired),
    };

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, SweepColumn column, int from, int count)
    {
        if (column.Kind == ColumnKind.Text) return group.WriteAsync(field, column.Texts.Slice(from, count)!);
        var numbers = column.NumberMemory.Slice(from, count);
        return (column.Kind, column.IsRequired) switch
        {
            (ColumnKind.Real, true) => group.WriteAsync<double>(field, numbers),
            (ColumnKind.Integer, true) => group.WriteAsync<long>(field, Cells(numbers.Span, x => (long)x)),
            (ColumnKind.Real, _) => group.WriteAsync<double>(field, Nullables(numbers.Span, x => x)),
            (ColumnKind.Integer, _) => group.WriteAsync<long>(field, Nullables(numbers.Span, x => (long)x)),
            _ => group.WriteAsync<bool>(field, Nullables(numbers.Span, x => x != 0)),
        };
    }

    private static ReadOnlyMemory<T> Cells<T>(ReadOnlySpan<double> numbers, Func<double, T> convert)
    {
        var cells = new T[numbers.Length];
        for (var i = 0; i < cells.Length; i++) cells[i] = convert(numbers[i]);
        return cells;
    }

    private static ReadOnlyMemory<T?> Nullables<T>(ReadOnlySpan<double> numbers, Func<double, T> convert)
        where T : struct
    {
        var cells = new T?[numbers.Length];
        for (var i = 0; i < cells.Length; i++) cells[i] = double.IsNaN(numbers[i]) ? null : convert(numbers[i]);
        return cells;
    }

    private static async Task<SweepTable> ReadAsync(Stream stream, SweepTable? series)
    {
        await using var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        var fields = reader.Schema.GetDataFields();
        var groups = new List<SweepColumn[]>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var columns = new SweepColumn[fields.Length];
            for (var c = 0; c < fields.Length; c++) columns[c] = await ReadAsync(group, fields[c]).ConfigureAwait(false);
            groups.Add(columns);
        }
        return new(fields.Select((_, c) => Join([.. groups.Select(g => g[c])])), series);
    }

    private static async Task<SweepColumn> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        var count = (int)group.RowCount;
        var required = !field.IsNullable;
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string[count];
            await group.ReadAsync(field, texts).ConfigureAwait(false);
            return new(field.Name, texts, required);
        }
        if (field.ClrType == typeof(long)) return new(field.Name, ColumnKind.Integer, await ReadAsync<long>(group, field, x => x).ConfigureAwait(false), required);
        if (field.ClrType == typeof(bool)) return new(field.Name, ColumnKind.Flag, await ReadAsync<bool>(group, field, x => x ? 1 : 0).ConfigureAwait(false), required);
        if (field.ClrType == typeof(int)) return new(field.Name, ColumnKind.Integer, await ReadAsync<int>(group, field, x => x).ConfigureAwait(false), required);
        if (field.ClrType == typeof(float)) return new(field.Name, ColumnKind.Real, await ReadAsync<float>(group, field, x => x).ConfigureAwait(false), required);
        if (field.ClrType == typeof(double)) return new(field.Name, ColumnKind.Real, await ReadAsync<double>(group, field, x => x).ConfigureAwait(false), required);
        throw new InvalidDataException($"column {field.Name} has the unexpected type {field.ClrType.Name}");
    }

    private static async Task<double[]> ReadAsync<T>(ParquetRowGroupReader group, DataField field, Func<T, double> convert)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var cells = new T[group.RowCount];
            await group.ReadAsync<T>(field, cells).ConfigureAwait(false);
            return Array.ConvertAll(cells, x => convert(x));
        }
        var nullables = new T?[group.RowCount];
        await group.ReadAsync<T>(field, nullables).ConfigureAwait(false);
        return Array.ConvertAll(nullables, x => x is { } cell ? convert(cell) : double.NaN);
    }

    private static SweepColumn Join(SweepColumn[] parts) => parts switch
    {
        [var only] => only,
        [{ Kind: ColumnKind.Text } first, ..] => new(first.Name, [.. parts.SelectMany(p => p.Texts)], first.IsRequired),
        [var first, ..] => new(first.Name, first.Kind, [.. parts.SelectMany(p => p.Numbers.ToArray())], first.IsRequired),
        [] => throw new InvalidDataException("the file has no row group"),
    };
}
