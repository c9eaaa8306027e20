using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Features;

/// <summary>The susceptibilities V₁, V₂ of the readout, which solve two equations by themselves; everything else is linear in them.</summary>
internal sealed class SpikedFixedPoint
{
    private readonly SpikeProjection projection;
    private readonly IBulk bulk;
    private readonly double samplesPerFeature, lambda;

    private SpikedFixedPoint(SpikeProjection projection, IBulk bulk, double samplesPerFeature, double lambda) =>
        (this.projection, this.bulk, this.samplesPerFeature, this.lambda) = (projection, bulk, samplesPerFeature, lambda);

    /// <summary>Damped steps in (log V₁, log V₂), then Newton's method with the exact 2 × 2 Jacobian and a halving line search.</summary>
    public static (SpikedPoint Point, Diagnostics Diagnostics) Solve(SpikeProjection projection, IBulk bulk, double samplesPerFeature, double lambda, SolveOptions options)
    {
        var solver = new SpikedFixedPoint(projection, bulk, samplesPerFeature, lambda);
        var point = solver.At(1, 1);
        var iterations = 1;
        var damped = 4;
        while (iterations < options.MaxIterations && point.Residual > 1e-15)
        {
            iterations++;
            if (damped > 0)
            {
                damped--;
                point = solver.At(Math.Sqrt(point.V1 * point.NextV1), Math.Sqrt(point.V2 * point.NextV2));
            }
            else if (solver.NewtonStep(point) is { } next) point = next;
            else if (point.Residual <= 1e-13 || iterations > 300) break;
            else damped = 30;
        }
        var status = point.Residual <= options.Tolerance ? SolverStatus.Converged
            : iterations >= options.MaxIterations ? SolverStatus.BudgetExhausted
            : SolverStatus.FloatingPointLimit;
        return (point, new(status, point.Residual, iterations, null, []));
    }

    private SpikedPoint? NewtonStep(SpikedPoint p)
    {
        // F = log V_next − log V; ∂ log V_next,i/∂ log V_j = (K G)_ij V_j/V_next,i.
        var (j11, j12) = (p.Kg11 * p.V1 / p.NextV1 - 1, p.Kg12 * p.V2 / p.NextV1);
        var (j21, j22) = (p.Kg21 * p.V1 / p.NextV2, p.Kg22 * p.V2 / p.NextV2 - 1);
        var (f1, f2) = (Math.Log(p.NextV1 / p.V1), Math.Log(p.NextV2 / p.V2));
        var determinant = j11 * j22 - j12 * j21;
        if (!(Math.Abs(determinant) > 0)) return null;
        var (step1, step2) = (-(j22 * f1 - j12 * f2) / determinant, -(j11 * f2 - j21 * f1) / determinant);
        var factor = Math.Min(1, 8 / Math.Max(Math.Abs(step1), Math.Abs(step2)));
        for (var trial = 0; trial < 12; trial++, factor /= 2)
        {
            var candidate = At(p.V1 * Math.Exp(factor * step1), p.V2 * Math.Exp(factor * step2));
            if (candidate.Residual < p.Residual) return candidate;
        }
        return null;
    }

    private SpikedPoint At(double v1, double v2)
    {
        var (g1, g2, g11, g12, g22) = Sums(v1, v2);
        var averages = bulk.At(lambda + samplesPerFeature * g2, samplesPerFeature * g1);
        return new(v1, v2, samplesPerFeature * g1, samplesPerFeature * g2, samplesPerFeature * g11, samplesPerFeature * g12, samplesPerFeature * g22, averages);
    }

    // E μ_i² R and E μ_i² μ_j² R², R = 1/(1 + μ₁² V₁ + μ₂² V₂).
    private (double G1, double G2, double G11, double G12, double G22) Sums(double v1, double v2)
    {
        var (weight, square1, square2) = (projection.Weight, projection.Mu1Squared, projection.Mu2Squared);
        var (s1, s2, s11, s12, s22) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var (factor1, factor2) = (new Vector<double>(v1), new Vector<double>(v2));
        var i = 0;
        for (; i <= weight.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var (w, m1, m2) = (new Vector<double>(weight, i), new Vector<double>(square1, i), new Vector<double>(square2, i));
            var r = Vector<double>.One / (Vector<double>.One + m1 * factor1 + m2 * factor2);
            var (r1, r2) = (m1 * r, m2 * r);
            var (wr1, wr2) = (w * r1, w * r2);
            s1 += wr1;
            s2 += wr2;
            s11 += wr1 * r1;
            s12 += wr1 * r2;
            s22 += wr2 * r2;
        }
        var (g1, g2, g11, g12, g22) = (Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s11), Vector.Sum(s12), Vector.Sum(s22));
        for (; i < weight.Length; i++)
        {
            var r = 1 / (1 + square1[i] * v1 + square2[i] * v2);
            var (r1, r2) = (square1[i] * r, square2[i] * r);
            g1 += weight[i] * r1;
            g2 += weight[i] * r2;
            g11 += weight[i] * r1 * r1;
            g12 += weight[i] * r1 * r2;
            g22 += weight[i] * r2 * r2;
        }
        return (g1, g2, g11, g12, g22);
    }
}

/// <summary>The equations at one (V₁, V₂): V̂₁, V̂₂, the matrix G, and the averages over the bulk they lead to.</summary>
internal readonly record struct SpikedPoint(double V1, double V2, double Vh1, double Vh2, double G11, double G12, double G22, BulkAverages Bulk)
{
    public double NextV1 => Bulk.M11;

    public double NextV2 => Bulk.M01;

    /// <summary>The larger of |log V_next/V|.</summary>
    public double Residual => Math.Max(Math.Abs(Math.Log(NextV1 / V1)), Math.Abs(Math.Log(NextV2 / V2)));

    // K G with K = [[M22, M12], [M12, M02]]: how (V₁, V₂) of the next step answers to that of this one, and (q₁, q₂) to itself.
    public double Kg11 => Bulk.M22 * G11 + Bulk.M12 * G12;

    public double Kg12 => Bulk.M22 * G12 + Bulk.M12 * G22;

    public double Kg21 => Bulk.M12 * G11 + Bulk.M02 * G12;

    public double Kg22 => Bulk.M12 * G12 + Bulk.M02 * G22;
}
