using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;
using Theory.Hermite.Tensors;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>A subspace of the space of the target's variables with an exact rational basis.</summary>
public sealed class Subspace : IEquatable<Subspace>
{
    private readonly Lazy<BigInteger[][]> complement;

    private Subspace(int ambientDimension, BigRational[][] rows)
    {
        AmbientDimension = ambientDimension;
        Basis = [.. rows.Select(row => row.ToImmutableArray())];
        Orthogonal = IntegerRows.Orthogonalize(rows.Select(ClearDenominators));
        complement = new(() => IntegerRows.Orthogonalize(FindComplement()));
    }

    /// <summary>The number of variables r.</summary>
    public int AmbientDimension { get; }

    /// <summary>The dimension.</summary>
    public int Dimension => Basis.Length;

    /// <summary>The reduced row echelon form of any basis: one row per dimension, one fraction per variable. Equal subspaces have equal rows.</summary>
    public ImmutableArray<ImmutableArray<BigRational>> Basis { get; }

    /// <summary>An orthogonal basis of primitive whole vectors.</summary>
    internal BigInteger[][] Orthogonal { get; }

    /// <summary>The same for the orthogonal complement.</summary>
    internal BigInteger[][] OrthogonalComplement => complement.Value;

    /// <summary>The subspace {0}.</summary>
    /// <param name="ambientDimension">The number of variables.</param>
    /// <returns>The subspace.</returns>
    public static Subspace Zero(int ambientDimension) => new(Guard.AtLeast(ambientDimension, 0), []);

    /// <summary>The whole space.</summary>
    /// <param name="ambientDimension">The number of variables.</param>
    /// <returns>The subspace.</returns>
    public static Subspace Whole(int ambientDimension) =>
        Span(Guard.AtLeast(ambientDimension, 0), IntegerRows.Identity(ambientDimension));

    /// <summary>The span of given vectors.</summary>
    /// <param name="ambientDimension">The number of variables, the length of every vector.</param>
    /// <param name="vectors">The vectors, independent or not.</param>
    /// <returns>Their span.</returns>
    public static Subspace Span(int ambientDimension, IEnumerable<IReadOnlyList<BigRational>> vectors) =>
        Span(ambientDimension, vectors.Select(ClearDenominators));

    /// <summary>Whether a vector lies in the subspace.</summary>
    /// <param name="vector">A vector with one entry per variable.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(IReadOnlyList<BigRational> vector) => IsOrthogonalToComplement(ClearDenominators(vector));

    /// <summary>Whether another subspace is contained in this one.</summary>
    /// <param name="other">The other subspace, of the same space.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(Subspace other) => Array.TrueForAll(other.Orthogonal, IsOrthogonalToComplement);

    /// <summary>The smallest subspace that contains this and another one.</summary>
    /// <param name="other">The other subspace, of the same space.</param>
    /// <returns>The sum.</returns>
    public Subspace Plus(Subspace other) => Span(AmbientDimension, Orthogonal.Concat(other.Orthogonal));

    /// <summary>The part of this subspace orthogonal to another one.</summary>
    /// <param name="other">The other subspace, of the same space.</param>
    /// <returns>{v in this: v ⟂ other}.</returns>
    public Subspace Minus(Subspace other)
    {
        var rest = new Annihilator(Orthogonal);
        foreach (var row in other.Orthogonal)
            rest.Impose(row);
        return Span(AmbientDimension, rest.Basis);
    }

    /// <inheritdoc/>
    public bool Equals(Subspace? other) => other is not null && AmbientDimension == other.AmbientDimension
        && Basis.Length == other.Basis.Length && Basis.Zip(other.Basis).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Subspace);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var row in Basis)
        {
            foreach (var entry in row)
                hash.Add(entry);
        }
        return hash.ToHashCode();
    }

    /// <summary>The rows of the basis, as in <c>span{(1, 0), (0, 1)}</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => "span{" + string.Join(", ", Basis.Select(row => "(" + string.Join(", ", row) + ")")) + "}";

    internal static Subspace Span(int ambientDimension, IEnumerable<BigInteger[]> rows) => new(ambientDimension, IntegerRows.Echelon(rows));

    internal bool IsOrthogonalTo(BigInteger[] vector) => Array.TrueForAll(Orthogonal, row => IntegerRows.Dot(row, vector).IsZero);

    private static BigInteger[] ClearDenominators(IReadOnlyList<BigRational> row)
    {
        var common = BigInteger.One;
        foreach (var entry in row)
            common = common * entry.Denominator / BigInteger.GreatestCommonDivisor(common, entry.Denominator);
        return [.. row.Select(entry => entry.Numerator * (common / entry.Denominator))];
    }

    private bool IsOrthogonalToComplement(BigInteger[] vector) =>
        Array.TrueForAll(OrthogonalComplement, row => IntegerRows.Dot(row, vector).IsZero);

    private IReadOnlyList<BigInteger[]> FindComplement()
    {
        var rest = new Annihilator(AmbientDimension);
        foreach (var row in Orthogonal)
            rest.Impose(row);
        return rest.Basis;
    }
}
