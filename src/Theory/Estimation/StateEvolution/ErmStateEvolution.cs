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
/// State evolution of empirical risk minimisation with ridge on a mixture of K Gaussians, in the coordinates (log V_c, log q_c, asinh(m_c/√(ρ_c q_c − m_c²)), h_c/s, (b − b₀)/s), where s is the
/// geometric mean of √q_c and b₀ the intercept at the start: weights that hardly move resolve the edges of a loss on their own scale. The means answer their own change at once (∂ĥ/∂h = −V̂): with that the iteration does not oscillate however large the means are.
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
    private double firstIntercept;

    /// <summary>Whether the intercept is found anew wherever the map is evaluated, instead of being one of the unknowns.</summary>
    private bool balances;

    public ErmStateEvolution(IRidgePrior prior, IErmChannel channel, ClusterLaw[] laws, bool hasIntercept)
    {
        (this.prior, this.channel, this.laws, this.hasIntercept, k) = (prior, channel, laws, hasIntercept, laws.Length);
        (stiffness, noise, teaching, force) = (new double[k], new double[k], new double[k], new double[k]);
        (v, coefficients, remainder, response, system) = (new double[k], new double[k], new double[k], new double[4 * k * k], new double[(k + 1) * (k + 2)]);
        remembered = new (ChannelPoint, ChannelAverages)[k * Remembered];
    }

    /// <summary>Without means and intercept all h stay 0.</summary>
    private bool HasMeans => prior.HasMeans || hasIntercept;

    private int Unknowns => hasIntercept && !balances ? 4 * k + 1 : HasMeans ? 4 * k : 3 * k;

    /// <summary>Solves at λ, coming down to it; for a loss with edges the intercept may have to be balanced on the way.</summary>
    public ErmSolution DescendTo(double lambda, double alpha, bool hasEdges, SolveOptions options)
    {
        this.alpha = alpha;
        var solution = Follow(ErmPath.Descending(lambda, alpha, prior), s => this.lambda = Math.Exp(s), canBalance: hasEdges, options);
        return solution.Diagnostics.IsConverged || !(hasEdges && hasIntercept && lambda > 0) ? solution : WithoutWeights(lambda) ?? solution;
    }

    /// <summary>
    /// Where labels tell too little, an intercept at an edge of the loss leaves so many subgradients to choose from that w = 0 is the minimiser. Then V, √q and the distance to the edge shrink together at
    /// each step of the plain iteration, without end; <see langword="null"/> if they do not.
    /// </summary>
    private ErmSolution? WithoutWeights(double lambda)
    {
        const int MostSteps = 600;
        const double Vanished = -62;
        this.lambda = lambda;
        balances = true;
        var x = Start();
        var image = new double[x.Length];
        for (var step = 1; step <= MostSteps; step++)
        {
            Map(x, image);
            for (var i = 0; i < x.Length; i++) x[i] += 0.7 * (image[i] - x[i]);
            if (!IsLegal(x) || x.AsSpan().ContainsAny(double.NaN, double.PositiveInfinity)) return null;
            if (x.AsSpan(k, k).IndexOfAnyExceptInRange(-100, Vanished) >= 0 || x.AsSpan(0, k).IndexOfAnyExceptInRange(-100, 0.5 * Vanished + 5) >= 0) continue;
            return Report(x, double.NaN, new(Numerics.FixedPoints.SolverStatus.Converged, Math.Exp(0.5 * Vanished), step, null, [ErmMinimisers.NoWeights]));
        }
        return null;
    }

    /// <summary>Solves at λ = 1 for a loss without a scale, coming up to α.</summary>
    public ErmSolution AscendTo(double alpha, SolveOptions options)
    {
        lambda = 1;
        return Follow(ErmPath.Ascending(alpha), s => this.alpha = Math.Exp(s), canBalance: false, options);
    }

    /// <summary>Solves at λ = 1 for a loss without a scale if that succeeds at once.</summary>
    public ErmSolution? TryMargin(double alpha, SolveOptions options)
    {
        (lambda, this.alpha) = (1, alpha);
        return new Continuation(Map, _ => { }, IsLegal).TryReach(Start(), options) is { } direct ? Report(direct.X, double.NaN, direct.Diagnostics) : null;
    }

    private ErmSolution Follow(double[] path, Action<double> moveTo, bool canBalance, SolveOptions options)
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
        // Beside the edges of a loss there is no force that could tell where the intercept must go.
        balances = hasIntercept && canBalance;
        if (balances) start = Start();
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
        firstIntercept = 0;
        if (hasIntercept) firstIntercept = BalancedIntercept(x, 0, 1);
        return x;
    }

    /// <summary>The intercept at which the mean force, which does not increase with it, vanishes, looked for around a guess.</summary>
    private double BalancedIntercept(ReadOnlySpan<double> x, double guess, double step)
    {
        var (low, high) = (guess - step, guess + step);
        var (atLow, atHigh) = (MeanForce(x, low), MeanForce(x, high));
        for (var i = 1; i < 60 && atLow < 0; i++) (high, atHigh, low, atLow) = (low, atLow, low - (1L << i) * step, MeanForce(x, low - (1L << i) * step));
        for (var i = 1; i < 60 && atHigh > 0; i++) (low, atLow, high, atHigh) = (high, atHigh, high + (1L << i) * step, MeanForce(x, high + (1L << i) * step));
        if (!(atLow >= 0 && atHigh <= 0)) return double.NaN;
        var last = 0;
        for (var i = 0; i < 200 && high - low > 4e-16 * Math.Max(Math.Abs(high), step); i++)
        {
            // False position with the weight of an end that stays halved; every third step halves the bracket.
            var middle = i % 3 == 2 || !(atLow > atHigh) ? 0.5 * (low + high) : low + atLow / (atLow - atHigh) * (high - low);
            if (middle <= low || middle >= high) middle = 0.5 * (low + high);
            var force = MeanForce(x, middle);
            if (force == 0) return middle;
            var side = force > 0 ? 1 : -1;
            if (side > 0) (low, atLow, atHigh) = (middle, force, side == last ? 0.5 * atHigh : atHigh);
            else (high, atHigh, atLow) = (middle, force, side == last ? 0.5 * atLow : atLow);
            last = side;
        }
        return 0.5 * (low + high);
    }

    private double MeanForce(ReadOnlySpan<double> x, double intercept)
    {
        double sum = 0;
        var shift = intercept - Intercept(x);
        for (var c = 0; c < k; c++)
        {
            var point = Point(x, c);
            sum += laws[c].Probability * channel.At(c, point with { H = point.H + shift }).Force;
        }
        return sum;
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

    private double Mean(ReadOnlySpan<double> x, int c) => HasMeans ? Scale(x) * x[3 * k + c] : 0;

    private double Intercept(ReadOnlySpan<double> x) => balances ? firstIntercept : hasIntercept ? firstIntercept + Scale(x) * x[4 * k] : 0;

    private double Scale(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (var c = 0; c < k; c++) sum += x[k + c];
        return Math.Exp(0.5 * sum / k);
    }

    private void Map(ReadOnlySpan<double> x, Span<double> image)
    {
        if (balances && !double.IsFinite(firstIntercept = BalancedIntercept(x, double.IsFinite(firstIntercept) ? firstIntercept : 0, Scale(x))))
        {
            image.Fill(double.NaN);
            return;
        }
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
        var (scale, intercept) = (Scale(x), Intercept(x));
        system.AsSpan().Clear();
        // The unknowns are h and b − b_old: b itself may be far larger than its changes.
        for (var c = 0; c < k; c++) force[c] += stiffness[c] * scale * x[3 * k + c];
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
        // Where no force changes with the intercept, every one is as good.
        if (hasIntercept && !(system[k * width + k] > 0)) system[k * width + k] = 1;
        SmallSystem.Solve(system, n);
        for (var i = 0; i < k; i++) image[3 * k + i] = system[i * width + n] / scale;
        var change = hasIntercept ? system[k * width + n] : 0;
        if (hasIntercept && !balances) image[4 * k] = (intercept - firstIntercept + change) / scale;
        for (var c = 0; c < k; c++) force[c] -= stiffness[c] * (system[c * width + n] + change);
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
