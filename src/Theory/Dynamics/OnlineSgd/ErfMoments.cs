using System.Numerics;
using System.Runtime.InteropServices;

namespace Theory.Dynamics;

/// <summary>
/// Closed forms when every function is A erf(κz/√2) [Saad and Solla 1995, Phys. Rev. E 52, 4225, appendix A, here with conditional covariances]:
/// under the weight σ′(l_j) σ′(l_b) the fields are Gaussian with covariance R = C − uᵀ(1 + C_{jb})⁻¹u, and E erf erf = (2/π) asin of a correlation.
/// </summary>
internal sealed class ErfMoments : IMomentRule
{
    private readonly int p, k, n;
    private readonly double noise;
    private readonly double[] readout;

    // c_i A_i of the drift, κ_i, A of the students.
    private readonly double[] drift, slopes;
    private readonly double amplitude;

    // Rows are padded with zeros to whole vectors, `stride` numbers. (2/π) c_i c_i′ below the diagonal twice, on it once, above it 0: of the risk and of the drift.
    private readonly int stride;
    private readonly double[] riskPairs, driftPairs;

    // κ_i κ_j C_ij and 1 + κ_i² C_ii; the covariances with l_j and l_b, whitened; 1/√(1 + R_ii).
    private readonly double[] scaled, diagonal, first, second, inverse;

    private ErfMoments(SgdTask task, ErfForm student, double[] weights, double[] slopes)
    {
        (p, k, n, noise) = (task.Width, task.Teachers, task.Fields, task.Noise);
        readout = [.. task.Readout];
        (this.slopes, amplitude) = (slopes, student.Amplitude);
        drift = [.. weights];
        if (task.Loss == SgdLoss.Correlation) Array.Clear(drift, 0, p);
        var lanes = Vector<double>.Count;
        stride = (n + lanes - 1) / lanes * lanes;
        (riskPairs, driftPairs) = (Pairs(weights), Pairs(drift));
        scaled = new double[n * stride];
        (diagonal, first, second, inverse) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        diagonal.AsSpan().Fill(1);
    }

    public string Name => "closed form (erf)";

    public bool IsExact => true;

    public static ErfMoments? TryCreate(SgdTask task, AdditiveForm? form)
    {
        if (form is null || form.Constant != 0 || ErfForm.Of(task.Activation) is not { Amplitude: not 0 } student) return null;
        var (weights, slopes) = (new double[task.Fields], new double[task.Fields]);
        for (var j = 0; j < task.Width; j++) (weights[j], slopes[j]) = (-task.Readout[j] / task.Width * student.Amplitude, student.Slope);
        for (var r = 0; r < task.Teachers; r++)
        {
            if (ErfForm.Of(form.Functions[r]) is not { } teacher) return null;
            (weights[task.Width + r], slopes[task.Width + r]) = (teacher.Amplitude * (task.Target is null ? 1.0 / task.Teachers : 1), teacher.Slope);
        }

        return new(task, student, weights, slopes);
    }

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        Evaluate(omega, values);
        return 0;
    }

    public double Risk(ReadOnlySpan<double> omega)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) scaled[i * stride + j] = slopes[i] * slopes[j] * omega[i * n + j];
            diagonal[i] = 1 + scaled[i * stride + i];
        }

        first.AsSpan().Clear();
        second.AsSpan().Clear();
        return 0.5 * SquaredError(riskPairs);
    }

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values)
    {
        values.Clear();
        values.Risk = Risk(omega);
        for (var j = 0; j < p; j++)
        {
            Drift(j, omega, values);
            for (var b = 0; b <= j; b++) values.H[j * p + b] = values.H[b * p + j] = Variance(j, b);
        }
    }

    /// <summary>Σ_i c_i A_i I3(j, b, i) with I3 = (2/π) κ_j [κ_i C_bi (1 + C_jj) − C_jb C_ji]/[(1 + C_jj) √((1 + C_jj)(1 + C_ii) − C_ji²)].</summary>
    private void Drift(int j, ReadOnlySpan<double> omega, MomentValues values)
    {
        var alone = 1 + scaled[j * stride + j];
        for (var i = 0; i < n; i++)
        {
            if (drift[i] == 0) continue;
            var cross = scaled[j * stride + i];
            var factor = readout[j] * amplitude * slopes[j] * drift[i] * (2 / Math.PI) / (alone * Math.Sqrt(alone * (1 + scaled[i * stride + i]) - cross * cross));
            var (direct, indirect) = (factor * alone * slopes[i], factor * cross * slopes[j]);
            for (var b = 0; b < p; b++) values.G[j * p + b] += direct * omega[b * n + i] - indirect * omega[j * n + b];
            for (var r = 0; r < k; r++) values.F[j * k + r] += direct * omega[(p + r) * n + i] - indirect * omega[j * n + p + r];
        }
    }

    /// <summary>a_j a_b E[σ′ σ′ (e² + Δ)] = a_j a_b J2 (E_R e² + Δ).</summary>
    private double Variance(int j, int b)
    {
        var (jj, bb, jb) = (1 + scaled[j * stride + j], 1 + scaled[b * stride + b], scaled[j * stride + b]);
        var determinant = jj * bb - jb * jb;
        // Lower triangular factor of the 2 × 2 matrix, applied to the covariances with l_j and l_b.
        var (l11, l21) = (Math.Sqrt(jj), jb / Math.Sqrt(jj));
        var l22 = Math.Sqrt(determinant / jj);
        for (var i = 0; i < n; i++)
        {
            first[i] = scaled[j * stride + i] / l11;
            second[i] = (scaled[b * stride + i] - l21 * first[i]) / l22;
        }

        var slope = amplitude * amplitude * slopes[j] * slopes[b];
        return readout[j] * readout[b] * slope * (2 / Math.PI) / Math.Sqrt(determinant) * (SquaredError(driftPairs) + noise);
    }

    /// <summary>Σ c_i c_i′ (2/π) asin(R_ii′/√((1 + R_ii)(1 + R_i′i′))) with R = C − first firstᵀ − second secondᵀ, several i′ at a time.</summary>
    private double SquaredError(double[] pairs)
    {
        var one = Vectors(first);
        var two = Vectors(second);
        var roots = Vectors(inverse);
        var variances = Vectors(diagonal);
        var covariances = Vectors(scaled);
        var weights = Vectors(pairs);
        for (var v = 0; v < roots.Length; v++) roots[v] = Vector<double>.One / Vector.SquareRoot(variances[v] - one[v] * one[v] - two[v] * two[v]);
        var (sum, row) = (Vector<double>.Zero, roots.Length);
        for (var i = 0; i < n; i++)
        {
            var (a, b, root) = (new Vector<double>(first[i]), new Vector<double>(second[i]), new Vector<double>(inverse[i]));
            var last = i / Vector<double>.Count;
            for (var v = 0; v <= last; v++)
            {
                var correlation = (covariances[i * row + v] - a * one[v] - b * two[v]) * root * roots[v];
                sum += weights[i * row + v] * ArcSine.Of(Vector.Min(Vector.Max(correlation, -Vector<double>.One), Vector<double>.One));
            }
        }

        return Vector.Sum(sum);
    }

    private double[] Pairs(double[] c)
    {
        var pairs = new double[n * stride];
        for (var i = 0; i < n; i++)
            for (var o = 0; o <= i; o++) pairs[i * stride + o] = 2 / Math.PI * c[i] * c[o] * (o < i ? 2 : 1);
        return pairs;
    }

    private static Span<Vector<double>> Vectors(double[] numbers) => MemoryMarshal.Cast<double, Vector<double>>(numbers.AsSpan());
}
