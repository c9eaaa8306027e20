using Theory.Contract;

namespace Theory.Features;

/// <summary>Outputs that several feature systems share.</summary>
internal static class FeatureOutputs
{
    public static Observable TestError { get; } =
        new() { Name = "test_error", Symbol = "ε_test", Meaning = "mean squared error on a fresh sample, label noise included", IsMeasured = true };

    public static Observable TrainError { get; } =
        new() { Name = "train_error", Symbol = "ε_train", Meaning = "mean squared error on the training samples, without the penalty", IsMeasured = true };

    public static Observable Spike { get; } = new() { Name = "spike", Symbol = "r", Meaning = "strength of the spike" };

    public static Observable Bulk { get; } = new() { Name = "bulk", Symbol = "c", Meaning = "mean squared length of the rows of the bulk" };

    public static Observable Alignment { get; } = new() { Name = "alignment", Symbol = "γ", Meaning = "overlap of target and spike" };

    public static Observable M { get; } = new() { Name = "m", Symbol = "m", Meaning = "sum of the readout, (1/√p) Σ a_j" };

    public static Observable Theta { get; } = new() { Name = "theta", Symbol = "Θ", Meaning = "fit along the spike, aᵀW̃v/√p" };

    public static Observable Psi { get; } = new() { Name = "psi", Symbol = "ψ", Meaning = "fit along the rest of the target, aᵀW̃ζ/√p" };

    public static Observable QuadratureError { get; } = new() { Name = "quadrature_error", Symbol = "δ", Meaning = "relative error that the integrals leave in both errors" };
}
