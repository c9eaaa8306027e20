namespace Theory.Dynamics;

/// <summary>The loss whose gradient a step of one-pass SGD follows.</summary>
public enum StepLoss
{
    /// <summary>½(y − f)²: the error that multiplies the gradient is y − f.</summary>
    Square,

    /// <summary>−y f: the error that multiplies the gradient is y, the network's own output is dropped.</summary>
    Correlation,
}

/// <summary>The names of losses outside the library.</summary>
internal static class StepLosses
{
    public static readonly string[] Names = ["square", "correlation"];

    public static string Name(StepLoss loss) => Names[(int)loss];

    public static StepLoss Parse(string name) =>
        Array.IndexOf(Names, name) is >= 0 and var index ? (StepLoss)index : throw new FormatException($"must be one of {string.Join(", ", Names)}; got {name}");
}
