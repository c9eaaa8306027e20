using System.Collections.Immutable;
using System.Globalization;
using ScottPlot;
using Theory.Contract;
using Theory.Systems;

namespace Theory.Plotting;

/// <summary>Draws verifications: how far the experiment lies from the prediction.</summary>
public static class VerificationPlotter
{
    private const int MostNumbers = 24;
    private const int MostCurves = 7;

    /// <summary>
    /// Draws a verification. With several sizes: measured minus predicted (relative to the prediction where no prediction is 0) against d, with the fitted c/d.
    /// With one size: the gap of each number in standard errors, over the range in which it counts as agreement. Of very many numbers the worst are shown.
    /// </summary>
    /// <param name="report">The verification.</param>
    /// <param name="directory">Where the pictures go; created if it does not exist.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The paths of the pictures: <c>verification.png</c> and <c>verification.svg</c>.</returns>
    /// <exception cref="InvalidInputException">The verification compares nothing that is asked for, or the folder cannot be written.</exception>
    public static IReadOnlyList<string> Plot(VerificationReport report, string directory, PlotOptions? options = null)
    {
        Guard.NotNull(report, nameof(report));
        var chosen = options ?? new();
        VerificationRow[] rows = [.. report.Rows.Where(r => chosen.Observables.IsDefaultOrEmpty || chosen.Observables.Contains(r.Observable))];
        if (rows.Length == 0)
            throw new InvalidInputException("observable", $"the verification compares {string.Join(", ", report.Rows.Select(r => r.Observable).Distinct())} only");
        using var picture = rows.Select(r => r.Size).Distinct().Count() > 1 ? BySize(report, rows, chosen) : ByNumber(report, rows, chosen);
        return picture.Save(Guard.NotNull(directory, nameof(directory)), "verification");
    }

    private static Picture BySize(VerificationReport report, VerificationRow[] rows, PlotOptions options)
    {
        var groups = rows.GroupBy(r => (r.Observable, r.Element)).OrderByDescending(g => g.Max(r => Severity(r))).Take(MostCurves).ToArray();
        var isRelative = rows.All(r => r.Predicted != 0);
        double Unit(VerificationRow row) => isRelative ? Math.Abs(row.Predicted) : 1;
        var curves = groups.SelectMany((group, n) => Curves(report, group.ToArray(), Unit(group.First()), Palette.Categorical(n), Math.Pow(1.015, n - (groups.Length - 1) / 2.0))).ToArray();

        var x = PlotAxis.Fit(rows.Select(r => (double)r.Size), true, 0.08);
        var reach = curves.SelectMany(c => c.Dots).SelectMany(d => (double[])[d.Mean - 2.5 * d.StandardError, d.Mean + 2.5 * d.StandardError]).Append(0);
        var y = PlotAxis.Fit(reach, false, 0.05);
        var frame = FrameOf(report, rows) with
        {
            XLabel = "d (size)",
            YLabel = isRelative ? "measured / predicted − 1" : "measured − predicted",
            Legend =
            [
                .. groups.Select((g, n) => new LegendEntry(Name(g.First()), Palette.Categorical(n), LegendSample.Dot)),
                .. report.Fits.IsEmpty ? (LegendEntry[])[] : [new("fit c/d", Palette.Ink, LegendSample.Dashes)],
            ],
        };
        var picture = new Picture(options, frame, x, y);
        picture.SetTicks([.. rows.Select(r => r.Size).Distinct().Order().Select(d => new Tick(x.Position(d), d.ToString(CultureInfo.InvariantCulture)))]);
        picture.Plot.Add.HorizontalLine(0, 1, Palette.Ink);
        foreach (var curve in curves) CurveDrawing.Draw(picture, curve, x, y);
        return picture;
    }

    private static IEnumerable<Curve> Curves(VerificationReport report, VerificationRow[] rows, double unit, Color color, double shift)
    {
        yield return new(Name(rows[0]), color, [], [.. rows.Select(r => new Dot(r.Size * shift, r.Gap / unit, r.StandardError / unit))]);
        if (report.Fits.FirstOrDefault(f => f.Observable == rows[0].Observable && f.Element == rows[0].Element) is not { } fit) yield break;
        var (from, to) = (rows.Min(r => r.Size), rows.Max(r => r.Size));
        var sizes = Enumerable.Range(0, 101).Select(i => from * Math.Pow((double)to / from, i / 100.0));
        yield return new("", color, [.. sizes.Select(d => (d, fit.Constant / d / unit))], []) { IsDashed = true };
    }

    private static Picture ByNumber(VerificationReport report, VerificationRow[] rows, PlotOptions options)
    {
        VerificationRow[] shown = [.. rows.Where(r => double.IsFinite(r.ZScore)).OrderByDescending(Severity).Take(MostNumbers)];
        shown = [.. rows.Where(shown.Contains)];
        var x = new PlotAxis(false, -0.5, Math.Max(1, shown.Length) - 0.5);
        var y = PlotAxis.Fit(shown.SelectMany(r => (double[])[r.ZScore, Bound(r), -Bound(r)]).Append(0), false, 0.08);
        var frame = FrameOf(report, rows) with
        {
            XLabel = "",
            YLabel = "(measured − predicted) / s.e.",
            Legend = [new("measured", Palette.Categorical(0), LegendSample.Line), .. Disagreement(shown), new("range of agreement: allowed s.e. and c/d", Palette.Grid, LegendSample.Patch)],
        };
        var picture = new Picture(options, frame, x, y);
        for (var n = 0; n < shown.Length; n++)
        {
            var bound = Math.Min(Bound(shown[n]), y.High);
            var box = picture.Plot.Add.Rectangle(n - 0.3, n + 0.3, -bound, bound);
            box.FillColor = Palette.Grid;
            box.LineWidth = 0;
        }
        picture.Plot.Add.HorizontalLine(0, 1, Palette.Ink);
        for (var n = 0; n < shown.Length; n++)
        {
            var level = picture.Plot.Add.Line(n - 0.3, shown[n].ZScore, n + 0.3, shown[n].ZScore);
            level.LineColor = Palette.Categorical(shown[n].Agrees ? 0 : 1);
            level.LineWidth = 3;
        }
        picture.SetLabels([.. shown.Select(Name)]);
        return picture;
    }

    private static LegendEntry[] Disagreement(VerificationRow[] rows) =>
        rows.All(r => r.Agrees) ? [] : [new("measured, disagrees", Palette.Categorical(1), LegendSample.Line)];

    /// <summary>How many standard errors count as agreement.</summary>
    private static double Bound(VerificationRow row) => row.StandardError > 0 ? row.AllowedErrors + row.Allowance / row.StandardError : row.AllowedErrors;

    private static double Severity(VerificationRow row) => double.IsFinite(row.ZScore) ? Math.Abs(row.ZScore) / Bound(row) : double.MaxValue;

    private static string Name(VerificationRow row) =>
        row.Observable.Replace('_', ' ') + (row.Element < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{row.Element}]"));

    private static Frame FrameOf(VerificationReport report, VerificationRow[] rows)
    {
        var (problem, first) = (report.Outcome.Problem, rows[0]);
        var inputs = problem.System.Parameters.Zip(problem.Inputs, (parameter, value) => (parameter.Symbol, parameter.Name, value));
        int[] sizes = [.. rows.Select(r => r.Size).Distinct().Order()];
        var disagreeing = rows.Count(r => !r.Agrees);
        var verdict = disagreeing == 0 ? $"All {rows.Length} numbers agree." : $"{disagreeing} of {rows.Length} numbers disagree.";
        return new()
        {
            Title = $"{problem.System.Title}: theory and experiment",
            Subtitle = SweepLabels.Inputs(inputs),
            XLabel = "",
            YLabel = "",
            Caption = $"{verdict} d = {string.Join(", ", sizes)}; means of {first.Trials} trials{(sizes.Length > 1 ? $" ± {CurveDrawing.BarErrors:0} s.e." : "")}; seed {report.Seed}. "
                + $"Theory: {problem.System.Sources[0].Short}. Finite size: {report.FiniteSizeRemark}",
        };
    }
}
