using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record SgdMomentsModel
{
    /// <summary>The system <c>sgd-moments</c>.</summary>
    public static SystemDefinition<SgdMomentsModel, SgdMomentsPrediction> System { get; } = new()
    {
        Id = "sgd-moments",
        Title = "Moments that drive one-pass SGD",
        Summary = "y = g(s) + √Δ ξ, f = (1/p) Σ a_j σ(l_j) with Gaussian fields l, s of overlaps Q, M, P; the drift and variance of one gradient step on a fresh sample, and the risk. Exact in any dimension.",
        Family = "online-dynamics",
        Standing = Standing.Theorem,
        Sources =
        [
            DynamicsSources.SaadSolla("closed forms of the moments for erf"),
            DynamicsSources.Goldt("teacher–student set-up, proof of the limit"),
            DynamicsSources.ArnaboldiDimensionless("normalisation, closed forms for squares"),
        ],
        Template = new() { Activation = "z", Q = [[1]], M = [[0]], P = [[1]] },
        ParameterBindings =
        [
            new(SgdInputs.Activation, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(SgdInputs.Q("q", "Q = WWᵀ"), m => SgdTables.ToValue(m.Q), (m, v) => m with { Q = SgdTables.ToMatrix(v) }),
            new(SgdInputs.M("m", "M = WW*ᵀ"), m => SgdTables.ToValue(m.M), (m, v) => m with { M = SgdTables.ToMatrix(v) }),
            new(SgdInputs.P, m => SgdTables.ToValue(m.P), (m, v) => m with { P = SgdTables.ToMatrix(v) }),
            new(SgdInputs.Target, m => SgdInputs.TextOf(m.Target), (m, v) => m with { Target = SgdInputs.TargetOf(v) }),
            new(SgdInputs.A, m => SgdInputs.ListOf(m.A), (m, v) => m with { A = SgdInputs.NumbersOf(v) }),
            new(SgdInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(SgdInputs.Loss, m => SgdInputs.TextOf(m.Loss), (m, v) => m with { Loss = SgdInputs.LossOf(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "f", Symbol = "F_jr", Meaning = "a_j E[σ′(l_j) e s_r], p × k: drift of M", Shape = Shape.Matrix, IsMeasured = true }, p => SgdTables.ToValue(p.F)),
            new(new() { Name = "g", Symbol = "G_jb", Meaning = "a_j E[σ′(l_j) e l_b], p × p; row j carries σ′; G + Gᵀ is the drift of Q", Shape = Shape.Matrix, IsMeasured = true }, p => SgdTables.ToValue(p.G)),
            new(new() { Name = "h", Symbol = "H_jb", Meaning = "a_j a_b E[σ′(l_j) σ′(l_b)(e² + Δ)], p × p: variance of the gradient per dimension", Shape = Shape.Matrix, IsMeasured = true }, p => SgdTables.ToValue(p.H)),
            new(new() { Name = "risk", Symbol = "R", Meaning = "½ E(g(s) − f(l))², without label noise and with the students, whatever the loss", IsMeasured = true }, p => p.Risk),
            new(new() { Name = "method", Symbol = "—", Meaning = "how the moments were computed", Shape = Shape.Text }, p => p.Method),
        ],
        Solve = SgdMomentsPrediction.Solve,
        Experiment = new()
        {
            Run = SgdMomentsExperiment.Run,
            Description = "Builds explicit weights with exactly the given overlaps in d dimensions, draws 50,000 inputs and noisy labels, and averages the gradients.",
            DefaultSize = 20,
            DefaultTrials = 24,
            FiniteSizeConstant = static (_, _, _) => 0,
            FiniteSizeRemark = "c = 0: the moments are exact in any dimension that holds the weights.",
        },
    };
}
