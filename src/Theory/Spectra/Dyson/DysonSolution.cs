using System.Collections.Immutable;
using System.Numerics;

namespace Theory.Spectra;

/// <summary>How one solve ended.</summary>
/// <param name="Status">How it ended; only <see cref="DysonStatus.Converged"/> is a result.</param>
/// <param name="Residual">Undamped residual max|T(v) − v|/max|v|, which does not change when all unknowns are rescaled.</param>
/// <param name="Iterations">Evaluations of the map, over the whole way to z.</param>
public readonly record struct DysonReport(DysonStatus Status, double Residual, int Iterations)
{
    /// <summary>Whether the solution may be trusted.</summary>
    public bool IsConverged => Status == DysonStatus.Converged;
}

/// <summary>The solution of a Dyson equation at one point.</summary>
/// <param name="Z">The spectral parameter z.</param>
/// <param name="Unknowns">The unknowns v(z).</param>
/// <param name="StieltjesTransform">m(z).</param>
/// <param name="Report">Status, residual and iterations.</param>
/// <param name="Stability">
/// Distance of I − J to the nearest singular matrix in the row-sum norm, 1/‖(I − J)⁻¹‖: it vanishes like the root of the distance to an edge of the support.
/// </param>
public sealed record DysonSolution(Complex Z, ImmutableArray<Complex> Unknowns, Complex StieltjesTransform, DysonReport Report, double Stability)
{
    /// <summary>Whether the solution may be trusted.</summary>
    public bool IsConverged => Report.IsConverged;

    /// <summary>First-order estimate of the relative error of the unknowns, residual/stability.</summary>
    public double ErrorEstimate => Report.Residual / Stability;

    /// <inheritdoc/>
    public bool Equals(DysonSolution? other) => other is not null && Z == other.Z && StieltjesTransform == other.StieltjesTransform
        && Report == other.Report && Stability.Equals(other.Stability) && Unknowns.AsSpan().SequenceEqual(other.Unknowns.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Z, StieltjesTransform, Report, Stability);
}
