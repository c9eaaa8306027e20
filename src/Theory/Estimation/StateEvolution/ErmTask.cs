using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>A loss on a mixture, solved in the way that suits it.</summary>
internal sealed record ErmTask
{
    public required LossKind Loss { get; init; }

    public required IRidgePrior Prior { get; init; }

    public required ClusterLaw[] Laws { get; init; }

    public required double Alpha { get; init; }

    public required double Lambda { get; init; }

    public required bool HasIntercept { get; init; }

    /// <summary>Fraction of non-zero eigenvalues: below it the square loss interpolates at λ = 0.</summary>
    public required double Rank { get; init; }

    /// <summary>Test errors, and forces of all losses but the square.</summary>
    public required IErmChannel? Channel { get; init; }

    /// <summary>What the square loss needs.</summary>
    public LabelMoments[]? Moments { get; init; }

    public ErmSolution Solve(SolveOptions options)
    {
        CheckRidgeless();
        if (Loss == LossKind.Square) return new RidgeEvolution(Prior, Moments!, Channel, Laws, HasIntercept, Lambda == 0 && Alpha < Rank).Solve(Alpha, Lambda, options);
        var evolution = new ErmStateEvolution(Prior, Channel!, Laws, HasIntercept);
        var solution = Loss == LossKind.HardMargin ? evolution.AscendTo(Alpha, options) : evolution.DescendTo(Lambda, Alpha, options);
        if (solution.Diagnostics.IsConverged) return solution;
        // The weights of the hard margin grow without bound as α approaches the threshold from below.
        if (Loss == LossKind.HardMargin && solution.WeightPower > 1e3)
            throw new InvalidInputException("alpha", FormattableString.Invariant($"alpha must be below the separability threshold, about {solution.Reached:g5}, for a hard margin; got {Alpha:R}"));
        if (Loss == LossKind.Logistic && Lambda == 0)
            throw new InvalidInputException("lambda", "lambda must be positive where the data are separable, as here: the weights diverge as lambda → 0, and their direction is that of the loss hard-margin");
        return solution;
    }

    private void CheckRidgeless()
    {
        if (Lambda > 0 || Loss == LossKind.HardMargin || (Loss == LossKind.Square && Alpha < Rank)) return;
        if (Loss == LossKind.Hinge)
            throw new InvalidInputException("lambda", "lambda must be positive with the loss hinge; separable data have the limit given by the loss hard-margin");
        if (Alpha <= Rank)
            throw new InvalidInputException("alpha", FormattableString.Invariant($"alpha must {(Loss == LossKind.Square ? "differ from" : "exceed")} {Rank:R}, the fraction of non-zero eigenvalues, at lambda = 0; got {Alpha:R}"));
    }
}
