using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

public sealed partial record GiantStepsModel
{
    /// <summary>The system <c>giant-steps</c>.</summary>
    public static SystemDefinition<GiantStepsModel, GiantStepsPrediction> System { get; } = new()
    {
        Id = "giant-steps",
        Title = "Giant gradient steps of one neuron on a multi-index target",
        Summary = "y = f(z1, …, z_r), x ~ N(0, I_d); each of T steps takes n fresh samples and sets w ← (w + ηg)/|w + ηg|, g = (1/n) Σ y σ′(w·x) x; "
            + "the overlaps of w with the target's directions at finite d and n.",
        Family = "dynamics",
        Standing = Standing.Derived,
        Sources = [DynamicsSources.Dandi("giant steps, their staircase over steps and batch sizes; the exact gradient and the map at finite d and n are re-derived")],
        Template = new() { Target = "z1", Activation = "z", LearningRate = 1, Dimension = 100, BatchSize = 1000 },
        ParameterBindings =
        [
            new(new() { Name = "target", Symbol = "f(z1, …, z_r)", Meaning = "target, a polynomial with rational coefficients in z1 … z8", Shape = Shape.Expression, Example = "z1 + z1*z2" }, m => m.Target.ToString(), (m, v) => m with { Target = Expression.Parse(v.ToText()) }),
            new(new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation, a continuous formula in z", Shape = Shape.Expression, Example = "relu(z - 1/2)" }, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(new() { Name = "learning_rate", Symbol = "η", Meaning = "learning rate of the neuron, readout included", Range = ParameterRange.Finite, Example = 4 }, m => m.LearningRate, (m, v) => m with { LearningRate = v.ToDouble() }),
            new(new() { Name = "dimension", Symbol = "d", Meaning = "dimension of the inputs", Shape = Shape.Integer, Range = new(2, true, int.MaxValue, true), Example = 100 }, m => m.Dimension, (m, v) => m with { Dimension = Whole(v) }),
            new(new() { Name = "batch_size", Symbol = "n", Meaning = "fresh samples per step", Shape = Shape.Integer, Range = new(1, true, int.MaxValue, true), Example = 2000 }, m => m.BatchSize, (m, v) => m with { BatchSize = Whole(v) }),
            new(new() { Name = "steps", Symbol = "T", Meaning = "number of steps", Shape = Shape.Integer, Range = new(1, true, 10_000, true), Default = 3, Example = 3 }, m => m.Steps, (m, v) => m with { Steps = Whole(v) }),
            new(new() { Name = "initial_overlaps", Symbol = "u(0)", Meaning = "overlaps of the initial weight with the target's directions; none means 1/√d each", Shape = Shape.Vector, Range = ParameterRange.Closed(-1, 1), Default = Value.None, Example = Value.Vector([0.1, 0.1]) },
                m => m.InitialOverlaps.IsEmpty ? Value.None : Value.Vector(m.InitialOverlaps.AsSpan()),
                (m, v) => m with { InitialOverlaps = v is Value.Missing ? [] : v.ToVector() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "overlaps", Symbol = "u_i(t)", Meaning = "overlaps of the deterministic map, a row for each t = 0 … T", Shape = Shape.Matrix }, p => Rows(p.Overlaps)),
            new(new() { Name = "noise_floor", Symbol = "ς_i(t)", Meaning = "standard deviation of the overlaps around the map, from the noise of all batches so far", Shape = Shape.Matrix }, p => Rows(p.NoiseFloor)),
            new(new() { Name = "squared_overlaps", Symbol = "E u_i(t)²", Meaning = "mean squared overlaps, u_i² + ς_i²", Shape = Shape.Matrix, IsMeasured = true }, p => Rows(p.SquaredOverlaps)),
            new(new() { Name = "squared_norm", Symbol = "E |u(t)|²", Meaning = "mean squared norm of the overlaps, for t = 0 … T", Shape = Shape.Series, IsMeasured = true }, p => Value.Vector(p.SquaredNorm.AsSpan())),
        ],
        Solve = GiantStepsPrediction.Solve,
        Experiment = new()
        {
            Run = GiantStepsExperiment.Run,
            Description = "Trains one real neuron from the given overlaps and a random rest, on fresh Gaussian batches in d dimensions, and measures its overlaps after every step.",
            DefaultSize = 100,
            DefaultTrials = 48,
            Dimension = static model => model.Dimension,
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c/d = 4 max_t Σ_i ς_i²: the map is linearised in the noise, and runs at d = 32, 64, 128 with 2,000 trials left gaps of up to 3.2 times that sum, largest while directions grow from 1/√d.",
        },
    };

    private static double Allowance(GiantStepsModel model, GiantStepsPrediction prediction, string observable) =>
        model.Dimension * 4 * prediction.NoiseFloor.Max(row => row.Sum(x => x * x));

    private static int Whole(Value value) => value.ToInt64() is >= 0 and <= int.MaxValue and var whole
        ? (int)whole
        : throw new FormatException($"must be a whole number of at most {int.MaxValue}; got {value}");

    private static Value Rows(ImmutableArray<ImmutableArray<double>> rows) => Value.ListOf(rows.Select(row => Value.Vector(row.AsSpan())));
}
