namespace Theory.Estimation;

/// <summary>
/// One Gaussian with the mean and the covariance of a mixture: the bulk Σ p_c Σ_c on atoms, and the finite-rank part Σ p_c (μ_c − μ̄)(μ_c − μ̄)ᵀ/d, which changes overlaps
/// though not traces. In the basis (b θ, μ_1 … μ_K) with C = diag(p) − p pᵀ the finite-rank part is solved for y = Mᵀw/d.
/// </summary>
internal sealed class MatchedPrior : IRidgePrior
{
    private readonly double[] weights;
    private readonly double[] bulk;
    private readonly double[][] grams;
    private readonly double[] probabilities;
    private readonly double[] teacherMeans;
    private readonly double[] teacherSpike;
    private readonly double[] resolvent;
    private readonly double[] overlaps;
    private readonly double[] reduced;
    private readonly double[] spike;
    private readonly double[] system;
    private readonly double[] basis;
    private readonly int clusters;
    private double stiffness;

    /// <param name="weights">w_j.</param>
    /// <param name="bulk">b_j = Σ p_c σ_cj.</param>
    /// <param name="grams">For each atom the (K+1) × (K+1) Gram matrix of (θ, μ_1 … μ_K), row by row.</param>
    /// <param name="probabilities">p_c.</param>
    /// <param name="teacherMeans">t_c = θ·μ_c/d.</param>
    public MatchedPrior(double[] weights, double[] bulk, double[][] grams, double[] probabilities, double[] teacherMeans)
    {
        (this.weights, this.bulk, this.grams, this.probabilities, this.teacherMeans) = (weights, bulk, grams, probabilities, teacherMeans);
        clusters = probabilities.Length;
        var n = clusters + 1;
        (resolvent, overlaps, reduced) = (new double[weights.Length], new double[n * n], new double[n]);
        (spike, system, basis, teacherSpike) = (new double[clusters], new double[clusters * (clusters + 1)], new double[n], new double[clusters]);
        Centred(teacherMeans, teacherSpike);
    }

    public int Clusters => 1;

    public bool HasMeans => true;

    public bool SharesCovariance => true;

    public double MeanEigenvalue(int cluster)
    {
        double sum = 0;
        for (var j = 0; j < weights.Length; j++) sum += weights[j] * bulk[j];
        return sum;
    }

    public double VarianceSlope(ReadOnlySpan<double> stiffness, double share, double v)
    {
        double sum = 0;
        for (var j = 0; j < weights.Length; j++) sum += weights[j] * Math.Pow(bulk[j] * resolvent[j], 2);
        return share * stiffness[0] * sum / v;
    }

    public void Resolve(double lambda, ReadOnlySpan<double> stiffness, Span<double> v, Span<double> response)
    {
        this.stiffness = stiffness[0];
        overlaps.AsSpan().Clear();
        v[0] = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            var a = lambda + stiffness[0] * bulk[j];
            resolvent[j] = a > 0 ? 1 / a : 0;
            var factor = weights[j] * resolvent[j];
            v[0] += factor * bulk[j];
            AddOverlaps(j, factor);
        }
        (response[0], response[2]) = Overlaps(1, 0);
        (response[1], response[3]) = Overlaps(0, 1);
    }

    public double Remainder(
        ReadOnlySpan<double> noise, ReadOnlySpan<double> teaching, ReadOnlySpan<double> force, ReadOnlySpan<double> coefficients, Span<double> remainder)
    {
        _ = Overlaps(teaching[0], force[0]);
        double sum = 0, power = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            var fluctuation = noise[0] * bulk[j] * resolvent[j] * resolvent[j];
            for (var i = 0; i <= clusters; i++) basis[i] = reduced[i] * resolvent[j];
            basis[0] *= bulk[j];
            power += weights[j] * (fluctuation + GramForm.Square(grams[j], basis));
            basis[0] -= coefficients[0];
            sum += weights[j] * bulk[j] * (fluctuation + GramForm.Square(grams[j], basis));
        }
        // The finite-rank part of the covariance: the same with Mᵀ(w − aθ)/d = y − a t.
        for (var c = 0; c < clusters; c++) spike[c] -= coefficients[0] * teacherMeans[c];
        Span<double> centred = stackalloc double[clusters];
        Centred(spike, centred);
        for (var c = 0; c < clusters; c++) sum += spike[c] * centred[c];
        remainder[0] = sum;
        return power;
    }

    /// <summary>m and h for given m̂ and ĥ; leaves y in <see cref="spike"/> and the sources less the spike's reaction in <see cref="reduced"/>.</summary>
    private (double M, double H) Overlaps(double teaching, double force)
    {
        var n = clusters + 1;
        basis[0] = teaching;
        for (var c = 0; c < clusters; c++) basis[c + 1] = teaching * teacherSpike[c] + force * probabilities[c];

        // (1 + V̂ R_MM C) y = R_M k.
        for (var i = 0; i < clusters; i++)
        {
            double right = 0, mean = 0;
            for (var k = 0; k < n; k++) right += overlaps[(i + 1) * n + k] * basis[k];
            for (var k = 0; k < clusters; k++) mean += overlaps[(i + 1) * n + k + 1] * probabilities[k];
            for (var k = 0; k < clusters; k++)
                system[i * n + k] = (i == k ? 1 : 0) + stiffness * probabilities[k] * (overlaps[(i + 1) * n + k + 1] - mean);
            system[i * n + clusters] = right;
        }
        SmallSystem.Solve(system, clusters);
        for (var i = 0; i < clusters; i++) spike[i] = system[i * n + clusters];

        Span<double> centred = stackalloc double[clusters];
        Centred(spike, centred);
        reduced[0] = basis[0];
        for (var c = 0; c < clusters; c++) reduced[c + 1] = basis[c + 1] - stiffness * centred[c];

        double m = 0, h = 0;
        for (var k = 0; k < n; k++) m += overlaps[k] * reduced[k];
        for (var c = 0; c < clusters; c++)
        {
            m += spike[c] * teacherSpike[c];
            h += probabilities[c] * spike[c];
        }
        return (m, h);
    }

    /// <summary>Overlaps in the basis (bθ, μ_1 … μ_K).</summary>
    private void AddOverlaps(int j, double factor)
    {
        var n = clusters + 1;
        for (var i = 0; i < n; i++)
            for (var k = 0; k < n; k++) overlaps[i * n + k] += factor * grams[j][i * n + k] * (i == 0 ? bulk[j] : 1) * (k == 0 ? bulk[j] : 1);
    }

    private void Centred(ReadOnlySpan<double> values, Span<double> result)
    {
        double mean = 0;
        for (var c = 0; c < clusters; c++) mean += probabilities[c] * values[c];
        for (var c = 0; c < clusters; c++) result[c] = probabilities[c] * (values[c] - mean);
    }
}
