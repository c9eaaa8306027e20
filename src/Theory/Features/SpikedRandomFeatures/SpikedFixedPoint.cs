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
    private int evaluations;

    private SpikedFixedPoint(SpikeProjection projection, IBulk bulk, double samplesPerFeature, double lambda) =>
        (this.projection, this.bulk, this.samplesPerFeature, this.lambda) = (projection, bulk, samplesPerFeature, lambda);

    /// <summary>Newton's method in (log V₁, log V₂) with the exact 2 × 2 Jacobian and a halving line search; a few damped steps before, if it starts from nowhere.</summary>
    /// <param name="projection">The quadrature.</param>
    /// <param name="bulk">The bulk of the weights.</param>
    /// <param name="samplesPerFeature">α/β.</param>
    /// <param name="lambda">The ridge.</param>
    /// <param name="options">Tolerance and number of evaluations of the equations.</param>
    /// <param name="start">Where to start, and the evaluations that led there; <see langword="null"/> for nowhere.</param>
    public static (SpikedPoint Point, Diagnostics Diagnostics) Solve(
        SpikeProjection projection, IBulk bulk, double samplesPerFeature, double lambda, SolveOptions options, (SpikedPoint Point, int Evaluations)? start = null)
    {
        const int Patience = 300;
        const double RoundingNoise = 2e-15;
        var solver = new SpikedFixedPoint(projection, bulk, samplesPerFeature, lambda) { evaluations = start?.Evaluations ?? 0 };
        var point = start is { } known ? solver.At(known.Point.V1, known.Point.V2) : solver.At(1, 1);
        var damped = start is null ? 4 : 0;
        while (solver.evaluations < options.MaxIterations && point.Residual > RoundingNoise)
        {
            if (damped > 0)
            {
                damped--;
                point = solver.At(Math.Sqrt(point.V1 * point.NextV1), Math.Sqrt(point.V2 * point.NextV2));
            }
            else if (solver.NewtonStep(point) is { } next) point = next;
            else if (point.Residual <= 1e-13 || solver.evaluations > Patience) break;
            else damped = 30;
        }
        var status = point.Residual <= options.Tolerance ? SolverStatus.Converged
            : solver.evaluations >= options.MaxIterations ? SolverStatus.BudgetExhausted
            : SolverStatus.FloatingPointLimit;
        return (point, new(status, point.Residual, solver.evaluations, null, []));
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
        // The last digits are not worth a line search.
        var trials = p.Residual > 1e-13 ? 12 : 1;
        for (var trial = 0; trial < trials; trial++, factor /= 2)
        {
            var candidate = At(p.V1 * Math.Exp(factor * step1), p.V2 * Math.Exp(factor * step2));
            if (candidate.Residual < p.Residual) return candidate;
        }
        return null;
    }

    private SpikedPoint At(double v1, double v2)
    {
        evaluations++;
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
        for (var i = 0; i < weight.Length; i += Vector<double>.Count)
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
        return (Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s11), Vector.Sum(s12), Vector.Sum(s22));
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
