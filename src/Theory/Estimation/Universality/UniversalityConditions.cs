using Theory.Channels;

namespace Theory.Estimation;

/// <summary>Conditions each of which suffices for a mixture to have the errors of the matched Gaussian.</summary>
/// <param name="UncorrelatedTeacher">U1: clusters of equal covariance whose means the teacher does not see through any resolvent, and a mean of all that is 0 or met by an intercept. For any convex loss.</param>
/// <param name="SecondMoments">U2: square loss on real labels, clusters of equal covariance, and labels with the mean, the variance and the covariance with x that they have on the matched Gaussian.</param>
/// <param name="Interpolation">U3: square loss, λ → 0⁺, affine teacher: the training loss alone, (Δ/2)(1 − 1/α)₊ at full rank.</param>
/// <param name="SymmetricClusters">U4: all order parameters are the same in every cluster.</param>
public readonly record struct UniversalityConditions(bool UncorrelatedTeacher, bool SecondMoments, bool Interpolation, bool SymmetricClusters)
{
    private const double Same = 1e-9;

    /// <summary>Order parameters are solved, not given.</summary>
    private const double SameSolved = 1e-7;

    internal static UniversalityConditions Of(MixtureErmModel model, MixtureGeometry geometry, ErmSolution solution)
    {
        var isSquare = model.Loss == LossKind.Square;
        var isBinary = MixtureErmProblem.BinaryTeacherOf(model) is not null;
        var shared = HasSharedCovariance(model);
        return new(
            shared && TeacherMissesMeans(model) && (model.Intercept || MeanOfAllVanishes(model)),
            shared && isSquare && !isBinary && HasMatchedMoments(model, geometry),
            isSquare && model.Lambda == 0 && !isBinary && IsAffine(model),
            IsSymmetric(geometry, solution));
    }

    internal static bool HasSharedCovariance(MixtureErmModel model) =>
        model.CovarianceEigenvalues.All(row => row.Zip(model.CovarianceEigenvalues[0]).All(pair => Near(pair.First, pair.Second)));

    /// <summary>θ·(μ_c − μ̄) = 0 on all coordinates of equal eigenvalue.</summary>
    internal static bool TeacherMissesMeans(MixtureErmModel model)
    {
        var groups = Enumerable.Range(0, model.AtomWeights.Length).GroupBy(j => model.CovarianceEigenvalues[0][j]);
        foreach (var group in groups)
            for (var c = 0; c < model.Probabilities.Length; c++)
            {
                double Overlap(int e) => group.Sum(j => model.AtomWeights[j] * model.MeanTeacherOverlaps[j][e]);
                var mean = Enumerable.Range(0, model.Probabilities.Length).Sum(e => model.Probabilities[e] * Overlap(e));
                if (!Near(Overlap(c), mean)) return false;
            }
        return true;
    }

    internal static bool IsAffine(MixtureErmModel model) =>
        model.Teacher is { } teacher && LabelMoments.IsAffine(teacher);

    private static bool MeanOfAllVanishes(MixtureErmModel model)
    {
        double power = 0, scale = 0;
        for (var j = 0; j < model.AtomWeights.Length; j++)
            for (var c = 0; c < model.Probabilities.Length; c++)
            {
                scale += model.AtomWeights[j] * model.Probabilities[c] * model.MeanGram[j][c][c];
                for (var e = 0; e < model.Probabilities.Length; e++) power += model.AtomWeights[j] * model.Probabilities[c] * model.Probabilities[e] * model.MeanGram[j][c][e];
            }
        return power <= Same * Math.Max(1, scale);
    }

    /// <summary>E y, E y² and Cov(x, y) as on the matched Gaussian, term by term of Cov(x, y) = a Σθ + Σ β_c (μ_c − μ̄).</summary>
    private static bool HasMatchedMoments(MixtureErmModel model, MixtureGeometry geometry)
    {
        if (IsAffine(model)) return true;
        var laws = geometry.Laws();
        var own = Array.ConvertAll(laws, law => LabelMoments.Of(model.Teacher!, law, model.Noise));
        var (_, matchedLaw) = geometry.Matched();
        var matched = LabelMoments.Of(model.Teacher!, matchedLaw, model.Noise);
        double Average(Func<int, double> value) => Enumerable.Range(0, laws.Length).Sum(c => laws[c].Probability * value(c));
        var mean = Average(c => own[c].Mean);
        double Power(LabelMoments m, ClusterLaw law) => m.Mean * m.Mean + m.Rest + m.Slope * m.Slope * law.TeacherVariance;
        return Near(mean, matched.Mean)
            && Near(Average(c => Power(own[c], laws[c])), Power(matched, matchedLaw))
            && Near(Average(c => own[c].Slope), matched.Slope)
            && Enumerable.Range(0, laws.Length).All(c => Near(own[c].Mean - mean, matched.Slope * (laws[c].TeacherMean - matchedLaw.TeacherMean)));
    }

    private static bool IsSymmetric(MixtureGeometry geometry, ErmSolution solution)
    {
        var laws = geometry.Laws();
        var (first, points) = (solution.Points[0], solution.Points);
        var (root, teacher) = (Math.Sqrt(points.Max(p => p.Q)), Math.Sqrt(laws.Max(l => l.TeacherVariance)));
        bool Alike(double a, double b, double scale) => Math.Abs(a - b) <= SameSolved * scale;
        return Enumerable.Range(0, points.Length).All(c =>
            Alike(points[c].V, first.V, first.V) && Alike(points[c].Q, first.Q, first.Q) && Alike(points[c].M, first.M, root * teacher) && Alike(points[c].H, first.H, root)
            && Alike(laws[c].TeacherVariance, laws[0].TeacherVariance, teacher * teacher) && Alike(laws[c].TeacherMean, laws[0].TeacherMean, teacher));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Same * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}
