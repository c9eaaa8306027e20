namespace Theory.Numerics.Optimization;

/// <summary>The loss of one sample as a convex function ℓ_i of the field z_i, seen through its Moreau envelope of parameter V: min_t ℓ_i(t) + (t − z)²/(2V).</summary>
/// <param name="sample">The sample i.</param>
/// <param name="field">The field z.</param>
/// <param name="variance">V > 0 for the envelope; 0 for the loss itself, which is asked for only if it is smooth.</param>
/// <returns>The minimiser and what follows from it.</returns>
public delegate EnvelopePoint ProximalLoss(int sample, double field, double variance);

/// <summary>The Moreau envelope of a convex loss at a field z.</summary>
/// <param name="Point">The minimiser t.</param>
/// <param name="Loss">ℓ(t).</param>
/// <param name="Gradient">The derivative (z − t)/V of the envelope, a subgradient of ℓ at t; ℓ′(z) for V = 0.</param>
/// <param name="Curvature">The second derivative of the envelope, at least 0.</param>
public readonly record struct EnvelopePoint(double Point, double Loss, double Gradient, double Curvature);
