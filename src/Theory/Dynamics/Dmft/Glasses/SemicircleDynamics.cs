using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// x^{t+1} = x^t + η J x^t with J of the Gaussian orthogonal ensemble (semicircle on [−2, 2]) and x^0 of unit variance, by dynamical mean-field theory: x^{t+1} = x^t + η(w^t + Σ_{s&lt;t} R(t,s) x^s),
/// Cov w = C, R(t,s) = ∂x^t/∂w^s. The exact answer is C(t,s) = ∫ρ(λ)(1 + ηλ)^{t+s}.
/// </summary>
public static class SemicircleDynamics
{
    /// <summary>Solves the equations.</summary>
    /// <param name="learningRate">η, finite.</param>
    /// <param name="steps">Number of steps T, at least 1.</param>
    /// <returns>C(t,s), row t with s = 0 … t, for t = 0 … T.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static ImmutableArray<ImmutableArray<double>> Correlation(double learningRate, int steps)
    {
        Guard.In(learningRate, ParameterRange.Finite, nameof(learningRate));
        Guard.AtLeast(steps, 1, nameof(steps));
        var (a, r, c) = (new double[steps + 1], new double[steps + 1, steps + 1], new double[steps + 1, steps + 1]);
        a[0] = c[0, 0] = 1;
        for (var t = 0; t < steps; t++)
        {
            a[t + 1] = a[t];
            for (var s = 0; s < t; s++) a[t + 1] += learningRate * r[t, s] * a[s];
            r[t + 1, t] = learningRate;
            for (var s = 0; s < t; s++)
            {
                r[t + 1, s] = r[t, s];
                for (var u = s + 1; u < t; u++) r[t + 1, s] += learningRate * r[t, u] * r[u, s];
            }
            for (var s = 0; s <= t + 1; s++)
            {
                var sum = a[t + 1] * a[s];
                for (var u = 0; u <= t; u++)
                    for (var v = 0; v < s; v++) sum += r[t + 1, u] * c[u, v] * r[s, v];
                c[t + 1, s] = c[s, t + 1] = sum;
            }
        }
        return [.. Enumerable.Range(0, steps + 1).Select(t => Enumerable.Range(0, t + 1).Select(s => c[t, s]).ToImmutableArray())];
    }
}
