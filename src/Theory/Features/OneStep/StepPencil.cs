using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>The resolvent of Γ at −1/τ from a linear pencil in the batch: fixed points of 2 × 2 matrices, averaged over Z ~ N(0, 1) and the residual y = g(Z) + √Δ ξ − h₀.</summary>
internal sealed class StepPencil
{
    private const int MaximumIterations = 20_000;
    private readonly FirstStep step;
    private readonly double a, b, inverseRatio;
    private readonly double[] residual, weight, weightZ, weightZz;

    public StepPencil(FirstStep step, ScalarFunction target, double batchRatio, double noise)
    {
        this.step = step;
        inverseRatio = 1 / batchRatio;
        (a, b) = (step.Stretch, step.Roughness * inverseRatio);
        var (z, w) = Nodes(target);
        var values = new double[z.Length];
        target.Evaluate(z, values);
        var (xi, v) = Noise(noise);
        residual = new double[z.Length * xi.Length];
        (weight, weightZ, weightZz) = (new double[residual.Length], new double[residual.Length], new double[residual.Length]);
        for (var (i, k) = (0, 0); i < z.Length; i++)
        {
            for (var j = 0; j < xi.Length; j++, k++)
            {
                residual[k] = values[i] + Math.Sqrt(noise) * xi[j] - step.Output;
                weight[k] = w[i] * v[j];
                weightZ[k] = weight[k] * z[i];
                weightZz[k] = weightZ[k] * z[i];
            }
        }
    }

    /// <summary>A first guess of T at some τ.</summary>
    public Matrix2 Start(double tau) => (Constant(tau) + new Matrix2(b * step.ResidualSquare, 0, 0, 0)).Inverse();

    /// <summary>φ and n at τ; the guess of T is replaced by T.</summary>
    public (double Phi, Symmetric2 N) At(double tau, ref Matrix2 guess)
    {
        var t = guess = Solve(tau, guess);
        var theta = (Constant(tau) + Average(t, weightZz)).Inverse();
        var trace = t.A11 / tau;
        var (kVv, kVz, kZz) = (trace, 0.0, trace);
        var rest = Math.Sqrt((1 - step.Alignment) * (1 + step.Alignment));
        if (step.GradientSquare > 0)
        {
            var (left, right, square) = Vectors(t);
            var mixed = theta * right;
            var gradient = inverseRatio * (square * t) + left * mixed;
            var (kTheta, kMixed) = (theta.A11 / tau, mixed.A11 / (tau * Math.Sqrt(step.GradientSquare)));
            kVv = gradient.A11 / (tau * step.GradientSquare);
            if (rest > 0)
            {
                kVz = (kMixed - step.Alignment * kVv) / rest;
                kZz = (kTheta - 2 * step.Alignment * kMixed + step.Alignment * step.Alignment * kVv) / (rest * rest);
            }
        }
        return (Phi(tau, t), new((1 - kVv) / (kVv * tau), -kVz / (kVv * tau), (1 - kZz + kVz * kVz / kVv) / tau));
    }

    // (1 − T₁₁/τ)/τ with T = (C + S)⁻¹, without the difference.
    private double Phi(double tau, Matrix2 t)
    {
        var s = Average(t, weight);
        var rest = s.A11 * (1 + s.A22) + (1 + s.A12) * (1 - s.A21);
        return rest / (1 + s.A22 + tau * rest);
    }

    private Matrix2 Solve(double tau, Matrix2 guess)
    {
        const int Patience = 30;
        var (t, change, before) = (guess, double.PositiveInfinity, double.PositiveInfinity);
        for (var iteration = 1; iteration <= MaximumIterations; iteration++)
        {
            var next = (Constant(tau) + Average(t, weight)).Inverse();
            change = next.Distance(t) / next.Size;
            if (change <= 2e-16) return next;
            t = iteration <= 50 ? next : 0.5 * (t + next);
            if (iteration % Patience != 0) continue;
            // Rounding noise does not shrink any more.
            if (change <= 1e-11 && change > before / 4) return next;
            before = change;
        }
        throw new NotConvergedException(OneStepNetworkModel.System.Id, new(SolverStatus.BudgetExhausted, change, MaximumIterations, null, []));
    }

    private static Matrix2 Constant(double tau) => new(1 / tau, 1, -1, 1);

    // E[w B (I + TB/α₀)⁻¹] with B = [[b y², a y], [−a y, 0]] and det B = a²y².
    private Matrix2 Average(Matrix2 t, double[] weights)
    {
        var (squares, products) = (Vector<double>.Zero, Vector<double>.Zero);
        var odd = (t.A21 - t.A12) * a * inverseRatio;
        var even = (t.A11 * b + (t.A11 * t.A22 - t.A12 * t.A21) * a * a * inverseRatio) * inverseRatio;
        var (odds, evens) = (new Vector<double>(odd), new Vector<double>(even));
        var i = 0;
        for (; i <= residual.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var y = new Vector<double>(residual, i);
            var square = y * y;
            // det(I + TB/α₀) = 1 + tr(TB)/α₀ + det T det B/α₀²; B (I + X)⁻¹ = (B + det B · adj(T)/α₀)/det.
            var scaled = new Vector<double>(weights, i) / (Vector<double>.One + square * evens + y * odds);
            squares += scaled * square;
            products += scaled * y;
        }
        var (y2, y1) = (Vector.Sum(squares), Vector.Sum(products));
        for (; i < residual.Length; i++)
        {
            var y = residual[i];
            var scaled = weights[i] / (1 + y * y * even + y * odd);
            y2 += scaled * y * y;
            y1 += scaled * y;
        }
        var k = a * a * inverseRatio * y2;
        return new(b * y2 + k * t.A22, a * y1 - k * t.A12, -a * y1 - k * t.A21, k * t.A11);
    }

    // E[Z y (I + TB/α₀)⁻¹], E[Z y (I + BT/α₀)⁻¹] and E[y² (I + TB/α₀)⁻¹].
    private (Matrix2 Left, Matrix2 Right, Matrix2 Square) Vectors(Matrix2 t)
    {
        Matrix2 left = default, right = default, square = default;
        for (var i = 0; i < residual.Length; i++)
        {
            var y = residual[i];
            var matrix = new Matrix2(b * y * y, a * y, -a * y, 0);
            var first = (new Matrix2(1, 0, 0, 1) + inverseRatio * (t * matrix)).Inverse();
            var second = (new Matrix2(1, 0, 0, 1) + inverseRatio * (matrix * t)).Inverse();
            left += weightZ[i] * y * first;
            right += weightZ[i] * y * second;
            square += weight[i] * y * y * first;
        }
        return (left, right, square);
    }

    private static (double[] Nodes, double[] Weights) Nodes(ScalarFunction target)
    {
        const double Range = 10;
        const int Order = 10;
        double[] marks = [-Range, .. target.SplitPoints.Where(x => Math.Abs(x) < Range), Range];
        var (nodes, weights) = (new List<double>(), new List<double>());
        for (var m = 1; m < marks.Length; m++)
        {
            var panels = (int)Math.Ceiling((marks[m] - marks[m - 1]) / 0.5 * (1 - 1e-12));
            for (var k = 0; k < panels; k++)
            {
                var width = (marks[m] - marks[m - 1]) / panels;
                if (!(width > 0)) continue;
                var lower = marks[m - 1] + k * width;
                var rule = GaussLegendre.Rule(Order);
                for (var i = 0; i < Order; i++)
                {
                    var z = lower + width / 2 * (1 + rule.Nodes[i]);
                    nodes.Add(z);
                    weights.Add(width / 2 * rule.Weights[i] * Math.Exp(-z * z / 2));
                }
            }
        }
        return ([.. nodes], Normalised([.. weights]));
    }

    // A trapezoid rule: the integrand is analytic in ξ, with poles away from the real axis.
    private static (double[] Nodes, double[] Weights) Noise(double variance)
    {
        if (variance == 0) return ([0], [1]);
        var interval = variance < 0.3 ? 0.25 : 0.125;
        var half = (int)(8.5 / interval);
        var nodes = new double[2 * half + 1];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = (i - half) * interval;
        return (nodes, Normalised([.. nodes.Select(x => Math.Exp(-x * x / 2))]));
    }

    private static double[] Normalised(double[] weights)
    {
        var total = weights.Sum();
        for (var i = 0; i < weights.Length; i++) weights[i] /= total;
        return weights;
    }
}
