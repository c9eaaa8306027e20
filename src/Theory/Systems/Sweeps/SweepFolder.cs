using System.Diagnostics;
using System.Globalization;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>
/// The folder of a sweep while it is being computed. Finished parts live in <c>.parts</c> until the final files are there. Every file is written under
/// another name and renamed when complete, so that at no moment, not even after <c>kill -9</c>, a file is half-written under its own name.
/// </summary>
internal sealed class SweepFolder : IDisposable
{
    private const string PartsName = ".parts";
    private const string LockName = "lock";
    private const string ChunkPrefix = "points-";
    private const string TemporaryEnding = ".tmp";

    private readonly string directory;
    private readonly string parts;
    private readonly SweepManifest manifest;
    private readonly byte[] fingerprint;
    private readonly TimeSpan saveInterval;
    private readonly Lock gate = new();
    private readonly Dictionary<int, SweepChunk> found = [];
    private readonly List<SweepChunk> pending = [];
    private long lastSave = Stopwatch.GetTimestamp();
    private FileStream? mutex;

    private SweepFolder(string directory, SweepManifest manifest, TimeSpan saveInterval)
    {
        this.directory = directory;
        this.manifest = manifest;
        this.saveInterval = saveInterval;
        parts = Path.Combine(directory, PartsName);
        fingerprint = manifest.Fingerprint();
    }

    /// <summary>Whether all final files are there.</summary>
    public bool IsFinished => File.Exists(ManifestPath) && manifest.Files.All(f => File.Exists(Path.Combine(directory, f)));

    private string ManifestPath => Path.Combine(directory, SweepManifest.FileName);

    /// <summary>Opens a folder for a plan: checks that it is empty of other sweeps and can be written, writes the manifest, and reads the parts that are there.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="manifest">The plan.</param>
    /// <param name="saveInterval">How long finished chunks may wait to be saved together: files are dear where points are cheap.</param>
    /// <exception cref="InvalidInputException">It holds another sweep, another process works in it, or it cannot be written.</exception>
    public static SweepFolder Open(string directory, SweepManifest manifest, TimeSpan saveInterval)
    {
        var folder = new SweepFolder(Path.GetFullPath(directory), manifest, saveInterval);
        try
        {
            folder.RequireSamePlan();
            if (!folder.IsFinished) folder.Prepare();
            else folder.RemoveParts();
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            folder.Dispose();
            throw new InvalidInputException("out", $"cannot write to {directory}: {e.Message.Split('\n')[0]}", e);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A chunk that an earlier run saved, or <see langword="null"/>.</summary>
    public SweepChunk? Load(int from, int count) => found.GetValueOrDefault(from) is { } chunk && chunk.Count == count ? chunk : null;

    /// <summary>A measurement that an earlier run saved, or <see langword="null"/>.</summary>
    public PointMeasurement? Load(int point) =>
        Read(Path.Combine(parts, MeasurementName(point))) is { } bytes && PartCodec.ReadMeasurement(fingerprint, bytes) is { } measured && measured.Point == point ? measured : null;

    /// <summary>Takes a finished chunk, to be saved soon.</summary>
    public void Save(SweepChunk chunk)
    {
        SweepChunk[] batch;
        lock (gate)
        {
            pending.Add(chunk);
            if (Stopwatch.GetElapsedTime(lastSave) < saveInterval) return;
            batch = TakePending();
        }
        Save(batch);
    }

    /// <summary>Saves a measurement at once.</summary>
    public void Save(PointMeasurement measured) =>
        Replace(Path.Combine(parts, MeasurementName(measured.Point)), stream => stream.Write(PartCodec.Write(fingerprint, measured)));

    /// <summary>Saves the chunks that wait.</summary>
    public void Flush()
    {
        SweepChunk[] batch;
        lock (gate) batch = TakePending();
        if (batch.Length > 0) Save(batch);
    }

    /// <summary>Writes the final files and removes the parts.</summary>
    public void Finish(SweepTable table)
    {
        // The parts go last: until then a killed sweep still has them.
        foreach (var name in manifest.Files)
            Replace(Path.Combine(directory, name), stream => SweepFiles.Write(name, table, manifest, stream), isFinal: true);
        mutex?.Dispose();
        mutex = null;
        RemoveParts();
    }

    public void Dispose() => mutex?.Dispose();

    private void RequireSamePlan()
    {
        if (!File.Exists(ManifestPath))
        {
            if (manifest.Files.FirstOrDefault(f => File.Exists(Path.Combine(directory, f))) is { } stray)
                throw new InvalidInputException("out", $"{directory} holds a {stray} but no {SweepManifest.FileName}: choose another folder");
            return;
        }
        SweepManifest found;
        try
        {
            found = SweepManifest.Parse(File.ReadAllText(ManifestPath));
        }
        catch (FormatException e)
        {
            throw new InvalidInputException("out", $"{directory} holds a {SweepManifest.FileName} that is not a sweep's: choose another folder", e);
        }
        var differences = manifest.Differences(found);
        if (differences.Length > 0)
            throw new InvalidInputException("out", $"{directory} holds a different sweep (it differs in {string.Join(", ", differences)}): choose another folder, or remove it");
    }

    private void Prepare()
    {
        Directory.CreateDirectory(parts);
        try
        {
            mutex = new FileStream(Path.Combine(parts, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(Path.Combine(parts, LockName)))
        {
            throw new InvalidInputException("out", $"another process is computing the sweep in {directory}", e);
        }
        RequireSamePlan();
        if (!File.Exists(ManifestPath)) Replace(ManifestPath, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(manifest.ToJson())), isFinal: true);
        ReadParts();
    }

    private static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private void ReadParts()
    {
        foreach (var path in Directory.EnumerateFiles(parts, ChunkPrefix + "*").Where(p => !p.EndsWith(TemporaryEnding, StringComparison.Ordinal)))
            foreach (var chunk in PartCodec.ReadChunks(fingerprint, File.ReadAllBytes(path)) ?? []) found[chunk.From] = chunk;
    }

    private SweepChunk[] TakePending()
    {
        SweepChunk[] batch = [.. pending];
        pending.Clear();
        lastSave = Stopwatch.GetTimestamp();
        return batch;
    }

    private void Save(SweepChunk[] batch) =>
        Replace(Path.Combine(parts, ChunkName(batch[0].From, batch.Sum(c => c.Count))), stream => stream.Write(PartCodec.Write(fingerprint, batch)));

    private void Replace(string path, Action<Stream> write, bool isFinal = false)
    {
        var temporary = Path.Combine(parts, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}{TemporaryEnding}"));
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            write(stream);
            // A part lost to a power cut fails its check sum and is computed again; a final file must be on the disk before it has its name.
            if (isFinal) stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private void RemoveParts()
    {
        try
        {
            if (Directory.Exists(parts)) Directory.Delete(parts, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process that found the sweep finished was quicker.
        }
    }

    private static string ChunkName(int from, int count) => string.Create(CultureInfo.InvariantCulture, $"{ChunkPrefix}{from:d8}-{count}");

    private static string MeasurementName(int point) => string.Create(CultureInfo.InvariantCulture, $"measured-{point:d8}");
}
