using System.Numerics.Tensors;
using Theory.Numerics.Quadrature;

namespace Theory.Benchmarks;

/// <summary>
/// The baseline: one-step networks with the isotropic map (tanh activation, sine target) as one writes them with arrays. All seven order parameters
/// (V₁, V₂, m, Θ, ψ, q₁, q₂) are iterated together with factor ½; every expression makes a new array, as numpy's do.
/// </summary>
internal sealed class PlainOneStep
{
    private const int Panels = 40;
    private static readonly QuadratureRule Legendre = GaussLegendre.Rule(10);
    private static readonly (double[] Z, double[] Weights) Hermite = GaussHermiteNodes();

    private readonly double c;
    private readonly Row kappa, weight, mu0, mu1, noise, target, slope, square;

    /// <summary>Spike, bulk and alignment of the step, and features and labels at 400 projections κ with 100 nodes for each average.</summary>
    public PlainOneStep(double learningRate, double batchRatio)
    {
        var (h1, slopeVariance) = (Mean(z => z * Math.Tanh(z)), Mean(z => Math.Pow(1 - Math.Tanh(z) * Math.Tanh(z), 2)));
        slopeVariance -= h1 * h1;
        var (t1, power) = (Mean(z => z * Math.Sin(z)), Mean(z => Math.Sin(z) * Math.Sin(z)));
        var nu = t1 * t1 + power / batchRatio;
        var (r, gamma) = (learningRate * h1 * Math.Sqrt(nu), t1 / Math.Sqrt(nu));
        c = 1 + learningRate * learningRate * power * slopeVariance / batchRatio;

        (kappa, weight) = Projections();
        var features = Averages(Math.Tanh, r, Math.Sqrt(c));
        (mu0, mu1) = (features.Mean, features.Linear / Math.Sqrt(c));
        noise = features.Square - features.Mean * features.Mean - features.Linear * features.Linear;
        (target, slope, square) = Averages(Math.Sin, gamma, Math.Sqrt(1 - gamma * gamma));
    }

    /// <summary>The test error, and the number of evaluations of the map until no order parameter moves by more than the tolerance.</summary>
    public (double TestError, int Evaluations) Solve(double alpha, double beta, double lambda, double tolerance)
    {
        var a = alpha / beta;
        var (v1, v2, m, theta, psi, q1, q2) = (1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0);
        for (var evaluation = 1; ; evaluation++)
        {
            var r = 1 / (1 + mu1 * mu1 * v1 + noise * v2);
            var fit = mu0 * m + mu1 * kappa * theta;
            var t = square + fit * fit - 2 * fit * target - 2 * mu1 * psi * slope + mu1 * mu1 * q1 + noise * q2;
            var (vh1, vh2) = (a * (weight * mu1 * mu1 * r).Sum(), a * (weight * noise * r).Sum());
            var (qh1, qh2) = (a * (weight * mu1 * mu1 * t * r * r).Sum(), a * (weight * noise * t * r * r).Sum());
            var (th, ph) = (a * (weight * kappa * mu1 * (target - fit) * r).Sum(), a * (weight * slope * mu1 * r).Sum());

            var (z, scale) = (lambda + vh2, c * vh1);
            var b = z + scale * (1 - beta);
            var root = Math.Sqrt(b * b + 4 * beta * z * scale);
            var m01 = b >= 0 ? 2 / (b + root) : (root - b) / (2 * beta * z * scale);
            var m02 = (beta * scale * m01 * m01 + m01) / root;
            var q = 1 + beta * scale * m01;
            var (m11, m12) = (c * m01 / q, c * m02 / (q * q));
            var m22 = (m11 - z * m12) / vh1;

            double[] next =
            [
                m11,
                m01,
                (weight * mu0 * (target - mu1 * kappa * theta) * r).Sum() / (weight * mu0 * mu0 * r).Sum(),
                beta * c * th * m01,
                beta * ph * m11,
                qh1 * m22 + qh2 * m12 + beta * (th * th * c * m12 + ph * ph * m22),
                qh1 * m12 + qh2 * m02 + beta * (th * th * c * m02 + ph * ph * m12),
            ];
            double[] now = [v1, v2, m, theta, psi, q1, q2];
            if (now.Zip(next, (x, y) => Math.Abs(x - y)).Max() <= tolerance) return ((weight * t).Sum(), evaluation);
            (v1, v2, m, theta) = ((v1 + next[0]) / 2, (v2 + next[1]) / 2, (m + next[2]) / 2, (theta + next[3]) / 2);
            (psi, q1, q2) = ((psi + next[4]) / 2, (q1 + next[5]) / 2, (q2 + next[6]) / 2);
        }
    }

    private static double Mean(Func<double, double> f) => Hermite.Z.Zip(Hermite.Weights, (z, w) => w * f(z)).Sum();

    // E f(aκ + sz), E z f(aκ + sz) and E f(aκ + sz)² at every κ.
    private (Row Mean, Row Linear, Row Square) Averages(Func<double, double> f, double a, double s)
    {
        var (mean, linear, power) = (new double[kappa.Length], new double[kappa.Length], new double[kappa.Length]);
        for (var i = 0; i < mean.Length; i++)
        {
            var shift = a * kappa.Values[i];
            (mean[i], linear[i], power[i]) = (Mean(z => f(shift + s * z)), Mean(z => z * f(shift + s * z)), Mean(z => Math.Pow(f(shift + s * z), 2)));
        }
        return (new(mean), new(linear), new(power));
    }

    private static (Row Kappa, Row Weight) Projections()
    {
        var nodes = Enumerable.Range(0, Panels).SelectMany(k => Legendre.Nodes.Select(x => -10 + 20.0 / Panels * (k + (1 + x) / 2))).ToArray();
        var weights = nodes.Select((x, i) => Legendre.Weights[i % 10] * Math.Exp(-x * x / 2)).ToArray();
        return (new(nodes), new Row(weights) / weights.Sum());
    }

    private static (double[] Z, double[] Weights) GaussHermiteNodes()
    {
        var rule = GaussHermite.Rule(100);
        return ([.. rule.Nodes], [.. rule.Weights]);
    }

    /// <summary>An array with the operators of one.</summary>
    private readonly struct Row(double[] values)
    {
        public double[] Values => values;

        public int Length => values.Length;

        public double Sum() => TensorPrimitives.Sum<double>(values);

        public static Row operator +(Row x, Row y) => New(x, y, TensorPrimitives.Add);

        public static Row operator -(Row x, Row y) => New(x, y, TensorPrimitives.Subtract);

        public static Row operator *(Row x, Row y) => New(x, y, TensorPrimitives.Multiply);

        public static Row operator +(double x, Row y) => New(y, x, TensorPrimitives.Add);

        public static Row operator *(double x, Row y) => New(y, x, TensorPrimitives.Multiply);

        public static Row operator *(Row x, double y) => New(x, y, TensorPrimitives.Multiply);

        public static Row operator /(Row x, double y) => New(x, y, TensorPrimitives.Divide);

        public static Row operator /(double x, Row y)
        {
            var result = new double[y.Length];
            TensorPrimitives.Divide(x, y.Values, result);
            return new(result);
        }

        private delegate void Two(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> result);

        private delegate void One(ReadOnlySpan<double> x, double y, Span<double> result);

        private static Row New(Row x, Row y, Two operation)
        {
            var result = new double[x.Length];
            operation(x.Values, y.Values, result);
            return new(result);
        }

        private static Row New(Row x, double y, One operation)
        {
            var result = new double[x.Length];
            operation(x.Values, y, result);
            return new(result);
        }
    }
}
