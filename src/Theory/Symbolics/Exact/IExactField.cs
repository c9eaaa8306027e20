using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>A field of exact numbers: what polynomials need of their coefficients.</summary>
/// <typeparam name="TSelf">The numbers.</typeparam>
public interface IExactField<TSelf> : IEquatable<TSelf>, IComparable<TSelf>,
    IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>, IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : IExactField<TSelf>
{
    /// <summary>Whether the number is 0.</summary>
    bool IsZero { get; }

    /// <summary>A rational number as an element of the field.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The element.</returns>
    static abstract TSelf FromRational(BigRational value);
}
