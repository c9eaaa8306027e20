using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

public sealed partial record BatchReuseModel
{
    /// <summary>The system <c>batch-reuse</c>.</summary>
    public static SystemDefinition<BatchReuseModel, BatchReusePrediction> System { get; } = new()
    {
        Id = "batch-reuse",
        Title = "Gradient descent on one batch, with a committee and a multi-index target",
        Summary = "y = f⋆(z) + √Δ ξ, z = W⋆x/√d ∈ ℝ^k; f = Σ_j a_j σ(h_j), h = Wx/√d ∈ ℝ^p; W ← W − η[Σ_μ m_μ ∂loss/∂h xᵀ/√d + λW] over the same n = αd samples at every step; d → ∞ at fixed α, p, k and number of steps.",
        Family = "dmft",
        Standing = Standing.Theorem,
        Sources =
        [
            DmftSources.DandiReuse("gradient descent on a reused batch; which directions are learned; the multi-index figure"),
            DmftSources.CelentanoChengMontanari("state evolution of first-order methods on random data, of which this is a case"),
            DmftSources.Gerbelot("dynamical mean-field equations with minibatches and momentum"),
            DmftSources.Mignacco("persistent minibatches"),
            DmftSources.ArnaboldiRepetita("which directions data repetition can learn"),
        ],
        Template = new() { Target = "z", Alpha = 1, LearningRate = 0.1, Steps = 1 },
        ParameterBindings =
        [
            new(StudentBindings.Target, m => m.Target.ToString(), (m, v) => m with { Target = Expression.Parse(v.ToText()) }),
            new(StudentBindings.Activation, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(StudentBindings.Readout, m => m.Readout.IsEmpty ? Value.None : Value.Vector(m.Readout.AsSpan()), (m, v) => m with { Readout = v is Value.Missing ? [] : v.ToVector() }),
            new(StudentBindings.Width, m => m.Width, (m, v) => m with { Width = DmftInputs.Whole(v) }),
            new(StudentBindings.Loss, m => StudentBindings.Name(m.Loss), (m, v) => m with { Loss = StudentBindings.LossOf(v) }),
            new(DmftInputs.Alpha, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(DmftInputs.LearningRate, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(DmftInputs.Steps(100), m => m.Steps, (m, v) => m with { Steps = DmftInputs.Whole(v) }),
            new(DmftInputs.Lambda, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(DmftInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(DmftInputs.Momentum, m => m.Momentum, (m, v) => m with { Momentum = v.ToDouble() }),
            new(DmftInputs.Nesterov, m => m.Nesterov, (m, v) => m with { Nesterov = v.ToBoolean() }),
            new(DmftInputs.BatchFraction, m => m.BatchFraction, (m, v) => m with { BatchFraction = v.ToDouble() }),
            new(new() { Name = "persistence", Symbol = "τ", Meaning = "mean number of steps that a sample stays in the minibatch, at least b/(1 − b); none for independent minibatches", Range = new(1, true, double.PositiveInfinity, false), Default = Value.None, Example = 3 },
                m => m.Persistence, (m, v) => m with { Persistence = v is Value.Missing ? null : v.ToDouble() }),
            new(StudentBindings.M0, m => StudentInputs.Shown(m.M0, 0), (m, v) => m with { M0 = StudentInputs.Matrix(v) }),
            new(StudentBindings.Q0, m => StudentInputs.Shown(m.Q0, 1), (m, v) => m with { Q0 = StudentInputs.Matrix(v) }),
            new(StudentBindings.Accuracy, m => m.Accuracy, (m, v) => m with { Accuracy = v.ToDouble() }),
            new(StudentBindings.Paths, m => m.Paths is { } n ? n : Value.None, (m, v) => m with { Paths = v is Value.Missing ? null : DmftInputs.Whole(v) }),
            new(StudentBindings.Seed, m => m.Seed, (m, v) => m with { Seed = (ulong)v.ToInt64() }),
        ],
        ObservableBindings =
        [
            new(StudentBindings.M, p => StudentBindings.OverT(p.M, isVector: true), p => StudentBindings.OverT(p.MError, isVector: true)),
            new(StudentBindings.Q, p => StudentBindings.OverT(p.Q, isVector: false), p => StudentBindings.OverT(p.QError, isVector: false)),
            new(new() { Name = "train_loss", Symbol = "E loss(h^t, y)", Meaning = "mean loss of the training samples for t = 0 … T − 1, without the penalty; with Nesterov at the point where the gradient is taken", Shape = Shape.Series, IsMeasured = true },
                p => Value.Vector(p.TrainLoss.AsSpan()), p => Value.Vector(p.TrainLossError.AsSpan())),
            new(new() { Name = "generalization_error", Symbol = "E_g(t)", Meaning = "½E(f(h) − f⋆(z))² of a new sample for t = 0 … T, without Δ/2; for other losses than square the mean loss of a new sample", Shape = Shape.Series, IsMeasured = true },
                p => Value.Vector(p.GeneralizationError.AsSpan()), p => Value.Vector(p.GeneralizationErrorError.AsSpan())),
            new(StudentBindings.FinalM, p => StudentBindings.Rows(p.M[^1]), p => StudentBindings.Rows(p.MError[^1])),
            new(StudentBindings.FinalQ, p => StudentBindings.Rows(p.Q[^1]), p => StudentBindings.Rows(p.QError[^1])),
        ],
        Solve = BatchReusePrediction.Solve,
        Experiment = new()
        {
            Run = BatchReuseExperiment.Run,
            Description = "Trains a real committee on n = αd Gaussian samples, from weights with exactly the initial overlaps, with momentum and minibatches, and measures overlaps and losses after every step.",
            DefaultSize = 200,
            DefaultTrials = 32,
            FiniteSizeConstant = static (_, p, name) => StudentBindings.Allowance(p.M, p.Q, name == "train_loss" ? p.TrainLoss : p.GeneralizationError, name),
            FiniteSizeRemark = "c = 3(1 + max of the observable): biases of overlaps were not resolved, −1 ± 1 over d, in runs at d = 500 to 3000; those of heavy-tailed targets need many trials to show their mean.",
        },
    };
}
