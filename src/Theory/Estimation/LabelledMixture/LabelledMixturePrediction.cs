using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// Errors of empirical risk minimisation on a Gaussian mixture estimated from data [Loureiro et al. 2021, arXiv:2106.03791; for real labels arXiv:2102.08127].
/// Standing: theorem for Gaussian mixtures in the limit; on data it is an approximation, as good as the data are Gaussian within clusters and large in dimension.
/// </summary>
public sealed record LabelledMixturePrediction : IPrediction
{
    /// <summary>Probability that sign(w·x/√d + b) is not the label of a fresh sample; with a teacher the mean squared error, noise included.</summary>
    public required double TestError { get; init; }

    /// <summary>Mean loss (1/n) Σ ℓ on the training samples, without the penalty.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>V_c: variance of the proximal map in each cluster.</summary>
    public required ImmutableArray<double> V { get; init; }

    /// <summary>q_c = wᵀΣ_c w/d, the variance of the field in each cluster.</summary>
    public required ImmutableArray<double> Q { get; init; }

    /// <summary>h_c = w·m_c/√d, the mean of the field in each cluster without the intercept.</summary>
    public required ImmutableArray<double> H { get; init; }

    /// <summary>The intercept b, if one was fitted.</summary>
    public required double? Intercept { get; init; }

    /// <summary>‖w‖²/d.</summary>
    public required double WeightPower { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the undamped residual of the state evolution, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not fit together, or a matrix is no covariance.</exception>
    /// <exception cref="NotConvergedException">The state evolution was not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static LabelledMixturePrediction Solve(LabelledMixtureModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var (covariances, means, teacher) = model.Checked();
        var isConstant = covariances.All(s => s.Trace() == 0);
        if (isConstant) throw new InvalidInputException("covariances", "covariances must not all be 0");
        ClusterLaw[] laws = [.. model.Probabilities.Select((p, c) => new ClusterLaw(p, teacher * means[c] / Math.Sqrt(model.Dimension), teacher * (covariances[c] * teacher) / model.Dimension))];
        var moments = Moments(model, laws);
        var solution = new ErmTask
        {
            Loss = model.Loss,
            Prior = new DensePrior([.. covariances.Cast<Matrix<double>>()], [.. means.Cast<Vector<double>>()], teacher),
            Laws = laws,
            Alpha = model.Alpha,
            Lambda = model.Lambda,
            HasIntercept = model.Intercept,
            Rank = 1,
            Channel = Channel(model, laws, moments),
            Moments = moments,
        }.Solve(options);
        if (!solution.Diagnostics.IsConverged && options.OnFailure == OnFailure.Throw)
            throw new NotConvergedException(LabelledMixtureModel.System.Id, solution.Diagnostics);
        return new()
        {
            TestError = solution.TestError,
            TrainLoss = solution.TrainLoss,
            V = [.. solution.Points.Select(p => p.V)],
            Q = [.. solution.Points.Select(p => p.Q)],
            H = [.. solution.Means],
            Intercept = model.Intercept ? solution.Intercept : null,
            WeightPower = solution.WeightPower,
            Diagnostics = solution.Diagnostics,
        };
    }

    private static LabelMoments[] Moments(LabelledMixtureModel model, ClusterLaw[] laws)
    {
        if (model.Link is null) return [.. model.Labels.Select(y => new LabelMoments(y, model.IsRegression ? 1 : 0, model.Noise))];
        try
        {
            return Array.ConvertAll(laws, law => model.BinaryLink is { } binary ? LabelMoments.Of(binary, law) : LabelMoments.Of(model.Link, law, model.Noise));
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw new InvalidInputException("link", $"link: {e.Message}", e);
        }
    }

    private static IErmChannel? Channel(LabelledMixtureModel model, ClusterLaw[] laws, LabelMoments[] moments)
    {
        var loss = MarginLosses.Create(model.Loss, model.HuberDelta, model.CustomLoss);
        if (model.BinaryLink is { } binary) return new BinaryErmChannel([new(loss, binary)]);
        if (!model.IsRegression) return new BinaryErmChannel([.. model.Labels.Select(y => new MarginChannel(loss, new ClusterTeacher((int)y)))]);
        return model.Loss switch
        {
            LossKind.Custom => new ResidualErmChannel(moments, loss),
            LossKind.Huber when model.Link is null || LabelMoments.IsAffine(model.Link) => new HuberErmChannel(moments, model.HuberDelta),
            LossKind.Huber => new HuberTeacherChannel(model.Link, laws, moments, model.Noise, model.HuberDelta),
            _ => null,
        };
    }
}
