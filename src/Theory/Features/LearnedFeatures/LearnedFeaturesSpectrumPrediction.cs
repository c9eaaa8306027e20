using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Features;

/// <summary>
/// The bulk spectrum of features after a gradient step [Dandi et al. 2024, arXiv:2410.18938], re-derived; without spikes it is that of Pennington and Worah 2017.
/// Eigenvalues outside the bulk are those of <see cref="LearnedFeaturesOutliersPrediction"/>. Standing: derived.
/// </summary>
public sealed record LearnedFeaturesSpectrumPrediction : IPrediction
{
    /// <summary>m(z) = lim (1/p) Tr (Ĉ − z)⁻¹ at the points asked for.</summary>
    public required ImmutableArray<Complex> StieltjesTransform { get; init; }

    /// <summary>∫ x ρ(x) dx = (α/β) Σ_q π_q E[c₁(ζ_qκ)² + c⋆(ζ_qκ)²]: the trace without the means of the features.</summary>
    public required double BulkFirstMoment { get; init; }

    /// <summary>The upper edge of the bulk; infinite if the variance of the features grows without bound along w*, as it does for activations of more than linear growth.</summary>
    public required double RightEdge { get; init; }

    /// <summary>Fraction of the eigenvalues that are 0: 1 − min(1, α/β), for an affine activation 1 − min(1, α/β, 1/β).</summary>
    public required double AtomAtZero { get; init; }

    /// <summary>Relative error of the averages over κ, the largest over the points, as panels of half the width tell.</summary>
    public required double QuadratureError { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <inheritdoc/>
    public bool Equals(LearnedFeaturesSpectrumPrediction? other) => other is not null && BulkFirstMoment.Equals(other.BulkFirstMoment) && RightEdge.Equals(other.RightEdge)
        && Diagnostics == other.Diagnostics && StieltjesTransform.AsSpan().SequenceEqual(other.StieltjesTransform.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BulkFirstMoment, RightEdge, StieltjesTransform.Length);

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual max|T(v) − v|/max|v|, limit of evaluations for each point, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Fractions and spikes do not fit together, or a real z lies in the support.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant, or not square integrable.</exception>
    /// <exception cref="NotConvergedException">An edge or a point was not found and <paramref name="options"/> ask for an exception.</exception>
    public static LearnedFeaturesSpectrumPrediction Solve(LearnedFeaturesSpectrumModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var returning = options with { OnFailure = OnFailure.Return };
        var resolvent = model.ToDysonModel();
        var edge = new BulkEdge(model.Activation, resolvent, returning);
        var points = new SpectrumPoints(resolvent, model.Alpha, model.Beta, returning);
        foreach (var z in model.Z) points.Add(z);
        var status = edge.Status != SolverStatus.Converged ? edge.Status : points.Status;
        var prediction = new LearnedFeaturesSpectrumPrediction
        {
            StieltjesTransform = points.Values,
            BulkFirstMoment = resolvent.BulkFirstMoment,
            RightEdge = edge.Position,
            AtomAtZero = resolvent.AtomAtZero,
            QuadratureError = points.QuadratureError,
            Diagnostics = new(status, Math.Max(edge.Residual, points.Residual), edge.Iterations + points.Iterations, null, points.Warnings),
        };
        return prediction.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? prediction
            : throw new NotConvergedException(LearnedFeaturesSpectrumModel.System.Id, prediction.Diagnostics);
    }
}
