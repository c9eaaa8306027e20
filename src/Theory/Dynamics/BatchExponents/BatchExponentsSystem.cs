using Theory.Contract;

namespace Theory.Dynamics;

public sealed partial record BatchExponentsModel
{
    private static readonly string[] Phases = ["not learned", "correlation loss only", "learned", "one step of correlation loss"];

    /// <summary>The system <c>sgd-batch-exponents</c>.</summary>
    public static SystemDefinition<BatchExponentsModel, BatchExponentsPrediction> System { get; } = new()
    {
        Id = "sgd-batch-exponents",
        Title = "Phase diagram of the batch size",
        Summary = "One spherical neuron He_ℓ/√ℓ! on its own kind, batches n = d^μ, the best learning rate: exponents of the steps and samples until escape from m = d^(−1/2), as d → ∞ and at finite d by the mean map of a step.",
        Family = "online-dynamics",
        Standing = Standing.Derived,
        Sources = [DynamicsSources.BatchSize("phase diagram of steps and batch size for plain SGD and correlation loss"), DynamicsSources.Online("exponent of single samples, μ = 0")],
        Template = new() { HermiteOrder = 3, BatchExponent = 1 },
        ParameterBindings =
        [
            new(new() { Name = "hermite_order", Symbol = "ℓ", Meaning = "information exponent; student and teacher are both He_ℓ/√ℓ!", Shape = Shape.Integer, Range = ParameterRange.Closed(1, EscapeStepsModel.MaximumOrder), Example = 2 }, m => m.HermiteOrder, (m, v) => m with { HermiteOrder = DynamicsValues.Whole(v) }),
            new(new() { Name = "batch_exponent", Symbol = "μ", Meaning = "batch size n = d^μ", Range = ParameterRange.Closed(0, 20), Example = 0.5 }, m => m.BatchExponent, (m, v) => m with { BatchExponent = v.ToDouble() }),
            new(new() { Name = "loss", Symbol = "E", Meaning = "square (E = y − f) or correlation (E = y)", Shape = Shape.Text, Choices = LossNames.All, Default = "square", Example = "square" }, m => LossNames.Of(m.Loss), (m, v) => m with { Loss = LossNames.Parse(v.ToText()) }),
            new(new() { Name = "time_exponent", Symbol = "θ", Meaning = "steps T = d^θ whose phase is asked for; none gives no phase", Range = ParameterRange.Finite, Default = Value.None, Example = 1.0 }, m => m.TimeExponent, (m, v) => m with { TimeExponent = Optional(v) }),
            new(new() { Name = "dimension", Symbol = "d", Meaning = "dimension at which the mean map is optimised, and the larger one of the slope; none gives asymptotics alone", Range = ParameterRange.Closed(100, 1e12), Default = Value.None, Example = 1000 }, m => m.Dimension, (m, v) => m with { Dimension = Optional(v) }),
            new(new() { Name = "from_dimension", Symbol = "d′", Meaning = "the smaller dimension of the slope; none means d/10", Range = new(10, true, 1e12, false), Default = Value.None, Example = 200 }, m => m.FromDimension, (m, v) => m with { FromDimension = Optional(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "theta", Symbol = "θ", Meaning = "exponent of the number of steps as d → ∞" }, p => p.Theta),
            new(new() { Name = "samples_exponent", Symbol = "μ + θ", Meaning = "exponent of the number of samples as d → ∞" }, p => p.SamplesExponent),
            new(new() { Name = "rate_exponent", Symbol = "ln γ/ln d", Meaning = "exponent of the best learning rate as d → ∞" }, p => p.RateExponent),
            new(new() { Name = "phase", Symbol = "phase", Meaning = "what is learned with d^μ samples in each of d^θ steps: by nothing, by correlation loss alone, by both, or by one step of correlation loss", Shape = Shape.Text }, p => p.Phase is { } phase ? Phases[(int)phase] : Value.None),
            new(new() { Name = "map_exponent", Symbol = "Δ ln T/Δ ln d", Meaning = "slope of the number of steps between the two dimensions, with the best rate of the mean map at each", IsMeasured = true }, p => p.MapExponent),
            new(new() { Name = "learning_rate", Symbol = "γ", Meaning = "best learning rate at the dimension by the mean map" }, p => p.LearningRate),
            new(new() { Name = "steps", Symbol = "T", Meaning = "steps of the mean map at the dimension with that rate" }, p => p.Steps),
        ],
        Solve = BatchExponentsPrediction.Solve,
        Experiment = new()
        {
            Run = BatchExponentsExperiment.Run,
            Description = "Runs SGD by the chain of its overlaps, exact in distribution, at both dimensions until |m| ≥ 1/2, with the rates of the mean map, and takes the slope of ln T.",
            DefaultSize = 1000,
            DefaultTrials = 16,
            Dimension = static model => (int)Math.Min(model.Dimension ?? 1000, int.MaxValue),
            FiniteSizeConstant = static (model, _, _) => 0.25 * Math.Min(model.Dimension ?? 1000, int.MaxValue),
            FiniteSizeRemark = "c/d = 0.25 at any d: from m = d^(−1/2) noise and drift are of one size, so that times scatter by a factor of order 1 about the map, and its logarithm changes with d.",
        },
    };

    private static double? Optional(Value value) => value is Value.Missing ? null : value.ToDouble();
}
