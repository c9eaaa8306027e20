using System.Numerics.Tensors;

namespace Theory.Dynamics;

/// <summary>
/// Second-moment closure of dynamical mean-field theory for least squares, exact with Bernoulli minibatches too: f^t = m^t (h^t − y) is linear in Gaussians and masks.
/// With e the error, gauss^t = (M^t − √ρ) z + u^t − √Δ ξ and G(t,s) = E[gauss^t gauss^s]; D(t,s) = ∂h^t/∂u^s averaged over masks. O(T³).
/// </summary>
internal sealed class LinearClosure
{
    private readonly LinearDmftModel model;
    private readonly double root;
    private readonly double[] drift;                                   // E[f^t z]
    private readonly double[][] gauss, response, correlation;           // E[gauss^t f^r]; D by columns; E[f^t f^s]
    private readonly double[][] b, c, source;

    public LinearClosure(LinearDmftModel model)
    {
        (this.model, root) = (model, Math.Sqrt(model.Rho));
        var steps = model.Steps;
        Weights = new(new(model.LearningRate, model.Lambda, model.Momentum, model.Nesterov), steps, new[,] { { model.M0 } }, new[,] { { model.Q0 - model.M0 * model.M0 } });
        (drift, Train) = (new double[steps + 1], new double[steps + 1]);
        (gauss, response, correlation) = (Square(steps + 1), Square(steps + 1), Square(steps + 1));
        (b, c, source) = ([new double[steps + 1]], [new double[steps + 1]], [new double[1]]);
        for (var t = 0; t <= steps; t++)
        {
            Sample(t);
            if (t == steps) break;
            source[0][0] = model.Alpha * drift[t];
            for (var s = 0; s <= t; s++) (b[0][s], c[0][s]) = (model.Alpha * response[s][t], model.Alpha * correlation[t][s]);
            Weights.Advance(t, b, c, source);
        }
    }

    public WeightDynamics Weights { get; }

    /// <summary>½E(h^t − y)² on the training set, t = 0 … T; with Nesterov at the point where the gradient is taken.</summary>
    public double[] Train { get; }

    /// <summary>B(t,s) = αD(t,s).</summary>
    public double Response(int t, int s) => model.Alpha * response[s][t];

    private void Sample(int t)
    {
        var a = Weights.Response(t, 0);
        drift[t] = Weights.QueryOverlap(t, 0)[0] - root + Dot(a, drift, 0, t);
        response[t][t] = 1;
        for (var s = 0; s < t; s++) response[s][t] = Dot(a, response[s], s, t);

        for (var r = 0; r < t; r++) gauss[t][r] = Covariance(t, r) + Dot(Weights.Response(r, 0), gauss[t], 0, r);
        for (var r = 0; r <= t; r++) gauss[r][t] = Covariance(t, r) + Dot(a, gauss[r], 0, t);
        for (var s = 0; s < t; s++) correlation[t][s] = correlation[s][t] = gauss[t][s] + Dot(a, correlation[s], 0, t);

        // E e² = G + 2 Σ_r A Eu + Σ_rq A A E[f f]; the inner sum is E[f^t f^r] − Eu(t,r).
        var squared = Covariance(t, t);
        for (var r = 0; r < t; r++) squared += a[r] * (gauss[t][r] + correlation[t][r]);
        Train[t] = squared / 2;
        correlation[t][t] = squared / model.BatchFraction;
    }

    /// <summary>G(t,s) = (M^t − √ρ)(M^s − √ρ) + Q⊥(t,s) + Δ.</summary>
    private double Covariance(int t, int s) =>
        (Weights.QueryOverlap(t, 0)[0] - root) * (Weights.QueryOverlap(s, 0)[0] - root) + Weights.QueryCovariance[t][s] + model.Noise;

    private static double Dot(ReadOnlySpan<double> a, double[] values, int from, int to) =>
        TensorPrimitives.Dot(a[from..to], values.AsSpan(from, to - from));

    private static double[][] Square(int n) => [.. Enumerable.Range(0, n).Select(_ => new double[n])];
}
