using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>Bulks and outlier of information plus noise [Dozier &amp; Silverstein 2007; Capitaine 2014]. Standing: theorem.</summary>
public sealed record InformationPlusNoisePrediction : IPrediction
{
    /// <summary>The support without the outlier: bulks, the laws at their edges, and the atom at 0.</summary>
    public required SpectralSupport Support { get; init; }

    /// <summary>The eigenvalue that the signal causes and the overlaps of its singular vectors, if it lies outside the support.</summary>
    public required SingularOutlier Outlier { get; init; }

    /// <summary>The edges of all bulks, ascending.</summary>
    public ImmutableArray<double> Edges => Support.Edges;

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on max|T(v) − v|/max|v|, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction; a near cusp is a warning.</returns>
    /// <exception cref="InvalidInputException">The weights are not as they must be.</exception>
    /// <exception cref="NotConvergedException">An edge was not found and <paramref name="options"/> ask for an exception.</exception>
    public static InformationPlusNoisePrediction Solve(InformationPlusNoiseModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var dyson = model.ToDysonModel();
        var support = SupportEdges.Find(dyson, options with { OnFailure = OnFailure.Return });
        if (!support.Diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(InformationPlusNoiseModel.System.Id, support.Diagnostics);
        return new() { Support = support, Outlier = dyson.Outlier(model.Signal), Diagnostics = support.Diagnostics };
    }
}
