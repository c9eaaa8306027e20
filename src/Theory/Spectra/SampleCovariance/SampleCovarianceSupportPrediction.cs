using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>Edges of the spectrum of a sample covariance matrix [Silverstein &amp; Choi 1995]. Standing: theorem.</summary>
public sealed record SampleCovarianceSupportPrediction : IPrediction
{
    /// <summary>The support: bulks, the square-root laws at their edges, and the atom at 0.</summary>
    public required SpectralSupport Support { get; init; }

    /// <summary>The edges of all bulks, ascending; a hard edge at c = 1 is 0. The atom at 0 is no edge.</summary>
    public ImmutableArray<double> Edges => Support.Edges;

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not needed: the edges are bracketed roots of a convex function, found to rounding.</param>
    /// <returns>The prediction; a near cusp is a warning.</returns>
    /// <exception cref="InvalidInputException">The weights are not as they must be.</exception>
    public static SampleCovarianceSupportPrediction Solve(SampleCovarianceSupportModel model, SolveOptions? options = null)
    {
        var support = model.ToDysonModel().Support();
        return new() { Support = support, Diagnostics = support.Diagnostics };
    }
}
