using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>Empirical risk minimisation on a mixture at the ridge that makes the test error least, found anew for every loss, teacher, noise and number of samples.</summary>
public sealed partial record OptimalErmModel : IModel<OptimalErmModel, OptimalErmPrediction>
{
    /// <summary>The mixture, its teacher, loss and samples; its λ is of no effect.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its loss is the hard margin, which does not depend on λ.</exception>
    public required MixtureErmModel Mixture
    {
        get;
        init => field = Guard.NotNull(value).Loss != LossKind.HardMargin ? value : throw Guard.OutOfRange(nameof(Mixture), value.Loss, "must have a loss that depends on the ridge, not the hard margin");
    }
}
