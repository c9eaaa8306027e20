using Theory.Contract;

namespace Theory.Spectra;

public sealed partial record InformationPlusNoiseModel
{
    /// <summary>The system <c>information-plus-noise</c>.</summary>
    public static SystemDefinition<InformationPlusNoiseModel, InformationPlusNoisePrediction> System { get; } = new()
    {
        Id = "information-plus-noise",
        Title = "A signal in information and noise",
        Summary = "S = (R + σX)(R + σX)ᵀ/n, X p × n with independent standard entries, RRᵀ/n with given eigenvalues and weights and one more eigenvalue t; p, n → ∞ with c = p/n fixed: "
            + "the bulks, the eigenvalue that the signal causes, and how much its singular vectors know of the signal's.",
        Family = "spectra",
        Standing = Standing.Theorem,
        Sources =
        [
            SpectraSources.DozierSilverstein("the equation for the transform"),
            SpectraSources.BenaychGeorgesNadakuditi("outliers and overlaps in pure noise"),
            SpectraSources.Capitaine("outliers for general information"),
        ],
        Template = new() { Eigenvalues = [0], Weights = [1], AspectRatio = 1, Signal = 1 },
        ParameterBindings =
        [
            new(new() { Name = "eigenvalues", Symbol = "t_l", Meaning = "eigenvalues of RRᵀ/n", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Example = Value.Vector([0, 9]) }, m => Value.Vector(m.Eigenvalues.AsSpan()), (m, v) => m with { Eigenvalues = v.ToVector() }),
            new(new() { Name = "weights", Symbol = "w_l", Meaning = "their weights, of sum 1", Shape = Shape.Vector, Range = ParameterRange.Closed(0, 1), Example = Value.Vector([0.7, 0.3]) }, m => Value.Vector(m.Weights.AsSpan()), (m, v) => m with { Weights = v.ToVector() }),
            new(new() { Name = "aspect_ratio", Symbol = "c = p/n", Meaning = "rows per column", Range = ParameterRange.Positive, Example = 0.5 }, m => m.AspectRatio, (m, v) => m with { AspectRatio = v.ToDouble() }),
            new(new() { Name = "signal", Symbol = "t", Meaning = "one more eigenvalue of RRᵀ/n", Range = ParameterRange.Positive, Example = 20 }, m => m.Signal, (m, v) => m with { Signal = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "σ²", Meaning = "variance of the noise", Range = ParameterRange.Positive, Default = 1, Example = 0.7 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "edges", Symbol = "E_1 < E_2 < …", Meaning = "lower and upper edges of all bulks, ascending", Shape = Shape.Vector }, p => Value.Vector(p.Edges.AsSpan())),
            new(new() { Name = "atom_at_zero", Symbol = "S({0})", Meaning = "fraction of eigenvalues that are 0" }, p => p.Support.AtomAtZero),
            new(new() { Name = "outlier", Symbol = "φ(t)", Meaning = "the eigenvalue that the signal causes outside the bulks; absent if there is none", IsMeasured = true }, p => p.Outlier.Position),
            new(new() { Name = "left_squared_overlap", Symbol = "⟨u, û⟩²", Meaning = "squared overlap of its left singular vector with the signal's; 0 if there is no outlier", IsMeasured = true }, p => p.Outlier.LeftSquaredOverlap),
            new(new() { Name = "right_squared_overlap", Symbol = "⟨v, v̂⟩²", Meaning = "the same on the right", IsMeasured = true }, p => p.Outlier.RightSquaredOverlap),
        ],
        Solve = InformationPlusNoisePrediction.Solve,
        Experiment = new()
        {
            Run = InformationPlusNoiseExperiment.Run,
            Description = "Draws X of size p = d√c, n = d/√c, adds R of the given singular values, and takes the singular vectors that know most of the signal.",
            DefaultSize = 100,
            DefaultTrials = 32,
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c = 4/s² with s = min(1, |φ′(t)|), the distance from the transition, times the outlier's position for the position: corrections of order 1/n grow towards the transition.",
        },
    };

    private static double Allowance(InformationPlusNoiseModel model, InformationPlusNoisePrediction prediction, string observable)
    {
        var distance = Math.Min(1, Math.Abs(model.ToDysonModel().Inverse(model.Signal).Slope));
        return 4 * (observable == "outlier" ? prediction.Outlier.Position ?? 0 : 1) / (distance * distance);
    }
}
