using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

public sealed partial record FreshBatchModel
{
    /// <summary>The system <c>fresh-batch</c>.</summary>
    public static SystemDefinition<FreshBatchModel, FreshBatchPrediction> System { get; } = new()
    {
        Id = "fresh-batch",
        Title = "Gradient descent on fresh batches, with a committee and a multi-index target",
        Summary = "As batch-reuse, but with n = αd new samples at every step: what batch reuse is compared with; d → ∞ at fixed α, p, k and number of steps.",
        Family = "dmft",
        Standing = Standing.Theorem,
        Sources =
        [
            DmftSources.DandiReuse("the comparison of reused and fresh batches"),
            DmftSources.CelentanoChengMontanari("first-order methods on random data; without memory the equations are one Gaussian integral a step"),
        ],
        Template = new() { Target = "z", Alpha = 1, LearningRate = 0.1, Steps = 1 },
        ParameterBindings =
        [
            new(StudentBindings.Target, m => m.Target.ToString(), (m, v) => m with { Target = Expression.Parse(v.ToText()) }),
            new(StudentBindings.Activation, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(StudentBindings.Readout, m => m.Readout.IsEmpty ? Value.None : Value.Vector(m.Readout.AsSpan()), (m, v) => m with { Readout = v is Value.Missing ? [] : v.ToVector() }),
            new(StudentBindings.Width, m => m.Width, (m, v) => m with { Width = DmftInputs.Whole(v) }),
            new(StudentBindings.Loss, m => StudentBindings.Name(m.Loss), (m, v) => m with { Loss = StudentBindings.LossOf(v) }),
            new(DmftInputs.Alpha with { Meaning = "new samples of each step per dimension n/d" }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(DmftInputs.LearningRate, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(DmftInputs.Steps(1000), m => m.Steps, (m, v) => m with { Steps = DmftInputs.Whole(v) }),
            new(DmftInputs.Lambda, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(DmftInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(StudentBindings.M0, m => StudentInputs.Shown(m.M0, 0), (m, v) => m with { M0 = StudentInputs.Matrix(v) }),
            new(StudentBindings.Q0, m => StudentInputs.Shown(m.Q0, 1), (m, v) => m with { Q0 = StudentInputs.Matrix(v) }),
            new(StudentBindings.Accuracy, m => m.Accuracy, (m, v) => m with { Accuracy = v.ToDouble() }),
            new(StudentBindings.Seed, m => m.Seed, (m, v) => m with { Seed = (ulong)v.ToInt64() }),
        ],
        ObservableBindings =
        [
            new(StudentBindings.M, p => StudentBindings.OverT(p.M, isVector: true), p => StudentBindings.OverT(p.MError, isVector: true)),
            new(StudentBindings.Q, p => StudentBindings.OverT(p.Q, isVector: false), p => StudentBindings.OverT(p.QError, isVector: false)),
            new(new() { Name = "population_loss", Symbol = "E loss(h^t, y)", Meaning = "mean loss of new samples for t = 0 … T − 1, without the penalty", Shape = Shape.Series, IsMeasured = true },
                p => Value.Vector(p.PopulationLoss.AsSpan()), p => Value.Vector(p.PopulationLossError.AsSpan())),
            new(StudentBindings.FinalM, p => StudentBindings.Rows(p.M[^1]), p => StudentBindings.Rows(p.MError[^1])),
            new(StudentBindings.FinalQ, p => StudentBindings.Rows(p.Q[^1]), p => StudentBindings.Rows(p.QError[^1])),
        ],
        Solve = FreshBatchPrediction.Solve,
        Experiment = new()
        {
            Run = FreshBatchExperiment.Run,
            Description = "Trains a real committee with n = αd new Gaussian samples at every step, from weights with exactly the initial overlaps, and measures overlaps and losses.",
            DefaultSize = 200,
            DefaultTrials = 32,
            FiniteSizeConstant = static (_, p, name) => StudentBindings.Allowance(p.M, p.Q, p.PopulationLoss, name),
            FiniteSizeRemark = "c = 3(1 + max of the observable), as for batch-reuse.",
        },
    };
}
