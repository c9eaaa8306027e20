namespace Theory.Channels;

/// <summary>ℓ(u) = log(1 + e^−u). prox(u) is the root x of x = u + V/(1 + e^x), which lies in (u, u + V).</summary>
public readonly record struct LogisticLoss : IMarginLoss
{
    private const int MaxSteps = 60;

    /// <inheritdoc/>
    public string Name => "logistic";

    /// <inheritdoc/>
    public double Value(double margin) => Softplus(-margin);

    /// <inheritdoc/>
    public ProximalPoint At(double margin, double variance)
    {
        // (u, x) → (−u − V, −x) leaves the equation as it is: only roots x ≥ 0 need be found.
        var reflected = margin < -0.5 * variance;
        var x = NonNegativeRoot(reflected ? -margin - variance : margin, variance);
        var decay = Math.Exp(-x);
        var tail = decay / (1 + decay);
        var curvature = tail / (1 + decay);
        var slope = -curvature / (1 + variance * curvature);
        return reflected
            ? new(-x, 1 / (1 + decay), slope, x + Log1P(decay))
            : new(x, tail, slope, Log1P(decay));
    }

    /// <inheritdoc/>
    public int Kinks(double variance, Span<double> kinks) => 0;

    /// <inheritdoc/>
    public int Bends(double variance, Span<double> bends, out double scale)
    {
        // The complex singularities of prox lie about π away from the real axis, above these points.
        scale = 3;
        var offset = Math.Log(1 + variance);
        (bends[0], bends[1]) = (-variance - offset, offset);
        return 2;
    }

    /// <summary>
    /// The root x ≥ 0 of g(x) = x − u − V/(1 + e^x) for u ≥ −V/2. There g increases and is concave: Newton's method from the left approaches the root from below,
    /// without overshooting. (Between both ends of a bracket it would cycle for large V.)
    /// </summary>
    private static double NonNegativeRoot(double u, double variance)
    {
        var x = Math.Max(u, 0);
        // V/(1 + e^x) ≥ ½V e^−x for x ≥ 0 gives a lower bound that is close for large V.
        var logarithm = Math.Log(0.5 * variance) - u;
        if (logarithm > 1) x = Math.Max(x, u + logarithm - Math.Log(logarithm));
        for (var i = 0; i < MaxSteps; i++)
        {
            var decay = Math.Exp(-x);
            var tail = decay / (1 + decay);
            var step = (u + variance * tail - x) / (1 + variance * tail / (1 + decay));
            x = Math.Max(0, x + step);
            if (step <= 4e-16 * Math.Max(1, x)) break;
        }
        return x;
    }

    private static double Softplus(double u) => Math.Max(u, 0) + Log1P(Math.Exp(-Math.Abs(u)));

    private static double Log1P(double x)
    {
        var sum = 1 + x;
        return Math.Log(sum) + (x - (sum - 1)) / sum;
    }
}
