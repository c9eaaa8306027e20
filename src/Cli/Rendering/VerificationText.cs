using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Systems;

namespace Theory.Cli.Rendering;

/// <summary>A verification for people: prediction and measurement side by side.</summary>
internal static class VerificationText
{
    public static string Of(VerificationReport report)
    {
        var text = new StringBuilder();
        text.Append(PredictionText.Head(report.Outcome)).Append('\n').Append(Comparisons(report)).Append('\n');
        if (report.Fits.Length > 0) text.Append(Fits(report)).Append('\n');
        text.Append(PredictionText.Footing(report.Outcome));
        text.Append(Prose.Fill("finite size: " + report.FiniteSizeRemark, "  ")).Append('\n').Append(Verdict(report)).Append('\n');
        return text.ToString();
    }

    private static string Comparisons(VerificationReport report)
    {
        var table = new TextTable(
            "observable", TextTable.Right("d"), TextTable.Right("predicted"), TextTable.Right("measured"), TextTable.Right("± s.e."),
            TextTable.Right("gap"), TextTable.Right("c/d"), TextTable.Right("z"), "verdict");
        foreach (var row in report.Rows)
        {
            table.Add(
                Name(row.Observable, row.Element), Whole(row.Size), Prose.Number(row.Predicted, 6), Prose.Number(row.Mean, 6), Prose.Number(row.StandardError, 2),
                Prose.Number(row.Gap, 2), Prose.Number(row.Allowance, 2), row.ZScore.ToString("0.0", CultureInfo.InvariantCulture), row.Agrees ? "agrees" : "DISAGREES");
        }
        return table.Render();
    }

    private static string Fits(VerificationReport report)
    {
        var table = new TextTable(
            "gap = c/d", TextTable.Right("c"), TextTable.Right("± s.e."), TextTable.Right("χ²"), TextTable.Right("d.o.f."),
            TextTable.Right("gap ∝ d^(-p): p"), TextTable.Right("± s.e."));
        foreach (var fit in report.Fits)
        {
            table.Add(
                Name(fit.Observable, fit.Element), Prose.Number(fit.Constant, 4), Prose.Number(fit.StandardError, 2), Prose.Number(fit.ChiSquared, 3),
                Whole(fit.DegreesOfFreedom), Prose.Number(fit.Exponent ?? double.NaN, 3), Prose.Number(fit.ExponentError ?? double.NaN, 2));
        }
        return table.Render();
    }

    private static string Verdict(VerificationReport report)
    {
        var wrong = report.Rows.Count(r => !r.Agrees);
        var rule = report.Rows.Length == 0 ? "" : $" (|gap| ≤ {Prose.Number(report.Rows[0].AllowedErrors, 3)} s.e. + c/d)";
        var trials = report.Rows.Length == 0 ? "" : $", {report.Rows[0].Trials} trials at each size, seed {report.Seed}";
        if (report.Rows.Length == 0) return "  Nothing was measured.";
        if (wrong == 0) return $"  Prediction and experiment agree{rule}{trials}.";
        var distance = report.Outcome.Problem.Standing == Standing.Approximation ? "; as an approximation it reports its distance and does not fail" : "";
        return $"  {wrong} of {report.Rows.Length} comparisons DISAGREE{rule}{trials}{distance}.";
    }

    private static string Name(string observable, int element) => element < 0 ? observable : $"{observable}[{Whole(element)}]";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
