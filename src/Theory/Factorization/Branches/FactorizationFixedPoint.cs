namespace Theory.Factorization;

/// <summary>Which of the fixed points of a state evolution one is.</summary>
public enum FixedPointBranch
{
    /// <summary>No information: a = 0.</summary>
    Trivial,

    /// <summary>Stable, with a stable one of larger overlap above it.</summary>
    Low,

    /// <summary>Unstable: it separates the starts that flow to its two neighbours.</summary>
    Unstable,

    /// <summary>Stable, of largest overlap: where an informed start ends.</summary>
    High,
}

/// <summary>What can be found at a signal-to-noise ratio, and what an algorithm finds.</summary>
public enum RecoveryPhase
{
    /// <summary>The Bayes-optimal fixed point is that of no information.</summary>
    Impossible,

    /// <summary>There is information, but message passing from nothing ends at a fixed point of less free entropy than the Bayes-optimal one.</summary>
    Hard,

    /// <summary>Message passing from nothing reaches the Bayes-optimal fixed point.</summary>
    Easy,
}

/// <summary>A fixed point of the state evolution of a factorisation.</summary>
/// <param name="Snr">Signal-to-noise ratio a of the channel of x (symmetric) or u (rectangular), per direction; 0 at the trivial point.</param>
/// <param name="FreeEntropy">Free entropy relative to no information; the Bayes-optimal fixed point has the largest.</param>
/// <param name="Slope">Derivative of one step of state evolution at the fixed point: below 1 it is stable.</param>
/// <param name="Branch">Which one it is.</param>
/// <param name="Residual">Relative residual |step(a) − a|/a of state evolution, 0 at the trivial point.</param>
public sealed record FactorizationFixedPoint(double Snr, double FreeEntropy, double Slope, FixedPointBranch Branch, double Residual)
{
    /// <summary>Whether state evolution returns to it after a small perturbation.</summary>
    public bool IsStable => Branch is FixedPointBranch.High or FixedPointBranch.Low || (Branch == FixedPointBranch.Trivial && Slope < 1);
}

/// <summary>The thresholds of a factorisation in λ; <see langword="null"/> where there is none.</summary>
/// <param name="Spectral">λ_KS, where the trivial fixed point loses its stability: weak recovery by spectral methods and message passing.</param>
/// <param name="Dynamical">λ_dyn, the spinodal where the branch of large overlap appears.</param>
/// <param name="InformationTheoretic">λ_IT, where its free entropy overtakes that of every lower branch.</param>
/// <param name="Algorithmic">λ_alg, the spinodal where the last lower branch ends and message passing reaches the upper one; λ_KS if that is no information.</param>
/// <param name="UpperSnr">a on the upper branch at λ_IT.</param>
/// <param name="LowerSnr">a on the lower branch at λ_IT; 0 for the trivial point.</param>
/// <param name="WeakRecovery">Where a positive overlap is possible at all: the least λ, at most λ_KS, at which a fixed point has more free entropy than no information; 0 for priors whose mean gives information away.</param>
public sealed record FactorizationThresholds(
    double? Spectral, double? Dynamical, double? InformationTheoretic, double? Algorithmic, double? UpperSnr, double? LowerSnr, double WeakRecovery);
