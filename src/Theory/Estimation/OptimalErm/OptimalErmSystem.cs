using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

public sealed partial record OptimalErmModel
{
    /// <summary>The system <c>mixture-erm-optimal</c>.</summary>
    public static SystemDefinition<OptimalErmModel, OptimalErmPrediction> System { get; } = new()
    {
        Id = "mixture-erm-optimal",
        Title = "Empirical risk minimisation on a Gaussian mixture at the best ridge",
        Summary = "As mixture-erm, with λ minimised over: the least test error that a loss allows, and the λ that has it.",
        Family = "estimation",
        Standing = Standing.Theorem,
        Sources =
        [
            EstimationSources.Mixtures("state evolution of convex empirical risk minimisation on Gaussian mixtures"),
            EstimationSources.Universality("errors of mixtures beside those of Gaussians"),
        ],
        Template = new() { Mixture = MixtureErmModel.System.Template },
        ParameterBindings =
        [
            .. MixtureErmModel.System.ParameterBindings.Where(p => p.Info.Name is not ("lambda" or "ridgeless" or "loss"))
                .Select(p => new Parameter<OptimalErmModel>(p.Info, m => p.Get(m.Mixture), (m, v) => m with { Mixture = p.Set(m.Mixture, v) })),
            new(new() { Name = "loss", Symbol = "ℓ", Meaning = "loss: square, logistic, hinge, huber or custom", Shape = Shape.Text, Choices = MarginLosses.Choices([LossKind.Square, LossKind.Logistic, LossKind.Hinge, LossKind.Huber, LossKind.Custom]), Example = "logistic" }, m => MarginLosses.NameOf(m.Mixture.Loss), (m, v) => m with { Mixture = m.Mixture with { Loss = MarginLosses.Named(v.ToText()) } }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "test_error", Symbol = "ε_test", Meaning = "least test error over λ: mean squared error for real labels, misclassification probability for labels ±1", IsMeasured = true }, p => p.Fit.TestError),
            new(new() { Name = "lambda", Symbol = "λ*", Meaning = "the best ridge; 0 is the limit λ → 0⁺, none the limit λ → ∞" }, p => p.Lambda),
            new(new() { Name = "train_loss", Symbol = "ℓ_train", Meaning = "training loss there, without the penalty" }, p => p.Fit.TrainLoss),
            new(new() { Name = "v", Symbol = "V_c", Meaning = "variance of the proximal map in each cluster", Shape = Shape.Vector }, p => Tables.ToValue(p.Fit.V)),
            new(new() { Name = "q", Symbol = "q_c", Meaning = "wᵀΣ_c w/d", Shape = Shape.Vector }, p => Tables.ToValue(p.Fit.Q)),
            new(new() { Name = "m", Symbol = "m_c", Meaning = "wᵀΣ_c θ/d", Shape = Shape.Vector }, p => Tables.ToValue(p.Fit.M)),
            new(new() { Name = "h", Symbol = "h_c", Meaning = "μ_c·w/d", Shape = Shape.Vector }, p => Tables.ToValue(p.Fit.H)),
            new(new() { Name = "intercept", Symbol = "b", Meaning = "the intercept, if fitted" }, p => p.Fit.Intercept),
            new(new() { Name = "weight_power", Symbol = "‖w‖²/d", Meaning = "mean square of the weights" }, p => p.Fit.WeightPower),
        ],
        Solve = OptimalErmPrediction.Solve,
        Experiment = new()
        {
            Run = OptimalErmExperiment.Run,
            Description = "Fits one sample at 17 values of λ over six decades; takes the best on 10d samples and tests it on 10d others.",
            DefaultSize = 200,
            MinimumSize = 24,
            FiniteSizeConstant = (_, p, _) => 8 * p.Fit.TestError + 0.02,
            FiniteSizeRemark = "c = 8 times the test error and 0.02: λ is chosen on a finite sample.",
        },
    };
}
