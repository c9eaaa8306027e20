using Theory.Contract;

namespace Theory.Factorization;

public sealed partial record DonohoTannerModel
{
    /// <summary>The system <c>donoho-tanner</c>.</summary>
    public static SystemDefinition<DonohoTannerModel, DonohoTannerPrediction> System { get; } = new()
    {
        Id = "donoho-tanner",
        Title = "Thresholds of sparse recovery by ℓ₁ minimisation",
        Summary = "min ‖x‖₁ subject to Ax = Ax₀ with A an m × N Gaussian matrix and k entries of x₀ not 0; N → ∞ with δ = m/N fixed: the ratio ρ = k/m below which x₀ is recovered exactly.",
        Family = "factorization",
        Standing = Standing.Theorem,
        Sources =
        [
            FactorizationSources.CountingFaces("weak thresholds for signed and non-negative vectors"),
            FactorizationSources.MessagePassing("the parametric form, and message passing with the same threshold"),
        ],
        Template = new() { Delta = 0.5 },
        ParameterBindings =
        [
            new(new() { Name = "delta", Symbol = "δ = m/N", Meaning = "measurements per unknown", Range = ParameterRange.Between(0, 1), Example = 0.5 }, m => m.Delta, (m, v) => m with { Delta = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "rho_signed", Symbol = "ρ_±", Meaning = "threshold in k/m for vectors of any signs" }, p => p.RhoSigned),
            new(new() { Name = "z_signed", Symbol = "z_±", Meaning = "its parameter" }, p => p.ZSigned),
            new(new() { Name = "rho_positive", Symbol = "ρ_+", Meaning = "threshold in k/m for non-negative vectors" }, p => p.RhoPositive),
            new(new() { Name = "z_positive", Symbol = "z_+", Meaning = "its parameter" }, p => p.ZPositive),
        ],
        Solve = DonohoTannerPrediction.Solve,
        NoExperimentReason = "Basis pursuit needs a linear-programming solver, which the library does not carry; its tests solve it on real instances on either side of the curve.",
    };
}

public sealed partial record LassoModel
{
    private static readonly string[] Signals = ["gauss", "pm1"];

    /// <summary>The system <c>lasso</c>.</summary>
    public static SystemDefinition<LassoModel, LassoPrediction> System { get; } = new()
    {
        Id = "lasso",
        Title = "Error of the LASSO on Gaussian designs",
        Summary = "y = A x₀ + w, A m × N with N(0, 1/m) entries, w ~ N(0, σ²), a fraction ε of x₀ not 0; minimise ½‖y − Ax‖² + λ‖x‖₁; N → ∞ with δ = m/N fixed.",
        Family = "factorization",
        Standing = Standing.Theorem,
        Sources =
        [
            FactorizationSources.LassoRisk("the limit of the LASSO, and the map between threshold and penalty"),
            FactorizationSources.MessagePassing("message passing and its state evolution"),
        ],
        Template = new() { Delta = 1, Sparsity = 0, Noise = 0 },
        ParameterBindings =
        [
            new(new() { Name = "delta", Symbol = "δ = m/N", Meaning = "measurements per unknown", Range = ParameterRange.Positive, Example = 0.5 }, m => m.Delta, (m, v) => m with { Delta = v.ToDouble() }),
            new(new() { Name = "sparsity", Symbol = "ε", Meaning = "fraction of non-zero entries of x₀", Range = ParameterRange.Closed(0, 1), Example = 0.1 }, m => m.Sparsity, (m, v) => m with { Sparsity = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "σ²", Meaning = "variance of the noise", Range = ParameterRange.NonNegative, Example = 0.04 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "threshold", Symbol = "α", Meaning = "threshold in units of τ, above α_min; null if the penalty is given", Range = ParameterRange.Positive, Example = 1.5 }, m => m.Threshold, (m, v) => m with { Threshold = v is Value.Missing ? null : v.ToDouble() }),
            new(new() { Name = "penalty", Symbol = "λ", Meaning = "penalty λ, instead of the threshold", Range = ParameterRange.Positive, Default = Value.None, Example = 0.25 }, m => m.Penalty, (m, v) => m with { Penalty = v is Value.Missing ? null : v.ToDouble() }),
            new(new() { Name = "signal", Symbol = "G", Meaning = "law of the non-zero entries: gauss is N(0,1), pm1 is ±1", Shape = Shape.Text, Choices = Signals, Default = "gauss", Example = "pm1" }, m => Signals[(int)m.Signal], (m, v) => m with { Signal = (SparseSignal)Array.IndexOf(Signals, v.ToText()) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "tau_squared", Symbol = "τ²", Meaning = "effective noise σ² + MSE/δ", IsMeasured = true }, p => p.TauSquared),
            new(new() { Name = "mse", Symbol = "MSE", Meaning = "mean square error ‖x̂ − x₀‖²/N", IsMeasured = true }, p => p.Mse),
            new(new() { Name = "active_fraction", Symbol = "‖x̂‖₀/N", Meaning = "fraction of all entries that are not 0 in x̂", IsMeasured = true }, p => p.ActiveFraction),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "penalty of the LASSO that has this threshold", IsMeasured = true }, p => p.Lambda),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "threshold in units of τ" }, p => p.Alpha),
        ],
        Solve = LassoPrediction.Solve,
        Experiment = new()
        {
            Run = LassoExperiment.Run,
            Description = "Draws a Gaussian design and a sparse vector (with exact numbers and power of spikes) at N = size, runs approximate message passing at the threshold α with its Onsager term to "
                + "convergence, and measures its noise, error, support, and the penalty whose LASSO it solves.",
            DefaultSize = 1000,
            FiniteSizeConstant = (_, p, name) => name switch { "mse" => 10 * p.Mse, "tau_squared" => 10 * p.TauSquared, "active_fraction" => 10 * p.ActiveFraction, _ => 10 * Math.Abs(p.Lambda) },
            FiniteSizeRemark = "c = 10 times each observable: 60 trials at N = 250 and 1000 (δ = 0.5, ε = 0.1, both signals) fitted at most 5 times, and resolved none of them from 0.",
        },
    };
}
