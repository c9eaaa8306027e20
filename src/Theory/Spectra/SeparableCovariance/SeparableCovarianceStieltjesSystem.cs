using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

public sealed partial record SeparableCovarianceStieltjesModel
{
    /// <summary>The system <c>separable-covariance-stieltjes</c>.</summary>
    public static SystemDefinition<SeparableCovarianceStieltjesModel, SeparableCovarianceStieltjesPrediction> System { get; } = new()
    {
        Id = "separable-covariance-stieltjes",
        Title = "Stieltjes transform of a separable covariance matrix",
        Summary = "S = A^{1/2} X B Xᵀ A^{1/2}/n, X p × n with independent standard entries, A and B with given eigenvalues and weights; p, n → ∞ with c = p/n fixed: "
            + "m(z) = lim (1/p) Tr (S − z)⁻¹.",
        Family = "spectra",
        Standing = Standing.Theorem,
        Sources =
        [
            SpectraSources.PaulSilverstein("the pair of equations"),
            SpectraSources.HachemLoubatonNajim("deterministic equivalents for variance profiles, of which this is the product case"),
        ],
        Template = new() { RowEigenvalues = [1], RowWeights = [1], ColumnEigenvalues = [1], ColumnWeights = [1], AspectRatio = 1, Z = Complex.ImaginaryOne },
        ParameterBindings =
        [
            new(new() { Name = "row_eigenvalues", Symbol = "a", Meaning = "eigenvalues of A", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Example = Value.Vector([1, 4]) }, m => Value.Vector(m.RowEigenvalues.AsSpan()), (m, v) => m with { RowEigenvalues = v.ToVector() }),
            new(new() { Name = "row_weights", Symbol = "w_a", Meaning = "their weights, of sum 1", Shape = Shape.Vector, Range = ParameterRange.Closed(0, 1), Example = Value.Vector([0.6, 0.4]) }, m => Value.Vector(m.RowWeights.AsSpan()), (m, v) => m with { RowWeights = v.ToVector() }),
            new(new() { Name = "column_eigenvalues", Symbol = "b", Meaning = "eigenvalues of B", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Example = Value.Vector([0.5, 2]) }, m => Value.Vector(m.ColumnEigenvalues.AsSpan()), (m, v) => m with { ColumnEigenvalues = v.ToVector() }),
            new(new() { Name = "column_weights", Symbol = "w_b", Meaning = "their weights, of sum 1", Shape = Shape.Vector, Range = ParameterRange.Closed(0, 1), Example = Value.Vector([0.3, 0.7]) }, m => Value.Vector(m.ColumnWeights.AsSpan()), (m, v) => m with { ColumnWeights = v.ToVector() }),
            new(new() { Name = "aspect_ratio", Symbol = "c = p/n", Meaning = "rows per column", Range = ParameterRange.Positive, Example = 0.75 }, m => m.AspectRatio, (m, v) => m with { AspectRatio = v.ToDouble() }),
            new(new() { Name = "z", Symbol = "z", Meaning = "the point [re, im], not 0; im = 0 only outside the support", Shape = Shape.Vector, Example = Value.Vector([3, 0.4]) }, m => SpectralInputs.Pair(m.Z), (m, v) => m with { Z = SpectralInputs.Point(v) }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "m", Symbol = "m(z)", Meaning = "lim (1/p) Tr (S − z)⁻¹ as [re, im]", Shape = Shape.Vector, IsMeasured = true }, p => SpectralInputs.Pair(p.M)),
        ],
        Solve = SeparableCovarianceStieltjesPrediction.Solve,
        Experiment = new()
        {
            Run = SeparableCovarianceExperiment.Run,
            Description = "Draws A^{1/2} X B^{1/2} with p = d√c and n = d/√c, eigenvalues in proportion to their weights, and averages 1/(λ − z) over the eigenvalues of the covariance matrix.",
            DefaultSize = 100,
            FiniteSizeConstant = (_, p, _) => 2 * Complex.Abs(p.M) / (p.Stability * p.Stability),
            FiniteSizeRemark = "c = 2|m|/s² with s the distance of I − J to a singular matrix: corrections of order 1/n grow towards the edges; plus the rounding of p, n and the weights.",
        },
    };
}
