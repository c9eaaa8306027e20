using Theory.Contract;

namespace Theory.Channels;

/// <summary>The margin losses that systems offer.</summary>
public enum LossKind
{
    /// <summary>½(1 − u)²: least squares on labels ±1. See <see cref="SquareLoss"/>.</summary>
    Square,

    /// <summary>log(1 + e^−u). See <see cref="LogisticLoss"/>.</summary>
    Logistic,

    /// <summary>max(0, 1 − u): support vector machines. See <see cref="HingeLoss"/>.</summary>
    Hinge,

    /// <summary>½r² for |r| ≤ δ and δ|r| − ½δ² beyond, r = 1 − u. See <see cref="HuberLoss"/>.</summary>
    Huber,

    /// <summary>0 for u ≥ 1, else +∞: the limit λ → 0⁺ of separable data. See <see cref="HardMarginLoss"/>.</summary>
    HardMargin,

    /// <summary>A loss of the user's own, such as a <see cref="ConvexLoss"/>.</summary>
    Custom,
}

/// <summary>Losses by kind and by name.</summary>
public static class MarginLosses
{
    private static readonly (LossKind Kind, string Name)[] Names =
    [
        (LossKind.Square, "square"), (LossKind.Logistic, "logistic"), (LossKind.Hinge, "hinge"), (LossKind.Huber, "huber"), (LossKind.HardMargin, "hard-margin"), (LossKind.Custom, "custom"),
    ];

    /// <summary>The loss of a kind.</summary>
    /// <param name="kind">The kind; not <see cref="LossKind.Custom"/>.</param>
    /// <param name="huberDelta">The width δ &gt; 0 of the Huber loss; of no effect on the others.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is no kind, or <paramref name="huberDelta"/> is not in (0, ∞).</exception>
    public static IMarginLoss Create(LossKind kind, double huberDelta = 1) => kind switch
    {
        LossKind.Square => default(SquareLoss),
        LossKind.Logistic => default(LogisticLoss),
        LossKind.Hinge => default(HingeLoss),
        LossKind.Huber => new HuberLoss(huberDelta),
        LossKind.HardMargin => default(HardMarginLoss),
        _ => throw Guard.OutOfRange(nameof(kind), kind, "must be a loss"),
    };

    /// <summary>The loss of any kind; of a custom one, as a model has it.</summary>
    internal static IMarginLoss Create(LossKind kind, double huberDelta, IMarginLoss? custom) => kind != LossKind.Custom
        ? custom is null ? Create(kind, huberDelta) : throw new InvalidInputException("loss_function", $"loss_function is only for the loss custom; the loss is {NameOf(kind)}")
        : custom ?? throw new InvalidInputException("loss_function", "loss_function must be given with the loss custom");

    /// <summary>The name of a kind outside the library.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its name in kebab case.</returns>
    public static string NameOf(LossKind kind) => Array.Find(Names, n => n.Kind == kind).Name;

    /// <summary>The kind that a name stands for.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="FormatException">No loss has this name.</exception>
    public static LossKind Named(string name)
    {
        foreach (var (kind, known) in Names)
            if (known == name) return kind;
        throw new FormatException($"must be one of {string.Join(", ", Names.Select(n => n.Name))}; got {name}");
    }

    /// <summary>Names of some kinds, in the order given.</summary>
    internal static string[] Choices(params ReadOnlySpan<LossKind> kinds)
    {
        var names = new string[kinds.Length];
        for (var i = 0; i < names.Length; i++) names[i] = NameOf(kinds[i]);
        return names;
    }
}
