using System.Globalization;
using System.Text;
using Theory.Hermite;

namespace Theory.Cli.Rendering;

/// <summary>A Hermite expansion in all three normalisations.</summary>
internal static class HermiteText
{
    public static string Of(HermiteExpansion expansion)
    {
        var table = new TextTable(
            TextTable.Right("k"), TextTable.Right("c_k = E[f He_k]"), TextTable.Right("c_k/√k!"), TextTable.Right("c_k/k!"), "c_k/√k! exactly", "status");
        foreach (var c in expansion)
            table.Add(Whole(c.Order), Prose.Number(c.Raw), Prose.Number(c.Value), Prose.Number(c.Expansion), c.Exact ?? "", Status(c));
        var text = new StringBuilder();
        text.Append($"f(z) = {expansion.Function.Text},  z ~ N(0, 1),  f = Σ (c_k/k!) He_k\n\n").Append(table.Render()).Append('\n');
        text.Append($"  second moment      E f² = {Prose.Number(expansion.SecondMoment)}{(expansion.ExactSecondMoment is { } exact ? $" = {exact}" : "")}\n");
        text.Append($"  Parseval residual  E f² − Σ c_k²/k! = {Prose.Number(expansion.ParsevalResidual, 4)}  (L² norm of the tail {Prose.Number(expansion.TailNorm, 4)})\n");
        if (!expansion.IsConverged) text.Append($"  warning            the quadrature missed its tolerance; largest error {Prose.Number(LargestError(expansion), 2)}\n");
        return text.ToString();
    }

    /// <summary>The expansion as a LaTeX table: closed forms where there are some, else numbers.</summary>
    public static string Latex(HermiteExpansion expansion)
    {
        var text = new StringBuilder();
        text.Append("\\begin{tabular}{rll}\n").Append("$k$ & $c_k = \\mathbb{E}[f\\,\\mathrm{He}_k]$ & $c_k/\\sqrt{k!}$ \\\\ \\hline\n");
        foreach (var c in expansion) text.Append(CultureInfo.InvariantCulture, $"${c.Order}$ & ${c.LatexRaw ?? Power(c.Raw)}$ & ${c.Latex ?? Power(c.Value)}$ \\\\\n");
        return text.Append("\\end{tabular}\n").ToString();
    }

    private static string Power(double number)
    {
        var digits = Prose.Number(number).Split('e', 'E');
        return digits.Length == 1 ? digits[0] : $"{digits[0]} \\cdot 10^{{{int.Parse(digits[1], CultureInfo.InvariantCulture)}}}";
    }

    private static double LargestError(HermiteExpansion expansion) => expansion.Max(c => c.Error);

    private static string Status(HermiteCoefficient c) => c.Status switch
    {
        CoefficientStatus.ExactZero => "zero, proved",
        CoefficientStatus.ExactNonzero => "not zero, proved",
        CoefficientStatus.NumericNonzero => c.Exact is null ? $"± {Prose.Number(c.Error, 2)}" : "not zero",
        CoefficientStatus.NumericallyZero => $"± {Prose.Number(c.Error, 2)}, perhaps zero",
        _ => throw new ArgumentOutOfRangeException(nameof(c), c.Status, "status must be a CoefficientStatus."),
    };

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
