using System.Collections.Immutable;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Plotting;

/// <summary>The figures that can be made by id. Adding one is adding it here.</summary>
public static class Figures
{
    /// <summary>All figures, in the order of the docs.</summary>
    public static ImmutableArray<Figure> All { get; } =
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
            Id = "subspace-clustering-phases",
            Title = "Phases of subspace clustering",
            Description = "Where two clusters that differ in a fraction ρ of the features can be found: impossible, hard and easy over sparsity and λ√α/k at two samples per dimension, "
                + "with the overlap that message passing from nothing reaches.",
            System = "subspace-clustering",
            Inputs = Inputs(("clusters", 2.0), ("alpha", 2.0), ("unit", "spectral")),
            Axes = [SweepAxis.Linear("sparsity", 0.005, 0.35, 25), SweepAxis.Linear("lambda", 0.02, 1.5, 25)],
            DiagramLevels = 5,
            MeasuredPoints = 6,
            Size = 1000,
            Trials = 10,
            Picture = new() { Observables = ["q_u"] },
        },
        new()
        {
            Id = "subspace-clustering-error",
            Title = "Error of subspace clustering without a hard phase",
            Description = "Mean square error of memberships and centres at ρ = 0.5 and two samples per dimension against λ√α/k: flat up to the spectral threshold, then a continuous decay. Informed and uninformed starts agree.",
            System = "subspace-clustering",
            Inputs = Inputs(("clusters", 2.0), ("alpha", 2.0), ("sparsity", 0.5), ("unit", "spectral")),
            Axes = [SweepAxis.Linear("lambda", 0.25, 2.5, 226)],
            MeasuredPoints = 10,
            Size = 1000,
            Trials = 10,
            Picture = new() { Observables = ["mse_u", "q_u", "q_v"], LogarithmicValues = false },
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
            Id = "sgd-batch-map-noise",
            Title = "Mini-batch SGD dominated by noise",
            Description = "Risk and overlaps of two erf students and teachers against the number of steps, n = 10, γ = 0.095, d = 10⁴: the sampling noise merges the students at a high risk.",
            System = "sgd-batch-map",
            Inputs = Regime(10, 0.09487),
            Axes = [SweepAxis.Of("steps", 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000)],
            MeasuredPoints = 12,
            Trials = 10,
            Picture = new() { Observables = ["risk", "m_0_0", "q_0_1"], LogarithmicValues = false },
        },
        new()
        {
            Id = "sgd-batch-map-plateau",
            Title = "Mini-batch SGD with drift and noise in balance",
            Description = "Risk and overlaps of two erf students and teachers against the number of steps, n = 100, γ = 0.08, d = 10⁴: a plateau at which the students have merged.",
            System = "sgd-batch-map",
            Inputs = Regime(100, 0.08),
            Axes = [SweepAxis.Of("steps", 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000)],
            MeasuredPoints = 12,
            Trials = 10,
            Picture = new() { Observables = ["risk", "m_0_0", "q_0_1"], LogarithmicValues = false },
        },
        new()
        {
            Id = "sgd-batch-map-population",
            Title = "Mini-batch SGD that follows the population gradient",
            Description = "Risk and overlaps of two erf students and teachers against the number of steps, n = 100, γ = 0.001, d = 10⁴: the noise plays no part.",
            System = "sgd-batch-map",
            Inputs = Regime(100, 0.001),
            Axes = [SweepAxis.Of("steps", 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000)],
            MeasuredPoints = 12,
            Trials = 10,
            Picture = new() { Observables = ["risk", "m_0_0", "q_0_1"], LogarithmicValues = false },
        },
        new()
        {
            Id = "universality-alignment",
            Title = "Universality of a mixture, broken as the teacher turns to the means",
            Description = "Test error of logistic regression on two clusters ±μ, on the Gaussian with the same mean and covariance, and on the centred Gaussian, against the cosine of teacher and μ: "
                + "equal where the teacher does not see the means, then ever further apart.",
            System = "universality",
            Inputs = PairOfClusters("logistic", "sign(z)", ("alpha", 2.0), ("lambda", 0.1)),
            Axes = [SweepAxis.Linear("alignment", 0, 1, 61)],
            MeasuredPoints = 7,
            Size = 200,
            Trials = 24,
            Picture = new() { Observables = ["mixture_test_error", "matched_gaussian_test_error", "bulk_gaussian_test_error"], LogarithmicValues = false },
        },
        new()
        {
            Id = "universality-ridge-alignment",
            Title = "Universality of ridge regression, kept as the teacher turns to the means",
            Description = "Training loss of ridge regression on a linear teacher, where clusters of one covariance cannot be told from the Gaussian with their mean and covariance, whatever the angle; from the centred one they can.",
            System = "universality",
            Inputs = PairOfClusters("square", "z", ("alpha", 1.2), ("lambda", 0.7)),
            Axes = [SweepAxis.Linear("alignment", 0, 1, 61)],
            MeasuredPoints = 7,
            Size = 200,
            Trials = 24,
            Picture = new() { Observables = ["mixture_train_loss", "matched_gaussian_train_loss", "bulk_gaussian_train_loss"], LogarithmicValues = false },
        },
        new()
        {
            Id = "universality-interpolation",
            Title = "One training error of least squares without ridge",
            Description = "Least squares without ridge on a linear teacher with noise of variance 2: two clusters of variances 0.2 and 1.8, one Gaussian with their mean and covariance, and the centred Gaussian all train to (1 − 1/α)₊, "
                + "while their test errors differ.",
            System = "universality",
            Inputs = PairOfClusters("square", "z", ("covariance_eigenvalues", Rows([0.2], [1.8])), ("lambda", 0.0), ("ridgeless", true), ("noise", 2.0)),
            // The error diverges at α = 1, which the grid leaves out.
            Axes = [SweepAxis.Linear("alpha", 0.25, 4, 188)],
            MeasuredPoints = 12,
            Size = 200,
            Trials = 24,
            Picture = new() { Observables = ["mixture_train_loss", "matched_gaussian_train_loss", "bulk_gaussian_train_loss"], LogarithmicValues = false },
        },
        new()
        {
            Id = "mixture-erm-optimal-noise",
            Title = "Logistic regression at the best ridge",
            Description = "Least test error over the ridge of logistic regression on noisy signs against samples per dimension, by noise in the field; no peak is left.",
            System = "mixture-erm-optimal",
            Inputs = Inputs([("loss", "logistic"), ("teacher", "sign(z)"), .. OneCluster]),
            Axes = [SweepAxis.Logarithmic("alpha", 0.2, 10, 41), SweepAxis.Of("noise", 0, 0.3, 3)],
            MeasuredPoints = 6,
            Size = 100,
            Trials = 12,
            Picture = new() { Observables = ["test_error"], LogarithmicValues = false },
        },
    ];

    private static (string Name, Value Value)[] OneCluster =>
    [
        ("atom_weights", Value.Vector([1])), ("covariance_eigenvalues", Rows([1])), ("teacher_power", Value.Vector([1])),
        ("mean_teacher_overlaps", Rows([0])), ("mean_gram", Value.ListOf([Rows([0])])), ("probabilities", Value.Vector([1])),
    ];

    private static Value Rows(params ReadOnlySpan<double[]> rows)
    {
        var vectors = new Value[rows.Length];
        for (var i = 0; i < rows.Length; i++) vectors[i] = Value.Vector(rows[i]);
        return Value.ListOf(vectors);
    }

    /// <summary>Two clusters at ±μ, with a teacher along μ.</summary>
    private static ImmutableDictionary<string, Value> PairOfClusters(string loss, string teacher, params ReadOnlySpan<(string Name, Value Value)> others) => Inputs(
    [
        ("atom_weights", Value.Vector([1])), ("teacher_power", Value.Vector([1])), ("mean_teacher_overlaps", Rows([1, -1])), ("mean_gram", Value.ListOf([Rows([1, -1], [-1, 1])])),
        ("probabilities", Value.Vector([0.5, 0.5])), ("covariance_eigenvalues", Rows([1], [1])), ("loss", loss), ("teacher", teacher),
    ]).SetItems(Inputs(others));

    /// <summary>Looks a figure up.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The figure, or <see langword="null"/>.</returns>
    public static Figure? Find(string id) => All.FirstOrDefault(f => f.Id == id);

    /// <summary>Looks a figure up that must be there.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="InvalidInputException">There is no such figure; the message lists those there are.</exception>
    public static Figure Get(string id) => Find(id)
        ?? throw new InvalidInputException("figure", $"unknown figure \"{id}\"; known: {string.Join(", ", All.Select(f => f.Id))}");

    private static ImmutableDictionary<string, Value> Vocabulary(double[] fractions, double[] spikes) =>
        Inputs(("fractions", Value.Vector(fractions)), ("spikes", Value.Vector(spikes)));
    /// <summary>Two erf students and two teachers in 10⁴ dimensions from no overlap.</summary>
    private static ImmutableDictionary<string, Value> Regime(double batch, double rate) => Inputs(
        ("activation", "erf(z/sqrt(2))"), ("m0", Value.ListOf([Value.Vector([0, 0]), Value.Vector([0, 0])])), ("q0", Value.ListOf([Value.Vector([1, 0.00305]), Value.Vector([0.00305, 1])])),
        ("dimension", 1e4), ("batch_size", batch), ("learning_rate", rate), ("noise", 0.01), ("spherical", true), ("simulation", "overlaps"));

    private static ImmutableDictionary<string, Value> Inputs(params ReadOnlySpan<(string Name, Value Value)> inputs)
    {
        var named = ImmutableDictionary.CreateBuilder<string, Value>();
        foreach (var (name, value) in inputs) named.Add(name, value);
        return named.ToImmutable();
    }
}
