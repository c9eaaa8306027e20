namespace Theory.Dynamics;

/// <summary>How a run of the order-parameter equations ended.</summary>
public enum OnlineSgdStatus
{
    /// <summary>The last time was reached.</summary>
    MaxTime,

    /// <summary>All derivatives fell below the tolerance asked for: a steady state.</summary>
    Steady,

    /// <summary>The overlaps grow without bound in finite time: the learning rate is too large for this activation. What is given is right up to then.</summary>
    Diverged,

    /// <summary>M = 0 is a fixed point: started there, the equations never learn a direction; only fluctuations at finite dimension do.</summary>
    NeverEscapes,
}
