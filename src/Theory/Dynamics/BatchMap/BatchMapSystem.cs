using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

public sealed partial record BatchMapModel
{
    private static readonly string[] Simulations = ["vectors", "overlaps"];

    /// <summary>The system <c>sgd-batch-map</c>.</summary>
    public static SystemDefinition<BatchMapModel, BatchMapPrediction> System { get; } = new()
    {
        Id = "sgd-batch-map",
        Title = "Mini-batch SGD of a two-layer network by its mean steps",
        Summary = "z ~ N(0, I_d), y = g(W*z) + √Δ ξ, f = (1/p) Σ_j a_j σ(w_j·z); each step adds (γ/pn) Σ_μ a_j σ′ E z_μ over n fresh samples; the overlaps Q = WWᵀ and M = WW*ᵀ with every step replaced by its mean at finite n and d. "
            + "Either one spherical neuron He_ℓ/√ℓ! on its own kind, or any activation.",
        Family = "online-dynamics",
        Standing = Standing.Derived,
        Sources =
        [
            DynamicsSources.BatchSize("mean map of a step at batch size n, with the terms of gradient, variance and autocorrelation; the form exact at finite d is derived here"),
        ],
        Template = new() { M0 = [[0.15]], Dimension = 256, BatchSize = 1024, LearningRate = 0.1, Steps = 10 },
        ParameterBindings =
        [
            new(new() { Name = "hermite_order", Symbol = "ℓ", Meaning = "one spherical student and one teacher, both He_ℓ/√ℓ!; none means 3 unless an activation is given", Shape = Shape.Integer, Range = ParameterRange.Closed(1, EscapeStepsModel.MaximumOrder), Default = Value.None, Example = 3 },
                m => m.HermiteOrder is { } order ? (double)order : Value.None, (m, v) => m with { HermiteOrder = v is Value.Missing ? null : DynamicsValues.Whole(v) }),
            new(new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation of the students, a continuous formula in z; give this or a Hermite order", Shape = Shape.Expression, Default = Value.None, Example = "erf(z/sqrt(2))" },
                m => m.Activation is { } a ? a.Text : Value.None, (m, v) => m with { Activation = v is Value.Missing ? null : (ScalarFunction)v.ToText() }),
            new(new() { Name = "target", Symbol = "g(z1, …, zk)", Meaning = "target as a formula in the teacher fields; none means the committee (1/k) Σ_r σ(z_r)", Shape = Shape.Expression, Default = Value.None, Example = "tanh(z1) + z1*z2" },
                m => m.Target is { } g ? g.ToString() : Value.None, (m, v) => m with { Target = v is Value.Missing ? null : Expression.Parse(v.ToText()) }),
            new(new() { Name = "q0", Symbol = "Q(0)", Meaning = "overlaps of the students at the start, p × p; none means the identity", Shape = Shape.Matrix, Default = Value.None, Example = Value.ListOf([Value.Vector([1.0])]) },
                m => Optional(m.Q0), (m, v) => m with { Q0 = v is Value.Missing ? [] : DynamicsValues.ToMatrix(v) }),
            new(new() { Name = "m0", Symbol = "M(0)", Meaning = "overlaps of students and teachers at the start: p × k, or one number for a single student and teacher", Shape = Shape.Matrix, Range = ParameterRange.Finite, Example = Value.ListOf([Value.Vector([0.2])]) },
                m => m.M0 is [[var only]] && m.Order is not null ? only : DynamicsValues.ToValue(m.M0), (m, v) => m with { M0 = v is Value.Number number ? [[number.Real]] : DynamicsValues.ToMatrix(v) }),
            new(new() { Name = "p", Symbol = "P", Meaning = "overlaps of the teachers, k × k; none means the identity", Shape = Shape.Matrix, Default = Value.None, Example = Value.ListOf([Value.Vector([1.0])]) },
                m => Optional(m.P), (m, v) => m with { P = v is Value.Missing ? [] : DynamicsValues.ToMatrix(v) }),
            new(new() { Name = "a", Symbol = "a_j", Meaning = "readout, one number for each student; none means ones", Shape = Shape.Vector, Range = ParameterRange.Finite, Default = Value.None, Example = Value.Vector([1.0]) },
                m => m.A.IsDefaultOrEmpty ? Value.None : Value.Vector(m.A.AsSpan()), (m, v) => m with { A = v is Value.Missing ? [] : v.ToVector() }),
            new(new() { Name = "dimension", Symbol = "d", Meaning = "dimension of the inputs; whole for simulations", Range = ParameterRange.Closed(2, 1e15), Example = 200 }, m => m.Dimension, (m, v) => m with { Dimension = v.ToDouble() }),
            new(new() { Name = "batch_size", Symbol = "n", Meaning = "fresh samples per step; whole for simulations, inf for the population gradient", Range = new(1, true, double.PositiveInfinity, true), Example = 400 }, m => m.BatchSize, (m, v) => m with { BatchSize = v.ToDouble() }),
            new(new() { Name = "learning_rate", Symbol = "γ", Meaning = "learning rate; a weight moves by γ/p times its gradient", Range = ParameterRange.NonNegative, Example = 0.02 }, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0.0, Example = 0.1 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "loss", Symbol = "E", Meaning = "square (E = y − f) or correlation (E = y)", Shape = Shape.Text, Choices = LossNames.All, Default = "square", Example = "square" }, m => LossNames.Of(m.Loss), (m, v) => m with { Loss = LossNames.Parse(v.ToText()) }),
            new(new() { Name = "steps", Symbol = "T", Meaning = "number of steps", Shape = Shape.Integer, Range = ParameterRange.Closed(0, MaximumSteps), Example = 20 }, m => m.Steps, (m, v) => m with { Steps = DynamicsValues.Whole(v) }),
            new(new() { Name = "spherical", Symbol = "|w_j| = 1", Meaning = "whether weights are normalised after every step; none means for a Hermite order only", Shape = Shape.Flag, Default = Value.None, Example = true },
                m => m.Spherical is { } flag ? flag : Value.None, (m, v) => m with { Spherical = v is Value.Missing ? null : v.ToBoolean() }),
            new(new() { Name = "gradient", Symbol = "F, G", Meaning = "whether the first-order terms are kept", Shape = Shape.Flag, Default = true, Example = true }, m => m.Gradient, (m, v) => m with { Gradient = v.ToBoolean() }),
            new(new() { Name = "variance", Symbol = "dH/n", Meaning = "whether the variance of the sampled gradient is kept", Shape = Shape.Flag, Default = true, Example = true }, m => m.Variance, (m, v) => m with { Variance = v.ToBoolean() }),
            new(new() { Name = "autocorrelation", Symbol = "(1 − 1/n) BΩ⁺Bᵀ", Meaning = "whether the square of the mean gradient is kept", Shape = Shape.Flag, Default = true, Example = true }, m => m.Autocorrelation, (m, v) => m with { Autocorrelation = v.ToBoolean() }),
            new(new() { Name = "finite_dimension", Symbol = "(d − r)H + H₂", Meaning = "whether the variance term is exact at finite d, not its leading order dH", Shape = Shape.Flag, Default = false, Example = true }, m => m.FiniteDimension, (m, v) => m with { FiniteDimension = v.ToBoolean() }),
            new(new() { Name = "simulation", Symbol = "—", Meaning = "how the experiment runs SGD: vectors in d dimensions, or the chain of overlaps, exact in distribution", Shape = Shape.Text, Choices = Simulations, Default = "vectors", Example = "overlaps" },
                m => Simulations[(int)m.Simulation], (m, v) => m with { Simulation = (SgdSimulation)Array.IndexOf(Simulations, v.ToText()) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "m", Symbol = "M", Meaning = "with a Hermite order the overlap m(t) for t = 0 … T, else the overlaps M after the last step", Shape = Shape.Matrix, IsMeasured = true },
                p => p.Path is { } path ? Value.Vector(path.AsSpan()) : DynamicsValues.ToValue(p.M)),
            new(new() { Name = "q", Symbol = "Q", Meaning = "overlaps of the students after the last step", Shape = Shape.Matrix, IsMeasured = true }, p => DynamicsValues.ToValue(p.Q)),
            new(new() { Name = "risk", Symbol = "R", Meaning = "½ E(g − f)² after the last step, without the label noise", IsMeasured = true }, p => p.Risk),
        ],
        Solve = BatchMapPrediction.Solve,
        Experiment = new()
        {
            Run = BatchMapExperiment.Run,
            Description = "Trains the network on fresh Gaussian batches at the model's own dimension, from weights with the given overlaps, and measures overlaps and the risk on 20,000 fresh samples.",
            DefaultSize = 200,
            DefaultTrials = 16,
            Dimension = static model => (int)Math.Min(model.Dimension, int.MaxValue),
            FiniteSizeConstant = static (model, _, _) => 4 * Math.Sqrt(Math.Min(model.Dimension, int.MaxValue)),
            FiniteSizeRemark = "c/d = 4/√d: the map replaces the increments by their means, at an error of order 1/√d per unit of time (least for d ≫ n).",
        },
    };

    private static Value Optional(ImmutableArray<ImmutableArray<double>> rows) => rows.IsDefaultOrEmpty ? Value.None : DynamicsValues.ToValue(rows);
}
