using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Choices for <see cref="LearningExponents"/>.</summary>
public sealed record ExponentOptions
{
    /// <summary>The defaults.</summary>
    public static ExponentOptions Default { get; } = new();

    /// <summary>
    /// The student's activation σ, or <see langword="null"/>. From unit-norm weights the tensor of order m enters a step multiplied by
    /// E[σ He_m], so that orders at which this vanishes are hidden.
    /// </summary>
    public ScalarFunction? Activation { get; init; }

    /// <summary>The largest order of one-variable expansions, from 1 to 40. Default 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1 to 40.</exception>
    public int Order
    {
        get;
        init => field = value is >= 1 and <= 40 ? value : throw Guard.OutOfRange(nameof(Order), value, "must be from 1 to 40");
    } = 20;

    /// <summary>The largest total order of tensors of several variables that are no polynomials, from 1 to 20. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1 to 20.</exception>
    public int TotalOrder
    {
        get;
        init => field = value is >= 1 and <= 20 ? value : throw Guard.OutOfRange(nameof(TotalOrder), value, "must be from 1 to 20");
    } = 8;
}
