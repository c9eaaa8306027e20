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

    // c_i A_i of the risk and of the drift, κ_i, A of the students.
    private readonly double[] weights, drift, slopes;
    private readonly double amplitude;

    // κ_i κ_j C_ij; a row of conditional covariances; 1/√(1 + R_ii) and weights times that; correlations and their arcsines.
    private readonly double[] scaled, first, second, inverse, row;

    private ErfMoments(SgdTask task, ErfForm student, double[] weights, double[] slopes)
    {
        (p, k, n, noise) = (task.Width, task.Teachers, task.Fields, task.Noise);
        readout = [.. task.Readout];
        (this.weights, this.slopes, amplitude) = (weights, slopes, student.Amplitude);
        drift = [.. weights];
        if (task.Loss == SgdLoss.Correlation) Array.Clear(drift, 0, p);
        scaled = new double[n * n];
        (first, second, inverse, row) = (new double[n], new double[n], new double[n], new double[n * n]);
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
            for (var j = 0; j < n; j++) scaled[i * n + j] = slopes[i] * slopes[j] * omega[i * n + j];

        first.AsSpan().Clear();
        second.AsSpan().Clear();
        return 0.5 * SquaredError(weights);
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
        var alone = 1 + scaled[j * n + j];
        for (var i = 0; i < n; i++)
        {
            if (drift[i] == 0) continue;
            var cross = scaled[j * n + i];
            var factor = readout[j] * amplitude * slopes[j] * drift[i] * (2 / Math.PI) / (alone * Math.Sqrt(alone * (1 + scaled[i * n + i]) - cross * cross));
            var (direct, indirect) = (factor * alone * slopes[i], factor * cross * slopes[j]);
            for (var b = 0; b < p; b++) values.G[j * p + b] += direct * omega[b * n + i] - indirect * omega[j * n + b];
            for (var r = 0; r < k; r++) values.F[j * k + r] += direct * omega[(p + r) * n + i] - indirect * omega[j * n + p + r];
        }
    }

    /// <summary>a_j a_b E[σ′ σ′ (e² + Δ)] = a_j a_b J2 (E_R e² + Δ).</summary>
    private double Variance(int j, int b)
    {
        var (jj, bb, jb) = (1 + scaled[j * n + j], 1 + scaled[b * n + b], scaled[j * n + b]);
        var determinant = jj * bb - jb * jb;
        // Lower triangular factor of the 2 × 2 matrix, applied to the covariances with l_j and l_b.
        var (l11, l21) = (Math.Sqrt(jj), jb / Math.Sqrt(jj));
        var l22 = Math.Sqrt(determinant / jj);
        for (var i = 0; i < n; i++)
        {
            first[i] = scaled[j * n + i] / l11;
            second[i] = (scaled[b * n + i] - l21 * first[i]) / l22;
        }

        var slope = amplitude * amplitude * slopes[j] * slopes[b];
        return readout[j] * readout[b] * slope * (2 / Math.PI) / Math.Sqrt(determinant) * (SquaredError(drift) + noise);
    }

    /// <summary>Σ c_i c_i′ (2/π) asin(R_ii′/√((1 + R_ii)(1 + R_i′i′))) with R = C − first firstᵀ − second secondᵀ.</summary>
    private double SquaredError(double[] c)
    {
        for (var i = 0; i < n; i++) inverse[i] = 1 / Math.Sqrt(1 + scaled[i * n + i] - first[i] * first[i] - second[i] * second[i]);
        var count = 0;
        for (var i = 0; i < n; i++)
        {
            for (var o = 0; o <= i; o++)
            {
                var correlation = (scaled[i * n + o] - first[i] * first[o] - second[i] * second[o]) * inverse[i] * inverse[o];
                row[count++] = Math.Clamp(correlation, -1, 1);
            }
        }

        ArcSine.Apply(row.AsSpan(0, count));
        var sum = 0.0;
        count = 0;
        for (var i = 0; i < n; i++)
        {
            if (c[i] == 0)
            {
                count += i + 1;
                continue;
            }

            var inner = 0.0;
            for (var o = 0; o < i; o++) inner += c[o] * row[count++];
            sum += c[i] * (2 * inner + c[i] * row[count++]);
        }

        return 2 / Math.PI * sum;
    }
}
