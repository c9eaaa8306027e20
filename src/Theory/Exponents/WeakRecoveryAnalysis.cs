using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Class of a label from its generative exponents, value of α_c from the quadrature that its structure allows.</summary>
internal static class WeakRecoveryAnalysis
{
    private const int MonteCarloSamples = 1 << 18;
    private const ulong Seed = 20240524;

    internal static WeakRecovery Run(Expression label, double noise)
    {
        var exponents = LearningExponents.Of(label);
        var trivial = exponents.LearnedByReuse;
        var easy = SecondOrder(exponents).Minus(trivial);
        var certificate = exponents.CertificateOf("generative_leap");
        var result = new WeakRecovery
        {
            Label = label.ToString(),
            Noise = noise,
            Threshold = 0,
            Error = 0,
            Status = certificate.Status,
            Reason = certificate.Reason,
            Trivial = trivial,
            Easy = easy,
            Hard = exponents.Relevant.Minus(trivial.Plus(easy)),
        };
        if (trivial.Dimension > 0)
            return result with { Status = ProofStatus.Proved, Reason = "E[z | y] is not identically 0" };
        if (easy.Dimension == 0)
            return result with { Threshold = double.PositiveInfinity };
        var (inverse, error, method) = Inverse(label, exponents.Relevant, noise);
        return result with { Threshold = 1 / inverse, Error = error / (inverse * inverse), Reason = $"{method}; {certificate.Reason}" };
    }

    /// <summary>Everything the generative flag finds before an order above 2 is needed.</summary>
    private static Subspace SecondOrder(LearningExponents exponents)
    {
        var known = exponents.LearnedByReuse;
        foreach (var step in exponents.GenerativeFlag)
        {
            if (step.Order > 2)
                break;
            known = known.Plus(step.Learned);
        }
        return known;
    }

    private static (double Inverse, double Error, string Method) Inverse(Expression label, Subspace relevant, double noise)
    {
        // A change of orthonormal coordinates changes nothing; functions of the noiseless label that can be undone do not either.
        var (simplified, unit) = ProductStructure.Normalise(Reduce(label, relevant).Simplify());
        noise /= unit * unit;
        if (noise == 0)
            simplified = ProductStructure.PeelInjective(simplified);
        // The convolution of a product is more accurate than level curves of its diagonal form.
        if (noise > 0 || ProductStructure.TryOf(simplified) is null)
            simplified = QuadraticForm.Diagonalise(simplified) ?? simplified;
        var variables = simplified.VariableCount;
        if (FactorisedFunction.TryOf(simplified) is { } function && CellSheets.TryOf(simplified, new(variables, function.Terms)) is { } cells)
            return OfSheets(cells.Sheets(), cells.Layout, cells.Moments, noise, "integral over the branches of the label");
        if (noise == 0 && ProductStructure.TryOf(simplified) is { } product && product.Exponents.Length == variables)
        {
            var (products, layout) = ProductLabelQuadrature.Integrate(product.Exponents, product.Signed);
            return (layout.LargestEigenvalue(products), 1e-12, "convolution over the logarithms of the factors");
        }
        var groups = RotationGroups.Of(simplified, variables);
        if (groups.Length == 1)
            return OfRadius(simplified, variables, noise);
        if (groups.Length == 2)
        {
            var plane = OfPlane(simplified, groups, noise);
            if (plane is { } known && known.Error < 0.02 * known.Inverse)
                return known;
            var sampled = OfSamples(simplified, variables, noise);
            return plane is { } rough && rough.Error < sampled.Error ? rough : sampled;
        }
        return OfSamples(simplified, variables, noise);
    }

    private static (double Inverse, double Error, string Method) OfSamples(Expression label, int variables, double noise)
    {
        var (inverse, error) = WeakRecoveryMonteCarlo.Estimate(label, variables, noise, MonteCarloSamples, Seed);
        return (inverse, error, "Monte Carlo with quantile bins");
    }

    /// <summary>The one sheet of a label in a single direction, or of a function of the length |z|, with the moment a of G(y) = a(y) I; else <see langword="null"/>.</summary>
    internal static LabelSheet? Isotropic(Expression label, Subspace relevant)
    {
        if (relevant.Dimension == 0)
            return null;
        var simplified = Reduce(label, relevant).Simplify();
        if (relevant.Dimension == 1)
            return LabelSheets.OfSecondMoment(ScalarFunction.Of(simplified));
        return RotationGroups.Of(simplified, relevant.Dimension).Length == 1 ? LabelSheets.OfRadius(simplified, relevant.Dimension) : null;
    }

    /// <summary>The label in coordinates of V* alone.</summary>
    private static Expression Reduce(Expression label, Subspace relevant)
    {
        var variables = relevant.AmbientDimension;
        var axes = Enumerable.Range(0, variables).Where(i => relevant.Basis.Any(row => !row[i].IsZero)).ToArray();
        // Kinks and jumps then lie on coordinate planes.
        var forms = LinearForms.OfArguments(Rewriting.WithoutBinaryFunctions(label.Simplify()), variables) is { Count: > 0 } found && LinearForms.AreOrthogonal(found) && relevant.Contains(Subspace.Span(variables, found))
            ? found : [];
        var frame = axes.Length == relevant.Dimension && forms.All(LinearForms.IsAxis)
            ? new Frame(axes.Select(axis => IntegerRows.Identity(variables)[axis]), variables)
            : new Frame([.. forms, .. relevant.Orthogonal], variables);
        // What is left of the other coordinates cancels.
        var reduced = frame.Express(label);
        for (var i = relevant.Dimension + 1; i <= reduced.VariableCount; i++)
            reduced = reduced.Substitute(i, 0);
        return reduced;
    }

    private static (double Inverse, double Error, string Method) OfSheets(
        IReadOnlyList<LabelSheet> sheets, MomentLayout layout, int moments, double noise, string method)
    {
        var (products, error) = noise == 0
            ? BranchQuadrature.Integrate(sheets, moments)
            : NoisyLabelQuadrature.Integrate(sheets, moments, noise);
        return (layout.LargestEigenvalue(products), Math.Max(error, 1e-13), noise == 0 ? method : "integral over the label smoothed by the noise");
    }

    /// <summary>f = h(|z|): y fixes the length where h is injective, and G(y) = a(y) I.</summary>
    private static (double Inverse, double Error, string Method) OfRadius(Expression label, int variables, double noise)
    {
        var layout = new MomentLayout(variables);
        for (var i = 0; i < variables; i++)
            layout.Set(i, i, 0);
        return OfSheets([LabelSheets.OfRadius(label, variables)], layout, 1, noise, "integral over the length of z");
    }

    private static (double Inverse, double Error, string Method)? OfPlane(Expression label, int[][] groups, double noise)
    {
        var plane = PlaneLabels.Of(label, groups);
        var integral = noise == 0 ? PlaneLabelQuadrature.TryIntegrate(plane.Label, plane.Moments) : NoisyLabelQuadrature.TryIntegrate(plane.Label, plane.Moments, noise);
        return integral is var (products, error)
            ? (plane.Layout.LargestEigenvalue(products), error, noise == 0 ? "integral over level curves" : "integral over the label smoothed by the noise")
            : null;
    }
}
