using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Factorization;

/// <summary>
/// Ends of the first-order transition of subspace clustering [Pesce, Loureiro, Krzakala &amp; Zdeborová 2022, arXiv:2205.13527]. The order at the spectral threshold, k &gt; 4 + 2√α for a jump, is that of dense
/// mixtures [Lesieur et al. 2016, arXiv:1610.02918] and does not depend on ρ. Standing: derived.
/// </summary>
public sealed record SubspaceClusteringFoldPrediction : IPrediction
{
    /// <summary>Whether k &gt; 4 + 2√α: the curve of fixed points leaves the spectral threshold downwards.</summary>
    public required bool JumpsAtSpectralThreshold { get; init; }

    /// <summary>The largest ρ with two stable branches; <see langword="null"/> if there is a fold for every ρ in (0, 1].</summary>
    public required double? CuspSparsity { get; init; }

    /// <summary>λ√α/k at the cusp; <see langword="null"/> without one.</summary>
    public required double? CuspReducedLambda { get; init; }

    /// <summary>The ρ at which λ_IT = λ_KS; <see langword="null"/> if λ_IT is below λ_KS for every ρ with a fold.</summary>
    public required double? EndSparsity { get; init; }

    /// <summary>c_IT of λ̃_IT² ≈ c_IT ρ log(1/ρ), ρ → 0.</summary>
    public required double SparseInformationTheoretic { get; init; }

    /// <summary>c_dyn of λ̃_dyn² ≈ c_dyn ρ log(1/ρ), ρ → 0.</summary>
    public required double SparseDynamical { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do if a root is not found; roots are bracketed and found to rounding.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="NotConvergedException">A root was not found and <paramref name="options"/> ask for an exception.</exception>
    public static SubspaceClusteringFoldPrediction Solve(SubspaceClusteringFoldModel model, SolveOptions? options = null)
    {
        var (k, alpha) = (model.Clusters, model.Alpha);
        var jumps = k > 4 + 2 * Math.Sqrt(alpha);
        var cusp = jumps ? null : Cusp(k, alpha);
        var diagnostics = new Diagnostics(cusp is { Residual: > 1e-8 } ? SolverStatus.FloatingPointLimit : SolverStatus.Converged, cusp?.Residual ?? 0, 0, null, []);
        if (!diagnostics.IsConverged && (options ?? SolveOptions.Default).OnFailure != OnFailure.Return) throw new NotConvergedException(SubspaceClusteringFoldModel.System.Id, diagnostics);
        return new()
        {
            JumpsAtSpectralThreshold = jumps,
            CuspSparsity = cusp?.Sparsity,
            CuspReducedLambda = cusp?.ReducedLambda,
            EndSparsity = jumps ? null : End(k, alpha, cusp?.Sparsity),
            SparseInformationTheoretic = SparsityLaw.InformationTheoretic(k - 1),
            SparseDynamical = SparsityLaw.Dynamical(k - 1),
            Diagnostics = diagnostics,
        };
    }

    /// <summary>The root in log ρ of the steepest descent of the curve; looked for from ρ = 1 downwards.</summary>
    private static (double Sparsity, double ReducedLambda, double Residual)? Cusp(int clusters, double alpha)
    {
        var search = new FoldSearch(clusters, alpha);
        double Excess(double logRho) => search.Steepest(Math.Exp(logRho)).Excess;
        var (upper, above) = (0.0, Excess(0));
        if (above > 0) return null;
        var (lower, below) = (upper, above);
        while (below <= 0 && lower > -40)
        {
            (upper, above) = (lower, below);
            lower -= 0.3;
            below = Excess(lower);
        }

        var sparsity = Math.Exp(RealRoot.Between(Excess, upper, above, lower, below));
        var (residual, logSnr) = search.Steepest(sparsity);
        var evolution = new SubspaceClustering(clusters, alpha, sparsity);
        return (sparsity, evolution.LambdaAt(Math.Exp(logSnr)) / evolution.SpectralThreshold, Math.Abs(residual));
    }

    private static double? End(int clusters, double alpha, double? cusp)
    {
        double Gap(double logRho) => new SubspaceClustering(clusters, alpha, Math.Exp(logRho)).ReducedThresholds.InformationTheoretic - 1 ?? 1;
        var (upper, above) = (cusp is { } rho ? Math.Log(rho) - 1e-3 : 0, 1.0);
        if (cusp is null && (above = Gap(0)) <= 0) return null;
        var (lower, below) = (upper, above);
        while (below > 0 && lower > -40)
        {
            (upper, above) = (lower, below);
            lower -= 0.1;
            below = Gap(lower);
        }

        return Math.Exp(RealRoot.Between(Gap, upper, above, lower, below));
    }
}
