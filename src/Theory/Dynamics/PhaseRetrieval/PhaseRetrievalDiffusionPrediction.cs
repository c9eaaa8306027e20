using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Drift and covariance of the increments [Arnaboldi, Krzakala, Loureiro &amp; Stephan 2023, arXiv:2305.18502], with the covariance of q and m that an older published code drops.</summary>
public sealed record PhaseRetrievalDiffusionPrediction : IPrediction
{
    /// <summary>F, the drift of m.</summary>
    public required double DriftM { get; init; }

    /// <summary>2G + ηH with η = γ_c, the drift of q without constraint.</summary>
    public required double DriftQ { get; init; }

    /// <summary>Var r_m.</summary>
    public required double VarM { get; init; }

    /// <summary>Var r_q.</summary>
    public required double VarQ { get; init; }

    /// <summary>Cov(r_q, r_m).</summary>
    public required double CovQM { get; init; }

    /// <summary>Var(r_m − m r_q/2), the variance of m/√q; only at q = 1.</summary>
    public required double? VarSpherical { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Computes the moments.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used: the moments are exact.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">m² exceeds qρ.</exception>
    public static PhaseRetrievalDiffusionPrediction Solve(PhaseRetrievalDiffusionModel model, SolveOptions? options = null)
    {
        model.Check();
        var rates = PhaseRetrievalIncrements.At(model.Q, model.M, model.TeacherNorm, model.LearningRate, model.Noise);
        return new()
        {
            DriftM = rates.DriftM,
            DriftQ = rates.DriftQ,
            VarM = rates.VarM,
            VarQ = rates.VarQ,
            CovQM = rates.CovQM,
            VarSpherical = model.Q == 1 ? rates.SphericalVariance(model.M) : null,
            Diagnostics = Diagnostics.ClosedForm,
        };
    }
}
