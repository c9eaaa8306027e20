using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Features;

/// <summary>
/// The resolvent of Γ at −1/τ from a linear pencil in the batch: the fixed point T = (C + E[B (I + TB/α₀)⁻¹])⁻¹ of 2 × 2 matrices, C = [[1/τ, 1], [−1, 1]],
/// B = [[b y², a y], [−a y, 0]], averaged over the residual y of a sample. T = [[τx, −τω], [τω, t]] with x, ω, t of order one as τ → 0: in these nothing cancels.
/// </summary>
internal sealed class StepPencil(FirstStep step, BatchNodes nodes, double batchRatio)
{
    private const int MaximumIterations = 20_000;
    private readonly double inverseRatio = 1 / batchRatio, a = step.Stretch, b = step.Roughness / batchRatio;

    /// <summary>A first guess of the fixed point.</summary>
    public Point Start(double tau)
    {
        var lost = 1 + b * step.ResidualSquare;
        var determinant = 1 + tau * lost;
        return new(1 / determinant, 1 / determinant, (1 + tau * b * step.ResidualSquare) / determinant, lost / determinant);
    }

    /// <summary>φ and n at τ &gt; 0, from a guess of the fixed point that is replaced by it.</summary>
    public (double Phi, Symmetric2 N) At(double tau, ref Point guess)
    {
        var t = guess = Solve(tau, guess);
        var moments = Moments(tau, t);
        var (plain, theta) = (Inverse(tau, t, moments.Y1, moments.Y2), Inverse(tau, t, moments.Z2Y1, moments.Z2Y2));
        return (plain.Loss, step.GradientSquare == 0 ? new(plain.Loss / plain.X, 0, plain.Loss) : Directions(tau, t, plain, theta, moments));
    }

    // K between v and θ, from T, from the same with weights Z² (theta), and from moments with weights Z. First (1 − K)/τ, where nothing cancels at small τ.
    private Symmetric2 Directions(double tau, Point t, Point plain, Point theta, BatchMoments e)
    {
        var (i, gamma, scale) = (inverseRatio, step.Alignment, step.GradientSquare);
        var (p, cross) = (i * a * t.Omega, i * a * t.X * e.ZY2);
        var g = i * (t.X * (b + i * a * a * t.T) + tau * i * a * a * t.Omega * t.Omega);
        var (left, lostLeft) = (e.ZY1 + tau * p * e.ZY2, p * e.ZY2 + g * e.ZY3);
        var lostMixed = (theta.Loss * left + lostLeft + theta.Omega * cross) / Math.Sqrt(scale);
        var lostGradient = (i * ((2 * p * e.Y3 + g * e.Y4) * t.X + step.ResidualSquare * plain.Loss)
            + lostLeft * (left + step.TargetSlope) + left * left * theta.Loss + cross * (2 * left * theta.Omega + cross * theta.T)) / scale;
        if (tau * lostGradient < 0.5)
            return Along(tau, plain, 1 - tau * lostGradient, lostGradient, gamma * lostGradient - lostMixed, theta.Loss - 2 * gamma * lostMixed + gamma * gamma * lostGradient);

        // K itself, where it is small.
        var mixed = (left * theta.X - tau * theta.Omega * cross) / Math.Sqrt(scale);
        var gradient = (i * t.X * e.Y2 + left * left * theta.X - tau * cross * (2 * left * theta.Omega + cross * theta.T)) / scale;
        var lostRest = (1 - gamma) * (1 + gamma) - theta.X + 2 * gamma * mixed - gamma * gamma * gradient;
        return Along(tau, plain, gradient, (1 - gradient) / tau, (mixed - gamma * gradient) / tau, lostRest / tau);
    }

    // n from K_vv, (1 − K_vv)/τ, ρK_vζ/τ and ρ²(1 − K_ζζ)/τ; for ρ = 0, ζ is any direction orthogonal to v.
    private Symmetric2 Along(double tau, Point plain, double kVv, double lostVv, double mixed, double lostZz)
    {
        var square = (1 - step.Alignment) * (1 + step.Alignment);
        return square == 0
            ? new(lostVv / kVv, 0, plain.Loss)
            : new(lostVv / kVv, -mixed / (Math.Sqrt(square) * kVv), (lostZz + tau * mixed * mixed / kVv) / square);
    }

    private Point Solve(double tau, Point guess)
    {
        const int Patience = 30;
        var (t, before) = (guess, double.PositiveInfinity);
        for (var iteration = 1; iteration <= MaximumIterations; iteration++)
        {
            var (y1, y2) = FirstMoments(tau, t);
            var next = Inverse(tau, t, y1, y2);
            var change = Math.Max(Math.Abs(next.X - t.X) / next.X, Math.Max(Math.Abs(next.Omega - t.Omega) / Math.Abs(next.Omega), Math.Abs(next.T - t.T) / next.T));
            if (change <= 4e-16) return next;
            t = iteration <= 50 ? next : new((t.X + next.X) / 2, (t.Omega + next.Omega) / 2, (t.T + next.T) / 2, next.Loss);
            if (iteration % Patience != 0) continue;
            // Rounding noise does not shrink any more.
            if (change <= 1e-11 && change > before / 4) return next;
            before = change;
        }
        throw new NotConvergedException(OneStepNetworkModel.System.Id, new(SolverStatus.BudgetExhausted, before, MaximumIterations, null, []));
    }

    // (C + S)⁻¹ with S = E[w B (I + TB/α₀)⁻¹] = [[s, q], [−q, r]], from T and E[w y/D], E[w y²/D].
    private Point Inverse(double tau, Point t, double y1, double y2)
    {
        var k = a * a * inverseRatio * y2;
        var (s, q, r) = (b * y2 + k * t.T, 1 + a * y1 + k * tau * t.Omega, 1 + k * tau * t.X);
        var lost = s * r + q * q;
        var determinant = r + tau * lost;
        return new(r / determinant, q / determinant, (1 + tau * s) / determinant, lost / determinant);
    }

    private (double Linear, double Quadratic) Denominator(double tau, Point t) =>
        (2 * tau * inverseRatio * a * t.Omega,
         tau * inverseRatio * (t.X * (b + inverseRatio * a * a * t.T) + tau * inverseRatio * a * a * t.Omega * t.Omega));

    private (double Y1, double Y2) FirstMoments(double tau, Point t)
    {
        var (linear, quadratic) = Denominator(tau, t);
        Vector<double> sum1 = default, sum2 = default;
        for (var i = 0; i < nodes.Residual.Length; i += Vector<double>.Count)
        {
            var y = new Vector<double>(nodes.Residual, i);
            var share = new Vector<double>(nodes.Weight, i) * y / (Vector<double>.One + y * (new Vector<double>(linear) + y * quadratic));
            sum1 += share;
            sum2 += share * y;
        }
        return (Vector.Sum(sum1), Vector.Sum(sum2));
    }

    private BatchMoments Moments(double tau, Point t)
    {
        var (linear, quadratic) = Denominator(tau, t);
        Vector<double> y1 = default, y2 = default, y3 = default, y4 = default, z1 = default, z2 = default, z3 = default, q1 = default, q2 = default;
        for (var i = 0; i < nodes.Residual.Length; i += Vector<double>.Count)
        {
            var y = new Vector<double>(nodes.Residual, i);
            var share = y / (Vector<double>.One + y * (new Vector<double>(linear) + y * quadratic));
            var (plain, first, second) = (share * new Vector<double>(nodes.Weight, i), share * new Vector<double>(nodes.WeightZ, i), share * new Vector<double>(nodes.WeightZz, i));
            var (plain2, first2) = (plain * y, first * y);
            (y1, y2, y3, y4) = (y1 + plain, y2 + plain2, y3 + plain2 * y, y4 + plain2 * y * y);
            (z1, z2, z3) = (z1 + first, z2 + first2, z3 + first2 * y);
            (q1, q2) = (q1 + second, q2 + second * y);
        }
        return new(
            Vector.Sum(y1), Vector.Sum(y2), Vector.Sum(y3), Vector.Sum(y4), Vector.Sum(z1), Vector.Sum(z2), Vector.Sum(z3), Vector.Sum(q1), Vector.Sum(q2));
    }

    /// <summary>T, and (1 − x)/τ.</summary>
    internal readonly record struct Point(double X, double Omega, double T, double Loss);

    // E[y^k/D], E[Z y^k/D] and E[Z² y^k/D].
    private readonly record struct BatchMoments(double Y1, double Y2, double Y3, double Y4, double ZY1, double ZY2, double ZY3, double Z2Y1, double Z2Y2);
}
