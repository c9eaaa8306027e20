using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// A solution of a Dyson equation that is moved about the upper half-plane and the real axis: each step predicts by the tangent v′(z), corrects by Newton's method,
/// and is halved when the correction fails or finds a wrong branch. Its memory is allocated once.
/// </summary>
public sealed class DysonPath
{
    private const int StepBudget = 24;

    /// <summary>Solutions on the real axis whose imaginary parts are below this fraction of their size may be real.</summary>
    private const double RealHeight = 1e-7;

    /// <summary>An estimate of the relative error of m above this is no result.</summary>
    private const double MeaninglessError = 1e-2;

    private readonly IDysonModel model;
    private readonly DysonNewton newton;
    private readonly int budget;
    private readonly Complex[] anchor;
    private readonly Complex[] tangent;

    /// <summary>Prepares a path; nothing is solved yet.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on the relative residual max|T(v) − v|/max|v| and limit of evaluations for each move; the defaults if <see langword="null"/>. Failures are always returned.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is <see langword="null"/>.</exception>
    public DysonPath(IDysonModel model, SolveOptions? options = null)
    {
        this.model = Guard.NotNull(model, nameof(model));
        options ??= SolveOptions.Default;
        newton = new(model, options.Tolerance);
        budget = options.MaxIterations;
        (anchor, tangent) = (new Complex[model.Unknowns], new Complex[model.Unknowns]);
    }

    /// <summary>Where the path stands.</summary>
    public Complex Z { get; private set; }

    /// <summary>How the last move ended.</summary>
    public DysonReport Report { get; private set; } = new(DysonStatus.BudgetExhausted, double.PositiveInfinity, 0);

    /// <summary>The unknowns v(z).</summary>
    public ReadOnlySpan<Complex> Values => newton.Values;

    /// <summary>m(z).</summary>
    public Complex StieltjesTransform => model.StieltjesTransform(Z, newton.Values);

    /// <summary>Distance of I − J to the nearest singular matrix in the row-sum norm.</summary>
    public double Stability => newton.Stability(Z);

    /// <summary>Puts the path at a known or guessed solution, and corrects it.</summary>
    /// <param name="z">The spectral parameter, Im z ≥ 0.</param>
    /// <param name="start">The N unknowns.</param>
    /// <returns>How it ended.</returns>
    public DysonReport StartFrom(Complex z, ReadOnlySpan<Complex> start)
    {
        RequireUpperHalf(z);
        start.CopyTo(newton.Values);
        return Finish(z, Certify(z, newton.Iterate(z, 0, budget)));
    }

    /// <summary>
    /// Solves at z from nothing: directly by damped steps and Newton's method, or else by following the solution from large Im z.
    /// On the real axis it is the limit from above: complex inside the support, real outside.
    /// </summary>
    /// <param name="z">The spectral parameter, Im z ≥ 0.</param>
    /// <returns>How it ended.</returns>
    public DysonReport Start(Complex z)
    {
        RequireUpperHalf(z);
        var used = 0;
        if (z.Imaginary > 0)
        {
            model.Start(z, newton.Values);
            var direct = Certify(z, newton.Iterate(z, 8, Math.Min(budget, 100)));
            if (direct.IsConverged) return Finish(z, direct);
            used = direct.Iterations;
        }
        var report = Descend(z, used);
        return Finish(z, z.Imaginary > 0 || !report.IsConverged ? report : Land(z, report.Iterations));
    }

    /// <summary>Moves the solution to another point, in as many steps as are needed; if the way is lost, by solving from nothing there.</summary>
    /// <param name="z">The spectral parameter, Im z ≥ 0.</param>
    /// <returns>How it ended.</returns>
    public DysonReport MoveTo(Complex z)
    {
        RequireUpperHalf(z);
        if (!Report.IsConverged) return Start(z);
        var walked = z.Imaginary > 0 ? Walk(z, 0) : WalkToAxis(z);
        if (walked.IsConverged) return Finish(z, walked);
        var solved = Start(z);
        return Report = solved with { Iterations = solved.Iterations + walked.Iterations };
    }

    /// <summary>The solution where the path stands, with m(z), the stability and the condition; a point where no digits of m are known is no result.</summary>
    /// <returns>An immutable copy.</returns>
    public DysonSolution ToSolution()
    {
        var solution = new DysonSolution(Z, [.. newton.Values], StieltjesTransform, Report, Stability, newton.Condition(Z));
        return !solution.IsConverged || solution.ErrorEstimate < MeaninglessError
            ? solution
            : solution with { Report = Report with { Status = solution.Stability > 0 ? DysonStatus.AtPole : DysonStatus.NearSingularJacobian } };
    }

    /// <summary>The tangent v′(z) where the path stands; false if I − J is singular.</summary>
    internal bool TryTangent(Span<Complex> destination) => newton.TryTangent(Z, destination);

    private DysonReport Descend(Complex z, int used)
    {
        var height = 10 * Math.Max(model.Scale, Complex.Abs(z));
        var top = new Complex(z.Real, Math.Max(height, z.Imaginary));
        model.Start(top, newton.Values);
        var report = Certify(top, newton.Iterate(top, 8, budget - used));
        var bottom = z.Imaginary > 0 ? z.Imaginary : LandingHeight(z.Real);
        for (Z = top; report.IsConverged && Z.Imaginary > bottom;)
        {
            var next = new Complex(z.Real, Math.Max(bottom, Z.Imaginary / 10));
            report = Walk(next, used + report.Iterations);
            Z = next;
        }
        return report with { Iterations = used + report.Iterations };
    }

    /// <summary>From a solution just above the real axis onto it: the real one if there is one in the closed half-plane, else the complex one.</summary>
    private DysonReport Land(Complex z, int used)
    {
        newton.Values.CopyTo(anchor);
        var complex = Certify(z, newton.Iterate(z, 0, StepBudget));
        used += complex.Iterations;
        if (complex.IsConverged && Height(newton.Values) > RealHeight) return complex with { Iterations = used };
        newton.Values.CopyTo(tangent);
        var source = complex.IsConverged ? tangent : anchor;
        for (var i = 0; i < anchor.Length; i++) newton.Values[i] = source[i].Real;
        var real = Certify(z, newton.Iterate(z, 0, StepBudget));
        used += real.Iterations;
        if (real.IsConverged || !complex.IsConverged) return real with { Iterations = used };
        tangent.CopyTo(newton.Values);
        return complex with { Iterations = used };
    }

    /// <summary>Along the real axis inside a bulk, else by way of a point just above it.</summary>
    private DysonReport WalkToAxis(Complex z)
    {
        var used = 0;
        if (Z.Imaginary == 0 && Height(newton.Values) > RealHeight)
        {
            newton.Values.CopyTo(anchor);
            Predict(z - Z, newton.TryTangent(Z, tangent));
            var direct = Certify(z, newton.Iterate(z, 0, StepBudget));
            if (direct.IsConverged && Height(newton.Values) > RealHeight) return direct;
            used = direct.Iterations;
            anchor.CopyTo(newton.Values);
        }
        var above = Walk(new(z.Real, LandingHeight(z.Real)), used);
        return above.IsConverged ? Land(z, above.Iterations) : above;
    }

    /// <summary>A landing on the real axis starts from so low that the solution hardly changes any more.</summary>
    private double LandingHeight(double x) => 1e-9 * (x != 0 ? Math.Min(Math.Abs(x), model.Scale) : model.Scale);

    private DysonReport Walk(Complex target, int used)
    {
        var (from, report, fraction, reached) = (Z, Report, 1.0, 0.0);
        while (reached < 1)
        {
            newton.Values.CopyTo(anchor);
            var here = from + reached * (target - from);
            var hasTangent = newton.TryTangent(here, tangent);
            while (true)
            {
                var next = reached + fraction >= 1 ? 1 : reached + fraction;
                var there = next == 1 ? target : from + next * (target - from);
                Predict(there - here, hasTangent);
                report = Certify(there, newton.Iterate(there, 0, StepBudget));
                used += report.Iterations;
                if (report.IsConverged)
                {
                    reached = next;
                    fraction = Math.Min(1, 2 * fraction);
                    break;
                }
                fraction /= 2;
                anchor.CopyTo(newton.Values);
                if (fraction < 1e-6 || used >= budget) return report with { Iterations = used };
            }
        }
        return report with { Iterations = used };
    }

    private void Predict(Complex change, bool hasTangent)
    {
        var values = newton.Values;
        for (var i = 0; i < values.Length; i++) values[i] = hasTangent ? anchor[i] + change * tangent[i] : anchor[i];
        if (hasTangent && model.HalfPlaneDefect(values) > 0) anchor.CopyTo(values);
    }

    private DysonReport Certify(Complex z, DysonReport report) =>
        !report.IsConverged ? report
        : !newton.IsPhysical(z) ? report with { Status = DysonStatus.LeftHalfPlane }
        : !Complex.IsFinite(model.StieltjesTransform(z, newton.Values)) ? report with { Status = DysonStatus.AtPole }
        : report;

    private DysonReport Finish(Complex z, DysonReport report)
    {
        Z = z;
        return Report = report;
    }

    private static double Height(ReadOnlySpan<Complex> values)
    {
        var (height, size) = (0.0, 0.0);
        foreach (var value in values) (height, size) = (Math.Max(height, Math.Abs(value.Imaginary)), Math.Max(size, Complex.Abs(value)));
        return height / size;
    }

    private static void RequireUpperHalf(Complex z)
    {
        if (!Complex.IsFinite(z) || z.Imaginary < 0) throw Guard.OutOfRange(nameof(z), z, "must be finite with Im z ≥ 0");
    }
}
