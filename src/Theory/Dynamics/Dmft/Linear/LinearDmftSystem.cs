using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record LinearDmftModel
{
    /// <summary>The system <c>linear-dmft</c>.</summary>
    public static SystemDefinition<LinearDmftModel, LinearDmftPrediction> System { get; } = new()
    {
        Id = "linear-dmft",
        Title = "Least squares along first-order methods on one batch",
        Summary = "y = w⋆·x/√d + √Δ ξ, |w⋆|²/d = ρ; gradient descent, heavy ball, Nesterov and Bernoulli minibatches on ½Σ(w·x/√d − y)² + (λ/2)|w|² over the same n = αd samples at every step; "
            + "d → ∞ at fixed α and number of steps.",
        Family = "dmft",
        Standing = Standing.Theorem,
        Sources =
        [
            DmftSources.CelentanoChengMontanari("state evolution of first-order methods on random data; closed on second moments for least squares"),
            DmftSources.Gerbelot("dynamical mean-field equations with minibatches; the ridge curve of the figure"),
        ],
        Template = new() { Alpha = 1, LearningRate = 0.1, Steps = 1 },
        ParameterBindings =
        [
            new(DmftInputs.Alpha, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(DmftInputs.LearningRate, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(DmftInputs.Steps(1000), m => m.Steps, (m, v) => m with { Steps = DmftInputs.Whole(v) }),
            new(DmftInputs.Lambda, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(DmftInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "m0", Symbol = "M⁰", Meaning = "initial overlap w·w⋆/(d√ρ)", Range = ParameterRange.Finite, Default = 0, Example = 0.2 }, m => m.M0, (m, v) => m with { M0 = v.ToDouble() }),
            new(new() { Name = "q0", Symbol = "Q⁰", Meaning = "initial squared norm |w|²/d, at least m0²", Range = ParameterRange.NonNegative, Default = 1, Example = 1.3 }, m => m.Q0, (m, v) => m with { Q0 = v.ToDouble() }),
            new(new() { Name = "rho", Symbol = "ρ", Meaning = "squared norm |w⋆|²/d of the teacher", Range = ParameterRange.NonNegative, Default = 1, Example = 1 }, m => m.Rho, (m, v) => m with { Rho = v.ToDouble() }),
            new(DmftInputs.Momentum, m => m.Momentum, (m, v) => m with { Momentum = v.ToDouble() }),
            new(DmftInputs.Nesterov, m => m.Nesterov, (m, v) => m with { Nesterov = v.ToBoolean() }),
            new(DmftInputs.BatchFraction, m => m.BatchFraction, (m, v) => m with { BatchFraction = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "times", Symbol = "t", Meaning = "the times 0, 1, 2, 5, ⌊T/2⌋, T that are not beyond T", Shape = Shape.Series }, p => Value.Vector(p.Times.AsSpan())),
            new(new() { Name = "m", Symbol = "M", Meaning = "overlap w·w⋆/(d√ρ) at these times", Shape = Shape.Series, IsMeasured = true }, p => Value.Vector(p.M.AsSpan())),
            new(new() { Name = "q", Symbol = "Q", Meaning = "squared norm |w|²/d at these times", Shape = Shape.Series, IsMeasured = true }, p => Value.Vector(p.Q.AsSpan())),
            new(new() { Name = "generalization_error", Symbol = "E_g", Meaning = "½E(w·x/√d − w⋆·x/√d)² at these times, without Δ/2", Shape = Shape.Series, IsMeasured = true }, p => Value.Vector(p.GeneralizationError.AsSpan())),
            new(new() { Name = "train_loss", Symbol = "½E(h − y)²", Meaning = "mean loss of the training samples at these times, without the penalty; with Nesterov at the point where the gradient is taken", Shape = Shape.Series, IsMeasured = true }, p => Value.Vector(p.TrainLoss.AsSpan())),
        ],
        Solve = LinearDmftPrediction.Solve,
        Experiment = new()
        {
            Run = LinearDmftExperiment.Run,
            Description = "Trains a real linear model on n = αd Gaussian samples from weights with exactly the initial overlaps, with momentum and minibatches, and measures overlaps and losses.",
            DefaultSize = 200,
            FiniteSizeConstant = static (_, p, name) => 3 * (1 + (name == "m" ? p.M.Max(Math.Abs) : p.Q.Max())),
            FiniteSizeRemark = "c = 3(1 + max of the observable): means of 60 runs at d = 1000 left no gap beyond two standard errors; the allowance is what rounding n and the O(1/d) moments of XᵀX can make.",
        },
    };
}
