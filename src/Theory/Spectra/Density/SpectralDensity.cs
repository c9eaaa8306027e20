using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The limiting density ρ(x) = Im m(x + i0)/π of a Dyson model on a grid adapted to its edges, solved on the real axis itself, with weights for integrals over it.
/// </summary>
/// <param name="Support">The support: bulks, edges, and the atoms, which the density does not contain.</param>
/// <param name="Points">The points x, ascending, all inside bulks.</param>
/// <param name="Values">The density ρ at the points.</param>
/// <param name="Weights">Weights of the points: Σ w f(x) ρ(x) is the integral of f over the density.</param>
/// <param name="Diagnostics">How it was computed; a mass that is not 1 is a warning.</param>
public sealed record SpectralDensity(
    SpectralSupport Support, ImmutableArray<double> Points, ImmutableArray<double> Values, ImmutableArray<double> Weights, Diagnostics Diagnostics) : IPrediction
{
    /// <summary>The deviation of the total mass from 1 that is accepted without a warning.</summary>
    public const double MassTolerance = 1e-3;

    /// <summary>The mass of the density and the atoms; 1 but for the error of the grid.</summary>
    public double Mass => Average(static _ => 1);

    /// <summary>Computes the density of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="points">Points in all, shared by the bulks, at least 16 in each; up to sixteen times as many where the mass asks for it.</param>
    /// <param name="support">The support, or <see langword="null"/> to find it.</param>
    /// <param name="options">Tolerance of the solutions, limit of evaluations for each point, and what to do on failure; the defaults if <see langword="null"/>.</param>
    /// <returns>The density.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is less than 16.</exception>
    /// <exception cref="NotConvergedException">An edge or a point was not found and <paramref name="options"/> ask for an exception.</exception>
    public static SpectralDensity Of(IDysonModel model, int points = 400, SpectralSupport? support = null, SolveOptions? options = null)
    {
        Guard.NotNull(model, nameof(model));
        Guard.AtLeast(points, 16, nameof(points));
        options ??= SolveOptions.Default;
        support ??= SupportEdges.Find(model, options);
        var density = Solve(model, support, points, options);
        for (var doubling = 0; doubling < 4 && Math.Abs(density.Mass - 1) > 1e-6; doubling++)
        {
            points *= 2;
            density = Solve(model, support, points, options, isSteep: true);
        }
        if (density.Diagnostics.IsConverged && !(Math.Abs(density.Mass - 1) < MassTolerance))
        {
            var warning = FormattableString.Invariant($"The density and the atoms have mass {density.Mass:g6} instead of 1: some part of the spectrum is not resolved.");
            density = density with { Diagnostics = density.Diagnostics with { Warnings = [.. density.Diagnostics.Warnings, warning] } };
        }
        return density.Diagnostics.IsConverged || options.OnFailure == OnFailure.Return
            ? density
            : throw new NotConvergedException(model.GetType().Name, density.Diagnostics);
    }

    /// <summary>The average of a function over the spectrum, its atoms included.</summary>
    /// <param name="f">The function.</param>
    /// <returns>∫ f(x) ρ(x) dx + Σ f(atom) × mass.</returns>
    public double Average(Func<double, double> f)
    {
        Guard.NotNull(f, nameof(f));
        var sum = 0.0;
        foreach (var atom in Support.Atoms) sum += atom.Mass * f(atom.Position);
        for (var i = 0; i < Points.Length; i++) sum += Weights[i] * Values[i] * f(Points[i]);
        return sum;
    }

    /// <inheritdoc/>
    public bool Equals(SpectralDensity? other) => other is not null && Support == other.Support && Diagnostics == other.Diagnostics
        && Points.AsSpan().SequenceEqual(other.Points.AsSpan()) && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Support, Points.Length);

    private static SpectralDensity Solve(IDysonModel model, SpectralSupport support, int points, SolveOptions options, bool isSteep = false)
    {
        var path = new DysonPath(model, options);
        var (xs, values, weights) = (new List<double>(), new List<double>(), new List<double>());
        var (status, residual, iterations) = (support.Diagnostics.Status, support.Diagnostics.Residual, support.Diagnostics.Iterations);
        foreach (var bulk in support.Bulks)
        {
            var grid = EdgeGrid.Of(bulk, Math.Max(16, points / support.Bulks.Length), isSteep);
            var offset = xs.Count;
            xs.AddRange(grid.Points);
            weights.AddRange(grid.Weights);
            values.AddRange(new double[grid.Points.Length]);
            // From the middle outwards: the steps towards an edge shrink with the distance to it.
            var middle = grid.Points.Length / 2;
            foreach (var side in (int[])[1, -1])
            {
                Note(path.Start(grid.Points[middle]));
                for (var i = side > 0 ? middle : middle - 1; i >= 0 && i < grid.Points.Length; i += side)
                {
                    Note(path.MoveTo(grid.Points[i]));
                    values[offset + i] = path.Report.IsConverged ? path.StieltjesTransform.Imaginary / Math.PI : double.NaN;
                }
            }
        }
        return new(support, [.. xs], [.. values], [.. weights], new(status, residual, iterations, null, support.Diagnostics.Warnings));

        void Note(DysonReport report)
        {
            iterations += report.Iterations;
            if (report.IsConverged) residual = Math.Max(residual, report.Residual);
            else status = report.Status.ToSolverStatus();
        }
    }
}
