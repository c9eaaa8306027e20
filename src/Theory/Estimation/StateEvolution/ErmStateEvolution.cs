using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Estimation;

/// <summary>One step on the way to the problem: α and λ, approached from an easier one.</summary>
internal readonly record struct ErmStage(double Alpha, double Lambda);

/// <summary>The solution of a state evolution.</summary>
/// <param name="Points">Where the channel is in each cluster; H includes the intercept.</param>
/// <param name="Means">h_c.</param>
/// <param name="Intercept">b.</param>
/// <param name="WeightPower">‖w‖²/d.</param>
/// <param name="TestError">Σ p_c of the channel's test error.</param>
/// <param name="TrainLoss">Σ p_c of the channel's training loss.</param>
/// <param name="Diagnostics">How it was found.</param>
internal sealed record ErmSolution(
    ChannelPoint[] Points, double[] Means, double Intercept, double WeightPower, double TestError, double TrainLoss, Diagnostics Diagnostics);

/// <summary>
/// State evolution of empirical risk minimisation with ridge on a mixture of K Gaussians, in the coordinates (log V_c, log q_c, asinh(m_c/√(ρ_c q_c − m_c²)), h_c, b).
/// The means answer their own change at once (∂ĥ/∂h = −V̂): with that the iteration does not oscillate however large the means are.
/// </summary>
internal sealed class ErmStateEvolution
{
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
    private readonly double[] q;
    private readonly double[] response;
    private readonly double[] system;
    private ErmStage stage;

    public ErmStateEvolution(IRidgePrior prior, IErmChannel channel, ClusterLaw[] laws, bool hasIntercept)
    {
        (this.prior, this.channel, this.laws, this.hasIntercept, k) = (prior, channel, laws, hasIntercept, laws.Length);
        (stiffness, noise, teaching, force) = (new double[k], new double[k], new double[k], new double[k]);
        (v, q, response, system) = (new double[k], new double[k], new double[4 * k * k], new double[(k + 1) * (k + 2)]);
    }

    private int Unknowns => hasIntercept ? 4 * k + 1 : 4 * k;

    /// <summary>Solves along the stages; only the last is solved to the full tolerance.</summary>
    public ErmSolution Solve(ReadOnlySpan<ErmStage> stages, SolveOptions options)
    {
        var x = new double[Unknowns];
        Start(stages[0], x);
        var (iterations, diagnostics) = (0, Diagnostics.ClosedForm);
        for (var i = 0; i < stages.Length; i++)
        {
            stage = stages[i];
            var isLast = i == stages.Length - 1;
            var solution = FixedPoint.Solve(Map, x, new FixedPointOptions
            {
                Tolerance = isLast ? options.Tolerance : Math.Max(1e-6, options.Tolerance),
                MaxIterations = Math.Min(options.MaxIterations, isLast ? 1000 : 200),
                Methods = [new Newton(), new Anderson(), new Picard(0.5)],
                Domain = IsLegal,
                ThrowOnFailure = false,
            });
            iterations += solution.Iterations;
            x = solution.Value;
            diagnostics = new(solution.Status, solution.Residual, iterations, null, []);
            // A stage without a solution: the problem behind it has none either.
            if (!solution.IsConverged && solution.Residual > 0.1) break;
        }
        return Report(x, diagnostics);
    }

    /// <summary>λ from where the weights hardly move down to the one asked for, by factors of 10.</summary>
    public static ErmStage[] DownTo(double lambda, double alpha, IRidgePrior prior)
    {
        double strong = 0;
        for (var c = 0; c < prior.Clusters; c++) strong = Math.Max(strong, prior.MeanEigenvalue(c));
        strong *= Math.Max(1, alpha);
        var stages = new List<ErmStage> { new(alpha, lambda) };
        for (var above = lambda > 0 ? 10 * lambda : 1e-6 * strong; above < 10 * strong; above *= 10) stages.Add(new(alpha, above));
        stages.Reverse();
        return [.. stages];
    }

    /// <summary>α from a small one up to the one asked for, at λ = 1 (which sets the unit of V where the loss has no scale).</summary>
    public static ErmStage[] UpTo(double alpha, double ceiling)
    {
        var stages = new List<ErmStage> { new(alpha, 1) };
        // Steps shrink in proportion to the distance from where the solution ends.
        for (var below = Below(alpha, ceiling); below > 0.02 * Math.Min(1, alpha); below = Below(below, ceiling)) stages.Add(new(below, 1));
        stages.Reverse();
        return [.. stages];
    }

    private static double Below(double alpha, double ceiling) => double.IsFinite(ceiling) ? Math.Min(alpha / 1.5, alpha - 0.5 * (ceiling - alpha)) : alpha / 1.5;

    private void Start(ErmStage first, double[] x)
    {
        for (var c = 0; c < k; c++)
        {
            var mean = prior.MeanEigenvalue(c);
            x[c] = Math.Log(mean / Math.Max(first.Lambda, 1e-12));
            x[k + c] = Math.Log(mean * mean * first.Alpha / ((1 + first.Lambda) * (1 + first.Lambda)));
            x[2 * k + c] = laws[c].TeacherVariance > 0 ? 0.1 : 0;
        }
    }

    private bool IsLegal(ReadOnlySpan<double> x)
    {
        for (var i = 0; i < 2 * k; i++)
            if (Math.Abs(x[i]) > 100) return false;
        for (var i = 2 * k; i < 3 * k; i++)
            if (Math.Abs(x[i]) > 25) return false;
        return true;
    }

    private ChannelPoint Point(ReadOnlySpan<double> x, int c)
    {
        var (variance, spread, ratio) = (Math.Exp(x[c]), Math.Exp(x[k + c]), Math.Sinh(x[2 * k + c]));
        var rho = laws[c].TeacherVariance;
        var rest = 1 / (1 + ratio * ratio);
        return new(variance, spread, ratio * Math.Sqrt(rho * spread * rest), rho * rest, x[3 * k + c] + Intercept(x), laws[c].TeacherMean);
    }

    private double Intercept(ReadOnlySpan<double> x) => hasIntercept ? x[4 * k] : 0;

    private void Map(ReadOnlySpan<double> x, Span<double> image)
    {
        for (var c = 0; c < k; c++)
        {
            var averages = channel.At(c, Point(x, c));
            var samples = stage.Alpha * laws[c].Probability;
            (stiffness[c], noise[c], teaching[c], force[c]) = (samples * averages.Stiffness, samples * averages.ForceSquare, samples * averages.Teaching, samples * averages.Force);
        }
        prior.Resolve(stage.Lambda, stiffness, v, response);
        UpdateMeans(x, image);
        _ = prior.Spread(noise, teaching, force, q);
        for (var c = 0; c < k; c++)
        {
            image[c] = Math.Log(v[c]);
            image[k + c] = Math.Log(q[c]);
            image[2 * k + c] = Ratio(c);
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

    private double Ratio(int c)
    {
        if (laws[c].TeacherVariance == 0) return 0;
        double m = 0;
        for (var i = 0; i < k; i++) m += response[c * 2 * k + i] * teaching[i] + response[c * 2 * k + k + i] * force[i];
        var cosine = m / Math.Sqrt(laws[c].TeacherVariance * q[c]);
        // A cosine of 1 to rounding: the fields of student and teacher agree.
        return Math.Asinh(cosine / Math.Sqrt(Math.Max(1e-16, (1 - cosine) * (1 + cosine))));
    }

    private ErmSolution Report(double[] x, Diagnostics diagnostics)
    {
        Map(x, new double[x.Length]);
        var power = prior.Spread(noise, teaching, force, q);
        var points = new ChannelPoint[k];
        double test = 0, train = 0;
        for (var c = 0; c < k; c++)
        {
            points[c] = Point(x, c);
            test += laws[c].Probability * channel.TestError(c, points[c]);
            train += laws[c].Probability * channel.At(c, points[c]).TrainLoss;
        }
        return new(points, x[(3 * k)..(4 * k)], Intercept(x), power, test, train, diagnostics);
    }
}
