using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>The question whether a Gaussian could stand in for a mixture in empirical risk minimisation: the mixture, and how close errors must be to count as equal.</summary>
public sealed partial record UniversalityModel : IModel<UniversalityModel, UniversalityPrediction>
{
    /// <summary>The mixture, its teacher, loss and samples.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required MixtureErmModel Mixture { get; init => field = Guard.NotNull(value); }

    /// <summary>Relative deviation of errors up to which they count as equal, in (0, 1). Default 1e-6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Tolerance { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 1e-6;

    /// <summary>
    /// What the overlaps ⟨μ_c θ⟩ of teacher and means are multiplied by, in [−1, 1]: 0 turns the teacher, of the same power, away from all means. Default 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [−1, 1].</exception>
    public double Alignment { get; init => field = Guard.In(value, ParameterRange.Closed(-1, 1)); } = 1;

    /// <summary>The same question with the turned teacher in the mixture itself.</summary>
    internal UniversalityModel Turned() => Alignment == 1 ? this : this with
    {
        Mixture = Mixture with { MeanTeacherOverlaps = [.. Mixture.MeanTeacherOverlaps.Select(row => row.Select(x => Alignment * x).ToImmutableArray())] },
        Alignment = 1,
    };
}
