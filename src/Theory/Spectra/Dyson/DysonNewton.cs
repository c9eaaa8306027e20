using System.Numerics;

namespace Theory.Spectra;

/// <summary>
/// Damped steps and Newton's method with the analytic Jacobian, guarded by the half-plane, on one point in memory that is allocated once.
/// A Newton step is halved until the true residual falls and the half-plane is kept; where that fails, damped steps follow: the map keeps the half-plane.
/// </summary>
internal sealed class DysonNewton(IDysonModel model, double tolerance)
{
    /// <summary>Violations of the half-plane below this fraction of max|v| cannot be told from rounding.</summary>
    private const double Rounding = 1e-12;

    private const double Epsilon = 2.220446049250313e-16;
    private const int DampedSteps = 8;
    private const double ShortestStep = 1.0 / 16;

    /// <summary>Steps without a better residual, at a residual that rounding may explain, before giving up.</summary>
    private const int Patience = 40;

    private const double RoundingResidual = 1e-8;

    /// <summary>Factors of I − J serve for another step as long as each step gains this much.</summary>
    private const double Gain = 0.01;

    private readonly ComplexLu lu = new(model.Unknowns);
    private readonly Complex[] step = new Complex[model.Unknowns];
    private Complex[] values = new Complex[model.Unknowns];
    private Complex[] image = new Complex[model.Unknowns];
    private Complex[] trial = new Complex[model.Unknowns];
    private Complex[] trialImage = new Complex[model.Unknowns];

    /// <summary>Where <see cref="lu"/> has the factors of I − J, but for the last steps of Newton's method; NaN if it has none.</summary>
    private Complex factored = Complex.NaN;

    /// <summary>The current point v.</summary>
    public Span<Complex> Values => values;

    /// <summary>Iterates from the current point.</summary>
    /// <param name="z">The spectral parameter, Im z ≥ 0.</param>
    /// <param name="damped">Damped steps before Newton's.</param>
    /// <param name="budget">Most evaluations of the map.</param>
    public DysonReport Iterate(Complex z, int damped, int budget)
    {
        var residual = Evaluate(z, values, image);
        factored = Complex.NaN;
        var (least, sinceLeast) = (residual, 0);
        for (var used = 1; ; used++)
        {
            (least, sinceLeast) = residual < 0.9 * least ? (residual, 0) : (least, sinceLeast + 1);
            if (residual <= tolerance) return Polish(z, residual, used);
            if (sinceLeast > Patience && least <= RoundingResidual) return new(DysonStatus.FloatingPointLimit, residual, used);
            if (used >= budget) return new(DysonStatus.BudgetExhausted, residual, used);
            if (damped == 0)
            {
                var before = residual;
                if (factored == z && TryNewton(z, ref residual, ref used, Gain * residual, 1)) continue;
                if (!TryFactor(z, values)) return new(DysonStatus.NearSingularJacobian, residual, used);
                if (TryNewton(z, ref residual, ref used, residual, ShortestStep))
                {
                    factored = residual <= Gain * before ? z : Complex.NaN;
                    continue;
                }
                damped = DampedSteps;
            }
            damped--;
            for (var i = 0; i < values.Length; i++) values[i] = 0.5 * (values[i] + image[i]);
            residual = Evaluate(z, values, image);
            if (double.IsPositiveInfinity(residual)) return new(DysonStatus.LeftHalfPlane, residual, used);
        }
    }

    /// <summary>
    /// Whether the current point, a solution at z, is the one in the half-plane. Where Im v is lost in rounding, v(x + iη) = v(x) + iη v′(x) decides:
    /// the tangent must point into the half-plane.
    /// </summary>
    public bool IsPhysical(Complex z)
    {
        var (size, defect, height) = (Size(values), model.HalfPlaneDefect(values), 0.0);
        if (!(defect <= Rounding * size)) return false;
        foreach (var value in values) height = Math.Max(height, value.Imaginary);
        var isClear = defect <= 1e-3 * height;
        if (isClear && height > 1e-6 * size) return true;
        if (!TryFactor(z, values)) return true;   // exactly at an edge
        if (isClear && height > 100 * Epsilon * size / lu.DistanceToSingular()) return true;
        Tangent(z, step);
        for (var i = 0; i < step.Length; i++) step[i] *= Complex.ImaginaryOne;
        return model.HalfPlaneDefect(step) <= 1e-6 * Size(step);
    }

    /// <summary>v′(z) = (I − J)⁻¹ ∂T/∂z at the current point, J as Newton's method last had it there; false if I − J is singular.</summary>
    public bool TryTangent(Complex z, Span<Complex> tangent)
    {
        if (factored != z && !TryFactor(z, values)) return false;
        Tangent(z, tangent);
        return IsFinite(tangent);
    }

    /// <summary>Distance of I − J at the current point to the nearest singular matrix.</summary>
    public double Stability(Complex z) => TryFactor(z, values) ? lu.DistanceToSingular() : 0;

    /// <summary>
    /// Relative change of m for a relative perturbation r of T: m at v + δ, δ along (I − J)⁻¹r and small enough for the difference to be linear;
    /// the larger of r_i = v_i and r_i = (−1)^i v_i, one of which meets the soft direction also where products of unknowns are stiff.
    /// </summary>
    public double Condition(Complex z) => TryFactor(z, values) ? Math.Max(Response(z, 1), values.Length > 1 ? Response(z, -1) : 0) : double.PositiveInfinity;

    private double Response(Complex z, int sign)
    {
        for (var i = 0; i < step.Length; i++) step[i] = i % 2 == 0 ? values[i] : sign * values[i];
        lu.Solve(step);
        var scale = 1e-6 * Size(values) / Size(step);
        for (var i = 0; i < trial.Length; i++) trial[i] = values[i] + scale * step[i];
        var (m, changed) = (model.StieltjesTransform(z, values), model.StieltjesTransform(z, trial));
        // Beside a zero of m the change of m tells, beside a pole that of 1/m; elsewhere they agree.
        return Math.Max(Complex.Abs((changed - m) / m), Complex.Abs((m - changed) / changed)) / scale;
    }

    private DysonReport Polish(Complex z, double residual, int used)
    {
        // Newton converges quadratically: two more steps reach the level of rounding, also of unknowns that are far smaller than the largest.
        for (var i = 0; i < 2; i++)
        {
            if (factored != z)
            {
                if (!TryFactor(z, values)) break;
                factored = z;
            }
            if (!TryNewton(z, ref residual, ref used, Math.Max(residual, 16 * Epsilon), ShortestStep)) break;
        }
        return new(DysonStatus.Converged, residual, used);
    }

    private bool TryNewton(Complex z, ref double residual, ref int used, double bound, double shortest)
    {
        for (var i = 0; i < step.Length; i++) step[i] = image[i] - values[i];
        lu.Solve(step);
        if (!IsFinite(step)) return false;
        for (var length = 1.0; length >= shortest; length /= 2)
        {
            for (var i = 0; i < trial.Length; i++) trial[i] = values[i] + length * step[i];
            if (model.HalfPlaneDefect(trial) > Rounding * Size(trial)) continue;
            used++;
            var candidate = Evaluate(z, trial, trialImage);
            if (!(candidate < bound)) continue;
            (values, trial, image, trialImage, residual) = (trial, values, trialImage, image, candidate);
            return true;
        }
        return false;
    }

    private bool TryFactor(Complex z, ReadOnlySpan<Complex> v)
    {
        factored = Complex.NaN;
        var matrix = lu.Matrix;
        model.Jacobian(z, v, matrix);
        for (var i = 0; i < matrix.Length; i++) matrix[i] = -matrix[i];
        for (var i = 0; i < v.Length; i++) matrix[i * (v.Length + 1)] += 1;
        return lu.Factor();
    }

    private void Tangent(Complex z, Span<Complex> tangent)
    {
        model.Derivative(z, values, tangent);
        lu.Solve(tangent);
    }

    private double Evaluate(Complex z, ReadOnlySpan<Complex> v, Span<Complex> target)
    {
        model.Map(z, v, target);
        var difference = 0.0;
        for (var i = 0; i < v.Length; i++)
        {
            var distance = Complex.Abs(target[i] - v[i]);
            if (!double.IsFinite(distance)) return double.PositiveInfinity;
            difference = Math.Max(difference, distance);
        }
        var residual = difference / Size(v);
        return double.IsFinite(residual) ? residual : double.PositiveInfinity;
    }

    private static double Size(ReadOnlySpan<Complex> v)
    {
        var size = 0.0;
        foreach (var value in v) size = Math.Max(size, Complex.Abs(value));
        return size;
    }

    private static bool IsFinite(ReadOnlySpan<Complex> v)
    {
        foreach (var value in v)
            if (!Complex.IsFinite(value)) return false;
        return true;
    }
}
