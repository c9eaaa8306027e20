using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Exponents;
using Theory.Symbolics;
using static Theory.Cli.Rendering.ExponentsWords;

namespace Theory.Cli.Rendering;

/// <summary>The exponents of a target as LaTeX tables: values with their proofs, and what each step learns.</summary>
internal static class ExponentsLatex
{
    public static string Of(Outcome outcome)
    {
        var exponents = ((LearningExponentsPrediction)outcome.Prediction).Exponents;
        var activation = outcome.Problem.Inputs[1] is Value.Text sigma ? Expression.Parse(sigma.Content) : null;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"% f(z) = {exponents.Target}\n\\begin{{tabular}}{{lcl}}\n$f(z)$ & ${Expression.Parse(outcome.Problem.Inputs[0].ToText()).ToLatex()}$ & \\\\\n\\hline\n");
        void Add(string name, string value, string status) => text.Append(CultureInfo.InvariantCulture, $"{name} & {value} & {status} \\\\\n");
        Add("information exponent", Whole(exponents.InformationExponent, "---"), Status(exponents, "information_exponent"));
        Add("leap in these coordinates", Whole(exponents.Leap, "---"), Status(exponents, "leap"));
        Add("merged staircase", exponents.IsMergedStaircase ? "yes" : "no", Status(exponents, "merged_staircase"));
        Add("isoLeap", Whole(exponents.IsoLeap, "---"), Status(exponents, "iso_leap"));
        Add("generative leap", Whole(exponents.GenerativeLeap, "---"), Status(exponents, "generative_leap"));
        Add("relevant directions", Forms(exponents.Relevant), Status(exponents, "dimension"));
        if (exponents.SecondMoment is { } moment) Add("$\\mathbb{E} f^2$", "$" + Fraction(moment.ToString()!) + "$", "exact");
        text.Append("\\end{tabular}\n");
        if (exponents.Dimension > 0) text.Append('\n').Append(Steps(exponents, activation));
        return text.ToString();
    }

    private static string Steps(LearningExponents exponents, Expression? activation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"% directions learned at each step, with {(activation is null ? "a generic activation" : $"activation {activation}")}\n");
        text.Append("\\begin{tabular}{lcl}\nfresh samples & step & new directions \\\\\n\\hline\n");
        var zero = Subspace.Zero(exponents.Relevant.AmbientDimension);
        foreach (var (l, steps) in exponents.LearnedSubspacesWithActivation ?? exponents.LearnedSubspaces)
        {
            var samples = l == 1 ? "$n \\sim d$" : string.Create(CultureInfo.InvariantCulture, $"$n \\sim d^{{{l}}}$");
            if (steps.IsEmpty) text.Append(samples).Append(" & any & none \\\\\n");
            for (var t = 0; t < steps.Length; t++)
                text.Append(CultureInfo.InvariantCulture, $"{(t == 0 ? samples : "")} & {t + 1} & {Forms(steps[t].Minus(t == 0 ? zero : steps[t - 1]))} \\\\\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"one batch $n \\sim d$, reused & $O(1)$ & {Forms(exponents.LearnedByReuseWithActivation ?? exponents.LearnedByReuse)} \\\\\n");
        if (exponents.HardUnderReuse is { Dimension: > 0 } hard) text.Append(CultureInfo.InvariantCulture, $"hard at $n \\sim d$ & & {Forms(hard)} \\\\\n");
        return text.Append("\\end{tabular}\n").ToString();
    }

    private static string Forms(Subspace subspace) => subspace.Dimension == 0 ? "none" : "$" + string.Join(",\\ ", subspace.Basis.Select(row => Form([.. row.Select(x => x.ToString()!)]))) + "$";

    private static string Form(IReadOnlyList<string> row)
    {
        var text = new StringBuilder();
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i] == "0") continue;
            var (negative, size) = row[i][0] == '-' ? (true, row[i][1..]) : (false, row[i]);
            text.Append(negative ? " - " : text.Length == 0 ? "" : " + ").Append(size == "1" ? "" : Fraction(size) + " ").Append(CultureInfo.InvariantCulture, $"z_{{{i + 1}}}");
        }
        return text.ToString().Trim();
    }

    private static string Fraction(string number)
    {
        var parts = number.Split('/');
        return parts.Length == 2 ? $"\\tfrac{{{parts[0]}}}{{{parts[1]}}}" : number;
    }
}
