using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// How many steps of mini-batch SGD one neuron needs to find its direction: student h_ℓ(w·z), teacher h_ℓ(w*·z), h_ℓ = He_ℓ/√ℓ!, |w| = |w*| = 1, labels with noise Δ;
/// w ← normalised w + (γ/n) Σ_μ h_ℓ′(l_μ) E_μ z_μ over n fresh samples, E = y − f (square loss) or E = y (correlation loss).
/// </summary>
public sealed partial record EscapeStepsModel : IModel<EscapeStepsModel, EscapeStepsPrediction>
{
    /// <summary>Largest order ℓ.</summary>
    public const int MaximumOrder = 20;

    /// <summary>Hermite order ℓ of student and teacher, from 1 to 20: the information exponent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required int HermiteOrder
    {
        get;
        init => field = value is >= 1 and <= MaximumOrder ? value : throw Guard.OutOfRange(nameof(HermiteOrder), value, $"must be from 1 to {MaximumOrder}");
    }

    /// <summary>Input dimension d, at least 3; it need not be whole for the prediction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [3, 10¹⁵].</exception>
    public required double Dimension { get; init => field = Guard.In(value, ParameterRange.Closed(3, 1e15)); }

    /// <summary>Fresh samples per step n, at least 1; not necessarily whole for the prediction; infinite for the population gradient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public required double BatchSize { get; init => field = Guard.In(value, new ParameterRange(1, true, double.PositiveInfinity, true)); }

    /// <summary>Learning rate γ, positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Loss. Default square.</summary>
    public SgdLoss Loss { get; init; } = SgdLoss.Square;

    /// <summary>Variance Δ of the label noise, at least 0. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or infinite.</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Overlap m at the start, in [−1, 1]; a random weight has about 1/√d.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [−1, 1].</exception>
    public required double M0 { get; init => field = Guard.In(value, ParameterRange.Closed(-1, 1)); }

    /// <summary>Overlap that counts as escape, in (0, 1]. Default 1/2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside (0, 1].</exception>
    public double Threshold { get; init => field = Guard.In(value, new ParameterRange(0, false, 1, true)); } = 0.5;

    /// <summary>Whether the sampling noise of a step is exact at finite dimension, (d − 2)H + H₂, or its leading order dH. Default leading.</summary>
    public bool FiniteDimension { get; init; }

    /// <summary>Largest number of steps that the simulation takes before it gives up, at least 1. Default 10⁸.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public long MaximumSteps
    {
        get;
        init => field = value >= 1 ? value : throw Guard.OutOfRange(nameof(MaximumSteps), value, "must be at least 1");
    } = 100_000_000;

    internal HermiteNeuronMap Map() => new(HermiteOrder, Loss, Dimension, BatchSize, LearningRate, Noise, new(FiniteDimension: FiniteDimension));
}
