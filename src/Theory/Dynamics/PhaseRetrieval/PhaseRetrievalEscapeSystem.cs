using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record PhaseRetrievalEscapeModel
{
    /// <summary>The system <c>phase-retrieval-escape</c>.</summary>
    public static SystemDefinition<PhaseRetrievalEscapeModel, PhaseRetrievalEscapePrediction> System { get; } = new()
    {
        Id = "phase-retrieval-escape",
        Title = "Escape from mediocrity in phase retrieval",
        Summary = "y = (w*·z)² + √Δ ξ, f = (1/p) Σ (w_j·z)², |w_j| = |w*| = 1, one-pass SGD of rate γ = γ_c/d with normalisation from small overlaps m_j and w_j·w_l = m_j m_l; time t = steps·γ_c/(pd).",
        Family = "online-dynamics",
        Standing = Standing.Derived,
        Sources = [DynamicsSources.ArnaboldiEscaping("set-up, growth rate and escape times; the formula for general width is re-derived")],
        Template = new() { Width = 1, LearningRate = 0.1, Dimension = 1000, M0 = [0.03] },
        ParameterBindings =
        [
            new(new() { Name = "width", Symbol = "p", Meaning = "number of students", Shape = Shape.Integer, Range = new(1, true, 400, true), Example = 1 }, m => m.Width, (m, v) => m with { Width = checked((int)v.ToInt64()) }),
            new(new() { Name = "learning_rate", Symbol = "γ_c", Meaning = "learning rate in the √d normalisation, γ = γ_c/d", Range = ParameterRange.Positive, Example = 0.08 }, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(new() { Name = "dimension", Symbol = "d", Meaning = "dimension of the inputs", Range = new(2, true, double.PositiveInfinity, false), Example = 200 }, m => m.Dimension, (m, v) => m with { Dimension = v.ToDouble() }),
            new(new() { Name = "m0", Symbol = "m_j(0)", Meaning = "initial overlaps, one for each student", Shape = Shape.Vector, Range = ParameterRange.Between(-1, 1), Example = Value.Vector([0.25]) }, m => Value.Vector(m.M0.AsSpan()), (m, v) => m with { M0 = v.ToVector() }),
            new(SgdInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "threshold", Symbol = "T", Meaning = "relative drop of the risk that counts as escape", Range = ParameterRange.Between(0, 1), Default = 0.05, Example = 0.3 }, m => m.Threshold, (m, v) => m with { Threshold = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "exit_time", Symbol = "t", Meaning = "first time at which (R(0) − R)/R(0) = T; absent if there is none", IsMeasured = true }, p => p.ExitTime),
            new(new() { Name = "growth_rate", Symbol = "λ", Meaning = "growth rate of small overlaps, 4 − (2γ_c/p)(2 + 2/p + 8/p² + Δ)" }, p => p.GrowthRate),
            new(new() { Name = "exit_time_formula", Symbol = "t_ext", Meaning = "ln[T(p + 1)/(2 Σ m_j²)]/(2λ), linear growth; absent if λ ≤ 0" }, p => p.ExitTimeFormula),
            new(new() { Name = "annealed_exit_time", Symbol = "t_ann", Meaning = "t_ext with Σ m_j² = p/d, the mean over random starts; absent if λ ≤ 0" }, p => p.AnnealedExitTime),
            new(new() { Name = "samples", Symbol = "n", Meaning = "samples t p d/γ_c at the exit time" }, p => p.Samples),
            new(new() { Name = "best_learning_rate", Symbol = "γ_c*", Meaning = "learning rate of escape with the fewest samples, p/(2 + 2/p + 8/p² + Δ)" }, p => p.BestLearningRate),
            new(new() { Name = "initial_risk", Symbol = "R(0)", Meaning = "½ E(g − f)² at the start" }, p => p.InitialRisk),
        ],
        Solve = PhaseRetrievalEscapePrediction.Solve,
        Experiment = new()
        {
            Run = PhaseRetrievalEscapeExperiment.Run,
            Description = "Trains real students by normalised SGD on single samples from exactly the given overlaps until the risk of their overlaps has dropped by the threshold.",
            DefaultSize = 200,
            DefaultTrials = 32,
            Dimension = static model => (int)Math.Min(model.Dimension, int.MaxValue),
            FiniteSizeConstant = static (model, prediction, _) => Allowance(model, prediction),
            FiniteSizeRemark = "The noise of the steps adds 24γ_c/(λdp Σm_j²) = ν to the squared overlaps before they grow: c/d = ln(1 + 2ν)/λ, which does not vanish for starts of order 1/√d.",
        },
    };

    private static double Allowance(PhaseRetrievalEscapeModel model, PhaseRetrievalEscapePrediction prediction)
    {
        var (lambda, squares) = (Math.Max(prediction.GrowthRate, 0.1), model.M0.Sum(m => m * m));
        var noise = 24 * model.LearningRate / (lambda * model.Dimension * model.Width * squares);
        return model.Dimension * Math.Log(1 + 2 * noise) / lambda;
    }
}
