using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// The state evolution of the square loss, which is closed: V solves K scalar equations; means, intercept and overlaps are linear given V; and so are then the remainders q − m²/ρ.
/// For interpolation V stands for λV, with λ = 1 and 1 + V → V.
/// </summary>
internal sealed class RidgeEvolution(IRidgePrior prior, LabelMoments[] labels, IErmChannel? classifier, ClusterLaw[] laws, bool hasIntercept, bool interpolates)
{
    private readonly int k = laws.Length;
    private readonly double[] stiffness = new double[laws.Length];
    private readonly double[] v = new double[laws.Length];
    private readonly double[] response = new double[4 * laws.Length * laws.Length];
    private readonly double[] teaching = new double[laws.Length];
    private readonly double[] force = new double[laws.Length];
    private double alpha;
    private double lambda;

    public ErmSolution Solve(double alpha, double lambda, SolveOptions options)
    {
        (this.alpha, this.lambda) = (alpha, interpolates ? 1 : lambda);
        if (ScalarVariance(options) is { } closed) return Complete(closed);
        this.lambda = 1;
        var path = interpolates ? ErmPath.Ascending(alpha) : ErmPath.Descending(lambda, alpha, prior);
        Action<double> moveTo = interpolates ? s => this.alpha = Math.Exp(s) : s => this.lambda = Math.Exp(s);
        moveTo(path[0]);
        var start = new double[k];
        for (var c = 0; c < k; c++) start[c] = Math.Log(prior.MeanEigenvalue(c) / this.lambda);
        var result = new Continuation(Map, moveTo, static x => x.IndexOfAnyExceptInRange(-200, 200) < 0).Follow(path, start, options);
        return Complete(result);
    }

    /// <summary>
    /// Where all clusters have one covariance, V is one number: log v(V) − log V decreases, and Newton's method on it, kept in a bracket, finds the root. <see langword="null"/> otherwise.
    /// </summary>
    private Continuation.Result? ScalarVariance(SolveOptions options)
    {
        if (!prior.SharesCovariance) return null;
        var x = new double[k];
        double Excess(double logarithm)
        {
            Array.Fill(x, logarithm);
            Stiffen(x);
            return Math.Log(v[0]) - logarithm;
        }

        // v is at most what it is without samples; at λ = 0 the bracket grows from 1.
        var high = lambda > 0 ? Math.Log(prior.MeanEigenvalue(0) / lambda) : 0;
        for (var i = 0; i < 60 && lambda == 0 && Excess(high) > 0; i++) high += 1 << Math.Min(i, 6);
        var (low, at, excess, iterations) = (double.NegativeInfinity, high, Excess(high), 1);
        while (iterations < 200 && Math.Abs(excess) > 1e-15 * Math.Max(1, Math.Abs(at)))
        {
            if (excess > 0) low = at;
            else high = at;
            // d log v/d log V lies in (0, 1).
            var share = interpolates ? 1 : 1 / (1 + Math.Exp(-at));
            var slope = prior.VarianceSlope(stiffness, share, v[0]) - 1;
            var next = at - excess / slope;
            if (!(next > low && next < high)) next = double.IsFinite(low) ? 0.5 * (low + high) : high - Math.Max(1, 2 * Math.Abs(excess));
            if (Math.Abs(next - at) <= 4e-16 * Math.Max(1, Math.Abs(at))) break;
            at = next;
            excess = Excess(at);
            iterations++;
        }
        var status = Math.Abs(excess) <= Math.Max(options.Tolerance, 1e-14) * Math.Max(1, Math.Abs(at)) ? Numerics.FixedPoints.SolverStatus.Converged : Numerics.FixedPoints.SolverStatus.FloatingPointLimit;
        Array.Fill(x, at);
        return new(x, double.NaN, new(status, Math.Abs(excess), iterations, null, []));
    }

    private void Map(ReadOnlySpan<double> x, Span<double> image)
    {
        Stiffen(x);
        for (var c = 0; c < k; c++) image[c] = Math.Log(v[c]);
    }

    private void Stiffen(ReadOnlySpan<double> logarithms)
    {
        for (var c = 0; c < k; c++) stiffness[c] = alpha * laws[c].Probability / Scale(Math.Exp(logarithms[c]));
        prior.Resolve(lambda, stiffness, v, response);
    }

    private double Scale(double v) => interpolates ? v : 1 + v;

    private ErmSolution Complete(Continuation.Result result)
    {
        Stiffen(result.X);
        var (means, intercept) = Means();
        var (points, errors, power) = Spreads(result.X, means, intercept);
        double test = 0, train = 0;
        for (var c = 0; c < k; c++)
        {
            var scale = Scale(points[c].V);
            test += laws[c].Probability * (classifier?.TestError(c, points[c]) ?? errors[c]);
            train += interpolates ? 0 : 0.5 * laws[c].Probability * errors[c] / (scale * scale);
        }
        return new(points, means, intercept, power, test, train, Math.Exp(result.Reached), result.Diagnostics);
    }

    /// <summary>h = T m̂ + M ĥ with m̂ = V̂ κ and ĥ = V̂ (ȳ − h − b), and Σ ĥ = 0 for the intercept.</summary>
    private (double[] Means, double Intercept) Means()
    {
        var n = hasIntercept ? k + 1 : k;
        var system = new double[n * (n + 1)];
        for (var c = 0; c < k; c++) teaching[c] = stiffness[c] * labels[c].Slope;
        for (var row = 0; row < k; row++)
        {
            system[row * (n + 1) + row] = 1;
            for (var c = 0; c < k; c++)
            {
                var (teach, mean) = (response[(k + row) * 2 * k + c], response[(k + row) * 2 * k + k + c] * stiffness[c]);
                system[row * (n + 1) + c] += mean;
                if (hasIntercept) system[row * (n + 1) + k] += mean;
                system[row * (n + 1) + n] += teach * teaching[c] + mean * labels[c].Mean;
            }
        }
        for (var c = 0; hasIntercept && c < k; c++)
        {
            system[k * (n + 1) + c] = stiffness[c];
            system[k * (n + 1) + k] += stiffness[c];
            system[k * (n + 1) + n] += stiffness[c] * labels[c].Mean;
        }
        SmallSystem.Solve(system, n);
        var means = new double[k];
        for (var c = 0; c < k; c++) means[c] = system[c * (n + 1) + n];
        var intercept = hasIntercept ? system[k * (n + 1) + n] : 0;
        for (var c = 0; c < k; c++) force[c] = stiffness[c] * (labels[c].Mean - means[c] - intercept);
        return (means, intercept);
    }

    /// <summary>
    /// Remainders s = q − m²/ρ from s = s₀ + L R with the squared errors R = s + (κ√ρ − m/√ρ)² + (ȳ − h − b)² + rest: sums of positive terms, exact also where the teacher is recovered.
    /// </summary>
    private (ChannelPoint[] Points, double[] Errors, double WeightPower) Spreads(ReadOnlySpan<double> logarithms, double[] means, double intercept)
    {
        var (width, zeros, noise, remainder) = (k + 1, new double[k], new double[k], new double[k]);
        var (coefficients, system, known) = (new double[k], new double[k * (k + 1)], new double[k]);
        for (var c = 0; c < k; c++)
        {
            double m = 0;
            for (var i = 0; i < k; i++) m += response[c * 2 * k + i] * teaching[i] + response[c * 2 * k + k + i] * force[i];
            var rho = laws[c].TeacherVariance;
            coefficients[c] = rho > 0 ? m / rho : 0;
            var (miss, bias) = (labels[c].Slope - coefficients[c], labels[c].Mean - means[c] - intercept);
            known[c] = labels[c].Rest + miss * miss * rho + bias * bias;
        }
        _ = prior.Remainder(zeros, teaching, force, coefficients, remainder);
        for (var c = 0; c < k; c++) system[c * width + k] = remainder[c];
        for (var e = 0; e < k; e++)
        {
            var scale = Scale(Math.Exp(logarithms[e]));
            noise[e] = alpha * laws[e].Probability / (scale * scale);
            _ = prior.Remainder(noise, zeros, zeros, zeros, remainder);
            for (var c = 0; c < k; c++)
            {
                system[c * width + e] = (c == e ? 1 : 0) - remainder[c];
                system[c * width + k] += remainder[c] * known[e];
            }
            noise[e] = 0;
        }
        SmallSystem.Solve(system, k);

        var (points, errors) = (new ChannelPoint[k], new double[k]);
        for (var c = 0; c < k; c++)
        {
            var rho = laws[c].TeacherVariance;
            var rest = Math.Max(0, system[c * width + k]);
            var q = rest + coefficients[c] * coefficients[c] * rho;
            errors[c] = rest + known[c];
            points[c] = new(Math.Exp(logarithms[c]), q, coefficients[c] * rho, q > 0 ? rho * rest / q : rho, means[c] + intercept, laws[c].TeacherMean);
            var scale = Scale(points[c].V);
            noise[c] = alpha * laws[c].Probability * errors[c] / (scale * scale);
        }
        return (points, errors, prior.Remainder(noise, teaching, force, coefficients, remainder));
    }
}
