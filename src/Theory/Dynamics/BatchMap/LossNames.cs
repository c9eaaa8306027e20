namespace Theory.Dynamics;

/// <summary>The names of losses outside the library.</summary>
internal static class LossNames
{
    public static readonly string[] All = ["square", "correlation"];

    public static string Of(SgdLoss loss) => All[(int)loss];

    public static SgdLoss Parse(string name) =>
        Array.IndexOf(All, name) is >= 0 and var index ? (SgdLoss)index : throw new FormatException($"must be one of {string.Join(", ", All)}; got {name}");
}
