using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>One interval of the support of a density, between two edges.</summary>
/// <param name="Lower">Lower edge.</param>
/// <param name="Upper">Upper edge.</param>
/// <param name="LowerCoefficient">k in ρ(x) ≈ k √(x − lower) above the lower edge; infinite at a hard edge, where the density diverges.</param>
/// <param name="UpperCoefficient">k in ρ(x) ≈ k √(upper − x) below the upper edge.</param>
public readonly record struct SpectralBulk(double Lower, double Upper, double LowerCoefficient, double UpperCoefficient)
{
    /// <summary>Upper − lower edge.</summary>
    public double Width => Upper - Lower;
}

/// <summary>An outlier: an eigenvalue outside the support.</summary>
/// <param name="Position">Where it is, or <see langword="null"/> if there is none.</param>
/// <param name="SquaredOverlap">Squared overlap of its eigenvector with the direction that causes it, in [0, 1]; 0 if there is none.</param>
public readonly record struct SpectralOutlier(double? Position, double SquaredOverlap);

/// <summary>An atom of a limiting spectrum.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Mass">The fraction of eigenvalues there, in (0, 1].</param>
public readonly record struct SpectralAtom(double Position, double Mass);

/// <summary>The support of a limiting spectrum: its bulks in ascending order, and the atom at 0.</summary>
/// <param name="Bulks">The intervals where the density is positive, disjoint and ascending.</param>
/// <param name="AtomAtZero">Mass of the atom at 0.</param>
/// <param name="NearCusps">Points where two bulks nearly touch or have just merged: the square-root law holds only very near them.</param>
/// <param name="Diagnostics">How the edges were found; a bulk or gap that could not be resolved is a status other than converged.</param>
public sealed record SpectralSupport(ImmutableArray<SpectralBulk> Bulks, double AtomAtZero, ImmutableArray<double> NearCusps, Diagnostics Diagnostics) : IPrediction
{
    /// <summary>All edges, ascending.</summary>
    public ImmutableArray<double> Edges => [.. Bulks.SelectMany(b => (double[])[b.Lower, b.Upper])];

    /// <summary>Atoms at other points than 0, ascending.</summary>
    public ImmutableArray<SpectralAtom> AtomsElsewhere { get; init; } = [];

    /// <summary>All atoms, ascending.</summary>
    public ImmutableArray<SpectralAtom> Atoms =>
        AtomAtZero > 0 ? [.. AtomsElsewhere.Append(new(0, AtomAtZero)).OrderBy(a => a.Position)] : AtomsElsewhere;

    /// <summary>The intervals between consecutive bulks, that hold no density; there may be atoms in them.</summary>
    public ImmutableArray<(double Lower, double Upper)> Gaps => [.. Bulks.Zip(Bulks.Skip(1), (lower, upper) => (lower.Upper, upper.Lower))];

    /// <summary>Whether a point lies in a bulk, its edges included, or on an atom.</summary>
    /// <param name="x">The point.</param>
    /// <returns>Whether the density's support contains it.</returns>
    public bool Contains(double x) => Atoms.Any(a => a.Position == x) || Bulks.Any(b => b.Lower <= x && x <= b.Upper);

    /// <inheritdoc/>
    public bool Equals(SpectralSupport? other) => other is not null && AtomAtZero.Equals(other.AtomAtZero) && Diagnostics == other.Diagnostics
        && Bulks.AsSpan().SequenceEqual(other.Bulks.AsSpan()) && NearCusps.AsSpan().SequenceEqual(other.NearCusps.AsSpan()) && AtomsElsewhere.AsSpan().SequenceEqual(other.AtomsElsewhere.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Bulks.Length, AtomAtZero, NearCusps.Length);
}
