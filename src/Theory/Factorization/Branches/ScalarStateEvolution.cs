using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Factorization;

/// <summary>Everything that follows from the curve of a state evolution with one scalar.</summary>
internal sealed class ScalarStateEvolution(IFixedPointFamily family)
{
    private readonly Lazy<BranchCurve> curve = new(() => new(family));
    private FactorizationThresholds? thresholds;

    /// <summary>All thresholds, computed once.</summary>
    public FactorizationThresholds Thresholds => thresholds ??= Named(new ThresholdSearch(family, curve.Value).Run());

    /// <summary>All fixed points at λ, by increasing a.</summary>
    public IReadOnlyList<FactorizationFixedPoint> All(double lambda)
    {
        var points = new List<FactorizationFixedPoint>();
        if (family.SpectralThreshold is not null) points.Add(Trivial(lambda));
        var roots = curve.Value.Roots(lambda).ToList();
        for (var i = 0; i < roots.Count; i++)
        {
            var branch = !roots[i].IsStable ? FixedPointBranch.Unstable : i == roots.Count - 1 ? FixedPointBranch.High : FixedPointBranch.Low;
            points.Add(At(roots[i].Snr, lambda, branch));
        }

        if (points.Count == 0) points.Add(Trivial(lambda));   // λ = 0
        return points;
    }

    /// <summary>Where state evolution ends from full or from vanishing information.</summary>
    public FactorizationFixedPoint Reached(double lambda, FactorizationStart start)
    {
        if (start == FactorizationStart.Informative) return curve.Value.Largest(lambda) is { } top ? At(top, lambda, FixedPointBranch.High) : Trivial(lambda);
        return Uninformed(lambda) is { } least ? At(least.Snr, lambda, least.IsLargest ? FixedPointBranch.High : FixedPointBranch.Low) : Trivial(lambda);
    }

    /// <summary>The stable fixed point of largest free entropy.</summary>
    public FactorizationFixedPoint BayesOptimal(double lambda)
    {
        var snr = PhaseAndBest(lambda).BayesSnr;
        return snr == 0 ? Trivial(lambda) : At(snr, lambda, snr == curve.Value.Largest(lambda) ? FixedPointBranch.High : FixedPointBranch.Low);
    }

    /// <summary>What can be found and what message passing finds, with a at the stable fixed point of largest free entropy.</summary>
    public (RecoveryPhase Phase, double BayesSnr) PhaseAndBest(double lambda)
    {
        if (lambda < Thresholds.WeakRecovery) return (RecoveryPhase.Impossible, 0);
        var uninformed = Uninformed(lambda);
        var best = uninformed is { IsLargest: true } only ? only.Snr : new ThresholdSearch(family, curve.Value).BayesOptimal(Thresholds.InformationTheoretic, lambda);
        var phase = best == 0 && family.SpectralThreshold is not null ? RecoveryPhase.Impossible : best == (uninformed?.Snr ?? 0) ? RecoveryPhase.Easy : RecoveryPhase.Hard;
        return (phase, best);
    }

    /// <summary>Where a start from nothing leaves the trivial point to; <see langword="null"/> if it does not.</summary>
    private (double Snr, bool IsLargest)? Uninformed(double lambda) =>
        family.SpectralThreshold is { } ks && (lambda < ks || (lambda == ks && !curve.Value.StartsDownwards)) ? null : curve.Value.LeastStable(lambda);

    /// <summary>The diagnostics of a fixed point that was read off the curve: its residual is that of one step of state evolution.</summary>
    public static Diagnostics Report(FactorizationFixedPoint point, FactorizationStart start, SolveOptions options, string system)
    {
        var tolerance = Math.Max(options.Tolerance, 1e-12);
        var status = point.Residual <= tolerance ? SolverStatus.Converged : SolverStatus.FloatingPointLimit;
        var diagnostics = new Diagnostics(status, point.Residual, 0, start == FactorizationStart.Informative ? "informative" : "uninformative", []);
        return diagnostics.IsConverged || options.OnFailure == OnFailure.Return ? diagnostics : throw new NotConvergedException(system, diagnostics);
    }

    private static FactorizationThresholds Named(BranchThresholds t) =>
        new(t.Spectral, t.Dynamical, t.InformationTheoretic, t.Algorithmic, t.UpperSnr, t.LowerSnr, t.WeakRecovery);

    private FactorizationFixedPoint Trivial(double lambda) =>
        new(0, 0, lambda == 0 ? 0 : family.Step(family.SmallestSnr, lambda) / family.SmallestSnr, FixedPointBranch.Trivial, 0);

    private FactorizationFixedPoint At(double snr, double lambda, FixedPointBranch branch)
    {
        const double width = 1e-4;
        var slope = Math.Log(family.Step(snr * Math.Exp(width), lambda) / family.Step(snr * Math.Exp(-width), lambda)) / (2 * width);
        return new(snr, family.FreeEntropy(snr, lambda), slope, branch, Math.Abs(family.Step(snr, lambda) / snr - 1));
    }
}
