using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>Solves a Dyson equation at one point. For many points use a <see cref="DysonPath"/>.</summary>
public static class DysonSolver
{
    /// <summary>Solves at z, on the branch in the half-plane; m(z̄) is the conjugate of m(z).</summary>
    /// <param name="model">The model.</param>
    /// <param name="z">The spectral parameter, finite. On the real axis the limit from above is returned: complex inside the support, real outside.</param>
    /// <param name="options">Tolerance on the relative residual max|T(v) − v|/max|v|, limit of evaluations, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <param name="start">The N unknowns to start from, or empty to solve from nothing; if the start leads nowhere, the point is solved from nothing.</param>
    /// <returns>The solution.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="z"/> is not finite, or <paramref name="start"/> has another length than N.</exception>
    /// <exception cref="NotConvergedException">The equation was not solved and <paramref name="options"/> ask for an exception.</exception>
    public static DysonSolution Solve(IDysonModel model, Complex z, SolveOptions? options = null, ReadOnlySpan<Complex> start = default)
    {
        Guard.NotNull(model, nameof(model));
        if (!Complex.IsFinite(z)) throw Guard.OutOfRange(nameof(z), z, "must be finite");
        if (!start.IsEmpty && start.Length != model.Unknowns)
            throw new ArgumentException($"start must have {model.Unknowns} numbers; got {start.Length}.", nameof(start));

        options ??= SolveOptions.Default;
        var lower = z.Imaginary < 0;
        var path = new DysonPath(model, options);
        var above = lower ? Complex.Conjugate(z) : z;
        var report = start.IsEmpty ? path.Start(above) : path.StartFrom(above, lower ? [.. start.ToArray().Select(Complex.Conjugate)] : start);
        if (!report.IsConverged && !start.IsEmpty) report = path.Start(above);

        var solution = path.ToSolution();
        if (lower)
            solution = solution with { Z = z, Unknowns = [.. solution.Unknowns.Select(Complex.Conjugate)], StieltjesTransform = Complex.Conjugate(solution.StieltjesTransform) };
        report = solution.Report;
        return report.IsConverged || options.OnFailure == OnFailure.Return
            ? solution
            : throw new NotConvergedException(model.GetType().Name, new(report.Status.ToSolverStatus(), report.Residual, report.Iterations, null, []));
    }
}
