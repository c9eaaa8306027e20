namespace Theory.Factorization;

/// <summary>What state evolution, or message passing, starts from.</summary>
public enum FactorizationStart
{
    /// <summary>From nothing: a vanishing overlap, or that of the prior's mean. What an algorithm has.</summary>
    Uninformative,

    /// <summary>From the truth: it finds the branch of largest overlap wherever there is one.</summary>
    Informative,
}
