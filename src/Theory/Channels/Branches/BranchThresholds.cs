namespace Theory.Channels;

/// <summary>The thresholds that a curve λ(a) has; <see langword="null"/> where there is none.</summary>
/// <param name="Spectral">λ(0⁺), where the trivial fixed point loses its stability, +∞ if it never does.</param>
/// <param name="Dynamical">The spinodal where the upper branch appears.</param>
/// <param name="InformationTheoretic">Where its free entropy overtakes that of every lower branch.</param>
/// <param name="Algorithmic">The spinodal where the last lower branch ends, +∞ if it never does.</param>
/// <param name="UpperSnr">a on the upper branch at the information-theoretic threshold.</param>
/// <param name="LowerSnr">a on the lower branch there; 0 for the trivial point.</param>
/// <param name="WeakRecovery">The least λ at which a fixed point has more free entropy than the trivial one; 0 if a = 0 is no fixed point.</param>
internal sealed record BranchThresholds(
    double? Spectral, double? Dynamical, double? InformationTheoretic, double? Algorithmic, double? UpperSnr, double? LowerSnr, double WeakRecovery);
