using System.Globalization;
using System.Text;
using Theory.Contract;
using Theory.Hermite;
using Theory.Numerics.FixedPoints;
using Theory.Systems.Json;

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

    /// <summary>The names that programs use: <c>coefficients</c> are the raw c_k, <c>exact</c> their closed forms.</summary>
    public static Value Summary(string expression, HermiteExpansion expansion) => Prose.Map(
        ("system", "hermite"),
        ("inputs", Prose.Map(("expression", expression), ("order", expansion.Order))),
        ("outputs", Prose.Map(
            ("coefficients", List(expansion, c => Finite(c.Raw))),
            ("exact", List(expansion, c => c.ExactRaw is { } exact ? exact : Value.None)),
            ("orthonormal", List(expansion, c => c.Value)),
            ("orthonormal_exact", List(expansion, c => c.Exact is { } exact ? exact : Value.None)),
            ("error", List(expansion, c => Finite(c.Error))),
            ("status", List(expansion, c => NameOf(c.Status))),
            ("second_moment", Finite(expansion.SecondMoment)),
            ("parseval_residual", Finite(expansion.ParsevalResidual)))),
        ("diagnostics", Prose.Map(
            ("status", PredictionJson.NameOf(expansion.IsConverged ? SolverStatus.Converged : SolverStatus.BudgetExhausted)),
            ("residual", LargestError(expansion)),
            ("iterations", 0))),
        ("warnings", Value.ListOf([])));

    private static double LargestError(HermiteExpansion expansion) => expansion.Max(c => c.Error);

    private static string Status(HermiteCoefficient c) => c.Status switch
    {
        CoefficientStatus.ExactZero => "zero, proved",
        CoefficientStatus.ExactNonzero => "not zero, proved",
        CoefficientStatus.NumericNonzero => c.Exact is null ? $"± {Prose.Number(c.Error, 2)}" : "not zero",
        CoefficientStatus.NumericallyZero => $"± {Prose.Number(c.Error, 2)}, perhaps zero",
        _ => throw new ArgumentOutOfRangeException(nameof(c), c.Status, "status must be a CoefficientStatus."),
    };

    private static string NameOf(CoefficientStatus status) => status switch
    {
        CoefficientStatus.ExactZero => "exact_zero",
        CoefficientStatus.ExactNonzero => "exact_nonzero",
        CoefficientStatus.NumericNonzero => "numeric_nonzero",
        CoefficientStatus.NumericallyZero => "numerically_zero",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "status must be a CoefficientStatus."),
    };

    private static Value Finite(double number) => double.IsFinite(number) ? number : Value.None;

    private static Value List(HermiteExpansion expansion, Func<HermiteCoefficient, Value> select) => Value.ListOf(expansion.Select(select));

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
