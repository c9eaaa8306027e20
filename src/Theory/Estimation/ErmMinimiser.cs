namespace Theory.Estimation;

/// <summary>What the weights of a prediction of empirical risk minimisation are.</summary>
public enum ErmMinimiser
{
    /// <summary>The minimiser, or its limit as λ → 0⁺ where that is finite.</summary>
    Exists,

    /// <summary>
    /// The data are separable and λ = 0: the logistic risk has no minimiser, the hinge risk no unique one. The numbers are those of the limit λ → 0⁺ of their direction, the hyperplane of
    /// largest margin, with weights scaled to margin 1.
    /// </summary>
    Separable,
}

/// <summary>Minimisers by name.</summary>
internal static class ErmMinimisers
{
    public const string Warning = "separable: the minimiser does not exist at lambda = 0; the values are those of the limit of its direction, the hyperplane of largest margin, scaled to margin 1";

    public const string NoWeights = "the weights vanish: the labels tell so little that w = 0 is the minimiser, with the intercept at an edge of the loss";

    public static string[] Names { get; } = ["exists", "separable"];

    public static string Name(ErmMinimiser minimiser) => Names[(int)minimiser];
}
