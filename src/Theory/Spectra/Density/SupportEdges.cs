using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The support of the spectrum of any Dyson model. Its outer edges are the folds of the real branches that come from ±∞; each bulk is then searched for gaps, whose
/// edges are the folds of the real branches inside, on grids that are refined until its mass has settled. If the masses do not add up to 1, bulks too narrow to be
/// seen from afar are located by contour integrals of m over the gaps.
/// </summary>
public static class SupportEdges
{
    /// <summary>Finds the support.</summary>
    /// <param name="model">The model; its density has square-root edges, and at 0 also a hard edge or an atom.</param>
    /// <param name="options">Tolerance of the solutions, limit of evaluations for each point, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The support, with the law of the density at each edge; two bulks that nearly touch are a warning.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotConvergedException">An edge was not found and <paramref name="options"/> ask for an exception.</exception>
    public static SpectralSupport Find(IDysonModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var support = new SupportSearch(Guard.NotNull(model, nameof(model)), options).Run();
        return support.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? support
            : throw new NotConvergedException(model.GetType().Name, support.Diagnostics);
    }
}
