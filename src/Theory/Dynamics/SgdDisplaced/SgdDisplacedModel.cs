using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// One neuron f = aσ(w·z) that repeats its samples: w ← w − γ∇L(w − ρ∇L(w; z); z) with ρ = ρ₀/d, learning y = g(s) + √Δ ξ, s = w*·z, |w*| = 1. Since |z|²/d → 1 the first step
/// moves the field l = w·z to l̃ = l + ρ₀aσ′(l)(y − aσ(l)), and the update is driven by U = aσ′(l̃)(y − aσ(l̃)).
/// </summary>
public sealed partial record SgdDisplacedModel : IModel<SgdDisplacedModel, SgdDisplacedPrediction>
{
    /// <summary>Activation σ(z), a continuous formula.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">It is a delegate, or it jumps.</exception>
    public required ScalarFunction Activation
    {
        get;
        init
        {
            SgdTask.SlopeOf(Guard.NotNull(value));
            field = value;
        }
    }

    /// <summary>Target g(z), a formula.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">It is a delegate.</exception>
    public required ScalarFunction Target
    {
        get;
        init => field = Guard.NotNull(value).Expression is null ? throw new ArgumentException($"target must be a formula; got the delegate {value.Text}", nameof(Target)) : value;
    }

    /// <summary>Displacement ρ₀, finite: positive for extragradient steps (data repeated once), negative for sharpness-aware ones, 0 for SGD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public required double Displacement { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <summary>q = |w|², in (0, ∞). Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double Q { get; init => field = Guard.In(value, ParameterRange.Positive); } = 1;

    /// <summary>m = w·w*, with m² ≤ q.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public required double M { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <summary>Readout a, finite. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double A { get; init => field = Guard.In(value, ParameterRange.Finite); } = 1;

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    internal SgdTask Task => new() { Activation = Activation, Target = Target.Expression!, Readout = [A], Teachers = 1, Noise = Noise };

    internal void Check()
    {
        if (M * M > Q * (1 + 1e-12)) throw new InvalidInputException("m", FormattableString.Invariant($"m must have a square of at most q = {Q}; got m = {M}"));
    }
}
