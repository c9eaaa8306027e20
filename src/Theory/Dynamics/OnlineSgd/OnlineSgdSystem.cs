using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record OnlineSgdModel
{
    /// <summary>The system <c>online-sgd</c>.</summary>
    public static SystemDefinition<OnlineSgdModel, OnlineSgdPrediction> System { get; } = new()
    {
        Id = "online-sgd",
        Title = "One-pass SGD of two-layer networks",
        Summary = "y = g(W* z) + √Δ ξ, f = (1/p) Σ a_j σ(w_j·z), fresh batches of n samples in d dimensions, steps w_j ← w_j + (γ/p) a_j ⟨σ′(l_j) E z⟩; "
            + "the overlaps Q = WWᵀ, M = WW*ᵀ over time τ = (γ/p)·steps for d → ∞ at fixed η = γd/(pn).",
        Family = "online-dynamics",
        Standing = Standing.Theorem,
        Sources =
        [
            DynamicsSources.SaadSolla("the equations, closed forms for erf"),
            DynamicsSources.Goldt("proof of the limit"),
            DynamicsSources.Veiga("scaling of learning rate and width, regimes"),
            DynamicsSources.ArnaboldiDimensionless("dimensionless form, spherical and mean-field limits"),
            DynamicsSources.ArnaboldiRepetita("repeated samples"),
        ],
        Template = new() { Activation = "z", Eta = 0 },
        ParameterBindings =
        [
            new(SgdInputs.Activation, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(SgdInputs.Q("q0", "Q(0)") with { Default = Value.None, Meaning = "overlaps of the students at the start, p × p; none is the identity, or a random start without m0" }, m => TableOf(m.Q0), (m, v) => m with { Q0 = MatrixOf(v) }),
            new(SgdInputs.M("m0", "M(0)") with { Default = Value.None, Meaning = "overlaps of students and teacher at the start, p × k; none is a random start in the given dimension" }, m => TableOf(m.M0), (m, v) => m with { M0 = MatrixOf(v) }),
            new(SgdInputs.P with { Default = Value.None, Meaning = "overlaps of the teacher's directions, k × k; none is the identity" }, m => TableOf(m.P), (m, v) => m with { P = MatrixOf(v) }),
            new(new() { Name = "eta", Symbol = "η = γd/(pn)", Meaning = "noise strength of the steps; 0 is gradient flow", Range = ParameterRange.NonNegative, Example = 0.5 }, m => m.Eta, (m, v) => m with { Eta = v.ToDouble() }),
            new(new() { Name = "times", Symbol = "τ", Meaning = "times (γ/p)·steps at which the overlaps are wanted, not decreasing; none if time is given", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Default = Value.None, Example = Value.Vector([1, 5]) }, m => SgdInputs.ListOf(m.Times), (m, v) => m with { Times = SgdInputs.NumbersOf(v) }),
            new(SgdInputs.Target, m => SgdInputs.TextOf(m.Target), (m, v) => m with { Target = SgdInputs.TargetOf(v) }),
            new(SgdInputs.A, m => SgdInputs.ListOf(m.A), (m, v) => m with { A = SgdInputs.NumbersOf(v) }),
            new(SgdInputs.Noise, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "spherical", Symbol = "|w_j| fixed", Meaning = "whether the students keep their norms", Shape = Shape.Flag, Default = false, Example = true }, m => m.Spherical, (m, v) => m with { Spherical = v.ToBoolean() }),
            new(SgdInputs.Loss, m => SgdInputs.TextOf(m.Loss), (m, v) => m with { Loss = SgdInputs.LossOf(v) }),
            new(new() { Name = "weak_recovery", Symbol = "θ", Meaning = "cosine of a student and a teacher that counts as weak recovery", Range = ParameterRange.Between(0, 1), Default = 0.5, Example = 0.5 }, m => m.WeakRecovery, (m, v) => m with { WeakRecovery = v.ToDouble() }),
            new(new() { Name = "risk_drop", Symbol = "T", Meaning = "relative drop of the risk that counts as escape; none does not look for it", Range = ParameterRange.Between(0, 1), Default = Value.None, Example = 0.05 }, m => m.RiskDrop, (m, v) => m with { RiskDrop = v is Value.Missing ? null : v.ToDouble() }),
            new(new() { Name = "steady", Symbol = "ε", Meaning = "the run ends when all derivatives are below this; none goes on to the last time", Range = ParameterRange.Positive, Default = Value.None, Example = 1e-8 }, m => m.Steady, (m, v) => m with { Steady = v is Value.Missing ? null : v.ToDouble() }),
            new(new() { Name = "batch_size", Symbol = "n", Meaning = "samples per step of the experiment", Shape = Shape.Integer, Range = new(1, true, int.MaxValue, true), Default = 1, Example = 1 }, m => m.BatchSize, (m, v) => m with { BatchSize = checked((int)v.ToInt64()) }),
            new(new() { Name = "displacement", Symbol = "ρ₀ = ρd/p", Meaning = "displacement of repeated samples; other than 0 for one student; with relu up to three teachers, else one", Range = ParameterRange.Finite, Default = 0, Example = 0.1 }, m => m.Displacement, (m, v) => m with { Displacement = v.ToDouble() }),
            new(new() { Name = "time", Symbol = "τ", Meaning = "one time in place of times, for sweeps: see final_q, final_m and final_risk", Range = ParameterRange.NonNegative, Default = Value.None, Example = Value.None }, m => m.Time is { } time ? time : Value.None, (m, v) => m with { Time = v is Value.Missing ? null : v.ToDouble() }),
            new(new() { Name = "width", Symbol = "p", Meaning = "number of students of a random start", Shape = Shape.Integer, Range = new(1, true, 1000, true), Default = 1, Example = 1 }, m => m.Width, (m, v) => m with { Width = checked((int)v.ToInt64()) }),
            new(new() { Name = "dimension", Symbol = "d", Meaning = "dimension of the unit sphere from which a random start is drawn; none for a given start", Range = ParameterRange.Closed(2, 1e15), Default = Value.None, Example = Value.None }, m => m.Dimension is { } d ? d : Value.None, (m, v) => m with { Dimension = v is Value.Missing ? null : v.ToDouble() }),
            new(new() { Name = "seed", Symbol = "—", Meaning = "seed of a random start", Shape = Shape.Integer, Range = new(0, true, int.MaxValue, true), Default = 1, Example = 1 }, m => m.Seed, (m, v) => m with { Seed = checked((int)v.ToInt64()) }),
            new(new() { Name = "subspace_recovery", Symbol = "θ_S", Meaning = "mean squared cosine of the teacher's span with the students' that counts as recovery of the subspace; none does not look for it", Range = ParameterRange.Between(0, 1), Default = Value.None, Example = 0.5 }, m => m.SubspaceRecovery is { } s ? s : Value.None, (m, v) => m with { SubspaceRecovery = v is Value.Missing ? null : v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "q", Symbol = "Q(τ)", Meaning = "overlaps of the students at the times, p × p each; fewer of them after a blow-up", Shape = Shape.Series, IsMeasured = true }, p => SgdTables.ToValue(p.Q)),
            new(new() { Name = "m", Symbol = "M(τ)", Meaning = "overlaps of students and teacher at the times, p × k each", Shape = Shape.Series, IsMeasured = true }, p => SgdTables.ToValue(p.M)),
            new(new() { Name = "risk", Symbol = "R(τ)", Meaning = "½ E(g − f)² at the times, without label noise", Shape = Shape.Series }, p => Value.Vector(p.Risk.AsSpan())),
            new(new() { Name = "final_q", Symbol = "Q", Meaning = "Q at the last time, p × p", Shape = Shape.Matrix, IsMeasured = true }, p => p.Q.IsEmpty ? Value.None : SgdTables.ToValue(p.Q[^1])),
            new(new() { Name = "final_m", Symbol = "M", Meaning = "M at the last time, p × k", Shape = Shape.Matrix, IsMeasured = true }, p => p.M.IsEmpty ? Value.None : SgdTables.ToValue(p.M[^1])),
            new(new() { Name = "final_risk", Symbol = "R", Meaning = "R at the last time" }, p => p.Risk.IsEmpty ? Value.None : p.Risk[^1]),
            new(new() { Name = "subspace_overlap", Symbol = "tr(Q⁺MP⁺Mᵀ)/k", Meaning = "mean squared cosine of the teacher's span with the students' at the times", Shape = Shape.Series }, p => Value.Vector(p.SubspaceOverlap.AsSpan())),
            new(new() { Name = "subspace_time", Symbol = "τ_S", Meaning = "first time at which that reaches subspace_recovery; absent if never or not asked" }, p => p.SubspaceTime),
            new(new() { Name = "status", Symbol = "—", Meaning = "MaxTime, Steady, Diverged (blow-up in finite time) or NeverEscapes (M = 0 is a fixed point)", Shape = Shape.Text }, p => p.Status.ToString()),
            new(new() { Name = "final_time", Symbol = "τ_end", Meaning = "time up to which the run went" }, p => p.FinalTime),
            new(new() { Name = "weak_recovery_time", Symbol = "τ_θ", Meaning = "first time at which a cosine reaches weak_recovery; absent if never" }, p => p.WeakRecoveryTime),
            new(new() { Name = "escape_time", Symbol = "τ_T", Meaning = "first time at which the risk has dropped by risk_drop; absent if never or not asked" }, p => p.EscapeTime),
            new(new() { Name = "blow_up_time", Symbol = "τ_∞", Meaning = "time of a blow-up; absent if there is none" }, p => p.BlowUpTime),
            new(new() { Name = "stiff_from", Symbol = "τ_s", Meaning = "time at which an implicit method took over; absent if none did" }, p => p.StiffFrom),
            new(new() { Name = "evaluations", Symbol = "—", Meaning = "evaluations of the right-hand side", Shape = Shape.Integer }, p => p.Evaluations),
        ],
        Solve = OnlineSgdPrediction.Solve,
        Experiment = new()
        {
            Run = OnlineSgdExperiment.Run,
            Description = "Trains a real network on fresh Gaussian batches in d dimensions, from weights with exactly the given overlaps; γ = ηpn/d. Gradient flow is run with Δτ = 0.02 on batches of 10d samples.",
            DefaultSize = 200,
            DefaultTrials = 16,
            FiniteSizeConstant = static (model, prediction, name) => Allowance(model, prediction, name),
            FiniteSizeRemark = "c = 5 times the largest overlap so far, besides the time step.",
        },
    };

    private static Value TableOf(ImmutableArray<ImmutableArray<double>> rows) => rows.IsEmpty ? Value.None : SgdTables.ToValue(rows);

    private static ImmutableArray<ImmutableArray<double>> MatrixOf(Value value) => value is Value.Missing ? [] : SgdTables.ToMatrix(value);

    private static double Allowance(OnlineSgdModel model, OnlineSgdPrediction prediction, string name)
    {
        var largest = Math.Max(prediction.Q.SelectMany(t => t.SelectMany(row => row)).DefaultIfEmpty(1).Max(Math.Abs), 1);
        return 5 * largest;
    }
}
