using System.Collections.Immutable;
using Theory.Contract;
using Theory.Systems;
using Theory.Systems.Diagrams;
using Theory.Systems.Sweeps;

namespace Theory.Plotting;

/// <summary>A figure that anyone can make again by its id: a system with inputs, one or two axes, and where the experiment is run beside the theory.</summary>
public sealed record Figure
{
    /// <summary>Its id: the system's id and a few words, in kebab case.</summary>
    public required string Id { get; init; }

    /// <summary>The title above the picture.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows, in one or two sentences.</summary>
    public required string Description { get; init; }

    /// <summary>The system's id.</summary>
    public required string System { get; init; }

    /// <summary>The inputs that do not vary; the system's defaults where left out.</summary>
    public ImmutableDictionary<string, Value> Inputs { get; init; } = ImmutableDictionary<string, Value>.Empty;

    /// <summary>
    /// Variants that are drawn into one picture, each a sweep with inputs of its own in a folder of its name; none, the default, is one sweep. A figure without axes shows
    /// the spectra of its variants, densities over histograms.
    /// </summary>
    public ImmutableArray<FigureVariant> Variants { get; init; } = [];

    /// <summary>One or two axes, the outermost first; one for figures with variants, none for spectra.</summary>
    public required ImmutableArray<SweepAxis> Axes { get; init; }

    /// <summary>
    /// For a phase diagram how often cells at boundaries are divided in four; the two axes are the ends of the undivided cells. <see langword="null"/> for a sweep.
    /// </summary>
    public int? DiagramLevels { get; init; }

    /// <summary>The rule of a phase diagram; <see langword="null"/> for the system's own output <c>phase</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>Number of values of the first axis at which the experiment is run; of a phase diagram, parts of both axes at whose centres it is. 0 for theory alone.</summary>
    public int MeasuredPoints { get; init; }

    /// <summary>Size d of the experiments, or <see langword="null"/> for the system's default.</summary>
    public int? Size { get; init; }

    /// <summary>Trials at each measured point, or <see langword="null"/> for the system's default.</summary>
    public int? Trials { get; init; }

    /// <summary>The observables drawn, and how.</summary>
    public PlotOptions Picture { get; init; } = new();

    /// <summary>The sweep behind the figure.</summary>
    /// <param name="request">What is changed.</param>
    /// <param name="variant">The variant, or <see langword="null"/> for a figure without.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InvalidInputException">An override is unknown, illegal, an axis or fixed by the variants, or experiments are asked of a figure that has none.</exception>
    public SweepPlan Plan(FigureRequest request, FigureVariant? variant = null)
    {
        Check(request);
        var inputs = variant is null ? Inputs : Inputs.SetItems(variant.Inputs);
        return SweepPlan.Create(Catalogue.Default.Get(variant?.System ?? System), inputs.SetItems(request.Overrides), Axes.AsSpan()) with
        {
            MeasuredPoints = MeasuredPoints,
            Measurement = Measurement(request),
            Threads = request.Threads,
        };
    }

    /// <summary>The phase diagram behind the figure.</summary>
    /// <param name="request">What is changed.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InvalidInputException">The figure is no phase diagram; or an override is unknown, illegal or an axis of the figure, or experiments are asked of a figure that has none.</exception>
    public PhaseDiagramPlan DiagramPlan(FigureRequest request)
    {
        Check(request);
        if (DiagramLevels is not { } levels || Axes is not [var x, var y]) throw new InvalidInputException("figure", $"{Id} is no phase diagram");
        return PhaseDiagramPlan.Create(Catalogue.Default.Get(System), Inputs.SetItems(request.Overrides), Axis(x), Axis(y), Rule) with
        {
            Cells = x.Count - 1,
            Levels = levels,
            MeasuredPoints = MeasuredPoints,
            Measurement = Measurement(request),
            Threads = request.Threads,
        };
    }

    /// <summary>Makes the figure: computes theory and experiment, or goes on where an earlier run stopped, and draws them.</summary>
    /// <param name="request">Where to, and what is changed.</param>
    /// <param name="progress">Receives the fraction done, or <see langword="null"/>.</param>
    /// <param name="token">Stops the work; what is done is kept.</param>
    /// <returns>The numbers and the files.</returns>
    /// <exception cref="InvalidInputException">The request is not as <see cref="Plan"/> requires, or the folder (<c>out</c>) cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public FigureResult Run(FigureRequest request, IProgress<double>? progress = null, CancellationToken token = default)
    {
        if (DiagramLevels is not null) return RunDiagram(request, progress, token);
        if (Axes.IsEmpty)
        {
            Check(request);
            return SpectrumFigure.Run(this, request, progress, token);
        }
        if (!Variants.IsEmpty) return RunVariants(request, progress, token);
        var plan = Plan(request);
        var table = SweepRunner.Run(plan, request.OutputDirectory, progress, token);
        var pictures = SweepPlotter.Plot(request.OutputDirectory, Picture with { Title = Picture.Title ?? Title });
        var manifest = SweepManifest.Load(request.OutputDirectory);
        return new(this, [table], FigureResult.MeasurementsOf([.. manifest.Axes.Select(a => a.ColumnName)], table), [.. FilesOf(request.OutputDirectory), .. pictures]);
    }

    private FigureResult RunDiagram(FigureRequest request, IProgress<double>? progress, CancellationToken token)
    {
        var diagram = PhaseDiagram.Compute(DiagramPlan(request), progress, token);
        string[] files = [.. diagram.Save(request.OutputDirectory), .. DiagramPlotter.Plot(diagram, request.OutputDirectory, Picture with { Title = Picture.Title ?? Title })];
        return new(this, [diagram.Points], diagram.Measurements is { } table ? FigureResult.MeasurementsOf([.. Axes.Select(a => a.ColumnName)], table) : [], [.. files]);
    }

    private FigureResult RunVariants(FigureRequest request, IProgress<double>? progress, CancellationToken token)
    {
        SweepPlan[] plans = [.. Variants.Select(v => Plan(request, v))];
        string[] folders = [.. Variants.Select(v => Path.Combine(request.OutputDirectory, v.Name))];
        var tables = ImmutableArray.CreateBuilder<SweepTable>(plans.Length);
        for (var i = 0; i < plans.Length; i++)
        {
            var done = i;
            tables.Add(SweepRunner.Run(plans[i], folders[i], progress is null ? null : new Part(share => progress.Report((done + share) / plans.Length)), token));
        }
        var pictures = SweepPlotter.PlotTogether(folders, [.. Variants.Select(v => v.Label)], request.OutputDirectory, Picture with { Title = Picture.Title ?? Title });
        var measurements = Variants.SelectMany((v, i) => FigureResult.MeasurementsOf([.. SweepManifest.Load(folders[i]).Axes.Select(a => a.ColumnName)], tables[i]).Select(m => m with { Variant = v.Name }));
        return new(this, tables.ToImmutable(), [.. measurements], [.. folders.SelectMany(FilesOf), .. pictures]);
    }

    private static DiagramAxis Axis(SweepAxis axis) => new(axis.Name, axis.From, axis.To, axis.Scale == AxisScale.Logarithmic);

    private VerificationOptions Measurement(FigureRequest request) =>
        new() { Sizes = (request.Size ?? Size) is { } d ? [d] : [], Trials = request.Trials ?? Trials, Seed = request.Seed };

    private void Check(FigureRequest request)
    {
        Guard.NotNull(request, nameof(request));
        foreach (var name in request.Overrides.Keys)
        {
            if (Axes.Any(a => a.Parameter == name)) throw new InvalidInputException(name, $"{name} is an axis of {Id} and cannot be set");
            if (Variants.Any(v => v.Inputs.ContainsKey(name))) throw new InvalidInputException(name, $"{name} tells the variants of {Id} apart and cannot be set");
        }
        if (MeasuredPoints == 0 && (request.Size ?? request.Trials) is not null)
            throw new InvalidInputException(request.Size is not null ? "size" : "trials", $"{Id} shows theory alone and runs no experiment");
        if (Axes.IsEmpty && request.Trials is < 1) throw new InvalidInputException("trials", $"trials must be at least 1; got {request.Trials}");
    }

    private static IEnumerable<string> FilesOf(string folder) => SweepManifest.Load(folder).Files.Prepend(SweepManifest.FileName).Select(f => Path.Combine(folder, f));

    private sealed class Part(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}

/// <summary>One of several curves, or spectra, in a figure.</summary>
/// <param name="Name">Its name in kebab case, also that of its folder.</param>
/// <param name="Label">What the legend calls it.</param>
/// <param name="Inputs">The inputs that make it.</param>
public sealed record FigureVariant(string Name, string Label, ImmutableDictionary<string, Value> Inputs)
{
    /// <summary>The id of another system than the figure's, with the same axis, inputs and observable; <see langword="null"/>, the default, for the figure's own.</summary>
    public string? System { get; init; }
}
