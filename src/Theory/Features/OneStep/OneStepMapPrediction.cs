using Theory.Contract;

namespace Theory.Features;

/// <summary>
/// The weights after one giant gradient step: a spike along the gradient's mean direction v and a bulk [Ba et al. 2022, arXiv:2205.01445; Cui et al. 2024,
/// arXiv:2402.04980], for activations that need not be odd and labels that need not be centred. Spike and alignment are exact in the limit, and so is c as the mean
/// squared length of the rows of the bulk. Standing: derived.
/// </summary>
public sealed record OneStepMapPrediction : IPrediction
{
    /// <summary>Strength r of the spike in W ≈ √c W₀ + r 1 vᵀ; it has the sign of η̃ E σ′.</summary>
    public required double Spike { get; init; }

    /// <summary>Mean squared length c of the rows of the bulk.</summary>
    public required double Bulk { get; init; }

    /// <summary>Alignment γ = θ·v of target and spike.</summary>
    public required double Alignment { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used: the map is explicit.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The activation jumps, is no formula, or is flat; a function is not square integrable.</exception>
    public static OneStepMapPrediction Solve(OneStepMapModel model, SolveOptions? options = null)
    {
        var step = FirstStep.Of(model.Activation, model.Target, model.LearningRate, model.BatchRatio, model.Noise);
        return new() { Spike = step.Spike, Bulk = step.Bulk, Alignment = step.Alignment, Diagnostics = Diagnostics.ClosedForm };
    }
}
