using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Exponents of the number of steps by batch size [Arnaboldi, Dandi, Krzakala, Loureiro, Pesce &amp; Stephan 2024, arXiv:2406.02157].</summary>
public sealed record BatchExponentsPrediction : IPrediction
{
    /// <summary>Exponent θ of the number of steps as d → ∞.</summary>
    public required double Theta { get; init; }

    /// <summary>Exponent μ + θ of the number of samples.</summary>
    public required double SamplesExponent { get; init; }

    /// <summary>Exponent of the best learning rate.</summary>
    public required double RateExponent { get; init; }

    /// <summary>The phase of (μ, θ); <see langword="null"/> if no θ is given.</summary>
    public required BatchPhase? Phase { get; init; }

    /// <summary>Slope of ln T between the two dimensions by the mean map with the best rate at each; <see langword="null"/> without a dimension, or if no rate escapes.</summary>
    public required double? MapExponent { get; init; }

    /// <summary>The best learning rate at the dimension; <see langword="null"/> likewise.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>Steps at the dimension with that rate; <see langword="null"/> likewise.</summary>
    public required double? Steps { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Evaluates the exponents, and searches the best learning rates.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">The dimensions are not in order.</exception>
    public static BatchExponentsPrediction Solve(BatchExponentsModel model, SolveOptions? options = null)
    {
        var (phases, mu) = (new BatchPhases(model.HermiteOrder), model.BatchExponent);
        OptimalEscape? first = null, last = null;
        double? slope = null;
        if (model.Dimensions is var (from, to))
        {
            (first, last) = (phases.Optimal(model.Loss, from, Math.Pow(from, mu)), phases.Optimal(model.Loss, to, Math.Pow(to, mu)));
            var ratio = Math.Log(Math.Max(last.Value.Steps, 1) / Math.Max(first.Value.Steps, 1)) / Math.Log(to / from);
            slope = double.IsFinite(ratio) ? ratio : null;
        }
        var theta = phases.Exponent(model.Loss, mu);
        return new()
        {
            Theta = theta,
            SamplesExponent = mu + theta,
            RateExponent = phases.RateExponent(model.Loss, mu),
            Phase = model.TimeExponent is { } time ? phases.Phase(mu, time) : null,
            MapExponent = slope,
            LearningRate = slope is null ? null : last!.Value.LearningRate,
            Steps = slope is null ? null : last!.Value.Steps,
            Diagnostics = Diagnostics.ClosedForm,
        };
    }
}
