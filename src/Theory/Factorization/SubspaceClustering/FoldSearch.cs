using Theory.Channels;

namespace Theory.Factorization;

/// <summary>
/// Where the fold of subspace clustering ends as relevant features become many. With e_u and e_v the elasticities d log F/d log SNR of both channels, d log λ/d log a = (1 − e_u e_v)/(1 + e_v) on the curve
/// of fixed points: there is a fold exactly where e_u e_v exceeds 1 for some a.
/// </summary>
internal sealed class FoldSearch
{
    private const double Width = 4e-3;
    private const int Points = 160;

    private readonly int clusters;
    private readonly double alpha;
    private readonly OneHotPrior memberships;
    private readonly double[] logSnrs;
    private readonly (double Fraction, double Elasticity)[] labels;

    public FoldSearch(int clusters, double alpha)
    {
        (this.clusters, this.alpha, memberships) = (clusters, alpha, new(clusters));
        var (low, high) = (Math.Log(1e-5 * Math.Min(1, 1 / Math.Sqrt(alpha))), Math.Log(60 * Math.Log(clusters)));
        logSnrs = [.. Enumerable.Range(0, Points).Select(i => low + (high - low) * i / (Points - 1))];
        labels = [.. logSnrs.Select(Label)];
    }

    /// <summary>The largest e_u e_v − 1 at a local maximum in a, and log a there; negative where there is no fold.</summary>
    public (double Excess, double LogSnr) Steepest(double sparsity)
    {
        var rows = new GaussBernoulliPrior(sparsity, clusters - 1);
        var values = new double[Points];
        for (var i = 0; i < Points; i++) values[i] = Excess(rows, logSnrs[i], labels[i]);
        var best = (Excess: double.NegativeInfinity, LogSnr: double.NaN);
        for (var i = 1; i < Points - 1; i++)
        {
            if (values[i] < values[i - 1] || values[i] <= values[i + 1] || values[i] + 0.2 < best.Excess) continue;
            var (x, least) = RealRoot.Minimum(s => -Excess(rows, s, Label(s)), logSnrs[i - 1], logSnrs[i], logSnrs[i + 1], -values[i]);
            if (-least > best.Excess) best = (-least, x);
        }

        return double.IsNaN(best.LogSnr) ? (-1, double.NaN) : best;
    }

    private (double, double) Label(double logSnr) => (memberships.Fraction(Math.Exp(logSnr)), Elasticity(memberships.Fraction, logSnr));

    private double Excess(GaussBernoulliPrior rows, double logSnr, (double Fraction, double Elasticity) label)
    {
        // log x with λ F_v(x) = a and x = αλq_u/(kρ).
        var scale = alpha * label.Fraction / (clusters * rows.Sparsity);
        var logLambda = RealRoot.Near(t => t + Math.Log(rows.Fraction(scale * Math.Exp(t))) - logSnr, logSnr, 1.7);
        return label.Elasticity * Elasticity(rows.Fraction, logLambda + Math.Log(scale)) - 1;
    }

    /// <summary>d log f/d log x by differences of sixth order.</summary>
    private static double Elasticity(Func<double, double> f, double logX)
    {
        double Pair(int j) => Math.Log(f(Math.Exp(logX + j * Width)) / f(Math.Exp(logX - j * Width)));
        return (45 * Pair(1) - 9 * Pair(2) + Pair(3)) / (60 * Width);
    }
}
