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
        if (curve.Value.Largest(lambda) is not { } top) return Trivial(lambda);
        if (start == FactorizationStart.Informative) return At(top, lambda, FixedPointBranch.High);
        if (family.SpectralThreshold is { } ks && (lambda < ks || (lambda == ks && !curve.Value.StartsDownwards))) return Trivial(lambda);
        var first = curve.Value.Roots(lambda).First(r => r.IsStable).Snr;
        return At(first, lambda, first == top ? FixedPointBranch.High : FixedPointBranch.Low);
    }

    /// <summary>The stable fixed point of largest free entropy.</summary>
    public FactorizationFixedPoint BayesOptimal(double lambda)
    {
        var snr = new ThresholdSearch(family, curve.Value).BayesOptimal(Thresholds.InformationTheoretic, lambda);
        return snr == 0 ? Trivial(lambda) : At(snr, lambda, snr == curve.Value.Largest(lambda) ? FixedPointBranch.High : FixedPointBranch.Low);
    }

    /// <summary>What can be found, and what message passing finds.</summary>
    public RecoveryPhase Phase(double lambda)
    {
        var best = BayesOptimal(lambda).Snr;
        return best == 0 && family.SpectralThreshold is not null ? RecoveryPhase.Impossible : best == Reached(lambda, FactorizationStart.Uninformative).Snr ? RecoveryPhase.Easy : RecoveryPhase.Hard;
    }

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
