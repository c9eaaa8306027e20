namespace Theory.Dynamics;

/// <summary>What the gradient steps of one-pass SGD descend.</summary>
public enum SgdLoss
{
    /// <summary>½ (y − f)²: the update is driven by the error y − f.</summary>
    Square,

    /// <summary>−y f: the update is driven by the label y alone, as if the network's own output were 0.</summary>
    Correlation,
}
