using System.Collections.Immutable;
using Theory.Channels;

namespace Theory.Estimation;

/// <summary>Indicators and reasons in words.</summary>
internal sealed class UniversalityReport
{
    private readonly UniversalityModel model;
    private readonly UniversalityConditions conditions;
    private readonly UniversalityVerdict verdict;
    private readonly double[] traces;
    private readonly ClusterLaw[] laws;

    public UniversalityReport(UniversalityModel model, MixtureGeometry geometry, UniversalityConditions conditions, UniversalityVerdict verdict)
    {
        (this.model, this.conditions, this.verdict, laws) = (model, conditions, verdict, geometry.Laws());
        var m = model.Mixture;
        traces = [.. m.CovarianceEigenvalues.Select(row => row.Zip(m.AtomWeights).Sum(p => p.First * p.Second))];
        var mean = laws.Sum(l => l.Probability * l.TeacherMean);
        var rho = laws.Sum(l => l.Probability * l.TeacherVariance);
        Alignments = [.. laws.Select(l => rho > 0 ? (l.TeacherMean - mean) / Math.Sqrt(rho) : 0)];
        TeacherVarianceSpread = laws.Max(l => l.TeacherVariance) - laws.Min(l => l.TeacherVariance);
        CovarianceTraceSpread = traces.Max() - traces.Min();
    }

    public ImmutableArray<double> Alignments { get; }

    public double TeacherVarianceSpread { get; }

    public double CovarianceTraceSpread { get; }

    /// <summary>A warning if a sufficient condition and the numbers contradict each other.</summary>
    public string? Contradiction()
    {
        var all = conditions.UncorrelatedTeacher || conditions.SecondMoments || conditions.SymmetricClusters;
        var training = all || conditions.Interpolation;
        return (all && verdict != UniversalityVerdict.Universal) || (training && verdict is UniversalityVerdict.Broken or UniversalityVerdict.TestErrorOnly)
            ? "a sufficient condition for universality holds, but the errors differ by more than the tolerance: tighten the solver or widen the tolerance"
            : null;
    }

    public ImmutableArray<string> Reasons(bool bulkDiffers)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        reasons.Add(verdict switch
        {
            UniversalityVerdict.Universal => "Test error and training loss are those of the Gaussian with the mixture's mean and covariance.",
            UniversalityVerdict.TrainingLossOnly => "The training loss is that of the Gaussian with the mixture's mean and covariance; the test error is not.",
            UniversalityVerdict.TestErrorOnly => "The test error is that of the Gaussian with the mixture's mean and covariance; the training loss is not.",
            _ => "Neither test error nor training loss are those of the Gaussian with the mixture's mean and covariance.",
        });
        AddConditions(reasons);
        if (verdict != UniversalityVerdict.Universal) AddIndicators(reasons);
        else if (conditions is { UncorrelatedTeacher: false, SecondMoments: false, SymmetricClusters: false })
            reasons.Add("None of the sufficient conditions for both holds: the agreement within the tolerance is a matter of these parameters.");
        if (bulkDiffers) reasons.Add("The centred Gaussian without the means has other errors: mean and finite-rank part of the covariance matter.");
        return reasons.ToImmutable();
    }

    private void AddConditions(ImmutableArray<string>.Builder reasons)
    {
        if (conditions.UncorrelatedTeacher) reasons.Add("U1: all clusters have one covariance and the teacher does not see their means, so that no convex loss can tell the clusters apart.");
        if (conditions.SecondMoments) reasons.Add("U2: the square loss depends on inputs and labels through their second moments only, and those are the Gaussian's.");
        if (conditions.Interpolation) reasons.Add("U3: without ridge the training loss of least squares is what the noise leaves outside the span of the inputs, whatever their law.");
        if (conditions.SymmetricClusters) reasons.Add("U4: all order parameters are the same in every cluster.");
    }

    private void AddIndicators(ImmutableArray<string>.Builder reasons)
    {
        if (!UniversalityConditions.HasSharedCovariance(model.Mixture))
            reasons.Add(FormattableString.Invariant($"The clusters differ in covariance (tr Σ_c/d from {traces.Min():g4} to {traces.Max():g4}), so that samples of different clusters weigh differently."));
        if (TeacherVarianceSpread > 1e-9)
            reasons.Add(FormattableString.Invariant($"The teacher's field varies more in some clusters than in others (ρ_c from {laws.Min(l => l.TeacherVariance):g4} to {laws.Max(l => l.TeacherVariance):g4})."));
        if (Alignments.Any(a => Math.Abs(a) > 1e-9))
        {
            var law = model.Mixture.Loss == LossKind.Square ? "the square loss on labels that are no affine function of the field" : $"the loss {MarginLosses.NameOf(model.Mixture.Loss)}";
            reasons.Add(FormattableString.Invariant($"The teacher sees the means (θ·(μ_c − μ̄)/(d√ρ) up to {Alignments.Max(Math.Abs):g4}), and {law} depends on more of the fields than their second moments."));
        }
        else if (!UniversalityConditions.TeacherMissesMeans(model.Mixture))
            reasons.Add("The teacher sees the means through the resolvent, on coordinates of different eigenvalue.");
    }
}
