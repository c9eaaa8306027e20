using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>The files of a finished sweep.</summary>
internal static class SweepFiles
{
    public const string Parquet = "sweep.parquet";
    public const string Csv = "sweep.csv";
    public const string Series = "series.parquet";

    public static bool HasSeries(ISystem system) => system.Observables.Any(o => o.Shape is Shape.Series or Shape.Spectrum);

    public static ImmutableArray<string> Names(ISystem system) => HasSeries(system) ? [Parquet, Csv, Series] : [Parquet, Csv];

    /// <summary>Writes one file of a finished sweep.</summary>
    public static void Write(string name, SweepTable table, SweepManifest manifest, Stream stream)
    {
        // Without the environment, so that files of equal plans are equal byte by byte.
        var description = (manifest with { Environment = "" }).ToJson();
        switch (name)
        {
            case Parquet:
                ParquetFile.Write(table, stream, description);
                break;
            case Series:
                ParquetFile.Write(table.Series!, stream, description);
                break;
            case Csv:
                CsvFile.Write(table, stream);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, null);
        }
    }

    public static SweepTable Load(string directory)
    {
        var manifest = SweepManifest.Load(directory);
        foreach (var file in manifest.Files)
            if (!File.Exists(Path.Combine(directory, file))) throw new InvalidInputException("directory", $"the sweep in {directory} is not finished: {file} is missing");
        try
        {
            SweepTable? series = null;
            if (manifest.Files.Contains(Series))
            {
                using var second = File.OpenRead(Path.Combine(directory, Series));
                series = ParquetFile.Read(second);
            }
            using var first = File.OpenRead(Path.Combine(directory, Parquet));
            return ParquetFile.Read(first, series);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("directory", $"the sweep in {directory} cannot be read: {e.Message.Split('\n')[0]}", e);
        }
    }
}
