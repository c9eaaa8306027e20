using Theory.Systems.Sweeps;

namespace Theory.Plotting;

public static partial class Figures
{
    private static Figure[] Features =>
    [
        new()
        {
            Id = "ridge-regression-double-descent",
            Title = "Double descent of ridge regression",
            Description = "Test and training error against samples per dimension at a small ridge: the error of the nearly interpolating fit peaks at α = 1.",
            System = "ridge-regression",
            Inputs = Inputs(("lambda", 3e-3), ("noise", 0.25)),
            // 201 points from 0.1 to 10: the hundredth is α = 1, and so is the middle one of the 13 measured.
            Axes = [SweepAxis.Logarithmic("alpha", 0.1, 10, 201)],
            MeasuredPoints = 13,
            Size = 200,
            Trials = 16,
            Picture = new() { Observables = ["test_error", "train_error"], LogarithmicValues = false },
        },
        new()
        {
            Id = "random-features-double-descent",
            Title = "Double descent of random-feature regression",
            Description = "Test and training error of ReLU features on a tanh target against samples per dimension: the error peaks where samples and features are equally many, α = β.",
            System = "random-features",
            Inputs = Inputs(("activation", "relu(z)"), ("target", "tanh(z)"), ("beta", 1.0), ("lambda", 1e-3), ("noise", 0.05)),
            Axes = [SweepAxis.Logarithmic("alpha", 0.1, 10, 201)],
            MeasuredPoints = 13,
            Size = 200,
            Trials = 16,
            Picture = new() { Observables = ["test_error", "train_error"], LogarithmicValues = false },
        },
        new()
        {
            Id = "random-features-phase",
            Title = "Test error of random-feature regression",
            Description = "Test error of ReLU features on a tanh target over samples and features per dimension: the ridge of high error follows α = β.",
            System = "random-features",
            Inputs = Inputs(("activation", "relu(z)"), ("target", "tanh(z)"), ("lambda", 1e-3), ("noise", 0.05)),
            Axes = [SweepAxis.Logarithmic("alpha", 0.1, 10, 121), SweepAxis.Logarithmic("beta", 0.1, 10, 121)],
            Picture = new() { Observables = ["test_error"], LogarithmicValues = true },
        },
        new()
        {
            Id = "one-step-network-batch-size",
            Title = "Test error after one gradient step, by size of the first batch",
            Description = "Test error of a tanh network on a sine target after one giant gradient step against samples of the readout per dimension: a larger first batch finds the target's direction, and a small one hurts where many samples follow.",
            System = "one-step-network",
            Inputs = Inputs(("activation", "tanh(z)"), ("target", "sin(z)"), ("learning_rate", 3.0), ("beta", 1.0), ("lambda", 0.1), ("map", "modulated")),
            Axes = [SweepAxis.Linear("alpha", 0.2, 3, 57), SweepAxis.Of("batch_ratio", 0.5, 1, 2, 5, 20)],
            MeasuredPoints = 8,
            Size = 300,
            Trials = 32,
            Picture = new() { Observables = ["test_error"], LogarithmicValues = true },
        },
        new()
        {
            Id = "one-step-network-learning-rate",
            Title = "Test error after one gradient step, by learning rate",
            Description = "Test error of a tanh network on a sine target after one giant gradient step against its learning rate: the best rate lies inside, and is larger for a larger first batch. A weak spike costs ridge of order 1/d: small rates need large d.",
            System = "one-step-network",
            Inputs = Inputs(("activation", "tanh(z)"), ("target", "sin(z)"), ("alpha", 3.0), ("beta", 1.0), ("lambda", 0.1), ("map", "modulated")),
            Axes = [SweepAxis.Logarithmic("learning_rate", 0.3, 10, 65), SweepAxis.Of("batch_ratio", 0.5, 1, 2, 5, 20)],
            MeasuredPoints = 9,
            Size = 300,
            Trials = 32,
            Picture = new() { Observables = ["test_error"], LogarithmicValues = true },
        },
        new()
        {
            Id = "learned-features-ridge-vocabularies",
            Title = "One value of the readout is not enough",
            Description = "Test error of ridge on ReLU features after a step on a tanh target, against samples per dimension, for vocabularies of one, two and four values: a large drop beyond one.",
            System = "learned-features-ridge",
            Inputs = Inputs(("activation", "relu(z)"), ("target", "tanh(z)"), ("beta", 1.5), ("lambda", 0.01), ("dimension", 256)),
            Variants =
            [
                new("one", "k = 1: ζ = 1", Vocabulary([1], [1])),
                new("two", "k = 2: ζ = 1, −1 (90, 10 %)", Vocabulary([0.9, 0.1], [1, -1])),
                new("four", "k = 4: ζ = 1, −½, 3⁄2, −2 (70, 10, 10, 10 %)", Vocabulary([0.7, 0.1, 0.1, 0.1], [1, -0.5, 1.5, -2])),
            ],
            Axes = [SweepAxis.Logarithmic("alpha", 0.25, 8, 121)],
            MeasuredPoints = 9,
            Trials = 24,
            Picture = new() { Observables = ["test_error"], LogarithmicValues = true },
        },
        new()
        {
            Id = "learned-features-spectrum-step",
            Title = "Spectrum of features before and after a gradient step",
            Description = "Eigenvalues of tanh features before and after their weights have learned the target's direction, with the predicted densities: saturated neurons vary less, and the bulk shrinks.",
            System = "learned-features-spectrum",
            Inputs = Inputs(("activation", "tanh(z)"), ("alpha", 2.0), ("beta", 1.5)),
            Variants = [new("before", "before: ζ = 0", Vocabulary([1], [0])), new("after", "after: ζ = 1.5", Vocabulary([1], [1.5]))],
            Axes = [],
            MeasuredPoints = 1,
            Size = 400,
            Trials = 10,
            Picture = new() { LogarithmicValues = true },
        },
    ];
}
