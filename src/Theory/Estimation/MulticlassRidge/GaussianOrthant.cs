using MathNet.Numerics.LinearAlgebra;
using Theory.Channels;
using Theory.Numerics.Quadrature;
using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>Probabilities that some component of a Gaussian vector is negative, accurate also where they are small.</summary>
internal sealed class GaussianOrthant
{
    private const double Range = 9;
    private const int LatticePoints = 16_381;
    private const int Shifts = 8;
    private readonly FocusedPanels outer = new(16, 1.5);
    private readonly FocusedPanels inner = new(16, 1.5);

    /// <summary>1 − P(x &gt; 0) for x ~ N(mean, covariance), and its error: up to three components by quadrature, more by a shifted lattice after a sequential change of variables.</summary>
    /// <remarks>A. Genz, J. Comput. Graph. Stat. 1, 141 (1992): the change of variables.</remarks>
    public (double Miss, double Error) Of(Vector<double> mean, Matrix<double> covariance)
    {
        var n = mean.Count;
        var scale = covariance.Diagonal().PointwiseSqrt();
        // x_i/s_i − m_i/s_i < limit_i with x reflected.
        var limits = mean.PointwiseDivide(scale).ToArray();
        double Correlation(int i, int j) => Math.Clamp(covariance[i, j] / (scale[i] * scale[j]), -1, 1);
        return n switch
        {
            1 => (Elementary.NormCdf(-limits[0]), 0),
            2 => (Bivariate(limits[0], limits[1], Correlation(0, 1), inner), 0),
            3 => (Trivariate(limits, Correlation(0, 1), Correlation(0, 2), Correlation(1, 2)), 0),
            _ => Lattice(limits, Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? 1 : Correlation(i, j))),
        };
    }

    /// <summary>1 − P(X &lt; h, Y &lt; k) of correlation r: Φ(−h) + ∫ φ(x) Φ((rx − k)/√(1 − r²)) dx up to h.</summary>
    private static double Bivariate(double h, double k, double r, FocusedPanels panels)
    {
        if (h <= -Range) return 1;
        var rest = Math.Sqrt((1 - r) * (1 + r));
        panels.Reset(-Range, Math.Min(h, Range));
        if (r != 0) panels.AddFocus(k / r, 2 * rest / Math.Abs(r));
        panels.Build();
        var sum = Elementary.NormCdf(-h);
        for (var i = 0; i < panels.Nodes.Length; i++)
        {
            var x = panels.Nodes[i];
            var gap = r * x - k;
            sum += panels.Weights[i] * GaussianTail.Density(x) * (rest > 0 ? Elementary.NormCdf(gap / rest) : gap > 0 ? 1 : 0);
        }
        return sum;
    }

    private double Trivariate(double[] limits, double r01, double r02, double r12)
    {
        if (limits[0] <= -Range) return 1;
        var (rest1, rest2) = (Math.Sqrt((1 - r01) * (1 + r01)), Math.Sqrt((1 - r02) * (1 + r02)));
        if (rest1 == 0 || rest2 == 0) return Bivariate(limits[0], Math.Min(limits[1], limits[2]), rest1 == 0 ? r02 : r01, inner);
        var partial = Math.Clamp((r12 - r01 * r02) / (rest1 * rest2), -1, 1);
        outer.Reset(-Range, Math.Min(limits[0], Range));
        if (r01 != 0) outer.AddFocus(limits[1] / r01, 2 * rest1 / Math.Abs(r01));
        if (r02 != 0) outer.AddFocus(limits[2] / r02, 2 * rest2 / Math.Abs(r02));
        outer.Build();
        var sum = Elementary.NormCdf(-limits[0]);
        for (var i = 0; i < outer.Nodes.Length; i++)
        {
            var x = outer.Nodes[i];
            sum += outer.Weights[i] * GaussianTail.Density(x) * Bivariate((limits[1] - r01 * x) / rest1, (limits[2] - r02 * x) / rest2, partial, inner);
        }
        return sum;
    }

    private static (double Miss, double Error) Lattice(double[] limits, Matrix<double> correlation)
    {
        var n = limits.Length;
        // The tightest limits first: then the later factors vary least.
        var order = Enumerable.Range(0, n).OrderBy(i => limits[i]).ToArray();
        var factor = SemidefiniteRoot(Matrix<double>.Build.Dense(n, n, (i, j) => correlation[order[i], order[j]]));
        var (generator, random) = (Generator(n - 1), new RandomStream(0x0123456789abcdef));
        var (estimate, y, shift) = (new RunningEstimate(), new double[n], new double[n - 1]);
        for (var s = 0; s < Shifts; s++)
        {
            random.FillUniform(shift);
            double sum = 0;
            for (var point = 0; point < LatticePoints; point++)
            {
                double miss = 0;
                for (var i = 0; i < n && miss < 1; i++)
                {
                    double centre = 0;
                    for (var j = 0; j < i; j++) centre += factor[i, j] * y[j];
                    var gap = limits[order[i]] - centre;
                    var above = factor[i, i] > 1e-12 ? Elementary.NormCdf(-gap / factor[i, i]) : gap > 0 ? 0 : 1;
                    miss += (1 - miss) * above;
                    if (i == n - 1) break;
                    // The tent makes the integrand periodic.
                    var u = (point + 1) * generator[i] + shift[i];
                    u = Math.Abs(2 * (u - Math.Floor(u)) - 1);
                    y[i] = Quantile(Math.Clamp(u * (1 - above), 1e-300, 1 - 1e-16));
                }
                sum += miss;
            }
            estimate.Add(sum / LatticePoints);
        }
        return (estimate.Mean, estimate.StandardError);
    }

    private static double Quantile(double p) => -Math.Sqrt(2) * MathNet.Numerics.SpecialFunctions.ErfcInv(2 * p);

    /// <summary>Fractional parts of the square roots of primes.</summary>
    private static double[] Generator(int count)
    {
        var primes = new List<int>();
        for (var candidate = 2; primes.Count < count; candidate++)
            if (primes.TrueForAll(p => candidate % p != 0)) primes.Add(candidate);
        return [.. primes.Select(p => Math.Sqrt(p) - Math.Floor(Math.Sqrt(p)))];
    }

    /// <summary>A lower triangular root of a positive semi-definite matrix.</summary>
    private static Matrix<double> SemidefiniteRoot(Matrix<double> a)
    {
        var n = a.RowCount;
        var root = Matrix<double>.Build.Dense(n, n);
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var rest = a[i, j];
                for (var k = 0; k < j; k++) rest -= root[i, k] * root[j, k];
                root[i, j] = i == j ? Math.Sqrt(Math.Max(0, rest)) : root[j, j] > 1e-12 ? rest / root[j, j] : 0;
            }
        return root;
    }
}
