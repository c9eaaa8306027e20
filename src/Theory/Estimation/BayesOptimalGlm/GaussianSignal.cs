namespace Theory.Estimation;

/// <summary>θ ~ N(0, s I) seen through inputs of covariance Σ: the eigenvalues sσ_j of θ's power as the field sees it, with weights w_j.</summary>
internal sealed class GaussianSignal
{
    private readonly double[] weights;
    private readonly double[] eigenvalues;

    public GaussianSignal(IReadOnlyList<double> weights, IReadOnlyList<double> eigenvalues, double signal)
    {
        (this.weights, this.eigenvalues) = ([.. weights], [.. eigenvalues.Select(s => signal * s)]);
        Rho = Sum(s => s);
        Rank = Sum(s => s > 0 ? 1 : 0);
    }

    /// <summary>ρ = Σ w_jσ_j, the variance of the field.</summary>
    public double Rho { get; }

    /// <summary>Fraction of non-zero eigenvalues.</summary>
    public double Rank { get; }

    /// <summary>Σ w_jσ_j².</summary>
    public double SquaredTrace => Sum(s => s * s);

    /// <summary>Largest and least non-zero eigenvalue.</summary>
    public double Largest => eigenvalues.Max();

    public double Least => eigenvalues.Where(s => s > 0).Min();

    /// <summary>q = Σ w_jσ_j²q̂/(1 + σ_jq̂).</summary>
    public double Overlap(double snr) => Sum(s => s * s * snr / (1 + s * snr));

    /// <summary>ρ − q = Σ w_jσ_j/(1 + σ_jq̂), without cancellation.</summary>
    public double Error(double snr) => Sum(s => s / (1 + s * snr));

    /// <summary>Ψ₀ = ½ Σ w_j (σ_jq̂ − log(1 + σ_jq̂)).</summary>
    public double FreeEntropy(double snr) => 0.5 * Sum(s => Channels.StableMath.MinusLogP1(s * snr));

    private double Sum(Func<double, double> term)
    {
        double sum = 0;
        for (var j = 0; j < weights.Length; j++) sum += weights[j] * term(eigenvalues[j]);
        return sum;
    }
}
