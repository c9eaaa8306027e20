using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record PhaseRetrievalDiffusionModel
{
    /// <summary>The system <c>phase-retrieval-diffusion</c>.</summary>
    public static SystemDefinition<PhaseRetrievalDiffusionModel, PhaseRetrievalDiffusionPrediction> System { get; } = new()
    {
        Id = "phase-retrieval-diffusion",
        Title = "Fluctuations of SGD in phase retrieval",
        Summary = "y = (w*·z)² + √Δ ξ, f = (w·z)², one sample per step of rate γ = γ_c/d: drift and covariance of the changes of q = |w|² and m = w·w* per unit of time t = steps·γ_c/d, to leading order in d.",
        Family = "online-dynamics",
        Standing = Standing.Derived,
        Sources = [DynamicsSources.ArnaboldiEscaping("stochastic corrections; the covariances are re-derived")],
        Template = new() { Q = 1, M = 0, LearningRate = 0.1 },
        ParameterBindings =
        [
            new(new() { Name = "q", Symbol = "q = |w|²", Meaning = "squared norm of the student", Range = ParameterRange.Positive, Example = 1 }, m => m.Q, (m, v) => m with { Q = v.ToDouble() }),
            new(new() { Name = "m", Symbol = "m = w·w*", Meaning = "overlap of student and teacher, m² ≤ qρ", Range = ParameterRange.Finite, Example = 0.35 }, m => m.M, (m, v) => m with { M = v.ToDouble() }),
            new(new() { Name = "learning_rate", Symbol = "γ_c = η", Meaning = "learning rate in the √d normalisation", Range = ParameterRange.NonNegative, Example = 0.08 }, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(new() { Name = "teacher_norm", Symbol = "ρ = |w*|²", Meaning = "squared norm of the teacher", Range = ParameterRange.Positive, Default = 1, Example = 1 }, m => m.TeacherNorm, (m, v) => m with { TeacherNorm = v.ToDouble() }),
            new(SgdInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "drift_m", Symbol = "F", Meaning = "mean rate of m", IsMeasured = true }, p => p.DriftM),
            new(new() { Name = "drift_q", Symbol = "2G + ηH", Meaning = "mean rate of q without constraint", IsMeasured = true }, p => p.DriftQ),
            new(new() { Name = "var_m", Symbol = "Var r_m", Meaning = "variance of the rate of m", IsMeasured = true }, p => p.VarM),
            new(new() { Name = "var_q", Symbol = "Var r_q", Meaning = "variance of the rate of q", IsMeasured = true }, p => p.VarQ),
            new(new() { Name = "cov_qm", Symbol = "Cov(r_q, r_m)", Meaning = "covariance of the two rates", IsMeasured = true }, p => p.CovQM),
            new(new() { Name = "var_spherical", Symbol = "Var(r_m − m r_q/2)", Meaning = "variance of the rate of m/√q; absent unless q = 1", IsMeasured = true }, p => p.VarSpherical),
        ],
        Solve = PhaseRetrievalDiffusionPrediction.Solve,
        Experiment = new()
        {
            Run = PhaseRetrievalDiffusionExperiment.Run,
            Description = "Takes 20,000 single gradient steps in d dimensions from the given overlaps, and measures means and covariances of the changes.",
            DefaultSize = 200,
            DefaultTrials = 24,
            FiniteSizeConstant = static (model, prediction, name) => Allowance(model, prediction, name),
            FiniteSizeRemark = "|z|²/d differs from 1: relative corrections of order 1/d of the terms with η, largest for the sixth moments in var_q.",
        },
    };

    private static double Allowance(PhaseRetrievalDiffusionModel model, PhaseRetrievalDiffusionPrediction prediction, string name) => name switch
    {
        "drift_m" or "var_m" => 0,
        "drift_q" => 20 * model.LearningRate * (prediction.VarM + 1),
        _ => 40 * (prediction.VarQ + prediction.VarM),
    };
}
