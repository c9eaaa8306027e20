using Theory.Contract;
using Theory.Symbolics;
using static Theory.Estimation.BayesOptimalInputs;

namespace Theory.Estimation;

/// <summary>Parameters that both systems share, as seen from outside.</summary>
internal static class BayesOptimalInputs
{
    public static Parameter Teacher { get; } = new()
    {
        Name = "teacher",
        Symbol = "g",
        Meaning = "teacher in z: ±1 and piecewise constant, or any other function; or logit",
        Shape = Shape.Expression,
        Example = "abs(z)",
    };

    public static Parameter InverseTemperature { get; } = new()
    {
        Name = "inverse_temperature",
        Symbol = "κ",
        Meaning = "inverse temperature of the logit teacher",
        Range = ParameterRange.Positive,
        Default = 1,
        Example = 2,
    };

    public static Parameter Noise { get; } = new()
    {
        Name = "noise",
        Symbol = "Δ",
        Meaning = "variance of the noise: in the field of a ±1 teacher, on the labels of any other",
        Range = ParameterRange.NonNegative,
        Default = 0,
        Example = 0.1,
    };

    public static Parameter Signal { get; } = new() { Name = "signal", Symbol = "‖θ‖²/d", Meaning = "variance of the entries of θ", Range = ParameterRange.Positive, Default = 1, Example = 2 };

    public static Parameter Eigenvalues { get; } = new()
    {
        Name = "covariance_eigenvalues",
        Symbol = "σ_j",
        Meaning = "eigenvalues of the inputs' covariance, one for each atom",
        Shape = Shape.Vector,
        Range = ParameterRange.NonNegative,
        Default = Value.Vector([1.0]),
        Example = Value.Vector([0.5, 1.5]),
    };

    public static Parameter Weights { get; } = new()
    {
        Name = "atom_weights",
        Symbol = "w_j",
        Meaning = "fraction of the coordinates in each atom",
        Shape = Shape.Vector,
        Range = new(0, false, 1, true),
        Default = Value.Vector([1.0]),
        Example = Value.Vector([0.5, 0.5]),
    };

    public static Value ToValue(ScalarFunction? teacher) => teacher?.Text ?? "logit";

    public static ScalarFunction? ToTeacher(Value value) => value.ToText() is not "logit" and var text ? (ScalarFunction)text : null;
}

/// <summary>Branches by name.</summary>
internal static class Branches
{
    public static string[] Names { get; } = ["uninformed", "informed", "optimal"];

    public static string Name(BayesBranch branch) => Names[(int)branch];

    public static BayesBranch Named(string name) => (BayesBranch)Array.IndexOf(Names, name);
}

public sealed partial record BayesOptimalGlmModel
{
    /// <summary>The system <c>bayes-optimal-glm</c>.</summary>
    public static SystemDefinition<BayesOptimalGlmModel, BayesOptimalGlmPrediction> System { get; } = new()
    {
        Id = "bayes-optimal-glm",
        Title = "Bayes-optimal generalised linear estimation",
        Summary = "θ ~ N(0, signal·I) is estimated from n labels of the fields θ·x/√d, x ~ N(0, Σ), by its posterior mean; d, n → ∞ with α = n/d fixed.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources = [EstimationSources.BayesOptimal("state evolution, free entropy and message passing"), EstimationSources.Perceptrons("Bayes-optimal errors beside those of empirical risk minimisation")],
        Template = new() { Teacher = "z", Alpha = 1 },
        ParameterBindings =
        [
            new(BayesOptimalInputs.Teacher, m => ToValue(m.Teacher), (m, v) => m with { Teacher = ToTeacher(v) }),
            new(BayesOptimalInputs.InverseTemperature, m => m.InverseTemperature, (m, v) => m with { InverseTemperature = v.ToDouble() }),
            new(BayesOptimalInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(BayesOptimalInputs.Signal, m => m.Signal, (m, v) => m with { Signal = v.ToDouble() }),
            new(Eigenvalues, m => Tables.ToValue(m.CovarianceEigenvalues), (m, v) => m with { CovarianceEigenvalues = v.ToVector() }),
            new(Weights, m => Tables.ToValue(m.AtomWeights), (m, v) => m with { AtomWeights = v.ToVector() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 1 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(
                new()
                {
                    Name = "branch",
                    Symbol = "q₀",
                    Meaning = "which fixed point: reached from nothing, reached from the truth, or that of largest free entropy",
                    Shape = Shape.Text,
                    Choices = Branches.Names,
                    Default = "uninformed",
                    Example = "informed",
                },
                m => Branches.Name(m.Branch),
                (m, v) => m with { Branch = Branches.Named(v.ToText()) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "q", Symbol = "q", Meaning = "overlap θ̂ᵀΣθ/d, from 0 to ρ", IsMeasured = true }, p => p.Q),
            new(new() { Name = "qhat", Symbol = "q̂", Meaning = "its conjugate αI(q); none (infinite) at perfect recovery" }, p => p.Qhat),
            new(new() { Name = "mmse", Symbol = "ρ − q", Meaning = "error of the field, (θ̂ − θ)ᵀΣ(θ̂ − θ)/d", IsMeasured = true }, p => p.Mmse),
            new(new() { Name = "rho", Symbol = "ρ", Meaning = "variance of the field" }, p => p.Rho),
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "on a fresh sample: misclassification probability for labels ±1, mean squared error (noise included) for others", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "free_entropy", Symbol = "Φ", Meaning = "αΨ(q) + Ψ₀(q̂) − qq̂/2 per dimension; none (infinite) at perfect recovery" }, p => p.FreeEntropy),
        ],
        Solve = BayesOptimalGlmPrediction.Solve,
        Experiment = new()
        {
            Run = BayesOptimalGlmExperiment.Run,
            Description = "Draws θ and n samples, runs generalised approximate message passing from nothing or from the truth, and measures its overlap with θ, its error, and its guesses on fresh samples.",
            DefaultSize = 400,
            MinimumSize = 50,
            FiniteSizeConstant = BayesOptimalGlmExperiment.Allowance,
            FiniteSizeRemark = BayesOptimalGlmExperiment.AllowanceRemark,
        },
    };
}

public sealed partial record BayesOptimalGlmThresholdsModel
{
    /// <summary>The system <c>bayes-optimal-glm-thresholds</c>.</summary>
    public static SystemDefinition<BayesOptimalGlmThresholdsModel, BayesOptimalGlmThresholdsPrediction> System { get; } = new()
    {
        Id = "bayes-optimal-glm-thresholds",
        Title = "Thresholds of Bayes-optimal generalised linear estimation",
        Summary = "θ ~ N(0, signal·I) is estimated from n labels of the fields θ·x/√d, x ~ N(0, Σ): the α = n/d at which fixed points of state evolution appear, exchange their free entropies, and vanish.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources = [EstimationSources.BayesOptimal("state evolution and free entropy; thresholds of several teachers")],
        Template = new() { Teacher = "z" },
        ParameterBindings =
        [
            new(BayesOptimalInputs.Teacher, m => ToValue(m.Teacher), (m, v) => m with { Teacher = ToTeacher(v) }),
            new(BayesOptimalInputs.InverseTemperature, m => m.InverseTemperature, (m, v) => m with { InverseTemperature = v.ToDouble() }),
            new(BayesOptimalInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(BayesOptimalInputs.Signal, m => m.Signal, (m, v) => m with { Signal = v.ToDouble() }),
            new(Eigenvalues, m => Tables.ToValue(m.CovarianceEigenvalues), (m, v) => m with { CovarianceEigenvalues = v.ToVector() }),
            new(Weights, m => Tables.ToValue(m.AtomWeights), (m, v) => m with { AtomWeights = v.ToVector() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "alpha_weak_recovery", Symbol = "α_WR", Meaning = "where message passing leaves q = 0; 0 if q = 0 is no fixed point, none if it never does" }, p => p.AlphaWeakRecovery),
            new(new() { Name = "alpha_spinodal", Symbol = "α_sp", Meaning = "where a second stable branch of larger overlap appears; none if there never are two" }, p => p.AlphaSpinodal),
            new(new() { Name = "alpha_information_theoretic", Symbol = "α_IT", Meaning = "where its free entropy becomes the larger one; without two branches, that of perfect recovery" }, p => p.AlphaInformationTheoretic),
            new(new() { Name = "alpha_algorithmic", Symbol = "α_alg", Meaning = "where message passing reaches that branch; without two branches, that of perfect recovery" }, p => p.AlphaAlgorithmic),
            new(new() { Name = "alpha_perfect_recovery", Symbol = "α(q → ρ)", Meaning = "above it the field can be recovered without error; none if it never can" }, p => p.AlphaPerfectRecovery),
        ],
        Solve = BayesOptimalGlmThresholdsPrediction.Solve,
        NoExperimentReason = "Thresholds are properties of the free entropy in the limit; the experiment of bayes-optimal-glm shows the two starts on either side of them.",
    };
}
