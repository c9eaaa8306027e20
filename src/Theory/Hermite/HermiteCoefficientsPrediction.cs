using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Hermite;

/// <summary>The Hermite coefficients of a function in all that is known of them. Standing: theorem; exact, or quadrature with an error bound.</summary>
public sealed record HermiteCoefficientsPrediction : IPrediction
{
    /// <summary>The expansion itself, with all three normalisations, LaTeX and exact numbers.</summary>
    public required HermiteExpansion Expansion { get; init; }

    /// <summary>The raw c_k = E[f(z) He_k(z)], k = 0 … K; infinite beyond the range of double.</summary>
    public ImmutableArray<double> Coefficients => [.. Expansion.Select(c => c.Raw)];

    /// <summary>The raw c_k in closed form; "0" where it is proved to vanish, <see langword="null"/> where there is no closed form.</summary>
    public ImmutableArray<string?> Exact => [.. Expansion.Select(c => c.ExactRaw)];

    /// <summary>ĉ_k = c_k/√(k!).</summary>
    public ImmutableArray<double> Orthonormal => [.. Expansion.Select(c => c.Value)];

    /// <summary>What is known of each coefficient being 0.</summary>
    public ImmutableArray<CoefficientStatus> Status => [.. Expansion.Select(c => c.Status)];

    /// <summary>E f(z)².</summary>
    public double SecondMoment => Expansion.SecondMoment;

    /// <summary>R_K = E f² − Σ_{k≤K} ĉ_k².</summary>
    public double ParsevalResidual => Expansion.ParsevalResidual;

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Only <see cref="SolveOptions.OnFailure"/> is used.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The function has no expansion; see <see cref="HermiteExpansion.Of"/>.</exception>
    /// <exception cref="NotConvergedException">The quadrature missed its tolerance, and the options ask for an exception.</exception>
    public static HermiteCoefficientsPrediction Solve(HermiteCoefficientsModel model, SolveOptions? options = null)
    {
        var expansion = Expand(model);
        var diagnostics = Diagnostics.ClosedForm with
        {
            Status = expansion.IsConverged ? SolverStatus.Converged : SolverStatus.BudgetExhausted,
            Residual = expansion.Max(c => c.Error),
        };
        if (!diagnostics.IsConverged && (options ?? SolveOptions.Default).OnFailure == OnFailure.Throw) throw new NotConvergedException(HermiteCoefficientsModel.System.Id, diagnostics);
        return new() { Expansion = expansion, Diagnostics = diagnostics };
    }

    private static HermiteExpansion Expand(HermiteCoefficientsModel model)
    {
        try
        {
            return HermiteExpansion.Of(model.Expression, model.Order);
        }
        catch (ArgumentException e) when (e is not ArgumentOutOfRangeException)
        {
            throw new ArgumentOutOfRangeException(nameof(model.Expression), model.Expression.Text, e.Message);
        }
    }
}
