using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Hermite;

public sealed partial record HermiteCoefficientsModel
{
    /// <summary>The system <c>hermite</c>.</summary>
    public static SystemDefinition<HermiteCoefficientsModel, HermiteCoefficientsPrediction> System { get; } = new()
    {
        Id = "hermite",
        Title = "Hermite coefficients of a function",
        Summary = "f = Σ (c_k/k!) He_k with probabilists' Hermite polynomials, c_k = E[f(z) He_k(z)], z ~ N(0, 1), and E f² = Σ c_k²/k!; in closed form where there is one.",
        Family = "exponents",
        Standing = Standing.Theorem,
        Sources =
        [
            new(
                "ODonnell2014", ["O'Donnell, Ryan"], "Analysis of Boolean Functions", 2014, null, "Cambridge University Press",
                "chapter 11: Hermite polynomials as an orthonormal basis under the Gaussian, and Parseval's identity"),
            new(
                "Stein1981", ["Stein, Charles M."], "Estimation of the mean of a multivariate normal distribution", 1981, null, "The Annals of Statistics",
                "lemma 1: integration by parts, by which the coefficients of f are those of its derivatives"),
        ],
        Template = new() { Expression = "z" },
        ParameterBindings =
        [
            new(new() { Name = "expression", Symbol = "f(z)", Meaning = "function to be expanded, a formula in z", Shape = Shape.Expression, Example = "relu(z)" }, m => m.Expression.Text, (m, v) => m with { Expression = v.ToText() }),
            new(
                new() { Name = "order", Symbol = "K", Meaning = "highest order", Shape = Shape.Integer, Range = ParameterRange.Closed(0, HermiteExpansion.MaximumOrder), Default = 20, Example = 8 },
                m => m.Order, (m, v) => m with { Order = (int)Math.Clamp(v.ToInt64(), -1, int.MaxValue) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "coefficients", Symbol = "c_k", Meaning = "raw coefficients E[f He_k], k = 0 … K", Shape = Shape.Series }, p => List(p.Coefficients, c => c)),
            new(new() { Name = "exact", Symbol = "c_k", Meaning = "raw coefficients in closed form; \"0\" is proved, null has none", Shape = Shape.Text }, p => List(p.Exact, c => c is null ? Value.None : c)),
            new(new() { Name = "orthonormal", Symbol = "ĉ_k", Meaning = "orthonormal coefficients c_k/√(k!)", Shape = Shape.Series, IsMeasured = true }, p => List(p.Orthonormal, c => c)),
            new(new() { Name = "status", Symbol = "", Meaning = "what is known of each coefficient being zero", Shape = Shape.Text }, p => List(p.Status, c => NameOf(c))),
            new(new() { Name = "second_moment", Symbol = "E f²", Meaning = "second moment, the sum of all c_k²/k!", IsMeasured = true }, p => p.SecondMoment),
            new(new() { Name = "parseval_residual", Symbol = "R_K", Meaning = "second moment less the sum of c_k²/k! up to order K: the squared L² norm of the tail" }, p => p.ParsevalResidual),
        ],
        Solve = HermiteCoefficientsPrediction.Solve,
        Experiment = new()
        {
            Run = HermiteCoefficientsExperiment.Run,
            Description = "Averages f He_k/√(k!) and f² over thousands (the size) of random z from N(0, K + 9), weighted by the ratio of densities: unbiased, and bounded where f grows slower than exp(z²/5).",
            DefaultSize = 50,
            MinimumSize = 1,
            FiniteSizeConstant = (_, _, _) => 0,
            FiniteSizeRemark = "c = 0: averages of samples are unbiased at any size.",
        },
    };

    private static Value List<T>(ImmutableArray<T> items, Func<T, Value> wrap) => Value.ListOf(items.Select(wrap));

    /// <summary>A status as programs read it.</summary>
    private static string NameOf(CoefficientStatus status) => status switch
    {
        CoefficientStatus.ExactZero => "exact_zero",
        CoefficientStatus.ExactNonzero => "exact_nonzero",
        CoefficientStatus.NumericNonzero => "numeric_nonzero",
        CoefficientStatus.NumericallyZero => "numerically_zero",
        _ => throw Guard.OutOfRange(nameof(status), status, "must be a CoefficientStatus"),
    };
}
