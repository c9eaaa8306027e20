using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// The moments F, G, H of one-pass SGD and the risk [Saad &amp; Solla 1995; Goldt et al. 2019, arXiv:1906.08632; Arnaboldi et al. 2023, arXiv:2302.05882]. They are exact in any dimension.
/// </summary>
public sealed record SgdMomentsPrediction : IPrediction
{
    /// <summary>F_jr = a_j E[σ′(l_j) e s_r], p × k.</summary>
    public required ImmutableArray<ImmutableArray<double>> F { get; init; }

    /// <summary>G_jb = a_j E[σ′(l_j) e l_b], p × p, not symmetric.</summary>
    public required ImmutableArray<ImmutableArray<double>> G { get; init; }

    /// <summary>H_jb = a_j a_b E[σ′(l_j) σ′(l_b) (e² + Δ)], p × p.</summary>
    public required ImmutableArray<ImmutableArray<double>> H { get; init; }

    /// <summary>The risk R = ½ E(g(s) − f(l))²: noise-free, and with the students whatever the loss.</summary>
    public required double Risk { get; init; }

    /// <summary>How the moments were computed.</summary>
    public required string Method { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Computes the moments.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do when the error estimate of a cubature exceeds 1e-6; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction; the residual of its diagnostics is the estimated relative error.</returns>
    /// <exception cref="InvalidInputException">Overlaps, readout and target do not fit together.</exception>
    /// <exception cref="NotConvergedException">The error estimate exceeds 1e-6 and <paramref name="options"/> ask for an exception.</exception>
    public static SgdMomentsPrediction Solve(SgdMomentsModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var (p, k) = (model.Q.Length, model.P.Length);
        var omega = SgdTables.Join(model.Q, model.M, model.P);
        var moments = SgdMoments.Of(model.Task);
        moments.Evaluate(omega);
        var diagnostics = SgdInputs.Judge(moments, SgdMomentsModel.System.Id, options);
        return new()
        {
            F = SgdTables.Rows(moments.F, p, k),
            G = SgdTables.Rows(moments.G, p, p),
            H = SgdTables.Rows(moments.H, p, p),
            Risk = moments.Risk,
            Method = moments.Method,
            Diagnostics = diagnostics,
        };
    }
}
