using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Contract;
using Theory.Features;
using Theory.Systems;

namespace Theory.Tests.Features;

/// <summary>A loss that random-feature classification offers.</summary>
public sealed record OfferedLoss(LossKind Kind);

public static class ClassificationCases
{
    public static Arbitrary<OfferedLoss> Losses() =>
        Gen.Elements(LossKind.Square, LossKind.Logistic, LossKind.Hinge, LossKind.Huber).Select(k => new OfferedLoss(k)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(FeatureCases), typeof(ClassificationCases)], MaxTest = 30)]
public class ClassificationPropertyTests
{
    [Property]
    public void The_state_evolution_is_solved_to_rounding(ActivationCase activation, OfferedLoss loss, Ratios ratios)
    {
        var p = Model(activation, loss.Kind, ratios).Predict();
        Assert.True(p.Diagnostics.IsConverged && p.Diagnostics.Residual <= 1e-12);
        Assert.InRange(p.TestError, 0, 0.5 + 1e-12);
        Assert.True(p.V > 0 && p.Q > 0 && p.M * p.M <= p.Q * (1 + 1e-14));
        Assert.True(p.TrainLoss <= p.TestLoss + 1e-12);
    }

    [Property]
    public void The_square_loss_is_regression_on_signs(ActivationCase activation, Ratios ratios)
    {
        var p = Model(activation, LossKind.Square, ratios with { Noise = 0 }).Predict();
        var ridge = FeatureCases.Model(activation, new("sign(z)"), ratios with { Noise = 0 }).Predict();
        Near(ridge.TestError, 2 * p.TestLoss, 1e-9 * (1 + ridge.TestError * ridge.Amplification));
        Near(ridge.TrainError, 2 * p.TrainLoss, 1e-9 * (1 + ridge.TestError * ridge.Amplification));
    }

    [Property]
    public void Scaling_the_activation_by_s_and_the_ridge_by_s_squared_changes_nothing(ActivationCase activation, OfferedLoss loss, Ratios ratios)
    {
        var model = Model(activation, loss.Kind, ratios);
        var (p, q) = (model.Predict(), (model with { Activation = $"3*({activation.Formula})", Lambda = 9 * model.Lambda }).Predict());
        Near(p.TestError, q.TestError, 1e-8);
        Near(p.TrainLoss, q.TrainLoss, 1e-8 * (1 + p.TrainLoss));
        Near(p.Q, q.Q, 1e-7 * p.Q);
        Near(p.V, q.V, 1e-7 * p.V);
    }

    [Property]
    public void Training_loss_increases_with_the_ridge_and_the_prediction_shrinks(ActivationCase activation, OfferedLoss loss, Ratios ratios)
    {
        var model = Model(activation, loss.Kind, ratios);
        var (p, q) = (model.Predict(), (model with { Lambda = 2 * model.Lambda }).Predict());
        Assert.True(p.TrainLoss <= q.TrainLoss * (1 + 1e-9) + 1e-13, $"{p.TrainLoss} > {q.TrainLoss}");
        Assert.True(q.V <= p.V * (1 + 1e-9));
    }

    [Property]
    public void Without_noise_the_error_is_the_angle_between_student_and_teacher(ActivationCase activation, OfferedLoss loss, Ratios ratios)
    {
        var p = Model(activation, loss.Kind, ratios with { Noise = 0 }).Predict();
        Near(Math.Acos(Math.Min(1, p.M / Math.Sqrt(p.Q))) / Math.PI, p.TestError, 1e-8);
    }

    [Property]
    public void Under_a_strong_ridge_all_losses_learn_the_same_direction(ActivationCase activation, Ratios ratios)
    {
        var strong = ratios with { Lambda = 1e7 * FeatureMoments.Of(activation.Formula).SecondMoment * (1 + ratios.Alpha) };
        var errors = new[] { LossKind.Square, LossKind.Logistic, LossKind.Hinge, LossKind.Huber }.Select(k => Model(activation, k, strong).Predict().TestError).ToArray();
        Assert.All(errors, e => Near(errors[0], e, 1e-5));
    }

    [Property]
    public void A_teacher_of_opposite_sign_turns_the_overlap(ActivationCase activation, OfferedLoss loss, Ratios ratios)
    {
        var model = Model(activation, loss.Kind, ratios);
        var (p, q) = (model.Predict(), (model with { Teacher = "-sign(z)" }).Predict());
        Near(-p.M, q.M, 1e-8 * Math.Sqrt(p.Q));
        Near(p.TestError, q.TestError, 1e-9);
        Near(p.TestLoss, q.TestLoss, 1e-8 * p.TestLoss);
    }

    [Property]
    public void A_wide_huber_loss_is_the_square_loss(ActivationCase activation, Ratios ratios)
    {
        var square = Model(activation, LossKind.Square, ratios);
        var (p, q) = (square.Predict(), (square with { Loss = LossKind.Huber, HuberDelta = 1e9 }).Predict());
        Near(p.TestLoss, q.TestLoss, 1e-9 * (1 + p.TestLoss));
        Near(p.V, q.V, 1e-9 * p.V);
    }

    [Property]
    public void An_even_activation_learns_nothing(OfferedLoss loss, Ratios ratios)
    {
        var p = Model(new("He2(z)"), loss.Kind, ratios).Predict();
        Assert.Equal(0, p.M);
        Near(0.5, p.TestError, 1e-12);
    }

    [Fact]
    public void The_hinge_stops_changing_once_the_data_are_separated()
    {
        var model = Model(new("tanh(z)"), LossKind.Hinge, new(2, 1, 1e-4, 0));
        var (p, q) = (model.Predict(), (model with { Lambda = 1e-9 }).Predict());
        Near(p.TestError, q.TestError, 1e-12);
        Near(1e-4 * p.V, 1e-9 * q.V, 1e-12);
        Assert.Equal(0, q.TrainLoss);
    }

    [Theory]
    [InlineData("teacher", "tanh(z)")]
    [InlineData("teacher", "sign(z-1)")]
    [InlineData("loss", "hard-margin")]
    [InlineData("activation", "2")]
    public void Bad_inputs_are_named(string parameter, string value)
    {
        var e = Assert.Throws<InvalidInputException>(() =>
            Model(new("tanh(z)"), LossKind.Hinge, new(2, 1, 1e-2, 0)).AsProblem().With(parameter, value).Predict());
        Assert.Equal(parameter, e.Parameter);
    }

    private static RandomFeaturesClassificationModel Model(ActivationCase activation, LossKind loss, Ratios ratios) => new()
    {
        Activation = activation.Formula,
        Teacher = "sign(z)",
        Loss = loss,
        Alpha = ratios.Alpha,
        Beta = ratios.Beta,
        Lambda = ratios.Lambda,
        Noise = ratios.Noise,
    };

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected:R}, got {actual:R}, tolerance {tolerance:g3}");
}
