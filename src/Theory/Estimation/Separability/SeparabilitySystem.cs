using Theory.Contract;
using Theory.Symbolics;
using static Theory.Estimation.MarginInputs;

namespace Theory.Estimation;

/// <summary>Parameters that both systems share, as seen from outside.</summary>
internal static class MarginInputs
{
    public static Parameter Teacher { get; } = new() { Name = "teacher", Symbol = "g", Meaning = "teacher in z, ±1 and piecewise constant; or logit", Shape = Shape.Expression, Example = "sign(z)" };

    public static Parameter Noise { get; } = new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the noise in the teacher's field", Range = ParameterRange.NonNegative, Default = 0, Example = 0.3 };

    public static Parameter Signal { get; } = new() { Name = "signal", Symbol = "ρ", Meaning = "‖θ‖²/d", Range = ParameterRange.Positive, Default = 1, Example = 2 };

    public static Parameter Probabilities { get; } = new()
    {
        Name = "probabilities",
        Symbol = "p",
        Meaning = "probabilities of the clusters at μ and −μ; 1 alone is a single Gaussian",
        Shape = Shape.Vector,
        Range = new(0, false, 1, true),
        Default = Value.Vector([1.0]),
        Example = Value.Vector([0.5, 0.5]),
    };

    public static Parameter MeanPower { get; } = new() { Name = "mean_power", Symbol = "‖μ‖²/d", Meaning = "mean square of the coordinates of μ", Range = ParameterRange.NonNegative, Default = 0, Example = 1 };

    public static Parameter Alignment { get; } = new() { Name = "alignment", Symbol = "cos(θ, μ)", Meaning = "cosine of θ and μ", Range = new(-1, true, 1, true), Default = 0, Example = 0.5 };

    public static Parameter Intercept { get; } = new() { Name = "intercept", Symbol = "b", Meaning = "whether the hyperplane need not pass through the origin", Shape = Shape.Flag, Default = false, Example = true };

    public static Value ToValue(ScalarFunction? teacher) => teacher?.Text ?? "logit";

    public static ScalarFunction? ToTeacher(Value value) => value.ToText() is not "logit" and var text ? (ScalarFunction)text : null;
}

public sealed partial record SeparabilityModel
{
    /// <summary>The system <c>separability</c>.</summary>
    public static SystemDefinition<SeparabilityModel, SeparabilityPrediction> System { get; } = new()
    {
        Id = "separability",
        Title = "Separability of labelled Gaussian samples",
        Summary = "x ~ N(0, I_d) or a mixture of N(±μ/√d, I_d), labels of the teacher's field θ·x/√d; the α = n/d below which a hyperplane separates n samples as d, n → ∞: there the logistic risk has no minimiser.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources = [EstimationSources.Separability("existence of the minimiser of the logistic risk, and its threshold"), EstimationSources.Universality("thresholds of mixtures")],
        Template = new() { Teacher = "sign(z)" },
        ParameterBindings =
        [
            new(MarginInputs.Teacher, m => ToValue(m.Teacher), (m, v) => m with { Teacher = ToTeacher(v) }),
            new(BayesOptimalInputs.InverseTemperature, m => m.InverseTemperature, (m, v) => m with { InverseTemperature = v.ToDouble() }),
            new(MarginInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(MarginInputs.Signal, m => m.Signal, (m, v) => m with { Signal = v.ToDouble() }),
            new(MarginInputs.Probabilities, m => Tables.ToValue(m.Probabilities), (m, v) => m with { Probabilities = v.ToVector() }),
            new(MarginInputs.MeanPower, m => m.MeanPower, (m, v) => m with { MeanPower = v.ToDouble() }),
            new(MarginInputs.Alignment, m => m.Alignment, (m, v) => m with { Alignment = v.ToDouble() }),
            new(MarginInputs.Intercept, m => m.Intercept, (m, v) => m with { Intercept = v.ToBoolean() }),
        ],
        ObservableBindings = [new(new() { Name = "alpha_sep", Symbol = "α_sep", Meaning = "α below which samples are separable; none if they are at any α" }, p => p.AlphaSep)],
        Solve = SeparabilityPrediction.Solve,
        NoExperimentReason = "A threshold is a property of the limit; the library's tests decide the separability of real samples on both sides of it by linear programming, and hard-margin measures margins below it.",
    };
}

public sealed partial record HardMarginModel
{
    /// <summary>The system <c>hard-margin</c>.</summary>
    public static SystemDefinition<HardMarginModel, HardMarginPrediction> System { get; } = new()
    {
        Id = "hard-margin",
        Title = "The hyperplane of largest margin",
        Summary = "x ~ N(0, I_d) or a mixture of N(±μ/√d, I_d), labels of the teacher's field θ·x/√d; w of least norm with y(w·x/√d + b) ≥ 1 on n samples; d, n → ∞ with α = n/d fixed, below the separability threshold.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources =
        [
            EstimationSources.Perceptrons("largest margin on one Gaussian"),
            EstimationSources.Mixtures("largest margin on mixtures, as the limit of vanishing ridge"),
            EstimationSources.Separability("the threshold below which there is one"),
        ],
        Template = new() { Teacher = "sign(z)", Alpha = 1 },
        ParameterBindings =
        [
            new(MarginInputs.Teacher, m => ToValue(m.Teacher), (m, v) => m with { Teacher = ToTeacher(v) }),
            new(BayesOptimalInputs.InverseTemperature, m => m.InverseTemperature, (m, v) => m with { InverseTemperature = v.ToDouble() }),
            new(MarginInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(MarginInputs.Signal, m => m.Signal, (m, v) => m with { Signal = v.ToDouble() }),
            new(MarginInputs.Probabilities, m => Tables.ToValue(m.Probabilities), (m, v) => m with { Probabilities = v.ToVector() }),
            new(MarginInputs.MeanPower, m => m.MeanPower, (m, v) => m with { MeanPower = v.ToDouble() }),
            new(MarginInputs.Alignment, m => m.Alignment, (m, v) => m with { Alignment = v.ToDouble() }),
            new(MarginInputs.Intercept, m => m.Intercept, (m, v) => m with { Intercept = v.ToBoolean() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d, below the separability threshold", Range = ParameterRange.Positive, Example = 1.5 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "margin", Symbol = "κ", Meaning = "the least y(w·x/√d + b) when ‖w‖² = d", IsMeasured = true }, p => p.Margin),
            new(new() { Name = "q", Symbol = "q", Meaning = "‖w‖²/d when the least margin is 1; q = 1/κ²", IsMeasured = true }, p => p.Q),
            new(new() { Name = "cosine", Symbol = "r", Meaning = "cosine of w and θ", IsMeasured = true }, p => p.Cosine),
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "misclassification probability on a fresh sample", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "the intercept when the least margin is 1, if there is one" }, p => p.Intercept),
        ],
        Solve = HardMarginPrediction.Solve,
        Experiment = new()
        {
            Run = HardMarginExperiment.Run,
            Description = "Draws teacher, mean and samples, finds the weights of least norm that classify all samples with margin 1 (the hinge fit at so small a ridge that it makes no errors), and tests them on 10d fresh samples.",
            DefaultSize = 200,
            FiniteSizeConstant = (m, p, name) => name switch
            {
                "margin" => 10 * p.Margin,
                "q" => 20 * p.Q,
                "test_error" => 10 * p.TestError,
                _ => 10,
            },
            FiniteSizeRemark = "c = 10 for the margin (relative), the cosine, and the test error (relative); 20 q for q. Next to the threshold samples may not be separable, and no c is enough.",
        },
    };
}
