using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

public sealed partial record SampleCovarianceStieltjesModel
{
    /// <summary>The system <c>sample-covariance-stieltjes</c>.</summary>
    public static SystemDefinition<SampleCovarianceStieltjesModel, SampleCovarianceStieltjesPrediction> System { get; } = new()
    {
        Id = "sample-covariance-stieltjes",
        Title = "Stieltjes transform of a sample covariance matrix",
        Summary = "S = Σ^{1/2} X Xᵀ Σ^{1/2}/n, X p × n with independent standard entries, Σ with given eigenvalues and weights; p, n → ∞ with c = p/n fixed: "
            + "m(z) = lim (1/p) Tr (S − z)⁻¹ and that of the companion XᵀΣX/n.",
        Family = "spectra",
        Standing = Standing.Theorem,
        Sources =
        [
            SpectraSources.SilversteinBai("the equation for the companion transform, unique solution in the half-plane"),
            SpectraSources.MarchenkoPastur("the limiting spectrum"),
        ],
        Template = new() { Eigenvalues = [1], Weights = [1], AspectRatio = 1, Z = Complex.ImaginaryOne },
        ParameterBindings =
        [
            new(new() { Name = "eigenvalues", Symbol = "t_l", Meaning = "population eigenvalues", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Example = Value.Vector([1, 3, 10]) }, m => Value.Vector(m.Eigenvalues.AsSpan()), (m, v) => m with { Eigenvalues = v.ToVector() }),
            new(new() { Name = "weights", Symbol = "w_l", Meaning = "their weights, of sum 1", Shape = Shape.Vector, Range = ParameterRange.Closed(0, 1), Example = Value.Vector([0.5, 0.3, 0.2]) }, m => Value.Vector(m.Weights.AsSpan()), (m, v) => m with { Weights = v.ToVector() }),
            new(new() { Name = "aspect_ratio", Symbol = "c = p/n", Meaning = "variables per sample", Range = ParameterRange.Positive, Example = 0.4 }, m => m.AspectRatio, (m, v) => m with { AspectRatio = v.ToDouble() }),
            new(new() { Name = "z", Symbol = "z", Meaning = "the point [re, im], not 0; im = 0 only outside the support", Shape = Shape.Vector, Example = Value.Vector([4, 0.5]) }, m => SpectralInputs.Pair(m.Z), (m, v) => m with { Z = SpectralInputs.Point(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "m", Symbol = "m(z)", Meaning = "lim (1/p) Tr (S − z)⁻¹ as [re, im]", Shape = Shape.Vector, IsMeasured = true }, p => SpectralInputs.Pair(p.M)),
            new(new() { Name = "companion", Symbol = "m̲(z)", Meaning = "−(1 − c)/z + c m(z), the transform of XᵀΣX/n, as [re, im]", Shape = Shape.Vector, IsMeasured = true }, p => SpectralInputs.Pair(p.Companion)),
        ],
        Solve = SampleCovarianceStieltjesPrediction.Solve,
        Experiment = new()
        {
            Run = SampleCovarianceExperiment.Transforms,
            Description = "Draws a Gaussian sample of size p = d√c, n = d/√c, the population eigenvalues in proportion to their weights, and averages 1/(λ − z) over the eigenvalues of its covariance matrix.",
            DefaultSize = 100,
            FiniteSizeConstant = (_, p, name) => 2 * Complex.Abs(name == "m" ? p.M : p.Companion) / (p.Stability * p.Stability),
            FiniteSizeRemark = "c = 2|m|/|1 − J|², the form of the 1/n correction of Bai and Silverstein (2004), plus the rounding of p, n and the weights.",
        },
    };
}
