namespace Theory.Spectra;

/// <summary>An outlier of a matrix S = Y Yᵀ that a singular value of a signal in Y causes.</summary>
/// <param name="Position">The eigenvalue of S, or <see langword="null"/> if there is none outside the support.</param>
/// <param name="LeftSquaredOverlap">Squared overlap of the left singular vector with the signal's, in [0, 1]; 0 if there is no outlier.</param>
/// <param name="RightSquaredOverlap">Squared overlap of the right singular vector with the signal's, in [0, 1]; 0 if there is no outlier.</param>
public readonly record struct SingularOutlier(double? Position, double LeftSquaredOverlap, double RightSquaredOverlap);
