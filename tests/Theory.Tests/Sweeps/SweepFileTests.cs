using System.Text;
using Parquet;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Tests.Sweeps;

public sealed class SweepFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SweepTable table;

    /// <summary>A sweep with every status, every shape, absent and infinite cells, and texts that need quotes.</summary>
    public SweepFileTests() => table = SweepRunner.Run(
        new(SampleModel.System.Wrap(new()), SweepAxis.Of("beta", 1, 8.5, 9.5, 15, 21), SweepAxis.Parse("alpha=0.1:3:7"))
        {
            MeasuredPoints = 5,
            Measurement = new() { Trials = 10 },
        },
        folder["out"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Parquet_holds_what_was_computed()
    {
        await using var reader = await ParquetReader.CreateAsync(Path.Combine(folder["out"], "sweep.parquet"));
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(table.Columns.Select(c => c.Name), fields.Select(f => f.Name));
        Assert.Equal(["beta", "alpha", "status"], fields.Where(f => !f.IsNullable).Select(f => f.Name));
        Assert.Equal(1, reader.RowGroupCount);
        using var group = reader.OpenRowGroupReader(0);
        foreach (var field in fields)
        {
            var expected = table[field.Name];
            var cells = new double?[table.RowCount];
            if (field.ClrType != typeof(double) || !field.IsNullable) continue;
            await group.ReadAsync<double>(field, cells);
            Assert.Equal(expected.Numbers.ToArray().Select(x => double.IsNaN(x) ? default(double?) : x), cells);
        }
        Assert.Equal(table.RowCount, group.RowCount);
        Assert.Contains("\"system\": \"sample\"", reader.CustomMetadata!["theory.manifest"]);
    }

    [Fact]
    public void Reading_a_sweep_back_gives_the_same_cells()
    {
        AssertSame(table, SweepTable.Load(folder["out"]));
        AssertSame(table.Series!, SweepTable.Load(folder["out"]).Series!);
    }

    [Fact]
    public void Csv_holds_what_was_computed()
    {
        var lines = ParseCsv(File.ReadAllText(Path.Combine(folder["out"], "sweep.csv"), new UTF8Encoding(false, true)));
        Assert.Equal(table.Columns.Select(c => c.Name), lines[0]);
        Assert.Equal(table.RowCount + 1, lines.Count);
        for (var row = 0; row < table.RowCount; row++)
        {
            for (var c = 0; c < table.Columns.Length; c++)
            {
                var (column, cell) = (table.Columns[c], lines[row + 1][c]);
                if (column.Kind == ColumnKind.Text) Assert.Equal(column.Text(row) ?? "", cell);
                else if (column.Kind == ColumnKind.Flag) Assert.Equal(column.IsAbsent(row) ? "" : column[row] == 1 ? "true" : "false", cell);
                else Assert.Equal(column[row], cell.Length == 0 ? double.NaN : cell == "inf" ? double.PositiveInfinity : double.Parse(cell));
            }
        }
        Assert.Contains("\"\"\"2\"\", or so\"", File.ReadAllText(Path.Combine(folder["out"], "sweep.csv")));
    }

    [Fact]
    public void The_manifest_reads_back_as_it_was_written()
    {
        var text = File.ReadAllText(Path.Combine(folder["out"], "manifest.json"));
        var manifest = SweepManifest.Load(folder["out"]);
        Assert.Equal(text, manifest.ToJson());
        Assert.Equal(("sample", Standing.Derived, "Nobody 1900, arXiv:1900.00001"), (manifest.System, manifest.Standing, manifest.Source));
        Assert.Equal(["order", "activation", "spikes"], manifest.Inputs.Select(i => i.Key));
        Assert.Equal([SweepAxis.Of("beta", 1, 8.5, 9.5, 15, 21), SweepAxis.Parse("alpha=0.1:3:7")], manifest.Axes);
        Assert.Equal(new ManifestMeasurement(5, 100, 10, 1, "unbiased by construction"), manifest.Measured);
        Assert.Equal("relu(z), \"half\"", manifest.Inputs[1].Value.ToText());
    }

    [Fact]
    public void A_swept_element_is_absent_from_the_manifests_inputs()
    {
        var problem = SampleModel.System.Wrap(new());
        SweepManifest Of(double second) => SweepManifest.Of(new(problem.With("spikes", Value.Vector([1, second])), SweepAxis.Of("spikes[1]", 1, 2)));
        Assert.Equal(Of(5).ToJson(), Of(7).ToJson());
        Assert.Equal(Value.ListOf([1.0, Value.None]), Of(5).Inputs.Single(i => i.Key == "spikes").Value);
    }

    [Theory]
    [InlineData("sweep.parquet")]
    [InlineData("series.parquet")]
    public void A_truncated_or_missing_table_is_refused_in_one_line(string name)
    {
        var path = Path.Combine(folder["out"], name);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        Refused("cannot be read");
        File.Delete(path);
        Refused($"{name} is missing");
    }

    [Fact]
    public void A_truncated_or_missing_manifest_is_refused_in_one_line()
    {
        var path = Path.Combine(folder["out"], "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path)[..200]);
        Refused("is no manifest of a sweep");
        File.Delete(path);
        Refused("holds no sweep");
        Assert.Throws<InvalidInputException>(() => SweepTable.Load(folder["nowhere"]));
    }

    private void Refused(string expected)
    {
        var e = Assert.Throws<InvalidInputException>(() => SweepTable.Load(folder["out"]));
        Assert.Contains(expected, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static void AssertSame(SweepTable expected, SweepTable actual)
    {
        Assert.Equal(expected.Columns.Select(c => (c.Name, c.Kind, c.Count)), actual.Columns.Select(c => (c.Name, c.Kind, c.Count)));
        foreach (var column in expected.Columns)
        {
            if (column.Kind != ColumnKind.Text) Assert.Equal(column.Numbers.ToArray(), actual[column.Name].Numbers.ToArray());
            Assert.Equal(Enumerable.Range(0, column.Count).Select(column.Text), Enumerable.Range(0, column.Count).Select(actual[column.Name].Text));
        }
    }

    /// <summary>RFC 4180, read strictly: CRLF, doubled quotes, no stray quote.</summary>
    private static List<List<string>> ParseCsv(string text)
    {
        var (lines, line, cell, i) = (new List<List<string>>(), new List<string>(), new StringBuilder(), 0);
        while (i < text.Length)
        {
            if (text[i] == '"')
            {
                for (i++; text[i] != '"' || (i + 1 < text.Length && text[i + 1] == '"'); i++) cell.Append(text[i] == '"' ? text[i++] : text[i]);
                i++;
                Assert.Contains(text[i], ",\r");
            }
            else if (text[i] is ',' or '\r')
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (text[i++] == ',') continue;
                Assert.Equal('\n', text[i++]);
                lines.Add(line);
                line = [];
            }
            else
            {
                Assert.NotEqual('\n', text[i]);
                cell.Append(text[i++]);
            }
        }
        Assert.Empty(line);
        Assert.Equal(0, cell.Length);
        return lines;
    }
}
