using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Dynamics;

/// <summary>Moments of SGD with repeated samples [Arnaboldi, Dandi, Krzakala, Pesce &amp; Stephan 2024, arXiv:2405.15459], and the linear stability of m = 0.</summary>
public sealed record SgdDisplacedPrediction : IPrediction
{
    /// <summary>Mean squared updates below this are rounding.</summary>
    internal const double Vanishing = 1e-20;

    /// <summary>F = E[U s], the drift of m.</summary>
    public required double F { get; init; }

    /// <summary>G = E[U l], half the drift of q.</summary>
    public required double G { get; init; }

    /// <summary>H = E U².</summary>
    public required double H { get; init; }

    /// <summary>What happens at m = 0, q = 1.</summary>
    public required DisplacedStability Stability { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Computes the moments.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do when the error estimate exceeds 1e-6; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction; the residual of its diagnostics is the estimated relative error.</returns>
    /// <exception cref="InvalidInputException">m² exceeds q.</exception>
    /// <exception cref="NotConvergedException">The error estimate exceeds 1e-6 and <paramref name="options"/> ask for an exception.</exception>
    public static SgdDisplacedPrediction Solve(SgdDisplacedModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        model.Check();
        var (rule, values) = (new DisplacedMoments(model.Task, model.Displacement), new MomentValues(1, 1));
        var error = rule.Refine([model.Q, model.M, model.M, 1], 1e-9, values);
        var diagnostics = new Diagnostics(error <= SgdInputs.LargestError ? SolverStatus.Converged : SolverStatus.BudgetExhausted, error, 0, null, []);
        if (values.H[0] < Vanishing) diagnostics = diagnostics.Warn("the update vanishes identically, as for relu with ρ₀a² = 1: what then moves the weights is the fluctuation of |z|²/d, which this limit drops");
        if (!diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(SgdDisplacedModel.System.Id, diagnostics);
        return new()
        {
            F = values.F[0],
            G = values.G[0],
            H = values.H[0],
            Stability = DisplacedStability.Of(model.Activation, model.Target.Expression!, model.Displacement, model.A, model.Noise),
            Diagnostics = diagnostics,
        };
    }
}
