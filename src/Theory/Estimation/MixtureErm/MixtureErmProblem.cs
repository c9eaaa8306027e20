using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>Chooses channel, prior and path of continuation for a model and its surrogates.</summary>
internal sealed class MixtureErmProblem
{
    private readonly MixtureErmModel model;
    private readonly MixtureGeometry geometry;
    private readonly IBinaryTeacher? teacher;
    private readonly bool interpolates;

    public MixtureErmProblem(MixtureErmModel model, MixtureGeometry geometry)
    {
        (this.model, this.geometry) = (model, geometry);
        teacher = BinaryTeacherOf(model);
        if (model.Ridgeless && model.Lambda > 0) throw new InvalidInputException("lambda", $"lambda must be 0 when ridgeless is true; got {model.Lambda}");
        if (teacher is null) CheckRealLabels();
        interpolates = model.Lambda == 0 && model.Loss == LossKind.Square && model.Alpha < geometry.Rank;
        if (model.Lambda == 0) CheckRidgeless();
    }

    public ErmSolution Mixture(SolveOptions options) => Solve(geometry.Prior(), geometry.Laws(), options);

    public ErmSolution Matched(SolveOptions options)
    {
        var (prior, law) = geometry.Matched();
        return Solve(prior, [law], options);
    }

    public ErmSolution Bulk(SolveOptions options)
    {
        var (prior, law) = geometry.Bulk();
        return Solve(prior, [law], options);
    }

    /// <summary>The teacher, if its labels are ±1.</summary>
    public static IBinaryTeacher? BinaryTeacherOf(MixtureErmModel model)
    {
        if (model.Teacher is { } function) return ThresholdTeacher.TryCreate(function, model.Noise);
        return model.Noise == 0
            ? new LogitTeacher(model.InverseTemperature)
            : throw new InvalidInputException("noise", $"noise must be 0 with the teacher logit, whose randomness is its inverse_temperature; got {model.Noise}");
    }

    private ErmSolution Solve(IRidgePrior prior, ClusterLaw[] laws, SolveOptions options)
    {
        var loss = MarginLosses.Create(model.Loss, model.HuberDelta);
        var classifier = teacher is null ? null : new MarginChannel(loss, teacher);
        if (model.Loss == LossKind.Square)
            return new RidgeEvolution(prior, Array.ConvertAll(laws, Moments), classifier, laws, model.Intercept, interpolates).Solve(model.Alpha, model.Lambda, options);

        IErmChannel channel = classifier is null ? new HuberErmChannel(Array.ConvertAll(laws, Moments), model.HuberDelta) : new BinaryErmChannel(classifier);
        var evolution = new ErmStateEvolution(prior, channel, laws, model.Intercept);
        if (model.Loss != LossKind.HardMargin) return Descend(evolution, options);
        var solution = evolution.AscendTo(model.Alpha, options);
        // The weights of the hard margin grow without bound as α approaches the threshold from below.
        return solution.Diagnostics.IsConverged || !(solution.WeightPower > 1e3)
            ? solution
            : throw new InvalidInputException("alpha", FormattableString.Invariant($"alpha must be below the separability threshold, about {solution.Reached:g5}, for a hard margin; got {model.Alpha:R}"));
    }

    private ErmSolution Descend(ErmStateEvolution evolution, SolveOptions options)
    {
        var solution = evolution.DescendTo(model.Lambda, model.Alpha, options);
        return solution.Diagnostics.IsConverged || model.Lambda > 0 || model.Loss != LossKind.Logistic
            ? solution
            : throw new InvalidInputException("lambda", "lambda must be positive where the data are separable, as here: the weights diverge as lambda → 0, and their direction is that of the loss hard-margin");
    }

    private LabelMoments Moments(ClusterLaw law)
    {
        if (teacher is not null) return LabelMoments.Of(teacher, law);
        try
        {
            return LabelMoments.Of(model.Teacher!, law, model.Noise);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw new InvalidInputException("teacher", $"teacher: {e.Message}", e);
        }
    }

    private void CheckRealLabels()
    {
        if (model.Loss is LossKind.Logistic or LossKind.Hinge or LossKind.HardMargin)
            throw new InvalidInputException("teacher", $"teacher must have labels ±1 (sign(z) or logit) with the loss {MarginLosses.NameOf(model.Loss)}; got {model.Teacher!.Text}");
        if (model.Loss == LossKind.Huber && !(model.Teacher!.Expression is { } expression && expression.TryGetPolynomial(out var polynomial) && polynomial.Degree <= 1))
            throw new InvalidInputException("teacher", $"teacher must be affine or have labels ±1 with the loss huber; got {model.Teacher!.Text}");
    }

    private void CheckRidgeless()
    {
        if (model.Loss == LossKind.Hinge) throw new InvalidInputException("lambda", "lambda must be positive with the loss hinge; separable data have the limit given by the loss hard-margin");
        if (model.Loss == LossKind.HardMargin || interpolates) return;
        if (model.Alpha <= geometry.Rank)
            throw new InvalidInputException("alpha", FormattableString.Invariant($"alpha must {(model.Loss == LossKind.Square ? "differ from" : "exceed")} {geometry.Rank:R}, the fraction of non-zero eigenvalues, at lambda = 0; got {model.Alpha:R}"));
    }
}
