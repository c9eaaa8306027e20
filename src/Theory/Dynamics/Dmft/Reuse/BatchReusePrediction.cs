using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Overlaps of a committee along gradient descent on one batch: dynamical mean-field theory [Celentano, Cheng &amp; Montanari 2021, arXiv:2112.07572; Gerbelot et al. 2022, arXiv:2210.06591; Dandi et al. 2024,
/// arXiv:2402.03220], solved in one causal forward sweep; deterministic quadrature for the first steps, quasi-Monte Carlo for the others. Standing: theorem.
/// </summary>
public sealed record BatchReusePrediction : IPrediction
{
    // 8-byte numbers of one replicate: 200 MB.
    private const double MostNumbers = 2.5e7;

    /// <summary>Overlaps M^t = W W⋆ᵀ/d for t = 0 … T: p rows of k.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> M { get; init; }

    /// <summary>Overlaps Q(t,t) = W Wᵀ/d of the neurons for t = 0 … T: p × p.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> Q { get; init; }

    /// <summary>Mean training loss E loss(h^t, y) for t = 0 … T − 1, without the penalty; with Nesterov at the point where the gradient is taken.</summary>
    public required ImmutableArray<double> TrainLoss { get; init; }

    /// <summary>
    /// Generalisation error for t = 0 … T: ½E(f(h) − f⋆(z))² of a new sample, without Δ/2, for the square loss; the mean loss of a new sample for the others.
    /// </summary>
    public required ImmutableArray<double> GeneralizationError { get; init; }

    /// <summary>Standard errors of <see cref="GeneralizationError"/> at the overlaps given.</summary>
    public required ImmutableArray<double> GeneralizationErrorError { get; init; }

    /// <summary>Overlaps of the neurons at two times, Q(t,s) = W^t W^{sT}/d for s ≤ t = 0 … T: p × p each.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<ImmutableArray<double>>>> Correlation { get; init; }

    /// <summary>Covariance C(t,s) = α E[g^t g^{sT}] of the effective noise for s ≤ t = 0 … T − 1: p × p each.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<ImmutableArray<double>>>> NoiseKernel { get; init; }

    /// <summary>Response B(t,s) = α E[∂g^t/∂u^s] for s ≤ t = 0 … T − 1, p × p each; <see langword="null"/> where the gradient jumps, since single entries by Stein's lemma mean nothing.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<ImmutableArray<double>>>>? ResponseKernel { get; init; }

    /// <summary>Trace A(t,s) = ∂θ^t/∂w^s that step s leaves in the weights at t, for s &lt; t = 1 … T: p × p each; <see langword="null"/> where <see cref="ResponseKernel"/> is.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<ImmutableArray<double>>>>? MemoryKernel { get; init; }

    /// <summary>Number of pivots of the fields' covariance that were set to zero; more than 0 is normal for small steps, whose fields are smooth in time.</summary>
    public required int DroppedDirections { get; init; }

    /// <summary>Standard errors of <see cref="M"/>; 0 where quadrature gave it. Two of them hold the value 95 times of 100.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> MError { get; init; }

    /// <summary>Standard errors of <see cref="Q"/>.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> QError { get; init; }

    /// <summary>Standard errors of <see cref="TrainLoss"/>.</summary>
    public required ImmutableArray<double> TrainLossError { get; init; }

    /// <summary>Number of steps whose averages are deterministic quadrature.</summary>
    public required int QuadratureSteps { get; init; }

    /// <summary>Paths per replicate that were sampled at most; 0 if none was.</summary>
    public required int PathsUsed { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do on failure; the defaults if <see langword="null"/>. The accuracy is the model's.</param>
    /// <returns>The prediction. The residual is the larger of the quadrature's error and the greatest relative standard error; iterations are steps.</returns>
    /// <exception cref="InvalidInputException">The parameters do not go together.</exception>
    /// <exception cref="NotConvergedException">The dynamics diverge, or the standard error stays above the accuracy, and <paramref name="options"/> ask for an exception.</exception>
    public static BatchReusePrediction Solve(BatchReuseModel model, SolveOptions? options = null)
    {
        var problem = model.Problem();
        var (known, error) = model.UsesQuadrature ? QuadraturePhase.Run(problem) : ([], 0);
        var exact = Deterministic(problem, known);
        var levels = known.Count == problem.Steps ? exact : Joined(exact, Sampled(model, problem), known.Count);
        var prediction = ReuseReport.Prediction(problem, levels, known.Count, ReuseReport.Diagnose(model.Accuracy, problem, levels, error), model.NewSamples(problem), model.Seed);
        return prediction.Diagnostics.IsConverged || (options ?? SolveOptions.Default).OnFailure == OnFailure.Return
            ? prediction
            : throw new NotConvergedException(BatchReuseModel.System.Id, prediction.Diagnostics);
    }

    private static ReplicateLevels Deterministic(ReuseProblem problem, List<StepAverages> known)
    {
        var sweep = new ReuseSweep(problem);
        foreach (var averages in known)
        {
            sweep.Factor.Extend(averages.T, sweep.Weights.QueryCovariance);
            sweep.Advance(averages);
        }
        double[][] values = [.. Enumerable.Range(0, known.Count + 1).Select(sweep.Observed)];
        return new(values, [.. values.Select(v => new double[v.Length])], SweepEnd.Accurate, problem.Steps, 0, 0) { Dropped = sweep.Factor.Dropped };
    }

    /// <summary>Times up to that of the last quadrature from the first, later ones from the second.</summary>
    private static ReplicateLevels Joined(ReplicateLevels exact, ReplicateLevels sampled, int last)
    {
        exact.Values.CopyTo(sampled.Values, 0);
        exact.Errors.CopyTo(sampled.Errors, 0);
        return sampled.End == SweepEnd.Diverged && sampled.Time <= last ? sampled with { Time = last + 1 } : sampled;
    }

    private static ReplicateLevels Sampled(BatchReuseModel model, ReuseProblem problem)
    {
        // Rows of the paths: normals and gradients of each step, and the responses of all pairs of steps.
        var (p, steps) = (problem.Loss.Width, problem.Steps);
        var rows = 3.0 * p * steps + (problem.Loss.IsPathwise ? p * p * steps * (steps - 1) / 2 : 0);
        var most = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(MostNumbers / rows, 4096, 1 << 18));
        return ReplicateLevels.Run(steps, model.Accuracy, most, model.Paths, t => new ObservedLayout(p, problem.Target.Directions, t).Judged, (paths, replicate) =>
        {
            using var drawn = new SampledPaths(problem, paths, model.Seed, (ulong)replicate);
            var sweep = SampledPhase.Run(problem, drawn);
            double[][] values = [.. Enumerable.Range(0, sweep.Train.Count + 1).Select(sweep.Observed).TakeWhile(v => v.All(double.IsFinite))];
            return (values, sweep.Factor.Least, sweep.Factor.Dropped);
        });
    }
}
