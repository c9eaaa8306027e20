using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Langevin dynamics of the spherical p-spin glass from a random start: explicit Euler steps of the equations of Cugliandolo and Kurchan (Phys. Rev. Lett. 71, 173, 1993) for correlation C and response R,
/// with covariance N f(q), f(q) = q^p/2, of the energy. O(T²) memory, O(T³) time for T steps; the error is of the order of the time step.
/// </summary>
public sealed class SphericalPSpin
{
    private readonly double[][] correlation, response;

    private SphericalPSpin(int steps)
    {
        (correlation, response) = ([.. Enumerable.Range(0, steps + 1).Select(t => new double[t + 1])], [.. Enumerable.Range(0, steps + 1).Select(t => new double[t + 1])]);
        (Energy, Multiplier) = ([], []);
    }

    /// <summary>Energy per spin E(t), at the steps 0 … T.</summary>
    public ImmutableArray<double> Energy { get; private set; }

    /// <summary>Lagrange multiplier μ(t) of the sphere, at the steps 0 … T.</summary>
    public ImmutableArray<double> Multiplier { get; private set; }

    /// <summary>C(t,s) of two steps.</summary>
    /// <param name="t">The later step, up to T.</param>
    /// <param name="s">The earlier step, from 0 to t.</param>
    /// <returns>The correlation; 1 at t = s.</returns>
    public double Correlation(int t, int s) => correlation[t][s];

    /// <summary>R(t,s) per unit time of two steps; 0 at t = s.</summary>
    /// <param name="t">The later step, up to T.</param>
    /// <param name="s">The earlier step, from 0 to t.</param>
    /// <returns>The response.</returns>
    public double Response(int t, int s) => response[t][s];

    /// <summary>Solves the equations.</summary>
    /// <param name="p">Order of the interaction, at least 2.</param>
    /// <param name="temperature">Temperature, in [0, ∞).</param>
    /// <param name="timeStep">Time step dt, in (0, ∞).</param>
    /// <param name="steps">Number of steps T, at least 1.</param>
    /// <returns>The solution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static SphericalPSpin Solve(int p, double temperature, double timeStep, int steps)
    {
        Guard.AtLeast(p, 2, nameof(p));
        Guard.In(temperature, ParameterRange.NonNegative, nameof(temperature));
        Guard.In(timeStep, ParameterRange.Positive, nameof(timeStep));
        Guard.AtLeast(steps, 1, nameof(steps));
        var solution = new SphericalPSpin(steps);
        solution.Run(p, temperature, timeStep);
        return solution;
    }

    private void Run(int p, double temperature, double dt)
    {
        var (c, r, steps) = (correlation, response, correlation.Length - 1);
        var (energy, multiplier) = (new double[steps + 1], new double[steps + 1]);
        var (force, memory) = (new double[steps], new double[steps]);
        c[0][0] = 1;
        for (var t = 0; t <= steps; t++)
        {
            var work = 0.0;
            for (var s = 0; s < t; s++)
            {
                // f′(C) and f″(C) R dt.
                force[s] = p / 2.0 * Math.Pow(c[t][s], p - 1);
                memory[s] = p * (p - 1) / 2.0 * Math.Pow(c[t][s], p - 2) * r[t][s] * dt;
                work += force[s] * r[t][s] * dt;
            }
            energy[t] = -work;
            var mu = multiplier[t] = temperature + p * work;
            if (t == steps) break;
            for (var s = 0; s <= t; s++)
            {
                var (pull, push) = (-mu * c[t][s], 0.0);
                for (var u = 0; u < t; u++) pull += memory[u] * (u >= s ? c[u][s] : c[s][u]);
                for (var u = 0; u < s; u++) push += force[u] * r[s][u];
                c[t + 1][s] = c[t][s] + dt * (pull + dt * push);
                if (s == t) continue;
                var answer = -mu * r[t][s];
                for (var u = s + 1; u < t; u++) answer += memory[u] * r[u][s];
                r[t + 1][s] = r[t][s] + dt * answer;
            }
            (c[t + 1][t + 1], r[t + 1][t]) = (1, 1);
        }
        (Energy, Multiplier) = ([.. energy], [.. multiplier]);
    }
}
