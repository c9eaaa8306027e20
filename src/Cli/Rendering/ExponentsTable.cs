using System.Globalization;
using Theory.Contract;
using Theory.Exponents;
using static Theory.Cli.Rendering.ExponentsWords;

namespace Theory.Cli.Rendering;

/// <summary>The exponents of several targets, one to a line.</summary>
internal static class ExponentsTable
{
    public static string Of(IReadOnlyCollection<Outcome> outcomes)
    {
        var table = new TextTable(
            "target", TextTable.Right("information"), TextTable.Right("leap"), "staircase", TextTable.Right("isoLeap"), TextTable.Right("generative"), TextTable.Right("directions"),
            "n ~ d", "n ~ d²", "n ~ d³", "reuse", "status");
        foreach (var outcome in outcomes)
        {
            var exponents = ((LearningExponentsPrediction)outcome.Prediction).Exponents;
            string[] learned = [.. exponents.LearnedDimensions.Values.Select(steps => steps.IsEmpty ? "never" : string.Join(", ", steps.Select(d => d.ToString(CultureInfo.InvariantCulture))))];
            table.Add([
                outcome.Problem.Inputs[0].ToText(), Whole(exponents.InformationExponent), Whole(exponents.Leap), exponents.IsMergedStaircase ? "yes" : "no", Whole(exponents.IsoLeap),
                Whole(exponents.GenerativeLeap), Whole(exponents.Dimension), .. learned, Whole(exponents.LearnedByReuse.Dimension), exponents.IsProved ? "proved" : "in part evidence"]);
        }
        return table.Render();
    }
}
