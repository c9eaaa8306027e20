using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Systems.Sweeps;

/// <summary>Name, symbol and meaning of a parameter or an observable, as a sweep's manifest keeps them.</summary>
/// <param name="Name">Name outside the library.</param>
/// <param name="Symbol">Symbol in the equations.</param>
/// <param name="Meaning">Meaning in one sentence.</param>
/// <param name="Shape">Its shape.</param>
public sealed record ManifestQuantity(string Name, string Symbol, string Meaning, Shape Shape);

/// <summary>The experiments of a sweep, as its manifest keeps them.</summary>
/// <param name="Points">Number of values of the first axis at which the experiment is run.</param>
/// <param name="Size">The size d, or <see langword="null"/> if each model carries its own.</param>
/// <param name="Trials">Trials at each point.</param>
/// <param name="Seed">The seed that every point's own seed is drawn from.</param>
/// <param name="Description">Where the finite-size constant comes from.</param>
public sealed record ManifestMeasurement(int Points, int? Size, int Trials, ulong Seed, string Description);

/// <summary>Everything that determines the numbers of a sweep, and what is needed to read them: the content of <c>manifest.json</c>.</summary>
public sealed record SweepManifest
{
    /// <summary>The name of the file in a sweep's folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Version of this library.</summary>
    public required string Version { get; init; }

    /// <summary>Runtime, platform and, for experiments, linear algebra that began the sweep; not compared when a sweep is resumed.</summary>
    public required string Environment { get; init; }

    /// <summary>The system's id.</summary>
    public required string System { get; init; }

    /// <summary>The system's title.</summary>
    public required string Title { get; init; }

    /// <summary>What the system's predictions may claim.</summary>
    public required Standing Standing { get; init; }

    /// <summary>The main source in one line.</summary>
    public required string Source { get; init; }

    /// <summary>The inputs that do not vary, defaults filled in; a swept element of a list is absent.</summary>
    public required ImmutableArray<KeyValuePair<string, Value>> Inputs { get; init; }

    /// <summary>The axes, the outermost first.</summary>
    public required ImmutableArray<SweepAxis> Axes { get; init; }

    /// <summary>The experiments, or <see langword="null"/> if none are run.</summary>
    public ManifestMeasurement? Measured { get; init; }

    /// <summary>Largest accepted residual.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Largest number of iterations.</summary>
    public required int MaxIterations { get; init; }

    /// <summary>The system's parameters.</summary>
    public required ImmutableArray<ManifestQuantity> Parameters { get; init; }

    /// <summary>The system's observables.</summary>
    public required ImmutableArray<ManifestQuantity> Observables { get; init; }

    /// <summary>The files of the finished sweep, besides the manifest.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The manifest of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The manifest.</returns>
    public static SweepManifest Of(SweepPlan plan)
    {
        var system = Guard.NotNull(plan, nameof(plan)).Base.System;
        return new()
        {
            Version = LibraryVersion(),
            Environment = string.Join(", ", (string[])
                [RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier, .. plan.MeasuredPoints > 0 ? (string[])[DenseAlgebra.Describe()] : []]),
            System = system.Id,
            Title = system.Title,
            Standing = plan.Base.Standing,
            Source = system.Sources[0].Short,
            Inputs = FixedInputs(plan),
            Axes = plan.Axes,
            Measured = MeasurementOf(plan),
            Tolerance = plan.Solve.Tolerance,
            MaxIterations = plan.Solve.MaxIterations,
            Parameters = [.. system.Parameters.Select(p => new ManifestQuantity(p.Name, p.Symbol, p.Meaning, p.Shape))],
            Observables = [.. system.Observables.Select(o => new ManifestQuantity(o.Name, o.Symbol, o.Meaning, o.Shape))],
            Files = SweepFiles.Names(system),
        };
    }

    /// <summary>Reads the manifest of a sweep's folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="InvalidInputException">There is no such folder or file, or the file is no manifest of a sweep.</exception>
    public static SweepManifest Load(string directory)
    {
        var path = Path.Combine(Guard.NotNull(directory, nameof(directory)), FileName);
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FormatException or InvalidInputException)
        {
            throw new InvalidInputException("directory", $"{path} is no manifest of a sweep: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("directory", $"{directory} holds no sweep: {FileName} cannot be read", e);
        }
    }

    /// <summary>Reads a manifest from its JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="FormatException">The text is no manifest of a sweep.</exception>
    public static SweepManifest Parse(string json) => ManifestJson.Read(Guard.NotNull(json, nameof(json)));

    /// <summary>The manifest as JSON, indented, ending in a newline.</summary>
    /// <returns>The JSON.</returns>
    public string ToJson() => ManifestJson.Write(this);

    /// <summary>What tells two plans apart: the names of the properties that differ, environment aside.</summary>
    internal ImmutableArray<string> Differences(SweepManifest other)
    {
        var (mine, theirs) = (ManifestJson.Properties(this), ManifestJson.Properties(other));
        return [.. mine.Keys.Union(theirs.Keys).Where(k => k != "environment" && mine.GetValueOrDefault(k) != theirs.GetValueOrDefault(k)).Order(StringComparer.Ordinal)];
    }

    /// <summary>A hash of everything but the environment.</summary>
    internal byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes((this with { Environment = "" }).ToJson()));

    private static string LibraryVersion() =>
        typeof(SweepManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? typeof(SweepManifest).Assembly.GetName().Version!.ToString(3);

    private static ImmutableArray<KeyValuePair<string, Value>> FixedInputs(SweepPlan plan)
    {
        var values = plan.Base.Inputs;
        var inputs = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
        for (var i = 0; i < values.Length; i++)
        {
            var name = plan.Base.System.Parameters[i].Name;
            var axes = plan.Axes.Where(a => a.Parameter == name).ToArray();
            if (axes.Any(a => a.Element is null)) continue;
            inputs.Add(new(name, axes.Aggregate(values[i], (value, axis) => new Value.List(((Value.List)value).Items.SetItem(axis.Element!.Value, Value.None)))));
        }
        return inputs.ToImmutable();
    }

    private static ManifestMeasurement? MeasurementOf(SweepPlan plan)
    {
        if (plan.MeasuredPoints == 0 || plan.Base.Experiment() is not { } experiment) return null;
        var size = !plan.Measurement.Sizes.IsDefaultOrEmpty ? plan.Measurement.Sizes[0] : experiment.Dimension is null ? experiment.DefaultSize : default(int?);
        return new(plan.MeasuredIndices().Length, size, plan.Measurement.Trials ?? experiment.DefaultTrials, plan.Measurement.Seed, experiment.FiniteSizeRemark);
    }
}
