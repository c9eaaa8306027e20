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
/// <param name="Condition">Condition number: the relative change of m(z) for a relative perturbation of T, ∂ log m along (I − J)⁻¹v.</param>
public sealed record DysonSolution(Complex Z, ImmutableArray<Complex> Unknowns, Complex StieltjesTransform, DysonReport Report, double Stability, double Condition)
{
    /// <summary>Whether the solution may be trusted.</summary>
    public bool IsConverged => Report.IsConverged;

    /// <summary>First-order estimate of the relative error of m(z): condition × residual, the residual being at least that of rounding.</summary>
    public double ErrorEstimate => Math.Max(Report.Residual, 2.220446049250313e-16) * Condition;

    /// <inheritdoc/>
    public bool Equals(DysonSolution? other) => other is not null && Z == other.Z && StieltjesTransform == other.StieltjesTransform
        && Report == other.Report && Stability.Equals(other.Stability) && Condition.Equals(other.Condition) && Unknowns.AsSpan().SequenceEqual(other.Unknowns.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Z, StieltjesTransform, Report, Stability);
}
