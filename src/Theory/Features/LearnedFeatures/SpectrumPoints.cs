using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Spectra;

namespace Theory.Features;

/// <summary>Stieltjes transforms at many points, each on as fine a projection as it needs.</summary>
internal sealed class SpectrumPoints(LearnedFeaturesResolvent resolvent, double alpha, double beta, SolveOptions options)
{
    /// <summary>Accuracy that is asked of the averages, that is told, and that is refused.</summary>
    private const double Asked = 1e-10, Told = 1e-8, Refused = 1e-3;

    /// <summary>Halvings of the panels for one point.</summary>
    private const int MostLevels = 4;

    private readonly List<LearnedFeaturesResolvent> levels = [resolvent];
    private readonly ImmutableArray<Complex>.Builder values = ImmutableArray.CreateBuilder<Complex>();
    private readonly ImmutableArray<string>.Builder warnings = ImmutableArray.CreateBuilder<string>();

    public ImmutableArray<Complex> Values => values.ToImmutable();

    public ImmutableArray<string> Warnings => warnings.ToImmutable();

    public SolverStatus Status { get; private set; }

    public double Residual { get; private set; }

    public double QuadratureError { get; private set; }

    public int Iterations { get; private set; }

    /// <summary>Solves at a point.</summary>
    /// <exception cref="InvalidInputException">It is real and in the support.</exception>
    public void Add(Complex z)
    {
        if (z.Imaginary == 0 && z.Real < 0)
        {
            AddNegative(z.Real);
            return;
        }
        for (var level = 0; ; level++)
        {
            if (level == levels.Count) levels.Add(new(levels[^1]));
            var solution = DysonSolver.Solve(levels[level], z, options);
            Iterations += solution.Report.Iterations;
            var error = solution.IsConverged ? Math.Max(1, solution.Condition) * levels[level].QuadratureError(z, [.. solution.Unknowns]) : 0;
            if (error > Asked && level < MostLevels && levels[level].Projection.CanRefine) continue;
            if (solution.IsConverged && z.Imaginary == 0 && solution.StieltjesTransform.Imaginary != 0) throw SpectralInputs.InSupport(z.Real);
            var diagnostics = SpectralInputs.Diagnose(solution);
            warnings.AddRange(diagnostics.Warnings);
            Note(solution.StieltjesTransform, diagnostics, error);
            return;
        }
    }

    // Below the spectrum the equations of ridge regression are solved from above, whatever the parameters.
    private void AddNegative(double x)
    {
        var fractions = resolvent.Vocabulary;
        var point = VocabularyFixedPoint.Solve(resolvent.Projection, fractions, alpha, beta, -x, options);
        var (m, chi) = (0.0, point.Chi);
        for (var q = 0; q < fractions.Length; q++) m += fractions[q] * chi[q];
        Iterations += point.Diagnostics.Iterations;
        Note(m, point.Diagnostics, point.QuadratureError);
    }

    private void Note(Complex m, Diagnostics diagnostics, double error)
    {
        values.Add(m);
        Residual = Math.Max(Residual, diagnostics.Residual);
        QuadratureError = Math.Max(QuadratureError, error);
        if (error > Told) warnings.Add(FormattableString.Invariant($"Averages over the projection on the learned direction are known to a relative accuracy of about {error:g1} only."));
        if (Status != SolverStatus.Converged) return;
        Status = diagnostics.IsConverged && error > Refused ? SolverStatus.FloatingPointLimit : diagnostics.Status;
    }
}
