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

    /// <summary>The channel of the hard margin, for losses of which it is the limit on separable data.</summary>
    public IErmChannel? HardMargin { get; init; }

    /// <summary>What the square loss needs.</summary>
    public LabelMoments[]? Moments { get; init; }

    public ErmSolution Solve(SolveOptions options)
    {
        if (Lambda == 0 && Loss is LossKind.Logistic or LossKind.Hinge) return WithoutRidge(options);
        CheckRidgeless();
        if (Loss == LossKind.Square) return new RidgeEvolution(Prior, Moments!, Channel, Laws, HasIntercept, Lambda == 0 && Alpha < Rank).Solve(Alpha, Lambda, options);
        var evolution = new ErmStateEvolution(Prior, Channel!, Laws, HasIntercept);
        var solution = Loss == LossKind.HardMargin ? evolution.AscendTo(Alpha, options) : evolution.DescendTo(Lambda, Alpha, Loss is LossKind.Hinge or LossKind.Huber or LossKind.Custom, options);
        if (solution.Diagnostics.IsConverged) return solution;
        // The weights of the hard margin grow without bound as α approaches the threshold from below.
        if (Loss == LossKind.HardMargin && solution.WeightPower > 1e3)
            throw new InvalidInputException("alpha", FormattableString.Invariant($"alpha must be below the separability threshold, about {solution.Reached:g5}, for a hard margin; got {Alpha:R}"));
        return solution;
    }

    /// <summary>The logistic minimiser where there is one; on separable data the limit of its direction, which for the hinge is that of the minimiser too.</summary>
    private ErmSolution WithoutRidge(SolveOptions options)
    {
        var evolution = new ErmStateEvolution(Prior, HardMargin!, Laws, HasIntercept);
        if (evolution.TryMargin(Alpha, options) is { } direct) return Separable(direct);
        // Fewer samples than dimensions can always be separated.
        var minimiser = Loss == LossKind.Logistic && Alpha > Rank ? new ErmStateEvolution(Prior, Channel!, Laws, HasIntercept).DescendTo(0, Alpha, hasEdges: false, options) : null;
        if (minimiser is { Diagnostics.IsConverged: true }) return minimiser;
        var margin = evolution.AscendTo(Alpha, options);
        if (margin.Diagnostics.IsConverged) return Separable(margin);
        if (Loss == LossKind.Hinge)
            throw new InvalidInputException("lambda", FormattableString.Invariant($"lambda must be positive with the loss hinge unless alpha is below the separability threshold, about {margin.Reached:g5}; alpha is {Alpha:R}"));
        return minimiser ?? margin;
    }

    private static ErmSolution Separable(ErmSolution margin) =>
        margin with { Minimiser = ErmMinimiser.Separable, Diagnostics = margin.Diagnostics with { Warnings = [ErmMinimisers.Warning] } };

    private void CheckRidgeless()
    {
        if (Lambda > 0 || Loss == LossKind.HardMargin || (Loss == LossKind.Square && Alpha < Rank)) return;
        if (Alpha <= Rank)
            throw new InvalidInputException("alpha", FormattableString.Invariant($"alpha must {(Loss == LossKind.Square ? "differ from" : "exceed")} {Rank:R}, the fraction of non-zero eigenvalues, at lambda = 0; got {Alpha:R}"));
    }
}
