using Theory.Channels;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>The solution of a state evolution.</summary>
/// <param name="Points">Where the channel is in each cluster; H includes the intercept.</param>
/// <param name="Means">h_c.</param>
/// <param name="Intercept">b.</param>
/// <param name="WeightPower">‖w‖²/d.</param>
/// <param name="TestError">Σ p_c of the channel's test error.</param>
/// <param name="TrainLoss">Σ p_c of the channel's training loss.</param>
/// <param name="Reached">The last λ or α of the path short of the one asked for at which there was a solution.</param>
/// <param name="Diagnostics">How it was found.</param>
internal sealed record ErmSolution(
    ChannelPoint[] Points, double[] Means, double Intercept, double WeightPower, double TestError, double TrainLoss, double Reached, Diagnostics Diagnostics)
{
    /// <summary>What the weights are.</summary>
    public ErmMinimiser Minimiser { get; init; }
}

/// <summary>
/// State evolution of empirical risk minimisation with ridge on a mixture of K Gaussians, in the coordinates (log V_c, log q_c, asinh(m_c/√(ρ_c q_c − m_c²)), h_c, b).
/// The means answer their own change at once (∂ĥ/∂h = −V̂): with that the iteration does not oscillate however large the means are.
/// </summary>
internal sealed class ErmStateEvolution
{
    private const int Remembered = 4;
    private readonly IRidgePrior prior;
    private readonly IErmChannel channel;
    private readonly ClusterLaw[] laws;
    private readonly bool hasIntercept;
    private readonly int k;
    private readonly double[] stiffness;
    private readonly double[] noise;
    private readonly double[] teaching;
    private readonly double[] force;
    private readonly double[] v;
    private readonly double[] coefficients;
    private readonly double[] remainder;
    private readonly double[] response;
    private readonly double[] system;
    private readonly (ChannelPoint Point, ChannelAverages Averages)[] remembered;
    private double alpha;
    private double lambda;
    private double weightPower;

    public ErmStateEvolution(IRidgePrior prior, IErmChannel channel, ClusterLaw[] laws, bool hasIntercept)
    {
        (this.prior, this.channel, this.laws, this.hasIntercept, k) = (prior, channel, laws, hasIntercept, laws.Length);
        (stiffness, noise, teaching, force) = (new double[k], new double[k], new double[k], new double[k]);
        (v, coefficients, remainder, response, system) = (new double[k], new double[k], new double[k], new double[4 * k * k], new double[(k + 1) * (k + 2)]);
        remembered = new (ChannelPoint, ChannelAverages)[k * Remembered];
    }

    /// <summary>Without means and intercept all h stay 0.</summary>
    private bool HasMeans => prior.HasMeans || hasIntercept;

    private int Unknowns => hasIntercept ? 4 * k + 1 : HasMeans ? 4 * k : 3 * k;

    /// <summary>Solves at λ, coming down to it.</summary>
    public ErmSolution DescendTo(double lambda, double alpha, SolveOptions options)
    {
        this.alpha = alpha;
        return Follow(ErmPath.Descending(lambda, alpha, prior), s => this.lambda = Math.Exp(s), options);
    }

    /// <summary>Solves at λ = 1 for a loss without a scale, coming up to α.</summary>
    public ErmSolution AscendTo(double alpha, SolveOptions options)
    {
        lambda = 1;
        return Follow(ErmPath.Ascending(alpha), s => this.alpha = Math.Exp(s), options);
    }

    /// <summary>Solves at λ = 1 for a loss without a scale if that succeeds at once.</summary>
    public ErmSolution? TryMargin(double alpha, SolveOptions options)
    {
        (lambda, this.alpha) = (1, alpha);
        return new Continuation(Map, _ => { }, IsLegal).TryReach(Start(), options) is { } direct ? Report(direct.X, double.NaN, direct.Diagnostics) : null;
    }

    private ErmSolution Follow(double[] path, Action<double> moveTo, SolveOptions options)
    {
        moveTo(path[0]);
        var continuation = new Continuation(Map, moveTo, IsLegal);
        var start = Start();
        if (double.IsFinite(path[^1]))
        {
            // The weights themselves say what V and q must be about; from there the last point is mostly reached at once.
            moveTo(path[^1]);
            if (continuation.TryReach(Start(), options) is { } direct) return Report(direct.X, double.NaN, direct.Diagnostics);
            moveTo(path[0]);
        }
        var result = continuation.Follow(path, start, options);
        return Report(result.X, Math.Exp(result.Reached), result.Diagnostics);
    }

    private double[] Start()
    {
        var x = new double[Unknowns];
        for (var c = 0; c < k; c++)
        {
            var mean = prior.MeanEigenvalue(c);
            x[c] = Math.Log(mean / lambda);
            x[k + c] = Math.Log(mean * mean * alpha / ((1 + lambda) * (1 + lambda)));
            x[2 * k + c] = laws[c].TeacherVariance > 0 ? 0.1 : 0;
        }
        if (hasIntercept) x[4 * k] = BalancedIntercept(x);
        return x;
    }

    /// <summary>The intercept at which the mean force, which does not increase with it, vanishes. Of the hinge there is no force but near it.</summary>
    private double BalancedIntercept(double[] x)
    {
        double Force(double intercept)
        {
            x[4 * k] = intercept;
            double sum = 0;
            for (var c = 0; c < k; c++) sum += laws[c].Probability * channel.At(c, Point(x, c)).Force;
            return sum;
        }

        var (low, high) = (-1.0, 1.0);
        while (low > -1e6 && Force(low) < 0) low *= 2;
        while (high < 1e6 && Force(high) > 0) high *= 2;
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (low + high);
            if (Force(middle) > 0) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    private bool IsLegal(ReadOnlySpan<double> x)
    {
        for (var i = 0; i < 2 * k; i++)
            if (Math.Abs(x[i]) > 100) return false;
        for (var i = 2 * k; i < 3 * k; i++)
            if (Math.Abs(x[i]) > 150) return false;
        return true;
    }

    private ChannelPoint Point(ReadOnlySpan<double> x, int c)
    {
        var (variance, spread, ratio) = (Math.Exp(x[c]), Math.Exp(x[k + c]), Math.Sinh(x[2 * k + c]));
        var rho = laws[c].TeacherVariance;
        var rest = 1 / (1 + ratio * ratio);
        return new(variance, spread, ratio * Math.Sqrt(rho * spread * rest), rho * rest, Mean(x, c) + Intercept(x), laws[c].TeacherMean);
    }

    private double Mean(ReadOnlySpan<double> x, int c) => HasMeans ? x[3 * k + c] : 0;

    private double Intercept(ReadOnlySpan<double> x) => hasIntercept ? x[4 * k] : 0;

    private void Map(ReadOnlySpan<double> x, Span<double> image)
    {
        for (var c = 0; c < k; c++)
        {
            var averages = Averages(c, Point(x, c));
            var samples = alpha * laws[c].Probability;
            (stiffness[c], noise[c], teaching[c], force[c]) = (samples * averages.Stiffness, samples * averages.ForceSquare, samples * averages.Teaching, samples * averages.Force);
        }
        prior.Resolve(lambda, stiffness, v, response);
        if (HasMeans) UpdateMeans(x, image);
        for (var c = 0; c < k; c++) coefficients[c] = laws[c].TeacherVariance > 0 ? Overlap(c) / laws[c].TeacherVariance : 0;
        weightPower = prior.Remainder(noise, teaching, force, coefficients, remainder);
        for (var c = 0; c < k; c++)
        {
            var explained = coefficients[c] * Math.Sqrt(laws[c].TeacherVariance);
            image[c] = Math.Log(v[c]);
            image[k + c] = Math.Log(remainder[c] + explained * explained);
            image[2 * k + c] = Math.Asinh(explained / Math.Sqrt(remainder[c]));
        }
    }

    /// <summary>
    /// h = T m̂ + M ĥ′ with ĥ′ = ĥ + V̂ (h_old + b_old − h − b), and Σ ĥ′ = 0 for the intercept: linear in (h, b). Leaves ĥ′ in the forces.
    /// </summary>
    private void UpdateMeans(ReadOnlySpan<double> x, Span<double> image)
    {
        var (n, width) = (hasIntercept ? k + 1 : k, (hasIntercept ? k + 1 : k) + 1);
        system.AsSpan().Clear();
        for (var c = 0; c < k; c++) force[c] += stiffness[c] * (x[3 * k + c] + Intercept(x));
        for (var row = 0; row < k; row++)
        {
            system[row * width + row] = 1;
            for (var c = 0; c < k; c++)
            {
                var (teach, mean) = (response[(k + row) * 2 * k + c], response[(k + row) * 2 * k + k + c]);
                system[row * width + c] += mean * stiffness[c];
                if (hasIntercept) system[row * width + k] += mean * stiffness[c];
                system[row * width + n] += teach * teaching[c] + mean * force[c];
            }
        }
        for (var c = 0; hasIntercept && c < k; c++)
        {
            system[k * width + c] = stiffness[c];
            system[k * width + k] += stiffness[c];
            system[k * width + n] += force[c];
        }
        SmallSystem.Solve(system, n);
        for (var i = 0; i < n; i++) image[3 * k + i] = system[i * width + n];
        for (var c = 0; c < k; c++) force[c] -= stiffness[c] * (image[3 * k + c] + Intercept(image));
    }

    /// <summary>The averages of a cluster, remembered at its last few points: a derivative changes the point of one cluster at a time.</summary>
    private ChannelAverages Averages(int c, in ChannelPoint point)
    {
        var memory = remembered.AsSpan(c * Remembered, Remembered);
        var found = 0;
        while (found < Remembered - 1 && memory[found].Point != point) found++;
        (ChannelPoint Point, ChannelAverages Averages) entry = memory[found].Point == point ? memory[found] : (point, channel.At(c, point));
        for (var i = found; i > 0; i--) memory[i] = memory[i - 1];
        memory[0] = entry;
        return entry.Averages;
    }

    private double Overlap(int c)
    {
        double m = 0;
        for (var i = 0; i < k; i++) m += response[c * 2 * k + i] * teaching[i] + response[c * 2 * k + k + i] * force[i];
        return m;
    }

    private ErmSolution Report(double[] x, double reached, Diagnostics diagnostics)
    {
        Map(x, new double[x.Length]);
        var points = new ChannelPoint[k];
        double test = 0, train = 0;
        for (var c = 0; c < k; c++)
        {
            points[c] = Point(x, c);
            test += laws[c].Probability * channel.TestError(c, points[c]);
            train += laws[c].Probability * Averages(c, points[c]).TrainLoss;
        }
        return new(points, [.. Enumerable.Range(0, k).Select(c => Mean(x, c))], Intercept(x), weightPower, test, train, reached, diagnostics);
    }
}
