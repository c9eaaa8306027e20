using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Overlaps of a committee along gradient descent on fresh batches: no memory, so that each step is the first of the theory of batch reuse,
/// M ← (1 − ηλ)M − ηα E[g zᵀ], Q⊥ ← K Q⊥ Kᵀ + η²α E[g gᵀ], K = (1 − ηλ)1 − ηα E[∂g/∂u]. Standing: theorem.
/// </summary>
public sealed record FreshBatchPrediction : IPrediction
{
    /// <summary>Overlaps M^t = W W⋆ᵀ/d for t = 0 … T: p rows of k.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> M { get; init; }

    /// <summary>Overlaps Q(t,t) = W Wᵀ/d of the neurons for t = 0 … T: p × p.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> Q { get; init; }

    /// <summary>Mean loss of the samples of each step before it, for t = 0 … T − 1, without the penalty: the population's loss.</summary>
    public required ImmutableArray<double> PopulationLoss { get; init; }

    /// <summary>Standard errors of <see cref="M"/>; 0 where quadrature gave it.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> MError { get; init; }

    /// <summary>Standard errors of <see cref="Q"/>.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> QError { get; init; }

    /// <summary>Standard errors of <see cref="PopulationLoss"/>.</summary>
    public required ImmutableArray<double> PopulationLossError { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do on failure; the defaults if <see langword="null"/>. The accuracy is the model's.</param>
    /// <returns>The prediction. The residual is the larger of the quadrature's error and the greatest relative standard error; iterations are steps.</returns>
    /// <exception cref="InvalidInputException">The parameters do not go together.</exception>
    /// <exception cref="NotConvergedException">The dynamics diverge, or the standard error stays above the accuracy, and <paramref name="options"/> ask for an exception.</exception>
    public static FreshBatchPrediction Solve(FreshBatchModel model, SolveOptions? options = null)
    {
        var problem = model.Problem();
        var (exact, error) = Deterministic(problem, model.Steps);
        var levels = exact ?? ReplicateLevels.Run(model.Steps, model.Accuracy, 1 << 18, null, t => new ObservedLayout(problem.Loss.Width, problem.Target.Directions, t).Judged, (paths, replicate) =>
            (Sweep(problem, model.Steps, (step, t) =>
            {
                using var own = new SampledPaths(step, paths, model.Seed, (ulong)replicate, (ulong)t);
                return SampledPhase.Run(step, own);
            }), 0, 0));
        var reuse = ReuseReport.Prediction(problem with { Steps = model.Steps }, levels, 0, ReuseReport.Diagnose(model.Accuracy, problem with { Steps = model.Steps }, levels, error));
        if (!reuse.Diagnostics.IsConverged && (options ?? SolveOptions.Default).OnFailure == OnFailure.Throw) throw new NotConvergedException(FreshBatchModel.System.Id, reuse.Diagnostics);
        return new()
        {
            M = reuse.M,
            Q = reuse.Q,
            PopulationLoss = reuse.TrainLoss,
            MError = reuse.MError,
            QError = reuse.QError,
            PopulationLossError = reuse.TrainLossError,
            Diagnostics = reuse.Diagnostics,
        };
    }

    private static (ReplicateLevels? Levels, double Error) Deterministic(ReuseProblem problem, int steps)
    {
        var error = 0.0;
        var isExact = true;
        var values = Sweep(problem, steps, (step, _) =>
        {
            var sweep = new ReuseSweep(step);
            var (known, own) = QuadraturePhase.Run(step);
            isExact = known.Count == 1;
            error = Math.Max(error, own);
            if (!isExact) return sweep;
            sweep.Factor.Extend(0, sweep.Weights.QueryCovariance);
            sweep.Advance(known[0]);
            return sweep;
        });
        if (!isExact) return (null, 0);
        var errors = values.Select(v => new double[v.Length]).ToArray();
        return values.Length == steps + 1
            ? (new(values, errors, SweepEnd.Accurate, steps, 0, 0), error)
            : (new([.. values, null!], [.. errors, null!], SweepEnd.Diverged, values.Length, 0, 0), error);
    }

    /// <summary>What is judged, and the kurtosis, at each time, as long as they are finite: every step is the first step of a problem that begins where the last one ended.</summary>
    private static double[][] Sweep(ReuseProblem problem, int steps, Func<ReuseProblem, int, ReuseSweep> advance)
    {
        var (p, k) = (problem.Loss.Width, problem.Target.Directions);
        List<double[]> values = [new ReuseSweep(problem).Observed(0)];
        for (var t = 0; t < steps; t++)
        {
            var sweep = advance(problem, t);
            if (sweep.Train.Count == 0 || sweep.Observed(1)[..(new ObservedLayout(p, k, 1).Kurtosis + 1)] is not { } observed || !observed.All(double.IsFinite)) break;
            values.Add(observed);
            var (m, rest) = (new double[p, k], new double[p, p]);
            for (var i = 0; i < p; i++)
            {
                for (var j = 0; j < k; j++) m[i, j] = observed[i * k + j];
                for (var j = 0; j < p; j++) rest[i, j] = sweep.Weights.QPerp[p + Math.Max(i, j)][p + Math.Min(i, j)];
            }
            problem = problem with { M0 = m, QPerp0 = rest };
        }
        return [.. values];
    }
}
