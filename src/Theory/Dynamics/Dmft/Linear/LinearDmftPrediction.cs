using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Dynamics;

/// <summary>
/// Overlaps and errors of least squares along first-order methods on one batch: dynamical mean-field theory [Celentano, Cheng &amp; Montanari 2021, arXiv:2112.07572;
/// Gerbelot, Troiani, Mignacco, Krzakala &amp; Zdeborová 2022, arXiv:2210.06591] closed on second moments. Standing: theorem.
/// </summary>
public sealed record LinearDmftPrediction : IPrediction
{
    /// <summary>The times 0, 1, 2, 5, ⌊T/2⌋, T that are not beyond T, ascending and distinct.</summary>
    public required ImmutableArray<double> Times { get; init; }

    /// <summary>Overlap M^t = w·w⋆/(d√ρ) at <see cref="Times"/>.</summary>
    public required ImmutableArray<double> M { get; init; }

    /// <summary>Squared norm Q(t,t) = |w|²/d at <see cref="Times"/>.</summary>
    public required ImmutableArray<double> Q { get; init; }

    /// <summary>Generalisation error ½(ρ − 2√ρ M + Q) at <see cref="Times"/>, without Δ/2.</summary>
    public required ImmutableArray<double> GeneralizationError { get; init; }

    /// <summary>Training loss ½E(h − y)² at <see cref="Times"/>; with Nesterov at the point where the gradient is taken.</summary>
    public required ImmutableArray<double> TrainLoss { get; init; }

    /// <summary>M^t for t = 0 … T.</summary>
    public required ImmutableArray<double> OverlapPath { get; init; }

    /// <summary>Q(t,s) = w^t·w^s/d for s ≤ t = 0 … T.</summary>
    public required ImmutableArray<ImmutableArray<double>> Correlation { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do when numbers overflow; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Q0 is less than M0².</exception>
    /// <exception cref="NotConvergedException">The iteration diverges beyond the range of numbers and <paramref name="options"/> ask for an exception.</exception>
    public static LinearDmftPrediction Solve(LinearDmftModel model, SolveOptions? options = null)
    {
        if (model.Q0 < model.M0 * model.M0) throw new InvalidInputException("q0", $"q0 must be at least m0² = {model.M0 * model.M0}; got {model.Q0}");
        var closure = new LinearClosure(model);
        double Overlap(int t) => closure.Weights.Overlap(t, 0)[0];
        double Covariance(int t, int s) => closure.Weights.QPerp[t][s] + Overlap(t) * Overlap(s);
        var steps = model.Steps;
        int[] times = [.. new SortedSet<int> { 0, 1, 2, 5, steps / 2, steps }.Where(t => t <= steps)];
        double Error(int t) => (model.Rho - 2 * Math.Sqrt(model.Rho) * Overlap(t) + Covariance(t, t)) / 2;

        var diagnostics = !double.IsFinite(Covariance(steps, steps)) ? Diagnostics.ClosedForm with { Status = SolverStatus.Diverged, Residual = double.PositiveInfinity, Iterations = steps }
            : model.Stiffness > 1 ? Diagnostics.ClosedForm.Warn($"the iteration is unstable and diverges exponentially: learning_rate must be below {model.LearningRate / model.Stiffness:g6}")
            : Diagnostics.ClosedForm;
        if (!diagnostics.IsConverged && (options ?? SolveOptions.Default).OnFailure == OnFailure.Throw) throw new NotConvergedException(LinearDmftModel.System.Id, diagnostics);
        return new()
        {
            Times = [.. times],
            M = [.. times.Select(Overlap)],
            Q = [.. times.Select(t => Covariance(t, t))],
            GeneralizationError = [.. times.Select(Error)],
            TrainLoss = [.. times.Select(t => closure.Train[t])],
            OverlapPath = [.. Enumerable.Range(0, steps + 1).Select(Overlap)],
            Correlation = [.. Enumerable.Range(0, steps + 1).Select(t => Enumerable.Range(0, t + 1).Select(s => Covariance(t, s)).ToImmutableArray())],
            Diagnostics = diagnostics,
        };
    }
}
