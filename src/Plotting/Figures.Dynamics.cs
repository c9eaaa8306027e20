using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Plotting;

public static partial class Figures
{
    private static Figure[] Dynamics =>
    [
        new()
        {
            Id = "batch-reuse-multi-index",
            Title = "Reusing a batch: a ReLU committee on a two-index target",
            Description = "Overlaps of two ReLU neurons with both directions of tanh(z1 + He3(z2)) along gradient descent on one batch of 3d samples (Dandi et al. 2024, arXiv:2402.03220).",
            System = "batch-reuse",
            Inputs = Inputs(("target", "tanh(z1+He3(z2))"), ("activation", "relu(z)"), ("readout", Value.Vector([Math.Sqrt(0.5), -Math.Sqrt(0.5)])), ("width", 2.0), ("alpha", 3.0), ("learning_rate", 0.2), ("accuracy", 5e-4)),
            Axes = [SweepAxis.Of("steps", 1, 2, 3, 4, 5, 6)],
            MeasuredPoints = 6,
            Size = 400,
            Trials = 32,
            Picture = new() { Observables = ["final_m_0_0", "final_m_0_1", "final_m_1_0", "final_m_1_1"], LogarithmicValues = false },
        },
        new()
        {
            Id = "batch-reuse-information-exponent",
            Title = "Two steps on one batch break the information exponent",
            Description = "Overlap with the direction of He3(z), of information exponent 3, and squared norm of an erf neuron along gradient descent on one batch of 2d samples: the second pass sees the labels non-linearly.",
            System = "batch-reuse",
            Inputs = Inputs(("target", "He3(z)/sqrt(6)"), ("activation", "erf(z/sqrt(2))"), ("alpha", 2.0), ("learning_rate", 0.5)),
            Axes = [SweepAxis.Of("steps", 1, 2, 3, 4, 5)],
            MeasuredPoints = 5,
            Size = 400,
            Trials = 64,
            Picture = new() { Observables = ["final_m_0_0"], LogarithmicValues = false },
        },
        new()
        {
            Id = "batch-reuse-against-fresh",
            Title = "Reusing a batch breaks the information exponent, fresh batches do not",
            Description = "Overlap of an erf neuron with the direction of He3(z), of information exponent 3, along gradient descent on one batch of 2d samples and on as many new samples at every step.",
            System = "batch-reuse",
            Inputs = Inputs(("target", "He3(z)/sqrt(6)"), ("activation", "erf(z/sqrt(2))"), ("alpha", 2.0), ("learning_rate", 0.5)),
            Variants = [new("reuse", "one batch, reused", Inputs()), new("fresh", "fresh batches", Inputs()) { System = "fresh-batch" }],
            Axes = [SweepAxis.Of("steps", 1, 2, 3, 4, 5)],
            MeasuredPoints = 5,
            Size = 400,
            Trials = 64,
            Picture = new() { Observables = ["final_m_0_0"], LogarithmicValues = false },
        },
        new()
        {
            Id = "fresh-batch-information-exponent",
            Title = "Fresh batches do not break the information exponent",
            Description = "The same as batch-reuse-information-exponent, but with 2d new samples at every step: the overlap stays at zero.",
            System = "fresh-batch",
            Inputs = Inputs(("target", "He3(z)/sqrt(6)"), ("activation", "erf(z/sqrt(2))"), ("alpha", 2.0), ("learning_rate", 0.5)),
            Axes = [SweepAxis.Of("steps", 1, 2, 3, 4, 5)],
            MeasuredPoints = 5,
            Size = 400,
            Trials = 64,
            Picture = new() { Observables = ["final_m_0_0"], LogarithmicValues = false },
        },
        new()
        {
            Id = "sgd-batch-exponents-phases",
            Title = "Phases of the batch size, ℓ = 3",
            Description = "Batches n = d^μ and T = d^θ steps with the best learning rate for a target of information exponent 3: where plain SGD learns, where only correlation loss does, and where neither.",
            System = "sgd-batch-exponents",
            Inputs = Inputs(("hermite_order", 3.0)),
            Axes = [SweepAxis.Linear("batch_exponent", 0, 4, 33), SweepAxis.Linear("time_exponent", -0.25, 2.5, 33)],
            DiagramLevels = 3,
            Picture = new() { Observables = ["phase"] },
        },
        new()
        {
            Id = "sgd-batch-exponents-plain",
            Title = "Exponent of the steps of plain SGD, ℓ = 2",
            Description = "Slope of ln T from d = 10⁴ to 10⁵ by the mean map with the best rate, and by SGD simulated exactly in law, against the exponent of the batch size, beside the limit θ = max(1 − μ, 0) and the samples μ + θ; logarithms add at ℓ = 2.",
            System = "sgd-batch-exponents",
            Inputs = Inputs(("hermite_order", 2.0), ("dimension", 1e5), ("from_dimension", 1e4)),
            Axes = [SweepAxis.Linear("batch_exponent", 0, 1.25, 51)],
            MeasuredPoints = 6,
            Trials = 10,
            Picture = new() { Observables = ["map_exponent", "theta", "samples_exponent"], LogarithmicValues = false },
        },
        new()
        {
            Id = "sgd-batch-exponents-linear",
            Title = "Exponent of the steps up to d = 10⁸, ℓ = 1",
            Description = "Slope of ln T from d = 10⁷ to 10⁸ by the mean map with the best rate, and by SGD simulated exactly in law, against the exponent of the batch size for a linear neuron.",
            System = "sgd-batch-exponents",
            Inputs = Inputs(("hermite_order", 1.0), ("dimension", 1e8), ("from_dimension", 1e7)),
            Axes = [SweepAxis.Linear("batch_exponent", 0, 1, 41)],
            MeasuredPoints = 5,
            Trials = 10,
            Picture = new() { Observables = ["map_exponent", "theta"], LogarithmicValues = false },
        },
        new()
        {
            Id = "sgd-batch-exponents-correlation",
            Title = "Exponent of the steps with correlation loss, ℓ = 3",
            Description = "Slope of ln T from d = 10⁶ to 10⁸ by the mean map with the best rate against the exponent of the batch size, beside the limit θ = max(2 − μ, 0) and the samples μ + θ.",
            System = "sgd-batch-exponents",
            Inputs = Inputs(("hermite_order", 3.0), ("loss", "correlation"), ("dimension", 1e8), ("from_dimension", 1e6)),
            Axes = [SweepAxis.Linear("batch_exponent", 0, 3.5, 71)],
            Picture = new() { Observables = ["map_exponent", "theta", "samples_exponent"], LogarithmicValues = false },
        },
        new()
        {
            Id = "sgd-batch-exponents-cubic",
            Title = "Exponent of the steps of plain SGD up to d = 10⁸, ℓ = 3",
            Description = "Slope of ln T from d = 10⁶ to 10⁸ by the mean map with the best rate against the exponent of the batch size, beside the limit θ = max(2 − μ, ½) and the samples μ + θ.",
            System = "sgd-batch-exponents",
            Inputs = Inputs(("hermite_order", 3.0), ("dimension", 1e8), ("from_dimension", 1e6)),
            Axes = [SweepAxis.Linear("batch_exponent", 0, 3.5, 71)],
            Picture = new() { Observables = ["map_exponent", "theta", "samples_exponent"], LogarithmicValues = false },
        },
        new()
        {
            Id = "online-sgd-specialisation",
            Title = "Plateau and specialisation of a committee",
            Description = "Overlaps and risk of two erf students with two teachers against time, η = 0.3: the students are alike on the plateau before each takes one teacher (Saad and Solla 1995).",
            System = "online-sgd",
            Inputs = Inputs(
                ("activation", "erf(z/sqrt(2))"), ("q0", Value.ListOf([Value.Vector([0.5, 0]), Value.Vector([0, 0.3])])), ("m0", Value.ListOf([Value.Vector([0.05, 0]), Value.Vector([0, 0.05])])),
                ("p", Value.ListOf([Value.Vector([1, 0]), Value.Vector([0, 1])])), ("eta", 0.3), ("noise", 0.001)),
            Axes = [SweepAxis.Of("time", 0.3, 0.6, 1, 2, 3, 5, 7, 10, 14, 20, 25, 30, 40, 50, 60, 80, 100)],
            MeasuredPoints = 8,
            Size = 500,
            Trials = 10,
            Picture = new() { Observables = ["final_m_0_0", "final_m_0_1", "final_m_1_0", "final_m_1_1"], LogarithmicValues = false },
        },
        new()
        {
            Id = "online-sgd-repetition-staircase",
            Title = "A staircase learned by repetition",
            Description = "Overlaps of a ReLU neuron that repeats its samples with the three directions of He4(z1)/√24 + sign(z1 z2 z3): z1 grows by itself, and opens z2 and z3, which alone are hidden (Arnaboldi et al. 2024, arXiv:2405.15459).",
            System = "online-sgd",
            Inputs = Inputs(
                ("activation", "relu(z)"), ("target", "He4(z1)/sqrt(24) + sign(z1*z2*z3)"), ("m0", Value.ListOf([Value.Vector([0.2, 0.15, 0.15])])),
                ("eta", 0.02), ("displacement", 0.3), ("spherical", true), ("batch_size", 10.0)),
            Axes = [SweepAxis.Of("time", 5, 10, 20, 30, 40, 50, 60, 75, 90, 110, 130, 160)],
            MeasuredPoints = 6,
            Size = 400,
            Trials = 10,
            Picture = new() { Observables = ["final_m_0_0", "final_m_0_1", "final_m_0_2"], LogarithmicValues = false },
        },
        Regime("sgd-batch-map-noise", "Mini-batch SGD dominated by noise", 10, 0.09487, "n = 10, γ = 0.095, d = 10⁴: the sampling noise merges the students at a high risk."),
        Regime("sgd-batch-map-plateau", "Mini-batch SGD with drift and noise in balance", 100, 0.08, "n = 100, γ = 0.08, d = 10⁴: a plateau at which the students have merged."),
        Regime("sgd-batch-map-population", "Mini-batch SGD that follows the population gradient", 100, 0.001, "n = 100, γ = 0.001, d = 10⁴: the noise plays no part."),
    ];

    /// <summary>Two erf students and two teachers in 10⁴ dimensions from no overlap.</summary>
    private static Figure Regime(string id, string title, double batch, double rate, string description) => new()
    {
        Id = id,
        Title = title,
        Description = $"Risk and overlaps of two erf students and teachers against the number of steps, {description}",
        System = "sgd-batch-map",
        Inputs = Inputs(
            ("activation", "erf(z/sqrt(2))"), ("m0", Value.ListOf([Value.Vector([0, 0]), Value.Vector([0, 0])])), ("q0", Value.ListOf([Value.Vector([1, 0.00305]), Value.Vector([0.00305, 1])])),
            ("dimension", 1e4), ("batch_size", batch), ("learning_rate", rate), ("noise", 0.01), ("spherical", true), ("simulation", "overlaps")),
        Axes = [SweepAxis.Of("steps", 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000)],
        MeasuredPoints = 12,
        Trials = 10,
        Picture = new() { Observables = ["risk", "m_0_0", "q_0_1"], LogarithmicValues = false },
    };
}
