using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Exponents;
using Theory.Systems.Json;
using static Theory.Cli.Rendering.ExponentsWords;

namespace Theory.Cli.Rendering;

/// <summary>The exponents of a target for people: values with their proofs, what each step learns, and the samples needed.</summary>
internal static class ExponentsText
{
    private const string NotLearned = "nothing, at any of O(1) steps";

    public static string Of(Outcome outcome)
    {
        var prediction = (LearningExponentsPrediction)outcome.Prediction;
        var exponents = prediction.Exponents;
        var activation = outcome.Problem.Inputs[1] is Value.Text sigma ? $"activation {sigma.Content}" : "a generic activation";
        var text = new StringBuilder();
        text.Append($"f(z) = {exponents.Target},  z = Vx,  x ~ N(0, I_d),  V with orthonormal rows\n\n").Append(Values(exponents));
        if (exponents.Dimension > 0)
        {
            text.Append($"\nDirections learned at each gradient step, with {activation}  (● learned, ○ not; {exponents.Dimension} in all)\n\n").Append(Steps(exponents));
        }
        text.Append("\nSamples for all directions, d → ∞\n\n").Append(Samples(prediction));
        text.Append('\n').Append(Certificates(exponents));
        return text.Append($"\n  standing  {PredictionJson.NameOf(outcome.Problem.Standing)}\n  source    {PredictionJson.SourceOf(outcome.Problem.System)}\n").ToString();
    }

    private static string Values(LearningExponents exponents)
    {
        var table = new TextTable("exponent", TextTable.Right("value"), "status");
        void Add(string name, string value, string quantity) => table.Add(name, value, Status(exponents, quantity));
        Add("information exponent", Whole(exponents.InformationExponent), "information_exponent");
        Add("leap in these coordinates", Whole(exponents.Leap), "leap");
        Add("merged staircase", exponents.IsMergedStaircase ? "yes" : "no", "merged_staircase");
        Add("isoLeap, in the worst coordinates", Whole(exponents.IsoLeap), "iso_leap");
        Add("generative leap", Whole(exponents.GenerativeLeap), "generative_leap");
        table.Add("relevant directions", Whole(exponents.Dimension), Forms(exponents.Relevant));
        if (exponents.SecondMoment is { } moment)
            table.Add("second moment E f²", moment.ToString()!, "exact");
        return table.Render();
    }

    private static string Steps(LearningExponents exponents)
    {
        var table = new TextTable("samples", "step", "learned", "new directions");
        var zero = Subspace.Zero(exponents.Relevant.AmbientDimension);
        foreach (var (l, steps) in exponents.LearnedSubspacesWithActivation ?? exponents.LearnedSubspaces)
        {
            var samples = l == 1 ? "fresh n ~ d" : string.Create(CultureInfo.InvariantCulture, $"fresh n ~ d^{l}");
            if (steps.IsEmpty)
                table.Add(samples, "any", Picture(zero, exponents), NotLearned);
            for (var t = 0; t < steps.Length; t++)
                table.Add(t == 0 ? samples : "", Whole(t + 1), Picture(steps[t], exponents), Forms(steps[t].Minus(t == 0 ? zero : steps[t - 1])));
        }
        var reused = exponents.LearnedByReuseWithActivation ?? exponents.LearnedByReuse;
        table.Add("one batch n ~ d, reused", "O(1)", Picture(reused, exponents), reused.Dimension == 0 ? NotLearned : Forms(reused));
        if (exponents.HardUnderReuse is { Dimension: > 0 } hard)
            table.Add("hard at n ~ d", "", new string('○', hard.Dimension), Forms(hard));
        return table.Render();
    }

    private static string Samples(LearningExponentsPrediction prediction)
    {
        var table = new TextTable("way of learning", "samples");
        foreach (var complexity in prediction.SampleComplexities)
            table.Add(complexity.Protocol.Replace('_', ' '), complexity.Samples);
        return table.Render();
    }

    private static string Certificates(LearningExponents exponents)
    {
        var table = new TextTable("certificate", "status", "because");
        foreach (var certificate in exponents.Certificates)
            table.Add(certificate.Quantity, Status(certificate), certificate.Reason);
        return table.Render();
    }

    private static string Picture(Subspace learned, LearningExponents exponents) =>
        new string('●', learned.Dimension) + new string('○', exponents.Dimension - learned.Dimension);

    /// <summary>The rows of a basis as linear forms: "z1 - 1/2*z3, z2".</summary>
    private static string Forms(Subspace subspace) => subspace.Dimension == 0 ? "none" : string.Join(", ", subspace.Basis.Select(row => Form([.. row.Select(entry => entry.ToString()!)])));

    private static string Form(IReadOnlyList<string> row)
    {
        var text = new StringBuilder();
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i] == "0")
                continue;
            var (negative, size) = row[i][0] == '-' ? (true, row[i][1..]) : (false, row[i]);
            text.Append((text.Length, negative) switch { (0, false) => "", (0, true) => "-", (_, false) => " + ", _ => " - " });
            text.Append(size == "1" ? "" : size + "*").Append('z').Append(Whole(i + 1));
        }
        return text.ToString();
    }
}
