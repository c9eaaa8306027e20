namespace Theory.Estimation;

/// <summary>A mixture whose covariances commute, given on atoms of their joint spectrum.</summary>
internal sealed class AtomPrior : IRidgePrior
{
    private readonly double[] weights;
    private readonly double[][] eigenvalues;
    private readonly double[][] grams;
    private readonly double[] resolvent;
    private readonly double[] components;

    /// <param name="weights">w_j.</param>
    /// <param name="eigenvalues">σ_cj by cluster and atom.</param>
    /// <param name="grams">For each atom the (K+1) × (K+1) Gram matrix of (θ, μ_1 … μ_K), row by row.</param>
    public AtomPrior(double[] weights, double[][] eigenvalues, double[][] grams)
    {
        (this.weights, this.eigenvalues, this.grams) = (weights, eigenvalues, grams);
        (resolvent, components) = (new double[weights.Length], new double[eigenvalues.Length + 1]);
        SharesCovariance = eigenvalues.All(row => row.AsSpan().SequenceEqual(eigenvalues[0]));
        foreach (var gram in grams)
            for (var c = 1; c <= eigenvalues.Length; c++) HasMeans |= gram[c * (eigenvalues.Length + 2)] != 0;
    }

    public int Clusters => eigenvalues.Length;

    public bool HasMeans { get; }

    public bool SharesCovariance { get; }

    public double MeanEigenvalue(int cluster)
    {
        double sum = 0;
        for (var j = 0; j < weights.Length; j++) sum += weights[j] * eigenvalues[cluster][j];
        return sum;
    }

    public double VarianceSlope(ReadOnlySpan<double> stiffness, double share, double v)
    {
        double total = 0, sum = 0;
        foreach (var s in stiffness) total += s;
        for (var j = 0; j < weights.Length; j++) sum += weights[j] * Math.Pow(eigenvalues[0][j] * resolvent[j], 2);
        return share * total * sum / v;
    }

    public void Resolve(double lambda, ReadOnlySpan<double> stiffness, Span<double> v, Span<double> response)
    {
        v.Clear();
        response.Clear();
        for (var j = 0; j < weights.Length; j++)
        {
            var a = lambda;
            for (var c = 0; c < Clusters; c++) a += stiffness[c] * eigenvalues[c][j];
            // a = 0 only at λ = 0 on directions that no cluster explores: the weights stay 0 there.
            resolvent[j] = a > 0 ? 1 / a : 0;
            AddResponse(j, weights[j] * resolvent[j], v, response);
        }
    }

    public double Remainder(
        ReadOnlySpan<double> noise, ReadOnlySpan<double> teaching, ReadOnlySpan<double> force, ReadOnlySpan<double> coefficients, Span<double> remainder)
    {
        remainder.Clear();
        double power = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            double fluctuation = 0, alongTeacher = 0;
            for (var c = 0; c < Clusters; c++)
            {
                fluctuation += noise[c] * eigenvalues[c][j];
                alongTeacher += teaching[c] * eigenvalues[c][j];
                components[c + 1] = force[c] * resolvent[j];
            }
            fluctuation *= resolvent[j] * resolvent[j];
            components[0] = alongTeacher * resolvent[j];
            power += weights[j] * (fluctuation + GramForm.Square(grams[j], components));
            for (var c = 0; c < Clusters; c++)
            {
                components[0] = alongTeacher * resolvent[j] - coefficients[c];
                remainder[c] += weights[j] * eigenvalues[c][j] * (fluctuation + GramForm.Square(grams[j], components));
            }
        }
        return power;
    }

    private void AddResponse(int j, double factor, Span<double> v, Span<double> response)
    {
        var (k, n, gram) = (Clusters, Clusters + 1, grams[j]);
        for (var c = 0; c < k; c++)
        {
            var sigma = eigenvalues[c][j];
            v[c] += factor * sigma;
            for (var e = 0; e < k; e++)
            {
                response[c * 2 * k + e] += factor * sigma * eigenvalues[e][j] * gram[0];
                response[c * 2 * k + k + e] += factor * sigma * gram[e + 1];
                response[(k + c) * 2 * k + e] += factor * eigenvalues[e][j] * gram[c + 1];
                response[(k + c) * 2 * k + k + e] += factor * gram[(c + 1) * n + e + 1];
            }
        }
    }
}
