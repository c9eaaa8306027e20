using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The transition of Baik, Ben Arous and Péché: an outlier leaves the bulk when |ℓ| &gt; √c; overlaps by Paul 2007. Standing: theorem.
/// </summary>
public sealed record SpikedCovariancePrediction : IPrediction
{
    /// <summary>The eigenvalue outside the bulk, (1 + ℓ)(1 + c/ℓ): above it for ℓ &gt; √c, below it for ℓ &lt; −√c (c &lt; 1); <see langword="null"/> if there is none.</summary>
    public required double? Outlier { get; init; }

    /// <summary>Upper edge (1 + √c)² of the bulk.</summary>
    public required double Edge { get; init; }

    /// <summary>Lower edge (1 − √c)² of the bulk.</summary>
    public required double LowerEdge { get; init; }

    /// <summary>Squared overlap of the outlier's eigenvector with u, (1 − c/ℓ²)/(1 + c/ℓ); 0 if there is no outlier.</summary>
    public required double SquaredOverlap { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Evaluates the closed forms.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not needed.</param>
    /// <returns>The prediction.</returns>
    public static SpikedCovariancePrediction Solve(SpikedCovarianceModel model, SolveOptions? options = null)
    {
        var (l, c) = (model.Spike, model.AspectRatio);
        var root = Math.Sqrt(c);
        var ratio = c / l;   // c/ℓ² as (c/ℓ)/ℓ: ℓ² may underflow
        var isOut = Math.Abs(l) > root;
        return new()
        {
            Outlier = isOut ? (1 + l) * (1 + ratio) : null,
            Edge = (1 + root) * (1 + root),
            LowerEdge = (1 - root) * (1 - root),
            SquaredOverlap = isOut ? (1 - ratio / l) / (1 + ratio) : 0,
            Diagnostics = Diagnostics.ClosedForm,
        };
    }
}
