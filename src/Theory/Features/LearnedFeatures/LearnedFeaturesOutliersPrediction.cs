using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Features;

/// <summary>
/// Eigenvalues of features above their bulk, from a finite-rank perturbation of the bulk by the means of the features given κ = w*·x and by their overlaps with w*
/// [method of Benaych-Georges and Nadakuditi 2012, arXiv:1103.2221; features of Dandi et al. 2024, arXiv:2410.18938], re-derived. Standing: derived.
/// </summary>
public sealed record LearnedFeaturesOutliersPrediction : IPrediction
{
    /// <summary>All eigenvalues above the bulk at n samples, descending.</summary>
    public required ImmutableArray<double> Outliers { get; init; }

    /// <summary>Those that stay of order 1 as n → ∞, descending; not checked by Monte Carlo where there are any.</summary>
    public required ImmutableArray<double> LimitOutliers { get; init; }

    /// <summary>Eigenvalues of Π^½ E[c₀c₀ᵀ] Π^½, descending, the zeros left out: n times these are the leading order of the eigenvalues of order n.</summary>
    public required ImmutableArray<double> Giants { get; init; }

    /// <summary>The upper edge of the bulk; infinite if the variance of the features is unbounded along w*: there are no outliers then.</summary>
    public required double RightEdge { get; init; }

    /// <summary>Relative error of the averages over κ next to the edge, as panels of half the width tell.</summary>
    public required double QuadratureError { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <inheritdoc/>
    public bool Equals(LearnedFeaturesOutliersPrediction? other) => other is not null && RightEdge.Equals(other.RightEdge) && Diagnostics == other.Diagnostics
        && Outliers.AsSpan().SequenceEqual(other.Outliers.AsSpan()) && LimitOutliers.AsSpan().SequenceEqual(other.LimitOutliers.AsSpan()) && Giants.AsSpan().SequenceEqual(other.Giants.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RightEdge, Outliers.Length);

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual max|T(v) − v|/max|v|, limit of evaluations for each point, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Fractions and spikes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant, or not square integrable.</exception>
    /// <exception cref="NotConvergedException">The edge or a point above it was not found and <paramref name="options"/> ask for an exception.</exception>
    public static LearnedFeaturesOutliersPrediction Solve(LearnedFeaturesOutliersModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var returning = options with { OnFailure = OnFailure.Return };
        var resolvent = new LearnedFeaturesResolvent(model.Activation, model.Fractions, model.Spikes, model.Alpha, model.Beta);
        var prediction = Solve(model, resolvent, returning);
        while (prediction.Diagnostics.IsConverged && prediction.QuadratureError > 1e-11 && resolvent.Projection.CanRefine)
        {
            resolvent = new(resolvent);
            prediction = Solve(model, resolvent, returning);
        }
        return prediction.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? prediction
            : throw new NotConvergedException(LearnedFeaturesOutliersModel.System.Id, prediction.Diagnostics);
    }

    private static LearnedFeaturesOutliersPrediction Solve(LearnedFeaturesOutliersModel model, LearnedFeaturesResolvent resolvent, SolveOptions options)
    {
        var found = new BulkEdge(model.Activation, resolvent, options);
        var edge = found.Position;
        var (outliers, limit, giants, error) = (Array.Empty<double>(), Array.Empty<double>(), Array.Empty<double>(), 0.0);
        var diagnostics = new Diagnostics(found.Status, found.Residual, found.Iterations, null, []);
        if (diagnostics.IsConverged)
        {
            var search = new OutlierSearch(resolvent, model.Alpha, edge, options);
            giants = search.Giants();
            if (double.IsFinite(edge)) (outliers, limit) = (search.AtSamples(model.Samples), search.InTheLimit());
            else diagnostics = diagnostics with { Warnings = ["The variance of the features is unbounded along the learned direction, so that the bulk has no upper edge and no eigenvalue lies above it."] };
            error = search.QuadratureError;
            diagnostics = diagnostics with
            {
                Status = search.IsWell ? SolverStatus.Converged : SolverStatus.Diverged,
                Residual = Math.Max(diagnostics.Residual, search.Residual),
                Iterations = diagnostics.Iterations + search.Iterations,
            };
        }
        if (error > 1e-9)
            diagnostics = diagnostics with { Warnings = diagnostics.Warnings.Add(FormattableString.Invariant($"Averages over the projection on the learned direction are known to a relative accuracy of about {error:g1} only.")) };
        return new()
        {
            Outliers = [.. outliers],
            LimitOutliers = [.. limit],
            Giants = [.. giants.Where(g => g > 1e-12 * giants[0] && g > 1e-20)],
            RightEdge = edge,
            QuadratureError = error,
            Diagnostics = diagnostics,
        };
    }
}
