using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

public sealed partial record MixtureErmModel
{
    /// <summary>The system <c>mixture-erm</c>.</summary>
    public static SystemDefinition<MixtureErmModel, MixtureErmPrediction> System { get; } = new()
    {
        Id = "mixture-erm",
        Title = "Empirical risk minimisation on a Gaussian mixture",
        Summary = "x = μ_c/√d + Σ_c^{1/2} g in cluster c of probability p_c; labels of the teacher's field θ·x/√d; minimise Σ ℓ(y, w·x/√d + b) + ½λ‖w‖² "
            + "(no 1/n; with the ½) over n samples; d, n → ∞ with α = n/d fixed. Beside it, the two Gaussians that could stand in for the mixture.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources =
        [
            EstimationSources.Mixtures("state evolution of convex empirical risk minimisation on Gaussian mixtures"),
            EstimationSources.Universality("teachers on mixtures, and the comparison with Gaussian data"),
            EstimationSources.Covariates("the case of one Gaussian with any covariance"),
            EstimationSources.Perceptrons("the case of one isotropic Gaussian"),
        ],
        Template = new()
        {
            AtomWeights = [1],
            CovarianceEigenvalues = [[1]],
            TeacherPower = [1],
            MeanTeacherOverlaps = [[0]],
            MeanGram = [[[0]]],
            Probabilities = [1],
            Loss = LossKind.Square,
            Teacher = "z",
            Alpha = 1,
            Lambda = 1,
        },
        ParameterBindings =
        [
            new(new() { Name = "atom_weights", Symbol = "w_j", Meaning = "fraction of the coordinates in each atom", Shape = Shape.Vector, Range = new(0, false, 1, true), Example = Value.Vector([1.0]) }, m => Tables.ToValue(m.AtomWeights), (m, v) => m with { AtomWeights = v.ToVector() }),
            new(new() { Name = "covariance_eigenvalues", Symbol = "σ_cj", Meaning = "eigenvalues of the covariances, a row for each cluster, a column for each atom", Shape = Shape.Matrix, Range = ParameterRange.NonNegative, Example = Value.ListOf([Value.Vector([1.0]), Value.Vector([1.0])]) }, m => Tables.ToValue(m.CovarianceEigenvalues), (m, v) => m with { CovarianceEigenvalues = Tables.ToMatrix(v) }),
            new(new() { Name = "teacher_power", Symbol = "⟨θ²⟩_j", Meaning = "mean square of the teacher's coordinates in each atom", Shape = Shape.Vector, Range = ParameterRange.NonNegative, Example = Value.Vector([1.0]) }, m => Tables.ToValue(m.TeacherPower), (m, v) => m with { TeacherPower = v.ToVector() }),
            new(new() { Name = "mean_teacher_overlaps", Symbol = "⟨μ_c θ⟩_j", Meaning = "mean product of cluster mean and teacher, a row for each atom, a column for each cluster", Shape = Shape.Matrix, Range = ParameterRange.Finite, Example = Value.ListOf([Value.Vector([0.5, -0.5])]) }, m => Tables.ToValue(m.MeanTeacherOverlaps), (m, v) => m with { MeanTeacherOverlaps = Tables.ToMatrix(v) }),
            new(new() { Name = "mean_gram", Symbol = "⟨μ_c μ_c′⟩_j", Meaning = "mean products of the cluster means, a matrix for each atom", Shape = Shape.Matrix, Range = ParameterRange.Finite, Example = Value.ListOf([Value.ListOf([Value.Vector([1.0, -1.0]), Value.Vector([-1.0, 1.0])])]) }, m => Tables.ToValue(m.MeanGram), (m, v) => m with { MeanGram = Tables.ToTables(v) }),
            new(new() { Name = "probabilities", Symbol = "p_c", Meaning = "probabilities of the clusters", Shape = Shape.Vector, Range = new(0, false, 1, true), Example = Value.Vector([0.5, 0.5]) }, m => Tables.ToValue(m.Probabilities), (m, v) => m with { Probabilities = v.ToVector() }),
            new(new() { Name = "huber_delta", Symbol = "δ", Meaning = "width of the quadratic part of the Huber loss", Range = ParameterRange.Positive, Default = 1, Example = 1 }, m => m.HuberDelta, (m, v) => m with { HuberDelta = v.ToDouble() }),
            new(new() { Name = "loss", Symbol = "ℓ", Meaning = "loss", Shape = Shape.Text, Choices = MarginLosses.Choices(Enum.GetValues<LossKind>()), Example = "logistic" }, m => MarginLosses.NameOf(m.Loss), (m, v) => m with { Loss = MarginLosses.Named(v.ToText()) }),
            new(new() { Name = "loss_function", Symbol = "ℓ(z)", Meaning = "the loss custom, a convex formula in z: z is the margin y·f for labels ±1, the residual y − f for real labels", Shape = Shape.Expression, Default = Value.None, Example = Value.None }, m => m.CustomLoss?.Name is { } name ? name : Value.None, (m, v) => m with { CustomLoss = CustomLosses.Read(v) }),
            new(new() { Name = "teacher", Symbol = "g(z)", Meaning = "teacher, a formula in z, or logit", Shape = Shape.Expression, Example = "sign(z)" }, m => m.Teacher?.Text ?? "logit", (m, v) => m with { Teacher = v.ToText() is not "logit" and var text ? (ScalarFunction)text : null }),
            new(new() { Name = "inverse_temperature", Symbol = "κ", Meaning = "inverse temperature of the logit teacher", Range = ParameterRange.Positive, Default = 1, Example = 2 }, m => m.InverseTemperature, (m, v) => m with { InverseTemperature = v.ToDouble() }),
            new(new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the penalty ½λ‖w‖²; 0 is the limit λ → 0⁺", Range = ParameterRange.NonNegative, Example = 0.1 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the noise: in the field of a ±1 teacher, on the labels of any other", Range = ParameterRange.NonNegative, Default = 0, Example = 0.1 }, m => m.Noise, (m, v) => m with { Noise = v.ToDouble() }),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "whether an intercept, not penalised, is fitted", Shape = Shape.Flag, Default = false, Example = true }, m => m.Intercept, (m, v) => m with { Intercept = v.ToBoolean() }),
            new(new() { Name = "ridgeless", Symbol = "λ → 0⁺", Meaning = "whether the limit λ → 0⁺ is meant; lambda is then 0", Shape = Shape.Flag, Default = false, Example = false }, m => m.Ridgeless, (m, v) => m with { Ridgeless = v.ToBoolean() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "E (y − ν)² for real labels, misclassification probability for labels ±1", IsMeasured = true }, p => p.TestError),
            new(new() { Name = "train_loss", Symbol = "ℓ_train", Meaning = "mean loss on the training samples, without the penalty", IsMeasured = true }, p => p.TrainLoss),
            new(new() { Name = "v", Symbol = "V_c", Meaning = "variance of the proximal map in each cluster; λV_c for interpolation and the hard margin", Shape = Shape.Vector }, p => Tables.ToValue(p.V)),
            new(new() { Name = "q", Symbol = "q_c", Meaning = "wᵀΣ_c w/d", Shape = Shape.Vector, IsMeasured = true }, p => Tables.ToValue(p.Q)),
            new(new() { Name = "m", Symbol = "m_c", Meaning = "wᵀΣ_c θ/d", Shape = Shape.Vector, IsMeasured = true }, p => Tables.ToValue(p.M)),
            new(new() { Name = "h", Symbol = "h_c", Meaning = "μ_c·w/d", Shape = Shape.Vector, IsMeasured = true }, p => Tables.ToValue(p.H)),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "the intercept, if fitted" }, p => p.Intercept),
            new(new() { Name = "weight_power", Symbol = "‖w‖²/d", Meaning = "mean square of the weights" }, p => p.WeightPower),
            new(new() { Name = "minimiser", Symbol = "ŵ", Meaning = "exists; or separable: at lambda = 0 there is none, and the values are those of the hard margin, the limit of its direction", Shape = Shape.Text }, p => ErmMinimisers.Name(p.Minimiser)),
            new(new() { Name = "matched_gaussian_test_error", Symbol = "ε_test", Meaning = "test error on one Gaussian with the mixture's mean and covariance" }, p => p.MatchedGaussian?.TestError),
            new(new() { Name = "matched_gaussian_train_loss", Symbol = "ℓ_train", Meaning = "training loss on that Gaussian" }, p => p.MatchedGaussian?.TrainLoss),
            new(new() { Name = "bulk_gaussian_test_error", Symbol = "ε_test", Meaning = "test error on the centred Gaussian with the average covariance within clusters" }, p => p.BulkGaussian?.TestError),
            new(new() { Name = "bulk_gaussian_train_loss", Symbol = "ℓ_train", Meaning = "training loss on that Gaussian" }, p => p.BulkGaussian?.TrainLoss),
        ],
        Solve = MixtureErmPrediction.Solve,
        Experiment = new()
        {
            Run = MixtureErmExperiment.Run,
            Description = "Draws means and teacher with exactly the given overlaps, then a sample of the mixture; minimises the empirical risk to a duality gap of 1e-8; measures overlaps, the training set and 10d fresh samples.",
            DefaultSize = 200,
            MinimumSize = 24,
            FiniteSizeConstant = MixtureErmExperiment.FiniteSizeConstant,
            FiniteSizeRemark = "c = 5 times the test error and the overlaps' scale √(ρq), 8 times the training loss (and 1e-6 for the gap of the fit), four times that for interpolation and the hard margin.",
        },
    };
}
