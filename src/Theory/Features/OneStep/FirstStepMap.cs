namespace Theory.Features;

/// <summary>How the weights after a gradient step are modelled.</summary>
public enum FirstStepMap
{
    /// <summary>
    /// Rows of the bulk without a preferred direction: spiked random features [Cui et al. 2024, arXiv:2402.04980]. Standing: approximation, off by up to 12 % in the test error at
    /// small batches or for activations that are not odd; exact for odd activations as α₀ → ∞.
    /// </summary>
    Isotropic,

    /// <summary>Rows of the bulk with the covariance that the batch gives them. Standing: derived, and verified by Monte Carlo.</summary>
    Refined,
}
