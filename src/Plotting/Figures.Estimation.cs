using Theory.Systems.Sweeps;

namespace Theory.Plotting;

public static partial class Figures
{
    private static Figure[] Estimation =>
    [
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
}
