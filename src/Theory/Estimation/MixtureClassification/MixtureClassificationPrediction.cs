using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>Asymptotics of classifying two Gaussians by empirical risk minimisation [Loureiro et al. 2021, arXiv:2106.03791]. Standing: theorem.</summary>
public sealed record MixtureClassificationPrediction : IPrediction
{
    /// <summary>Probability that sign(w·x/√d + b) differs from the label of a fresh sample.</summary>
    public required double TestError { get; init; }

    /// <summary>Mean loss (1/n) Σ ℓ on the training samples, without the penalty.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>V: variance of the proximal map; λV for interpolation and the hard margin.</summary>
    public required double V { get; init; }

    /// <summary>q = wᵀΣw/d.</summary>
    public required double Q { get; init; }

    /// <summary>m = μ·w/d: the mean field of the cluster +1, intercept aside.</summary>
    public required double M { get; init; }

    /// <summary>The intercept b, if one was fitted.</summary>
    public required double? Intercept { get; init; }

    /// <summary>Whether there is a minimiser, or at λ = 0 only the limit of its direction.</summary>
    public required ErmMinimiser Minimiser { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the undamped residual of the state evolution in (log V, log q, h, b), and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">The state evolution was not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static MixtureClassificationPrediction Solve(MixtureClassificationModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        Tables.RequireLength(model.AtomWeights.Length, model.CovarianceEigenvalues.Length, "covariance_eigenvalues", "atom_weights");
        var rank = model.AtomWeights.Zip(model.CovarianceEigenvalues).Where(a => a.Second > 0).Sum(a => a.First);
        if (rank == 0) throw new InvalidInputException("covariance_eigenvalues", "covariance_eigenvalues must not all be 0");

        var loss = MarginLosses.Create(model.Loss, model.HuberDelta, model.CustomLoss);
        if (model.Loss == LossKind.Custom && model.Lambda == 0) throw new InvalidInputException("lambda", "lambda must be positive with the loss custom; got 0");
        double[] eigenvalues = [.. model.CovarianceEigenvalues];
        // No teacher: the clusters' labels are given, and (θ, μ, −μ) has θ = 0.
        double[] gram = [0, 0, 0, 0, model.MeanPower, -model.MeanPower, 0, -model.MeanPower, model.MeanPower];
        var solution = new ErmTask
        {
            Loss = model.Loss,
            Prior = new AtomPrior([.. model.AtomWeights], [eigenvalues, eigenvalues], [.. eigenvalues.Select(_ => gram)]),
            Laws = [new(model.Probability, 0, 0), new(1 - model.Probability, 0, 0)],
            Alpha = model.Alpha,
            Lambda = model.Lambda,
            // By symmetry the intercept of clusters of equal probability is 0.
            HasIntercept = model.Intercept && model.Probability != 0.5,
            Rank = rank,
            Channel = new BinaryErmChannel([new(loss, new ClusterTeacher(1)), new(loss, new ClusterTeacher(-1))]),
            HardMargin = new BinaryErmChannel([new(default(HardMarginLoss), new ClusterTeacher(1)), new(default(HardMarginLoss), new ClusterTeacher(-1))]),
            Moments = [new(1, 0, 0), new(-1, 0, 0)],
        }.Solve(options);
        if (!solution.Diagnostics.IsConverged && options.OnFailure == OnFailure.Throw)
            throw new NotConvergedException(MixtureClassificationModel.System.Id, solution.Diagnostics);
        return new()
        {
            TestError = solution.TestError,
            TrainLoss = solution.TrainLoss,
            V = solution.Points[0].V,
            Q = solution.Points[0].Q,
            M = solution.Means[0],
            Intercept = model.Intercept ? solution.Intercept : null,
            Minimiser = solution.Minimiser,
            Diagnostics = solution.Diagnostics,
        };
    }
}
