using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// Asymptotic errors of convex classification on random features [Gerace et al. 2020, arXiv:2002.09339; Loureiro et al. 2021, arXiv:2102.08127].
/// The state evolution is solved by continuation in λ. Standing: theorem for the Gaussian-equivalent features.
/// </summary>
public sealed record RandomFeaturesClassificationPrediction : IPrediction
{
    /// <summary>Probability that sign f(x) differs from the label of a fresh sample.</summary>
    public required double TestError { get; init; }

    /// <summary>Mean loss (1/n) Σ ℓ(y f) on the training samples, without the penalty.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Mean loss E ℓ(y f) on a fresh sample.</summary>
    public required double TestLoss { get; init; }

    /// <summary>V: variance of the proximal map, the response of a field to a force on it.</summary>
    public required double V { get; init; }

    /// <summary>q = E f(x)²: the variance of the prediction.</summary>
    public required double Q { get; init; }

    /// <summary>M = E f(x) θ·x: the covariance of prediction and teacher field.</summary>
    public required double M { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the undamped residual of the state evolution in (log V, log q, asinh(M/√(q − M²))), and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant or not square integrable, or the teacher is not odd and ±1.</exception>
    /// <exception cref="NotConvergedException">The state evolution was not solved to the tolerance and <paramref name="options"/> ask for an exception.</exception>
    public static RandomFeaturesClassificationPrediction Solve(RandomFeaturesClassificationModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var sigma = Moments(model.Activation);
        var channel = new MarginChannel(MarginLosses.Create(model.Loss, model.HuberDelta), TeacherOf(model));
        var (state, diagnostics) = ClassificationStateEvolution.Solve(model, sigma, channel, options);
        if (!diagnostics.IsConverged && options.OnFailure == OnFailure.Throw)
            throw new NotConvergedException(RandomFeaturesClassificationModel.System.Id, diagnostics);

        var point = state.Point;
        var (error, loss) = channel.Test(point);
        return new()
        {
            TestError = error,
            TrainLoss = channel.AtSymmetric(point).TrainLoss,
            TestLoss = loss,
            V = point.V,
            Q = point.Q,
            M = point.M,
            Diagnostics = diagnostics,
        };
    }

    /// <summary>The teacher, whose law does not change under (y, τ) → −(y, τ).</summary>
    internal static ThresholdTeacher TeacherOf(RandomFeaturesClassificationModel model)
    {
        var teacher = ThresholdTeacher.TryCreate(model.Teacher, model.Noise);
        return teacher is not null && model.Teacher.Parity == Parity.Odd
            ? teacher
            : throw Unfit(nameof(model.Teacher), model.Teacher, "must be odd, piecewise constant and ±1, such as sign(z)");
    }

    private static FeatureMoments Moments(ScalarFunction activation)
    {
        const string Name = nameof(RandomFeaturesClassificationModel.Activation);
        try
        {
            var moments = FeatureMoments.Of(activation);
            return moments.Variance > 0
                ? moments
                : throw Unfit(Name, activation, "must not be constant: a constant activation has no features");
        }
        catch (Exception e) when (e is ArgumentException and not ArgumentOutOfRangeException or ArithmeticException)
        {
            throw Unfit(Name, activation, e.Message);
        }
    }

    private static ArgumentOutOfRangeException Unfit(string name, ScalarFunction function, string reason) =>
        new(name, function.Text, $"{reason}; got {function.Text}");
}
