namespace Theory.Features;

/// <summary>How the weights after a gradient step are modelled.</summary>
public enum FirstStepMap
{
    /// <summary>Rows of the bulk without a preferred direction: spiked random features. An approximation, off by up to 12% at small batches or for activations that are not odd.</summary>
    Isotropic,

    /// <summary>Rows of the bulk with the covariance that the batch gives them.</summary>
    Refined,
}
