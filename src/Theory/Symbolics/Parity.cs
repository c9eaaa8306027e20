namespace Theory.Symbolics;

/// <summary>What a function of one variable does under z → −z.</summary>
public enum Parity
{
    /// <summary>Neither even nor odd, or not known to be.</summary>
    None,

    /// <summary>f(−z) = f(z) for almost all z.</summary>
    Even,

    /// <summary>f(−z) = −f(z) for almost all z.</summary>
    Odd,
}
