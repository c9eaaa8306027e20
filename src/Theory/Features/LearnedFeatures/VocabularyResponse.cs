namespace Theory.Features;

/// <summary>
/// Errors and norm of the readout out of the linear response (χ̇, Ẋ) of the resolvent to λ → λ + τ E c⋆²ω, A → A + τ E c₁c₁ᵀω: with δ̇ = Σ v̇_i f_i,
/// (1/β) (−α E[r² δ̇ h²] − Σ_q S_q² χ̇_q/(π_qχ_q²)) is the variance of f for ω = 1, with E[r² h²] the training error for ω = h², and ‖a‖²/p for λ → λ + τ.
/// </summary>
internal sealed class VocabularyResponse
{
    private readonly double alpha, beta;
    private readonly VocabularyReadout readout;
    private readonly double[] chi, cost, response;

    public VocabularyResponse(VocabularyFixedPoint point, VocabularyReadout readout, double alpha, double beta)
    {
        (this.readout, this.alpha, this.beta) = (readout, alpha, beta);
        chi = point.Chi;
        var (functions, shrinkage) = (point.Functions, point.Shrinkage);
        var (shrunk, costly) = (new double[functions.Nodes], new double[functions.Nodes]);
        var (objective, train) = (0.0, 0.0);
        for (var n = 0; n < shrunk.Length; n++)
        {
            shrunk[n] = functions.Weight[n] * shrinkage[n] * shrinkage[n];
            costly[n] = shrunk[n] * readout.SquaredResidual[n];
            objective += functions.Weight[n] * shrinkage[n] * readout.SquaredResidual[n];
            train += costly[n];
        }
        (cost, response) = (functions.Averages(costly), new double[functions.Count]);
        point.Respond(functions.Averages(functions.Weight), response);
        Variance = Quadratic(point);
        point.Respond(functions.Averages(shrunk), response);
        TrainError = train + Quadratic(point);
        point.RespondToRidge(response);
        ReadoutNorm = Quadratic(point);
        Objective = objective + readout.Penalty([.. Enumerable.Repeat(1.0, chi.Length)]) / alpha;
    }

    /// <summary>The mean variance of f given κ.</summary>
    public double Variance { get; }

    /// <summary>E (y − f)² on the training samples.</summary>
    public double TrainError { get; }

    /// <summary>‖a‖²/p.</summary>
    public double ReadoutNorm { get; }

    /// <summary>The minimum of loss and penalty, per sample.</summary>
    public double Objective { get; }

    /// <summary>Whether all are finite and positive as they must be.</summary>
    public bool IsSound => double.IsFinite(Objective) && Variance >= 0 && TrainError >= 0 && ReadoutNorm >= 0 && double.IsFinite(Variance + TrainError + ReadoutNorm);

    private double Quadratic(VocabularyFixedPoint point)
    {
        var sum = 0.0;
        for (var i = 0; i < response.Length; i++) sum -= alpha * cost[i] * response[i];
        var relative = point.OfValues(response);
        for (var q = 0; q < chi.Length; q++) relative[q] /= -chi[q];
        return (sum + readout.Penalty(relative)) / beta;
    }
}
