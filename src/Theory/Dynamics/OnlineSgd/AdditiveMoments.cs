namespace Theory.Dynamics;

/// <summary>
/// Moments of an additive error of analytic functions, e = c + Σ_i c_i φ_i(x_i), for any number of fields: sums over equally spaced values of the one or two fields that carry σ′,
/// with the rest averaged given these (<see cref="ConditionedFields"/>). The cost is that of planes, not of the whole space. Where the series converge badly,
/// cubature takes over if it does better.
/// </summary>
internal sealed class AdditiveMoments : IMomentRule
{
    private const int MaxLevel = 9;
    private readonly SgdTask task;
    private readonly int p, k, n;
    private readonly ConditionedFields fields;
    private readonly double[] weights, drift;
    private readonly double constant;
    private readonly MomentValues coarse, other;
    private CubatureMoments? cubature;
    private int level = -1;

    private AdditiveMoments(SgdTask task, AdditiveForm form)
    {
        (this.task, p, k, n) = (task, task.Width, task.Teachers, task.Fields);
        weights = new double[n];
        for (var j = 0; j < p; j++) weights[j] = -task.Readout[j] / p;
        for (var r = 0; r < k; r++) weights[p + r] = form.Functions[r] is null ? 0 : task.Target is null ? 1.0 / k : 1;
        drift = [.. weights];
        if (task.Loss == SgdLoss.Correlation) Array.Clear(drift, 0, p);
        constant = form.Constant;
        fields = new([.. Enumerable.Repeat(task.Activation, p), .. form.Functions.Select(f => f ?? task.Activation)]);
        (coarse, other) = (new(p, k), new(p, k));
    }

    public string Name => "conditional series";

    public bool IsExact => false;

    public static AdditiveMoments? TryCreate(SgdTask task, AdditiveForm? form) =>
        form is not null && task.Activation.Breakpoints.IsEmpty && task.Slope.Breakpoints.IsEmpty && form.Functions.All(f => f is null || f.Breakpoints.IsEmpty) ? new(task, form) : null;

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        cubature = null;
        var error = double.PositiveInfinity;
        At(0, omega, coarse);
        for (var next = 1; next <= MaxLevel; next++)
        {
            fields.Truncation = 0;
            At(next, omega, values);
            var difference = values.Distance(coarse);
            error = difference < 1 ? Math.Max(Math.Pow(difference, 1.2), 1e-15) : difference;
            if (error <= tolerance) break;
            values.CopyTo(coarse);
        }

        error = Math.Max(error, fields.Truncation / Math.Max(values.Risk, 1e-300));
        return error > Math.Max(tolerance, 1e-9) && n <= 5 ? TryCubature(omega, tolerance, error, values) : error;
    }

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values)
    {
        if (cubature is not null) cubature.Evaluate(omega, values);
        else At(Math.Max(level, 0), omega, values);
    }

    private double TryCubature(ReadOnlySpan<double> omega, double tolerance, double error, MomentValues values)
    {
        var rule = CubatureMoments.Create(task);
        var reached = rule.Refine(omega, tolerance, other);
        if (reached >= error) return error;
        other.CopyTo(values);
        cubature = rule;
        return reached;
    }

    public double Risk(ReadOnlySpan<double> omega)
    {
        if (level < 0) SetLevel(0);
        fields.Condition(omega, -1, -1);
        fields.At(0, 0, weights);
        return 0.5 * fields.Square(constant, weights);
    }

    private double Spacing => 0.9 * Math.Pow(2, -0.5 * level);

    private double Radius => Math.Min(5.5 + 0.5 * level, 9);

    private void SetLevel(int chosen)
    {
        if (chosen == level) return;
        level = chosen;
        fields.SetSpacing(0.8 * Spacing);
    }

    private void At(int chosen, ReadOnlySpan<double> omega, MomentValues values)
    {
        SetLevel(chosen);
        values.Clear();
        values.Risk = Risk(omega);
        for (var j = 0; j < p; j++)
        {
            Single(j, omega, values);
            for (var b = 0; b < j; b++) values.H[j * p + b] = values.H[b * p + j] = Pair(j, b, omega);
        }
    }

    /// <summary>Row j of F and G, and H_jj.</summary>
    private void Single(int j, ReadOnlySpan<double> omega, MomentValues values)
    {
        fields.Condition(omega, j, j);
        var last = LastNode(Radius);
        for (var i = -last; i <= last; i++)
        {
            var (u, density) = Node(i);
            var slope = task.Slope.Evaluate(fields.Slope(j, 0) * u);
            var weight = density * task.Readout[j] * slope;
            if (weight == 0) continue;
            fields.At(u, 0, drift);
            var mean = constant;
            for (var o = 0; o < n; o++) mean += drift[o] == 0 ? 0 : drift[o] * fields.Mean(o);
            for (var r = 0; r < k; r++) values.F[j * k + r] += weight * Times(omega, p + r, u, mean);
            for (var b = 0; b < p; b++) values.G[j * p + b] += weight * Times(omega, b, u, mean);
            values.H[j * p + j] += weight * task.Readout[j] * slope * (fields.Square(constant, drift) + task.Noise);
        }
    }

    /// <summary>E[e x_b] given the coordinate: E e E x_b + Σ_i c_i Cov(x_i, x_b) E φ_i′.</summary>
    private double Times(ReadOnlySpan<double> omega, int b, double u, double mean)
    {
        var sum = mean * fields.Slope(b, 0) * u;
        for (var i = 0; i < n; i++)
        {
            if (drift[i] != 0) sum += drift[i] * (omega[i * n + b] - fields.Slope(i, 0) * fields.Slope(b, 0)) * fields.MeanSlope(i);
        }

        return sum;
    }

    /// <summary>H_jb for two different students.</summary>
    private double Pair(int j, int b, ReadOnlySpan<double> omega)
    {
        fields.Condition(omega, j, b);
        var isPlane = fields.Dimensions == 2;
        var sum = 0.0;
        var last = LastNode(Radius);
        for (var i = -last; i <= last; i++)
        {
            var (u, density) = Node(i);
            var outer = density * task.Slope.Evaluate(fields.Slope(j, 0) * u);
            if (outer == 0) continue;
            var room = Math.Sqrt(Math.Max(Radius * Radius - u * u, 0.01));
            var inner = isPlane ? LastNode(room) : 0;
            for (var o = -inner; o <= inner; o++)
            {
                var (v, own) = isPlane ? Node(o) : (0, 1);
                var weight = outer * own * task.Slope.Evaluate(fields.Slope(b, 0) * u + fields.Slope(b, 1) * v);
                if (weight == 0) continue;
                fields.At(u, v, drift);
                sum += weight * (fields.Square(constant, drift) + task.Noise);
            }
        }

        return task.Readout[j] * task.Readout[b] * sum;
    }

    /// <summary>Index of the last node in range; the first one's is its negative.</summary>
    private int LastNode(double range) => (int)(range / Spacing);

    private (double U, double Weight) Node(int i)
    {
        var u = i * Spacing;
        return (u, Spacing * 0.3989422804014327 * Math.Exp(-0.5 * u * u));
    }
}
