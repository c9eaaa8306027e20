using Theory.Contract;

namespace Theory.Spectra;

public sealed partial record SpikedCovarianceModel
{
    /// <summary>The system <c>spiked-covariance</c>.</summary>
    public static SystemDefinition<SpikedCovarianceModel, SpikedCovariancePrediction> System { get; } = new()
    {
        Id = "spiked-covariance",
        Title = "Outlier of a spiked covariance matrix",
        Summary = "S = XXᵀ/n, n columns N(0, I + ℓuuᵀ) in dimension p; p, n → ∞ with c = p/n fixed: the eigenvalue that leaves the bulk, and how much its eigenvector knows of u.",
        Family = "spectra",
        Standing = Standing.Theorem,
        Sources =
        [
            SpectraSources.BaikBenArousPeche("the transition at |ℓ| = √c"),
            SpectraSources.BaikSilverstein("the positions of outliers above and below the bulk"),
            SpectraSources.Paul("overlaps of eigenvectors"),
        ],
        Template = new() { Spike = 1, AspectRatio = 1 },
        ParameterBindings =
        [
            new(new() { Name = "spike", Symbol = "ℓ", Meaning = "excess of one population eigenvalue, 1 + ℓ, over all others, 1", Range = new(-1, false, double.PositiveInfinity, false), Example = 1.3 }, m => m.Spike, (m, v) => m with { Spike = v.ToDouble() }),
            new(new() { Name = "aspect_ratio", Symbol = "c = p/n", Meaning = "variables per sample", Range = ParameterRange.Positive, Example = 0.5 }, m => m.AspectRatio, (m, v) => m with { AspectRatio = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "outlier", Symbol = "(1 + ℓ)(1 + c/ℓ)", Meaning = "position of the outlier, above or (for ℓ < 0) below the bulk; absent if there is none", IsMeasured = true }, p => p.Outlier),
            new(new() { Name = "edge", Symbol = "(1 + √c)²", Meaning = "upper edge of the bulk" }, p => p.Edge),
            new(new() { Name = "lower_edge", Symbol = "(1 − √c)²", Meaning = "lower edge of the bulk" }, p => p.LowerEdge),
            new(new() { Name = "squared_overlap", Symbol = "⟨u, û⟩²", Meaning = "squared overlap of the outlier's eigenvector with u; 0 if there is no outlier", IsMeasured = true }, p => p.SquaredOverlap),
        ],
        Solve = SpikedCovariancePrediction.Solve,
        Experiment = new()
        {
            Run = SpikedCovarianceExperiment.Run,
            Description = "Draws a Gaussian sample of size p = d√c, n = d/√c with one variance 1 + ℓ, and takes the largest (for ℓ < 0 the smallest) eigenvalue of its covariance matrix and its eigenvector.",
            DefaultSize = 100,
            DefaultTrials = 32,
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c = 4/(1 − r)² with r = min(√c/|ℓ|, |ℓ|/√c), times the outlier's position for the position: corrections of order 1/n grow towards the transition.",
        },
    };

    private static double Allowance(SpikedCovarianceModel model, SpikedCovariancePrediction prediction, string observable)
    {
        var ratio = Math.Abs(model.Spike) / Math.Sqrt(model.AspectRatio);
        var distance = 1 - Math.Min(ratio, 1 / ratio);
        return 4 * (observable == "outlier" ? prediction.Outlier ?? 0 : 1) / (distance * distance);
    }
}
