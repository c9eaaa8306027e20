using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Features;
using Theory.Numerics.Sampling;
using Theory.Spectra;

namespace Theory.Plotting;

/// <summary>Makes figures of spectra: the densities of learned features over histograms of real eigenvalues.</summary>
internal static class SpectrumFigure
{
    private const int Bins = 48;
    private const int Points = 2000;

    /// <summary>Computes and draws the spectra of a figure's variants; numbers go to <c>density.csv</c> and <c>histogram.csv</c>.</summary>
    public static FigureResult Run(Figure figure, FigureRequest request, IProgress<double>? progress, CancellationToken token)
    {
        LearnedFeaturesSpectrumModel[] models = [.. figure.Variants.Select(v => ModelOf(figure.Inputs.SetItems(v.Inputs).SetItems(request.Overrides)))];
        var (size, trials) = (request.Size ?? figure.Size ?? 200, request.Trials ?? figure.Trials ?? 10);
        SpectralDensity[] densities = [.. models.Select(m => SpectralDensity.Of(m.ToDysonModel(), Points))];
        var edges = Edges(densities.Max(d => d.Support.Bulks[^1].Upper));
        var parts = new List<Spectrum>();
        for (var i = 0; i < models.Length; i++)
        {
            token.ThrowIfCancellationRequested();
            var model = models[i];
            var counts = ParallelTrials.RunSeeded(trials, request.Seed, (_, seed) => Histogram(model, size, seed, edges), request.Threads, cancellationToken: token);
            parts.Add(new(figure.Variants[i], densities[i], Masses(densities[i], edges), [.. Enumerable.Range(0, Bins).Select(b => RunningEstimate.Of([.. counts.Select(c => c[b])]))]));
            progress?.Report((i + 1.0) / models.Length);
        }
        var measurements = parts.SelectMany(part => Enumerable.Range(0, Bins).Select(b => new FigureMeasurement(
            b, [0.5 * (edges[b] + edges[b + 1])], "density", part.Predicted[b], part.Measured[b].Mean, part.Measured[b].StandardError, trials, size, request.Seed)
        { Variant = part.Variant.Name })).ToImmutableArray();
        var pictures = Draw(figure, request, parts, edges, $"eigenvalues: d = {size}, mean of {trials} trials");
        return new(figure, [], measurements, [WriteDensities(request.OutputDirectory, parts), WriteHistograms(request.OutputDirectory, parts, edges), .. pictures]);
    }

    private static LearnedFeaturesSpectrumModel ModelOf(ImmutableDictionary<string, Value> inputs)
    {
        var system = LearnedFeaturesSpectrumModel.System;
        // Names and values are checked, and told, as everywhere.
        system.Create(inputs);
        var model = system.Template;
        foreach (var binding in system.ParameterBindings)
            if (inputs.TryGetValue(binding.Info.Name, out var value)) model = binding.Set(model, value);
        return model;
    }

    private static double[] Edges(double right) => [.. Enumerable.Range(0, Bins + 1).Select(b => 1.05 * right * b / Bins)];

    private static double[] Histogram(LearnedFeaturesSpectrumModel model, int size, ulong seed, double[] edges)
    {
        var eigenvalues = LearnedFeaturesSpectrumExperiment.Eigenvalues(model, size, seed);
        var (heights, width, p) = (new double[Bins], edges[1] - edges[0], Math.Max(1, Math.Round(model.Beta * size)));
        foreach (var eigenvalue in eigenvalues)
            if (eigenvalue < edges[^1]) heights[Math.Max(0, (int)(eigenvalue / width))] += 1 / (p * width);
        return heights;
    }

    /// <summary>Mean densities in the bins, from the cumulated density between points.</summary>
    private static double[] Masses(SpectralDensity density, double[] edges)
    {
        var (x, cumulated) = (new List<double> { density.Support.Bulks[0].Lower }, new List<double> { 0 });
        for (var i = 0; i < density.Points.Length; i++)
        {
            // The mass of a point lies about it: half of it is below.
            x.Add(density.Points[i]);
            cumulated.Add((i == 0 ? 0 : cumulated[^1] + 0.5 * density.Weights[i - 1] * density.Values[i - 1]) + 0.5 * density.Weights[i] * density.Values[i]);
        }
        x.Add(density.Support.Bulks[^1].Upper);
        cumulated.Add(cumulated[^1] + 0.5 * density.Weights[^1] * density.Values[^1]);
        return [.. Enumerable.Range(0, Bins).Select(b => (Below(edges[b + 1]) - Below(edges[b])) / (edges[1] - edges[0]))];

        double Below(double point)
        {
            var i = x.BinarySearch(point);
            if (i < 0) i = ~i;
            if (i == 0) return 0;
            if (i >= x.Count) return cumulated[^1];
            return cumulated[i - 1] + (cumulated[i] - cumulated[i - 1]) * (point - x[i - 1]) / Math.Max(double.Epsilon, x[i] - x[i - 1]);
        }
    }

    private static IReadOnlyList<string> Draw(Figure figure, FigureRequest request, List<Spectrum> parts, double[] edges, string eigenvalues)
    {
        var width = edges[1] - edges[0];
        var heights = parts.SelectMany(p => p.Measured.Select(m => m.Mean).Concat(p.Predicted)).Where(h => h > 0).ToArray();
        var x = new PlotAxis(false, 0, edges[^1]);
        var y = figure.Picture.LogarithmicValues == false ? new PlotAxis(false, 0, 1.05 * heights.Max()) : PlotAxis.Fit([0.7 * heights.Min(), heights.Max()], true, 0.05);
        var system = LearnedFeaturesSpectrumModel.System;
        var shared = system.ParameterBindings.Select(b => b.Info).Where(p => figure.Inputs.ContainsKey(p.Name)).Select(p => (p.Symbol, p.Name, request.Overrides.GetValueOrDefault(p.Name, figure.Inputs[p.Name])));
        var frame = new Frame
        {
            Title = figure.Title,
            Subtitle = SweepLabels.Inputs(shared),
            XLabel = "x (eigenvalue of ΦᵀΦ/p)",
            YLabel = "ρ (density)",
            Legend = [.. parts.Select((p, n) => new LegendEntry(p.Variant.Label, Palette.Categorical(n), LegendSample.Line)), new(eigenvalues, Palette.Grid, LegendSample.Patch)],
            Caption = $"Theory: {system.Sources[0].Short} (derived, verified by Monte Carlo). System {system.Id}; seed {request.Seed}.",
        };
        using var picture = new Picture(figure.Picture, frame, x, y);
        for (var n = 0; n < parts.Count; n++)
            for (var b = 0; b < Bins; b++)
            {
                var top = y.Position(parts[n].Measured[b].Mean);
                if (!(top > y.Low)) continue;
                var box = picture.Plot.Add.Rectangle(edges[b], edges[b] + width, y.Low, top);
                box.FillColor = Palette.Categorical(n).WithAlpha(0.22);
                box.LineWidth = 0;
            }
        for (var n = 0; n < parts.Count; n++)
        {
            var density = parts[n].Density;
            CurveDrawing.Draw(picture, new("", Palette.Categorical(n), [.. density.Points.Zip(density.Values).Where(d => y.Position(d.Second) > y.Low && y.Position(d.Second) <= y.High)], []), x, y);
        }
        return picture.Save(request.OutputDirectory, "density");
    }

    private static string WriteDensities(string directory, List<Spectrum> parts)
    {
        var text = new StringBuilder("variant,x,density\r\n");
        foreach (var part in parts)
            for (var i = 0; i < part.Density.Points.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{part.Variant.Name},{part.Density.Points[i]:R},{part.Density.Values[i]:R}\r\n");
        return Picture.Write(directory, "density.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string WriteHistograms(string directory, List<Spectrum> parts, double[] edges)
    {
        var text = new StringBuilder("variant,lower,upper,predicted,mean,se\r\n");
        foreach (var part in parts)
            for (var b = 0; b < Bins; b++)
                text.Append(CultureInfo.InvariantCulture, $"{part.Variant.Name},{edges[b]:R},{edges[b + 1]:R},{part.Predicted[b]:R},{part.Measured[b].Mean:R},{part.Measured[b].StandardError:R}\r\n");
        return Picture.Write(directory, "histogram.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private sealed record Spectrum(FigureVariant Variant, SpectralDensity Density, double[] Predicted, RunningEstimate[] Measured);
}
