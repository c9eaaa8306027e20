using System.Collections.Immutable;
using Theory.Contract;
using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>The exponents of a target and what they mean for the number of samples. Standing: theorem; each quantity carries its own certificate.</summary>
public sealed record LearningExponentsPrediction : IPrediction
{
    /// <summary>The exponents with their certificates.</summary>
    public required LearningExponents Exponents { get; init; }

    /// <summary>The samples that each way of learning needs for all relevant directions, as d → ∞.</summary>
    public required ImmutableArray<SampleComplexity> SampleComplexities { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Finds the exponents.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used: nothing is iterated.</param>
    /// <returns>The prediction; what is not proved is named in the warnings of its diagnostics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Target or activation is not defined almost everywhere or not square integrable.</exception>
    /// <exception cref="UnsupportedException">No method here covers the target, or it is too large.</exception>
    public static LearningExponentsPrediction Solve(LearningExponentsModel model, SolveOptions? options = null)
    {
        ScalarFunction? activation = model.Activation is { } sigma ? Usable(sigma) : null;
        var exponents = InputFault.Named(nameof(model.Expression), model.Expression, () => LearningExponents.Of(model.Expression, new() { Activation = activation }));
        return new()
        {
            Exponents = exponents,
            SampleComplexities = SampleComplexity.Of(exponents),
            Diagnostics = Diagnostics.ClosedForm with
            {
                Warnings = [.. exponents.Certificates.Where(c => !c.IsProved).Select(c => $"{c.Quantity} rests on numerical evidence: {c.Reason}.")],
            },
        };
    }

    // The second moment decides whether σ has Hermite coefficients at all.
    private static ScalarFunction Usable(Expression sigma) => InputFault.Named(nameof(LearningExponentsModel.Activation), sigma, () =>
    {
        var function = ScalarFunction.Of(sigma);
        _ = HermiteExpansion.Of(function, 1).SecondMoment;
        return function;
    });
}
