using System.Numerics.Tensors;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>The coefficients c_j = a_j σ′(l_j) E of plain and correlation SGD, for the labels y = g(s_1, …, s_k) + √Δ ξ and the network f = (1/p) Σ_j a_j σ(l_j).</summary>
public static class CoefficientRules
{
    /// <summary>The rule for any activation and target. It keeps scratch space: one for each chain.</summary>
    /// <param name="activation">Activation σ(z), a formula.</param>
    /// <param name="target">Target g(z1, …, zk).</param>
    /// <param name="readout">Second layer a_j, one for each student; its length is p.</param>
    /// <param name="noise">Variance Δ ≥ 0 of the label noise.</param>
    /// <param name="loss">Square (E = y − f) or correlation (E = y).</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">The activation is a delegate, whose derivative is not known.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The noise is negative.</exception>
    public static SampleCoefficients Of(ScalarFunction activation, Expression target, ReadOnlySpan<double> readout, double noise, SgdLoss loss)
    {
        Guard.NotNull(activation, nameof(activation));
        var formula = activation.Expression ?? throw new ArgumentException($"activation must be a formula, so that its derivative is known; got the delegate {activation.Text}", nameof(activation));
        var (function, slope, label) = (formula.Simplify(), formula.Differentiate(), Guard.NotNull(target, nameof(target)).Simplify());
        var (a, deviation) = (readout.ToArray(), Math.Sqrt(Guard.In(noise, ParameterRange.NonNegative, nameof(noise))));
        double[] error = [], output = [];
        return (fields, xi, coefficients) =>
        {
            var (n, p) = (xi.Length, a.Length);
            if (error.Length < n) (error, output) = (new double[n], new double[p * n]);
            var e = error.AsSpan(0, n);
            label.Evaluate(fields[(p * n)..], e);
            TensorPrimitives.MultiplyAdd(xi, deviation, e, e);
            if (loss == SgdLoss.Square) function.Evaluate(fields[..(p * n)], output.AsSpan(0, p * n));
            for (var j = 0; j < p && loss == SgdLoss.Square; j++) TensorPrimitives.MultiplyAdd(output.AsSpan(j * n, n), -a[j] / p, e, e);
            slope.Evaluate(fields[..(p * n)], coefficients[..(p * n)]);
            for (var j = 0; j < p; j++)
            {
                var c = coefficients.Slice(j * n, n);
                TensorPrimitives.Multiply(c, e, c);
                TensorPrimitives.Multiply(c, a[j], c);
            }
        };
    }

    /// <summary>The rule for one neuron h_ℓ = He_ℓ/√ℓ! on a teacher of the same kind, without allocation or parsing.</summary>
    /// <param name="order">Order ℓ, at least 1.</param>
    /// <param name="noise">Variance Δ ≥ 0 of the label noise.</param>
    /// <param name="loss">Square or correlation.</param>
    /// <returns>The rule; it may be shared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is less than 1 or the noise negative.</exception>
    public static SampleCoefficients Hermite(int order, double noise, SgdLoss loss)
    {
        Guard.AtLeast(order, 1, nameof(order));
        var (deviation, own, root) = (Math.Sqrt(Guard.In(noise, ParameterRange.NonNegative, nameof(noise))), loss == SgdLoss.Square ? 1 : 0, Math.Sqrt(order));
        // h_k = (z h_{k−1} − √(k−1) h_{k−2})/√k with the square roots at hand.
        double[] inverse = [.. Enumerable.Range(0, order + 1).Select(i => 1 / Math.Sqrt(Math.Max(i, 1)))], ratio = [.. Enumerable.Range(0, order + 1).Select(i => Math.Sqrt(Math.Max(i - 1, 0.0) / Math.Max(i, 1)))];
        return (fields, xi, coefficients) =>
        {
            var n = xi.Length;
            for (var i = 0; i < n; i++)
            {
                double l = fields[i], s = fields[n + i], below = 0, own1 = 1, teacherBelow = 0, teacher = 1;
                for (var q = 1; q <= order; q++)
                {
                    (below, own1) = (own1, l * own1 * inverse[q] - ratio[q] * below);
                    (teacherBelow, teacher) = (teacher, s * teacher * inverse[q] - ratio[q] * teacherBelow);
                }
                coefficients[i] = root * below * (teacher + deviation * xi[i] - own * own1);
            }
        };
    }
}
