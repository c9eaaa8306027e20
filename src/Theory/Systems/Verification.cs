using MathNet.Numerics.Distributions;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Systems;

/// <summary>Sets a prediction beside its experiment.</summary>
public static class Verification
{
    /// <summary>Agreement means within this many standard errors, plus the finite-size allowance.</summary>
    public const double StandardErrorsAllowed = 4;

    /// <summary>Differences below this fraction of the largest predicted number are rounding.</summary>
    public const double RoundingAllowed = 1e-12;

    /// <summary>Least number of trials: below it the standard error itself is not known.</summary>
    public const int MinimumTrials = 10;

    /// <summary>
    /// Predicts, runs the experiment at every size, and compares: |mean − prediction| ≤ k·s.e. + c/d with k = 4 for one number,
    /// and the k of equal family-wise level (Bonferroni) when several numbers are compared at a size.
    /// </summary>
    /// <param name="problem">What to verify.</param>
    /// <param name="options">Sizes, trials, seed and threads.</param>
    /// <param name="progress">Receives the fraction done, or <see langword="null"/>.</param>
    /// <param name="token">Stops the work.</param>
    /// <returns>The comparison, with a fit of c when there are several sizes.</returns>
    /// <exception cref="UnsupportedException">The system has no experiment.</exception>
    /// <exception cref="InvalidInputException">A size or the number of trials is too small, or the model carries its own dimension.</exception>
    public static VerificationReport Run(IProblem problem, VerificationOptions options, IProgress<double>? progress = null, CancellationToken token = default)
    {
        var experiment = problem.Experiment()
            ?? throw new UnsupportedException($"{problem.System.Id} has no experiment: {problem.System.NoExperimentReason}");
        var sizes = Sizes(experiment, options);
        var trials = options.Trials ?? experiment.DefaultTrials;
        if (trials < MinimumTrials) throw new InvalidInputException("trials", $"trials must be at least {MinimumTrials}; got {trials}");

        var outcome = problem.Predict();
        var rows = new List<VerificationRow>();
        for (var i = 0; i < sizes.Length; i++)
        {
            var part = progress is null ? null : new PartialProgress(progress, i, sizes.Length, trials);
            rows.AddRange(Compare(outcome, experiment, sizes[i], trials, options, part, token));
        }
        return new VerificationReport
        {
            Outcome = outcome,
            Rows = [.. rows],
            Fits = sizes.Length > 1 ? FiniteSizeFit.All(rows) : [],
            Seed = options.Seed,
            FiniteSizeRemark = experiment.FiniteSizeRemark,
        };
    }

    private static int[] Sizes(ITrial experiment, VerificationOptions options)
    {
        if (experiment.Dimension is { } own)
            return options.Sizes.IsDefaultOrEmpty ? [own] : throw new InvalidInputException("size", $"this model carries its own dimension d = {own}; size must not be given");
        if (options.Sizes.IsDefaultOrEmpty) return [experiment.DefaultSize];
        foreach (var size in options.Sizes)
            if (size < experiment.MinimumSize) throw new InvalidInputException("size", $"size must be at least {experiment.MinimumSize}; got {size}");
        return [.. options.Sizes.Distinct().Order()];
    }

    private static List<VerificationRow> Compare(
        Outcome outcome, ITrial experiment, int size, int trials, VerificationOptions options, IProgress<int>? progress, CancellationToken token)
    {
        // One seed per (seed, size, trial): a trial can be repeated alone, and adding trials or sizes changes no other.
        var results = ParallelTrials.RunSeeded(
            trials, RandomStream.DeriveSeed(options.Seed, (ulong)size), (_, seed) => experiment.Run(size, seed), options.Threads, progress, token);

        var compared = new List<(string Observable, int Element, double Predicted, RunningEstimate Measured)>();
        foreach (var observable in outcome.Problem.System.Observables)
        {
            if (!observable.IsMeasured || !results[0].ContainsKey(observable.Name)) continue;
            var predicted = Flattened.Numbers(outcome[observable.Name]);
            var measured = results.Select(r => Flattened.Numbers(r[observable.Name])).ToArray();
            if (measured.Any(m => m.Count != predicted.Count))
                throw new InvalidOperationException($"{outcome.Problem.System.Id}: the experiment measures {observable.Name} in another shape than it is predicted.");
            for (var k = 0; k < predicted.Count; k++)
            {
                if (double.IsNaN(predicted[k].Number)) continue;
                var estimate = new RunningEstimate();
                foreach (var trial in measured) estimate.Add(trial[k].Number);
                compared.Add((observable.Name, predicted.Count == 1 && predicted[k].Suffix.Length == 0 ? -1 : k, predicted[k].Number, estimate));
            }
        }

        var allowedErrors = AllowedErrors(compared.Count);
        // Exact zeros (an interpolator's training error) are measured to rounding.
        var rounding = RoundingAllowed * compared.Select(c => Math.Abs(c.Predicted)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return [.. compared.Select(c => new VerificationRow
        {
            Observable = c.Observable,
            Element = c.Element,
            Size = size,
            Trials = trials,
            Predicted = c.Predicted,
            Mean = c.Measured.Mean,
            StandardError = c.Measured.StandardError,
            Allowance = experiment.FiniteSizeConstant(outcome, c.Observable) / size + rounding,
            AllowedErrors = allowedErrors,
        })];
    }

    /// <summary>The seed of one trial, as used by <see cref="Run"/>: a trial can be repeated alone.</summary>
    /// <param name="seed">The seed of the verification.</param>
    /// <param name="size">The size d.</param>
    /// <param name="trial">The trial, counted from 0.</param>
    /// <returns>The seed of that trial's experiment.</returns>
    public static ulong TrialSeed(ulong seed, int size, int trial) =>
        RandomStream.DeriveSeed(RandomStream.DeriveSeed(seed, (ulong)size), (ulong)trial);

    private static double AllowedErrors(int comparisons)
    {
        var level = 2 * Normal.CDF(0, 1, -StandardErrorsAllowed);
        return comparisons <= 1 ? StandardErrorsAllowed : -Normal.InvCDF(0, 1, level / (2 * comparisons));
    }

    private sealed class PartialProgress(IProgress<double> whole, int part, int parts, int trials) : IProgress<int>
    {
        public void Report(int done) => whole.Report((part + done / (double)trials) / parts);
    }
}
