using Theory.Contract;

namespace Theory.Spectra;

public sealed partial record SampleCovarianceSupportModel
{
    /// <summary>The system <c>sample-covariance-support</c>.</summary>
    public static SystemDefinition<SampleCovarianceSupportModel, SampleCovarianceSupportPrediction> System { get; } = new()
    {
        Id = "sample-covariance-support",
        Title = "Support of the spectrum of a sample covariance matrix",
        Summary = "S = Σ^{1/2} X Xᵀ Σ^{1/2}/n, X p × n with independent standard entries, Σ with given eigenvalues and weights; p, n → ∞ with c = p/n fixed: "
            + "the intervals that hold its eigenvalues.",
        Family = "spectra",
        Standing = Standing.Theorem,
        Sources =
        [
            SpectraSources.SilversteinChoi("edges as extrema of the inverse of the transform"),
            SpectraSources.SilversteinBai("the equation for the companion transform"),
        ],
        Template = new() { Eigenvalues = [1], Weights = [1], AspectRatio = 1 },
        ParameterBindings =
        [
            new(new() { Name = "eigenvalues", Symbol = "t_l", Meaning = "population eigenvalues", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Example = Value.Vector([1, 3, 10]) }, m => Value.Vector(m.Eigenvalues.AsSpan()), (m, v) => m with { Eigenvalues = v.ToVector() }),
            new(new() { Name = "weights", Symbol = "w_l", Meaning = "their weights, of sum 1", Shape = Shape.Vector, Range = ParameterRange.Closed(0, 1), Example = Value.Vector([0.5, 0.3, 0.2]) }, m => Value.Vector(m.Weights.AsSpan()), (m, v) => m with { Weights = v.ToVector() }),
            new(new() { Name = "aspect_ratio", Symbol = "c = p/n", Meaning = "variables per sample", Range = ParameterRange.Positive, Example = 0.4 }, m => m.AspectRatio, (m, v) => m with { AspectRatio = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "edges", Symbol = "E_1 < E_2 < …", Meaning = "lower and upper edges of all bulks, ascending", Shape = Shape.Vector, IsMeasured = true }, p => Value.Vector(p.Edges.AsSpan())),
            new(new() { Name = "atom_at_zero", Symbol = "S({0})", Meaning = "fraction of eigenvalues that are 0", IsMeasured = true }, p => p.Support.AtomAtZero),
        ],
        Solve = SampleCovarianceSupportPrediction.Solve,
        Experiment = new()
        {
            Run = SampleCovarianceExperiment.Edges,
            Description = "Draws a Gaussian sample of size p = d√c, n = d/√c, divides the eigenvalues at the middle of each gap, and extrapolates each edge from the two eigenvalues next to it "
                + "by the ratio of their mean Tracy–Widom distances.",
            DefaultSize = 150,
            DefaultTrials = 32,
            FiniteSizeConstant = (_, p, name) => name == "edges" ? 4 * p.Support.Bulks.Max(b => b.Width) : 1,
            FiniteSizeRemark = "c is four times the width of the widest bulk: what is left after the n^{-2/3} shift of extreme eigenvalues has been extrapolated away.",
        },
    };
}
