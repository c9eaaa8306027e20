using MathNet.Numerics.LinearAlgebra;
using Theory.Estimation;
using Theory.Hermite;

namespace Theory.Tests.Estimation;

/// <summary>
/// Ridge regression on a mixture without iteration beyond V: K scalar equations for V, a linear system for the means and the intercept, a linear system for q.
/// In the letters of the docs, on dense matrices, apart from the library's own path.
/// </summary>
internal static class ClosedRidge
{
    public sealed record Result(double[] V, double[] Q, double[] M, double[] H, double TrainLoss);

    public static Result Solve(MixtureErmModel m)
    {
        var (k, atoms) = (m.Probabilities.Length, m.AtomWeights.Length);
        var v = SolveV(m);
        var stiffness = Enumerable.Range(0, k).Select(c => m.Alpha * m.Probabilities[c] / (1 + v[c])).ToArray();
        var a = Enumerable.Range(0, atoms).Select(j => m.Lambda + Enumerable.Range(0, k).Sum(c => stiffness[c] * m.CovarianceEigenvalues[c][j])).ToArray();
        double Sum(Func<int, double> term) => Enumerable.Range(0, atoms).Sum(j => m.AtomWeights[j] * term(j));

        var labels = Enumerable.Range(0, k).Select(c => Labels(m, Sum(j => m.MeanTeacherOverlaps[j][c]), Sum(j => m.CovarianceEigenvalues[c][j] * m.TeacherPower[j]))).ToArray();
        var mu = Matrix<double>.Build.Dense(k, k, (c, e) => Sum(j => m.MeanGram[j][c][e] / a[j]));
        var cross = Matrix<double>.Build.Dense(k, k, (c, e) => Sum(j => m.CovarianceEigenvalues[c][j] * m.MeanTeacherOverlaps[j][e] / a[j]));
        var teacher = Matrix<double>.Build.Dense(k, k, (c, e) => Sum(j => m.CovarianceEigenvalues[c][j] * m.CovarianceEigenvalues[e][j] * m.TeacherPower[j] / a[j]));
        var kappa = Vector<double>.Build.Dense(k, c => stiffness[c] * labels[c].Kappa);
        var mean = Vector<double>.Build.Dense(k, c => stiffness[c] * labels[c].Mean);
        var vh = Matrix<double>.Build.DenseOfDiagonalArray(stiffness);

        // h + M V̂ (h + b) = M V̂ ȳ + Tᵀ V̂ κ; Σ V̂ (ȳ − h − b) = 0.
        var n = m.Intercept ? k + 1 : k;
        var system = Matrix<double>.Build.Dense(n, n);
        system.SetSubMatrix(0, 0, Matrix<double>.Build.DenseIdentity(k) + mu * vh);
        var right = Vector<double>.Build.Dense(n);
        right.SetSubVector(0, k, mu * mean + cross.TransposeThisAndMultiply(kappa));
        if (m.Intercept)
        {
            system.SetSubMatrix(0, k, (mu * Vector<double>.Build.Dense(stiffness)).ToColumnMatrix());
            for (var c = 0; c < k; c++) system[k, c] = stiffness[c];
            system[k, k] = stiffness.Sum();
            right[k] = mean.Sum();
        }
        var solution = system.Solve(right);
        var b = m.Intercept ? solution[k] : 0;
        var h = solution.SubVector(0, k);
        var force = Vector<double>.Build.Dense(k, c => stiffness[c] * (labels[c].Mean - h[c] - b));
        var overlap = teacher * kappa + cross * force;

        // q = P + L q, with R_c = y² + q_c + (h+b)² − 2((h+b)ȳ + mκ).
        double Known(int c) => labels[c].Square + (h[c] + b) * (h[c] + b) - 2 * ((h[c] + b) * labels[c].Mean + overlap[c] * labels[c].Kappa);
        double Weight(int c) => m.Alpha * m.Probabilities[c] / ((1 + v[c]) * (1 + v[c]));
        var coupling = Matrix<double>.Build.Dense(k, k, (c, e) => Weight(e) * Sum(j => m.CovarianceEigenvalues[c][j] * m.CovarianceEigenvalues[e][j] / (a[j] * a[j])));
        var source = Vector<double>.Build.Dense(k, c => Enumerable.Range(0, k).Sum(e => coupling[c, e] * Known(e)) + Sum(j => m.CovarianceEigenvalues[c][j] * Power(m, j, kappa, force) / (a[j] * a[j])));
        var q = (Matrix<double>.Build.DenseIdentity(k) - coupling).Solve(source);
        var train = Enumerable.Range(0, k).Sum(c => m.Probabilities[c] * (Known(c) + q[c]) / (2 * (1 + v[c]) * (1 + v[c])));
        return new(v, q.ToArray(), overlap.ToArray(), h.ToArray(), train);
    }

    // |Σ κ̂ s + Σ ĥ μ|² per coordinate of an atom.
    private static double Power(MixtureErmModel m, int j, Vector<double> kappa, Vector<double> force)
    {
        var k = kappa.Count;
        var t = Enumerable.Range(0, k).Sum(c => kappa[c] * m.CovarianceEigenvalues[c][j]);
        var power = t * t * m.TeacherPower[j];
        for (var c = 0; c < k; c++)
        {
            power += 2 * t * force[c] * m.MeanTeacherOverlaps[j][c];
            for (var e = 0; e < k; e++) power += force[c] * force[e] * m.MeanGram[j][c][e];
        }
        return power;
    }

    private static double[] SolveV(MixtureErmModel m)
    {
        var k = m.Probabilities.Length;
        var v = Enumerable.Repeat(1.0, k).ToArray();
        for (var i = 0; i < 100_000; i++)
        {
            var next = new double[k];
            for (var j = 0; j < m.AtomWeights.Length; j++)
            {
                var a = m.Lambda + Enumerable.Range(0, k).Sum(c => m.Alpha * m.Probabilities[c] / (1 + v[c]) * m.CovarianceEigenvalues[c][j]);
                for (var c = 0; c < k; c++) next[c] += m.AtomWeights[j] * m.CovarianceEigenvalues[c][j] / a;
            }
            var change = next.Zip(v).Max(p => Math.Abs(p.First - p.Second) / p.First);
            v = next;
            if (change < 1e-15) break;
        }
        return v;
    }

    private static (double Mean, double Square, double Kappa) Labels(MixtureErmModel m, double t, double rho)
    {
        if (m.Teacher is null) return Logit(m.InverseTemperature, t, rho);
        var inside = m.Teacher.Text.StartsWith("sign", StringComparison.Ordinal);
        var variance = inside ? rho + m.Noise : rho;
        var s = SmoothedMoments.Of(m.Teacher, t, Math.Sqrt(variance));
        return (s.Mean, s.SecondMoment + (inside ? 0 : m.Noise), s.First / Math.Sqrt(variance));
    }

    private static (double Mean, double Square, double Kappa) Logit(double inverseTemperature, double t, double rho)
    {
        var s = SmoothedMoments.Of($"tanh({(inverseTemperature / 2).ToString("R", System.Globalization.CultureInfo.InvariantCulture)}*z)", t, Math.Sqrt(rho));
        return (s.Mean, 1, s.First / Math.Sqrt(rho));
    }
}
