using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.Ode;

namespace Theory.Dynamics;

/// <summary>
/// Escape times of phase retrieval [Arnaboldi, Krzakala, Loureiro &amp; Stephan 2023, arXiv:2305.18502]: the order-parameter equations with an event, the exact logistic for p = 1,
/// and the linear growth near the start for any width.
/// </summary>
public sealed record PhaseRetrievalEscapePrediction : IPrediction
{
    /// <summary>When the risk has dropped by the threshold: the logistic for p = 1, else the equations integrated. <see langword="null"/> if λ ≤ 0 or the plateau is not left so far.</summary>
    public required double? ExitTime { get; init; }

    /// <summary>Growth rate of the overlaps, λ = 4 − (2γ_c/p)(2 + 2/p + 8/p² + Δ).</summary>
    public required double GrowthRate { get; init; }

    /// <summary>ln[T(p + 1)/(2 Σ m_j²)]/(2λ): the exit time if the growth stays linear. <see langword="null"/> if λ ≤ 0 or all m_j = 0.</summary>
    public required double? ExitTimeFormula { get; init; }

    /// <summary>The same averaged over random starts in the annealed way, Σ m_j² → p/d: ln[T d(p + 1)/(2p)]/(2λ).</summary>
    public required double? AnnealedExitTime { get; init; }

    /// <summary>Samples n = t p d/γ_c at the exit time.</summary>
    public required double? Samples { get; init; }

    /// <summary>The learning rate of fastest escape in samples, γ_c = p/(2 + 2/p + 8/p² + Δ), at which λ = 2.</summary>
    public required double BestLearningRate { get; init; }

    /// <summary>The risk of the start, R(0); 1 + 1/p for m → 0.</summary>
    public required double InitialRisk { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do when the integrator gives up; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">m0 does not have p numbers.</exception>
    /// <exception cref="NotConvergedException">The integration failed and <paramref name="options"/> ask for an exception.</exception>
    public static PhaseRetrievalEscapePrediction Solve(PhaseRetrievalEscapeModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        model.Check();
        var (p, gamma, delta, threshold) = ((double)model.Width, model.LearningRate, model.Noise, model.Threshold);
        var loss = 2 + 2 / p + 8 / (p * p) + delta;
        var lambda = 4 - 2 * gamma / p * loss;
        var squares = model.M0.Sum(m => m * m);
        var grows = lambda > 0 && squares > 0;
        double? formula = grows ? Math.Log(threshold * (p + 1) / (2 * squares)) / (2 * lambda) : null;
        var (exit, diagnostics) = !grows ? (null, Diagnostics.ClosedForm) : model.Width == 1 ? (Logistic(model, lambda), Diagnostics.ClosedForm) : Integrate(model, lambda, formula!.Value);
        if (squares == 0) diagnostics = diagnostics.Warn("m0 = 0 is a fixed point: the equations never leave it");
        if (grows && exit is null && diagnostics.IsConverged) diagnostics = diagnostics.Warn("the risk settles before it has dropped by the threshold");
        if (!diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(PhaseRetrievalEscapeModel.System.Id, diagnostics);
        return new()
        {
            ExitTime = exit,
            GrowthRate = lambda,
            ExitTimeFormula = formula,
            AnnealedExitTime = lambda > 0 ? Math.Log(threshold * model.Dimension * (p + 1) / (2 * p)) / (2 * lambda) : null,
            Samples = exit * p * model.Dimension / gamma,
            BestLearningRate = p / loss,
            InitialRisk = SgdMoments.Of(model.Task).Rule.Risk(model.Omega),
            Diagnostics = diagnostics,
        };
    }

    /// <summary>dm/dt = m[A(1 − m²) − B], A = 4(1 − 6γ_c), B = 2γ_cΔ, in u = m²: t(u) = ln{u (1 − A u₀/λ)/(u₀ (1 − A u/λ))}/(2λ).</summary>
    private static double? Logistic(PhaseRetrievalEscapeModel model, double lambda)
    {
        var a = 4 * (1 - 6 * model.LearningRate);
        var start = model.M0[0] * model.M0[0];
        var end = 1 - (1 - model.Threshold) * (1 - start);
        // λ − A u stays positive until the fixed point.
        var (first, last) = (lambda - a * start, lambda - a * end);
        return first > 0 && last > 0 ? Math.Log(end * first / (start * last)) / (2 * lambda) : null;
    }

    private static (double? Exit, Diagnostics Diagnostics) Integrate(PhaseRetrievalEscapeModel model, double lambda, double formula)
    {
        var (p, omega) = (model.Width, model.Omega);
        var moments = SgdMoments.Of(model.Task);
        var flow = new SgdFlow(moments.Rule, omega, p, 1, model.LearningRate / p, true);
        var initial = moments.Rule.Risk(omega);
        var escape = new OdeEvent("escape", (_, state) => initial * (1 - model.Threshold) - moments.Rule.Risk(flow.Unpack(state)), Crossing.Rising, IsTerminal: true);
        // The plateau lasts as long as linear growth says; what follows takes a few 1/λ.
        var horizon = 2 * Math.Max(formula, 0) + 60 / lambda;
        var solution = OdeSolver.Solve(flow.Derivative, 0, flow.Start, horizon, [], new OdeOptions
        {
            RelativeTolerance = 1e-10,
            AbsoluteTolerance = 1e-24,
            Events = [escape],
        });
        var status = solution.Status switch
        {
            OdeStatus.BudgetExhausted => SolverStatus.BudgetExhausted,
            OdeStatus.StepTooSmall => SolverStatus.FloatingPointLimit,
            OdeStatus.Diverged => SolverStatus.Diverged,
            _ => SolverStatus.Converged,
        };
        return (solution.First("escape")?.Time, new(status, 1e-10, solution.Steps, null, []));
    }
}
