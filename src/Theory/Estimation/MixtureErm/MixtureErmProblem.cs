using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>Chooses channel, prior and path of continuation for a model and its surrogates.</summary>
internal sealed class MixtureErmProblem
{
    private readonly MixtureErmModel model;
    private readonly MixtureGeometry geometry;
    private readonly IBinaryTeacher? teacher;

    public MixtureErmProblem(MixtureErmModel model, MixtureGeometry geometry)
    {
        (this.model, this.geometry) = (model, geometry);
        teacher = BinaryTeacherOf(model);
        if (model.Ridgeless && model.Lambda > 0) throw new InvalidInputException("lambda", $"lambda must be 0 when ridgeless is true; got {model.Lambda}");
        _ = MarginLosses.Create(model.Loss, model.HuberDelta, model.CustomLoss);
        if (model.Loss == LossKind.Custom && model.Lambda == 0) throw new InvalidInputException("lambda", "lambda must be positive with the loss custom; got 0");
        if (teacher is null) CheckRealLabels();
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
        var moments = model.Loss == LossKind.Square || teacher is null ? Array.ConvertAll(laws, Moments) : null;
        IErmChannel? channel = teacher is not null ? new BinaryErmChannel([new(LossOf(model, isBinary: true), teacher)]) : ResidualChannel(laws, moments!);
        return new ErmTask
        {
            Loss = model.Loss,
            Prior = prior,
            Laws = laws,
            Alpha = model.Alpha,
            Lambda = model.Lambda,
            HasIntercept = model.Intercept,
            Rank = geometry.Rank,
            Channel = channel,
            HardMargin = teacher is null || model.Lambda > 0 ? null : new BinaryErmChannel([new(default(HardMarginLoss), teacher)]),
            Moments = moments,
        }.Solve(options);
    }

    /// <summary>The loss as a function of the margin y f, which for real labels stands for 1 − (y − f).</summary>
    public static IMarginLoss LossOf(MixtureErmModel model, bool isBinary) =>
        MarginLosses.Create(model.Loss, model.HuberDelta, model.CustomLoss) is var loss && model.Loss == LossKind.Custom && !isBinary ? new ResidualLoss(loss) : loss;

    private IErmChannel? ResidualChannel(ClusterLaw[] laws, LabelMoments[] moments) => model.Loss switch
    {
        LossKind.Custom => new ResidualErmChannel(moments, model.CustomLoss!),
        LossKind.Huber when LabelMoments.IsAffine(model.Teacher!) => new HuberErmChannel(moments, model.HuberDelta),
        LossKind.Huber => new HuberTeacherChannel(model.Teacher!, laws, moments, model.Noise, model.HuberDelta),
        _ => null,
    };

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
        if (model.Loss == LossKind.Custom && !LabelMoments.IsAffine(model.Teacher!))
            throw new InvalidInputException("teacher", $"teacher must be affine or have labels ±1 with the loss custom; got {model.Teacher!.Text}");
    }
}
