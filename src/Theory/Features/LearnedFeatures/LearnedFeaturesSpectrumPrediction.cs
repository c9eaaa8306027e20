using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Spectra;

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

    /// <summary>The support: bulks, their edges, and the atom at 0.</summary>
    public required SpectralSupport Support { get; init; }

    /// <summary>Relative error of the averages over κ, the largest over the points and the right edge, as panels of half the width tell.</summary>
    public required double QuadratureError { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>The upper edge of the bulk.</summary>
    public double RightEdge => Support.Bulks.IsEmpty ? double.NaN : Support.Bulks[^1].Upper;

    /// <inheritdoc/>
    public bool Equals(LearnedFeaturesSpectrumPrediction? other) => other is not null && BulkFirstMoment.Equals(other.BulkFirstMoment) && Support == other.Support
        && Diagnostics == other.Diagnostics && StieltjesTransform.AsSpan().SequenceEqual(other.StieltjesTransform.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BulkFirstMoment, Support, StieltjesTransform.Length);

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
        var prediction = Solve(model, resolvent, returning);
        while (prediction.Diagnostics.IsConverged && prediction.QuadratureError > 1e-11 && resolvent.Projection.CanRefine)
        {
            resolvent = new(resolvent);
            prediction = Solve(model, resolvent, returning);
        }
        return prediction.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? prediction
            : throw new NotConvergedException(LearnedFeaturesSpectrumModel.System.Id, prediction.Diagnostics);
    }

    private static LearnedFeaturesSpectrumPrediction Solve(LearnedFeaturesSpectrumModel model, LearnedFeaturesResolvent resolvent, SolveOptions options)
    {
        var support = SupportEdges.Find(resolvent, options);
        var (status, residual, iterations) = (support.Diagnostics.Status, support.Diagnostics.Residual, support.Diagnostics.Iterations);
        var warnings = support.Diagnostics.Warnings.ToBuilder();
        var values = ImmutableArray.CreateBuilder<Complex>(model.Z.Length);
        var error = 0.0;
        foreach (var z in support.Diagnostics.IsConverged ? model.Z : [])
        {
            if (z.Imaginary == 0 && support.Contains(z.Real)) throw SpectralInputs.InSupport(z.Real);
            var solution = DysonSolver.Solve(resolvent, z, options);
            var diagnostics = SpectralInputs.Diagnose(solution);
            values.Add(solution.StieltjesTransform);
            warnings.AddRange(diagnostics.Warnings);
            if (!diagnostics.IsConverged) status = diagnostics.Status;
            residual = Math.Max(residual, diagnostics.Residual);
            iterations += diagnostics.Iterations;
            if (diagnostics.IsConverged) error = Math.Max(error, resolvent.QuadratureError(z, [.. solution.Unknowns]));
        }
        if (status == SolverStatus.Converged) error = Math.Max(error, ErrorBeyond(resolvent, support.Bulks[^1].Upper, options));
        if (error > 1e-9) warnings.Add(FormattableString.Invariant($"Averages over the projection on the learned direction are known to a relative accuracy of about {error:g1} only."));
        return new()
        {
            StieltjesTransform = values.ToImmutable(),
            BulkFirstMoment = resolvent.BulkFirstMoment,
            Support = support,
            QuadratureError = error,
            Diagnostics = new(status, residual, iterations, null, warnings.ToImmutable()),
        };
    }

    private static double ErrorBeyond(LearnedFeaturesResolvent resolvent, double edge, SolveOptions options)
    {
        var z = new Complex(edge, 1e-3 * edge);
        var solution = DysonSolver.Solve(resolvent, z, options);
        return solution.IsConverged ? resolvent.QuadratureError(z, [.. solution.Unknowns]) : 0;
    }
}
