using System.Numerics;
using Theory.Contract;
using Theory.Spectra;

namespace Theory.Features;

public sealed partial record LearnedFeaturesSpectrumModel
{
    /// <summary>The system <c>learned-features-spectrum</c>.</summary>
    public static SystemDefinition<LearnedFeaturesSpectrumModel, LearnedFeaturesSpectrumPrediction> System { get; } = new()
    {
        Id = "learned-features-spectrum",
        Title = "Spectrum of features after a gradient step",
        Summary = "Ĉ = ΦᵀΦ/p, Φ_μj = σ(w_j·x_μ), n samples x ~ N(0, I_d), w_j = w⁰_j + u_j w*, w⁰_j uniform on the unit sphere, u_j = ζ_q for a fraction π_q of the features; "
            + "d, p, n → ∞ with α = n/d and β = p/d fixed: m(z) = lim (1/p) Tr (Ĉ − z)⁻¹, the edges of the bulk and the atom at 0.",
        Family = "features",
        Standing = Standing.Derived,
        Sources =
        [
            FeatureSources.DandiSpikes("deterministic equivalent of features with a vocabulary of spikes; re-derived"),
            FeatureSources.PenningtonWorah("the spectrum without spikes"),
            FeatureSources.BenigniPeche("proof of the spectrum without spikes"),
        ],
        Template = new() { Activation = "z", Fractions = [1], Spikes = [0], Alpha = 1, Beta = 1 },
        ParameterBindings =
        [
            new(new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation, a formula in z", Shape = Shape.Expression, Example = "tanh(z)" }, m => m.Activation.Text, (m, v) => m with { Activation = v.ToText() }),
            new(new() { Name = "fractions", Symbol = "π_q", Meaning = "fractions of the features, of sum 1", Shape = Shape.Vector, Range = VocabularyInputs.Fraction, Example = Value.Vector([0.5, 0.5]) }, m => Value.Vector(m.Fractions.AsSpan()), (m, v) => m with { Fractions = v.ToVector() }),
            new(new() { Name = "spikes", Symbol = "ζ_q", Meaning = "their weights on the learned direction", Shape = Shape.Vector, Range = ParameterRange.Finite, Example = Value.Vector([2, -1]) }, m => Value.Vector(m.Spikes.AsSpan()), (m, v) => m with { Spikes = v.ToVector() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "beta", Symbol = "β", Meaning = "features per dimension p/d", Range = ParameterRange.Positive, Example = 0.8 }, m => m.Beta, (m, v) => m with { Beta = v.ToDouble() }),
            new(new() { Name = "z", Symbol = "z", Meaning = "points [re, im], not 0; im = 0 only outside the support", Shape = Shape.Spectrum, Default = Value.ListOf([]), Example = Value.ListOf([Value.Vector([0.5, 0.3])]) },
                m => Value.ListOf(m.Z.Select(SpectralInputs.Pair)),
                (m, v) => m with { Z = v is Value.List list ? [.. list.Items.Select(SpectralInputs.Point)] : throw new FormatException("must be a list of pairs [re, im]") }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "stieltjes", Symbol = "m(z)", Meaning = "lim (1/p) Tr (Ĉ − z)⁻¹ as [re, im], for each z", Shape = Shape.Spectrum, IsMeasured = true }, p => Value.ListOf(p.StieltjesTransform.Select(SpectralInputs.Pair))),
            new(new() { Name = "bulk_first_moment", Symbol = "∫xρ dx", Meaning = "mean of the bulk, (α/β) Σ π_q E[c₁² + c⋆²]" }, p => p.BulkFirstMoment),
            new(new() { Name = "right_edge", Symbol = "x₊", Meaning = "upper edge of the bulk; infinite if the variance of the features is unbounded along w*" }, p => p.RightEdge),
            new(new() { Name = "atom_at_zero", Symbol = "1 − rank/p", Meaning = "fraction of eigenvalues that are 0", IsMeasured = true }, p => p.AtomAtZero),
            new(new() { Name = "quadrature_error", Symbol = "δ", Meaning = "relative error of the averages over the projection on w*" }, p => p.QuadratureError),
        ],
        Solve = LearnedFeaturesSpectrumPrediction.Solve,
        Experiment = new()
        {
            Run = LearnedFeaturesSpectrumExperiment.Run,
            Description = "Draws weights with the vocabulary and Gaussian inputs, computes all eigenvalues of ΦᵀΦ/p, outliers included, averages 1/(λ − z) and counts zeros.",
            DefaultSize = 100,
            FiniteSizeConstant = Allowance,
            FiniteSizeRemark = "c = ((k + 1)|m| + 1/(2·distance from [0, x₊]))/(2β): twice what runs at d = 50, 100, 200 left; up to 2k eigenvalues are outside the bulk.",
        },
    };

    private static double Allowance(LearnedFeaturesSpectrumModel model, LearnedFeaturesSpectrumPrediction prediction, string observable)
    {
        if (observable != "stieltjes") return 1;
        var largest = 0.0;
        for (var i = 0; i < model.Z.Length; i++)
        {
            var z = model.Z[i];
            var gap = z.Real < 0 ? -z.Real : Math.Max(0, z.Real - prediction.RightEdge);
            var distance = Complex.Abs(new Complex(gap, z.Imaginary));
            largest = Math.Max(largest, (model.Spikes.Length + 1) * Complex.Abs(prediction.StieltjesTransform[i]) + 0.5 / distance);
        }
        return 0.5 * largest / model.Beta;
    }
}
