namespace Theory.Estimation;

/// <summary>A mixture whose covariances commute, given on atoms of their joint spectrum.</summary>
internal sealed class AtomPrior : IRidgePrior
{
    private readonly double[] weights;
    private readonly double[][] eigenvalues;
    private readonly double[][] grams;
    private readonly double[] resolvent;
    private readonly double[] sources;

    /// <param name="weights">w_j.</param>
    /// <param name="eigenvalues">σ_cj by cluster and atom.</param>
    /// <param name="grams">For each atom the 2K × 2K Gram matrix of (s_1 … s_K, μ_1 … μ_K), row by row.</param>
    public AtomPrior(double[] weights, double[][] eigenvalues, double[][] grams)
    {
        (this.weights, this.eigenvalues, this.grams) = (weights, eigenvalues, grams);
        (resolvent, sources) = (new double[weights.Length], new double[2 * eigenvalues.Length]);
    }

    public int Clusters => eigenvalues.Length;

    public double MeanEigenvalue(int cluster)
    {
        double sum = 0;
        for (var j = 0; j < weights.Length; j++) sum += weights[j] * eigenvalues[cluster][j];
        return sum;
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
            var factor = weights[j] * resolvent[j];
            for (var c = 0; c < Clusters; c++) v[c] += factor * eigenvalues[c][j];
            var gram = grams[j];
            for (var i = 0; i < response.Length; i++) response[i] += factor * gram[i];
        }
    }

    public double Spread(ReadOnlySpan<double> noise, ReadOnlySpan<double> teaching, ReadOnlySpan<double> force, Span<double> q)
    {
        teaching.CopyTo(sources);
        force.CopyTo(sources.AsSpan(Clusters));
        q.Clear();
        double power = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            var spread = Quadratic(grams[j]);
            for (var c = 0; c < Clusters; c++) spread += noise[c] * eigenvalues[c][j];
            spread *= weights[j] * resolvent[j] * resolvent[j];
            power += spread;
            for (var c = 0; c < Clusters; c++) q[c] += eigenvalues[c][j] * spread;
        }
        return power;
    }

    private double Quadratic(double[] gram)
    {
        var n = sources.Length;
        double sum = 0;
        for (var i = 0; i < n; i++)
        {
            double row = 0;
            for (var k = 0; k < n; k++) row += gram[i * n + k] * sources[k];
            sum += sources[i] * row;
        }
        return sum;
    }
}
