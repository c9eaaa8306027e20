namespace Theory.Exponents;

/// <summary>How a statement about exponents was established.</summary>
public enum ProofStatus
{
    /// <summary>Every zero is exact and every non-zero value is exact or certified: the statement is a theorem about this target.</summary>
    Proved,

    /// <summary>Some zero was only seen numerically, or only up to a finite order or power; the certificate says which.</summary>
    NumericalEvidence,
}

/// <summary>How one quantity was established.</summary>
/// <param name="Quantity">Its name, as <c>iso_leap</c>.</param>
/// <param name="Status">Whether it is proved.</param>
/// <param name="Reason">One sentence that a reader can check.</param>
public sealed record Certificate(string Quantity, ProofStatus Status, string Reason)
{
    /// <summary>Whether the quantity is proved.</summary>
    public bool IsProved => Status == ProofStatus.Proved;
}
