using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record EscapeStepsModel
{
    /// <summary>The system <c>sgd-escape-steps</c>.</summary>
    public static SystemDefinition<EscapeStepsModel, EscapeStepsPrediction> System { get; } = new()
    {
        Id = "sgd-escape-steps",
        Title = "Steps of mini-batch SGD until one neuron finds its direction",
        Summary = "student h_ℓ(w·z) on the teacher h_ℓ(w*·z), |w| = |w*| = 1, n fresh samples per step, w normalised after each; the number of steps from an overlap m0 to a threshold, by the mean map of a step.",
        Family = "online-dynamics",
        Standing = Standing.Derived,
        Sources = [DynamicsSources.BatchSize("mean map of a step at batch size n, phase diagram of the number of steps"), DynamicsSources.Online("information exponent of one-pass SGD")],
        Template = new() { HermiteOrder = 3, Dimension = 1e4, BatchSize = 1e4, LearningRate = 4.467e-4, M0 = 0.01 },
        ParameterBindings =
        [
            new(new() { Name = "hermite_order", Symbol = "ℓ", Meaning = "student and teacher are both He_ℓ/√ℓ!", Shape = Shape.Integer, Range = ParameterRange.Closed(1, MaximumOrder), Example = 2 }, m => m.HermiteOrder, (m, v) => m with { HermiteOrder = DynamicsValues.Whole(v) }),
            new(new() { Name = "dimension", Symbol = "d", Meaning = "dimension of the inputs; whole for simulations", Range = ParameterRange.Closed(3, 1e15), Example = 1000 }, m => m.Dimension, (m, v) => m with { Dimension = v.ToDouble() }),
            new(new() { Name = "batch_size", Symbol = "n", Meaning = "fresh samples per step; whole for simulations, inf for the population gradient", Range = new(1, true, double.PositiveInfinity, true), Example = 100 }, m => m.BatchSize, (m, v) => m with { BatchSize = v.ToDouble() }),
            new(new() { Name = "learning_rate", Symbol = "γ", Meaning = "learning rate of the unit weight", Range = ParameterRange.Positive, Example = 0.01 }, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(new() { Name = "loss", Symbol = "E", Meaning = "square (E = y − f) or correlation (E = y)", Shape = Shape.Text, Choices = LossNames.All, Default = "square", Example = "square" }, m => LossNames.Of(m.Loss), (m, v) => m with { Loss = LossNames.Parse(v.ToText()) }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0.0, Example = 0.1 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "m0", Symbol = "m(0)", Meaning = "overlap at the start", Range = ParameterRange.Closed(-1, 1), Example = 0.2 }, m => m.M0, (m, v) => m with { M0 = v.ToDouble() }),
            new(new() { Name = "threshold", Symbol = "m(T)", Meaning = "overlap that counts as escape", Range = new(0, false, 1, true), Default = 0.5, Example = 0.5 }, m => m.Threshold, (m, v) => m with { Threshold = v.ToDouble() }),
            new(new() { Name = "finite_dimension", Symbol = "(d − 2)H + H₂", Meaning = "whether the sampling noise is exact at finite d, not its leading order dH", Shape = Shape.Flag, Default = false, Example = true }, m => m.FiniteDimension, (m, v) => m with { FiniteDimension = v.ToBoolean() }),
            new(new() { Name = "maximum_steps", Symbol = "T_max", Meaning = "steps after which a simulation gives up", Shape = Shape.Integer, Range = ParameterRange.Closed(1, 9e15), Default = 1e8, Example = 1e6 }, m => m.MaximumSteps, (m, v) => m with { MaximumSteps = v.ToInt64() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "steps", Symbol = "T", Meaning = "steps until m ≥ threshold for the first time; absent if never", IsMeasured = true }, p => p.Steps),
            new(new() { Name = "samples", Symbol = "nT", Meaning = "samples used until then; absent if never", IsMeasured = true }, p => p.Samples),
        ],
        Solve = EscapeStepsPrediction.Solve,
        Experiment = new()
        {
            Run = EscapeStepsExperiment.Run,
            Description = "Runs SGD by the Markov chain of the overlaps, exact in distribution at the model's own dimension, until the overlap passes the threshold.",
            DefaultSize = 1000,
            DefaultTrials = 32,
            Dimension = static model => model.Dimension <= int.MaxValue ? (int)model.Dimension : int.MaxValue,
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c/d = T·(1/T + 1/(d m0²))·4 relative to the start: the map replaces the increments of a step by their means, which random starts of order 1/√d do not allow.",
        },
    };

    private static double Allowance(EscapeStepsModel model, EscapeStepsPrediction prediction, string observable) =>
        Math.Min(model.Dimension, int.MaxValue) * (prediction.Steps is { } t ? (observable == "samples" ? model.BatchSize : 1) * (2 + 4 * t / (model.Dimension * model.M0 * model.M0)) : double.PositiveInfinity);
}
