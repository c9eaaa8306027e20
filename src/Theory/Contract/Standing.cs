namespace Theory.Contract;

/// <summary>What a prediction may claim: how well its formula is established.</summary>
public enum Standing
{
    /// <summary>Proved in the cited source.</summary>
    Theorem,

    /// <summary>Derived (also by the replica or cavity method) and verified by Monte Carlo.</summary>
    Derived,

    /// <summary>An approximation with a known error; verification reports its distance and does not fail.</summary>
    Approximation,

    /// <summary>An upper or lower bound.</summary>
    Bound,
}
