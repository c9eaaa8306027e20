using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Spectra;

/// <summary>The search of <see cref="SupportEdges"/>.</summary>
internal sealed partial class SupportSearch(IDysonModel model, SolveOptions options)
{
    private const int FewestNodes = 64;
    private const int MostNodes = 2048;

    /// <summary>At a hard edge with an inverse root this many nodes are enough.</summary>
    private const int SmoothNodes = 256;

    private const int MostBulks = 1000;

    /// <summary>The mass of a bulk that still changes by more than this under refinement may hide a gap.</summary>
    private const double Settled = 1e-6;

    /// <summary>Points with density nearer than this fraction of the spectrum's width on both sides of one without are beside a cusp.</summary>
    private const double CuspWidth = 1e-6;

    /// <summary>A mass that is missing by more than this is looked for, and reported if not found.</summary>
    private const double Missing = 1e-4;

    private readonly DysonPath path = new(model, options);
    private readonly RealBranch branch = new(model);
    private readonly ContourMass contour = new(model, options);
    private readonly Complex[] scratch = new Complex[model.Unknowns];
    private readonly List<string> warnings = [];
    private readonly ImmutableArray<double>.Builder cusps = ImmutableArray.CreateBuilder<double>();
    private readonly List<(SpectralBulk Bulk, double Mass)> found = [];
    private readonly List<SpectralAtom> atoms = [];
    private SolverStatus status = SolverStatus.Converged;
    private double residual;
    private double span, settled;
    private int iterations;

    private bool IsWell => status == SolverStatus.Converged;

    public SpectralSupport Run()
    {
        span = model.Scale;
        // Without outer edges, passed over where they are narrow, the whole line is searched for islands.
        if (Outer(1) is { } left && Outer(-1) is { } right && left.X < right.X)
        {
            span = right.X - left.X;
            Divide(new(left.X, right.X, left.Coefficient, right.Coefficient));
        }
        if (IsWell)
        {
            foreach (var position in model.AtomCandidates.Append(0).Distinct().Order())
                if (IsWell && AtomAt(position) is > 0 and var mass) atoms.Add(new(position, mass));
            if (IsWell && Math.Abs(MissingMass()) > Missing) FindIslands();
            if (IsWell && Math.Abs(MissingMass()) > Missing)
                Fail(FormattableString.Invariant($"The bulks and atoms found have mass {1 - MissingMass():g6} instead of 1."));
            ReportCusps();
        }
        return new([.. found.Select(f => f.Bulk)], atoms.Find(a => a.Position == 0).Mass, [.. cusps.Order()], new(status, residual, iterations, null, [.. warnings]))
        {
            AtomsElsewhere = [.. atoms.Where(a => a.Position != 0)],
        };
    }

    private double MissingMass() => 1 - atoms.Sum(a => a.Mass) - found.Sum(f => f.Mass);

    /// <summary>The outermost edge, seen from −∞ (direction 1) or ∞ (direction −1); <see langword="null"/> if the real branch was lost.</summary>
    private (double X, double Coefficient)? Outer(int direction)
    {
        for (var distance = 100 * model.Scale; distance < 1e12 * model.Scale; distance *= 10)
        {
            var x = -direction * distance;
            model.Start(x, scratch);
            if (!Note(path.StartFrom(x, scratch)).IsConverged) continue;
            path.Values.CopyTo(scratch);
            for (var largest = RealBranch.LargestStep; largest > 1e-3; largest /= 10)
            {
                var (end, edge, coefficient) = branch.Trace(scratch, x, direction, largest);
                if (end != BranchEnd.Lost && IsOutside(x, edge)) return (edge, coefficient);
            }
            return null;
        }
        Fail("No real solution was found far outside the spectrum.");
        return null;
    }

    /// <summary>Divides an interval between two edges at all its gaps, and keeps the bulks.</summary>
    private void Divide(SpectralBulk whole)
    {
        var open = new Stack<SpectralBulk>();
        open.Push(whole);
        while (IsWell && open.TryPop(out var bulk))
        {
            if (found.Count + open.Count > MostBulks) Fail($"There are more than {MostBulks} bulks.");
            if (Gap(bulk, out var mass) is not { } gap)
            {
                found.Add((bulk, mass));
                continue;
            }
            if (gap.Lower > bulk.Lower) open.Push(new(bulk.Lower, gap.Lower, bulk.LowerCoefficient, gap.LowerCoefficient));
            if (gap.Upper < bulk.Upper) open.Push(new(gap.Upper, bulk.Upper, gap.UpperCoefficient, bulk.UpperCoefficient));
        }
        found.Sort((a, b) => a.Bulk.Lower.CompareTo(b.Bulk.Lower));
    }

    /// <summary>A gap inside a bulk: an interval with a real solution, between two folds or between 0 and a fold; <see langword="null"/> if there is none, and then its mass.</summary>
    private SpectralBulk? Gap(SpectralBulk bulk, out double mass)
    {
        mass = 0;
        if (NearOrigin(bulk) is { } first) return first;
        if (NearAtom(bulk) is { } second) return second;
        for (var nodes = FewestNodes; IsWell; nodes *= 2)
        {
            var grid = EdgeGrid.Of(bulk, nodes, isSteep: nodes > SmoothNodes);
            var heights = new double[nodes];
            var before = mass;
            mass = 0;
            for (var i = 0; i < nodes; i++)
            {
                if (!TryHeight(grid.Points[i], out heights[i])) return null;
                if (IsReal()) return Around(bulk, grid.Points[i], i > 0 ? grid.Points[i - 1] : null, grid.Points.AsSpan(i + 1));
                mass += grid.Weights[i] * heights[i] / Math.PI;
            }
            // A hidden gap slows the convergence down.
            if (Math.Abs(mass - before) > Settled && nodes < MostNodes) continue;
            // A peak too sharp for the grid: its mass is seen from afar.
            if (Math.Abs(mass - before) > Settled && bulk.Lower * bulk.Upper != 0 && contour.TryMass(bulk.Lower, bulk.Upper, out var whole, ref iterations)) mass = whole;
            settled = mass;
            for (var i = 1; i + 1 < nodes; i++)
                if (heights[i] < heights[i - 1] && heights[i] <= heights[i + 1] && Deepest(bulk, grid.Points[i - 1], grid.Points[i], grid.Points[i + 1]) is { } gap) return gap;
            return null;
        }
        return null;
    }

    /// <summary>A bulk that begins at 0 may begin with a gap behind an atom or a pole: twelve decades are looked at.</summary>
    private SpectralBulk? NearOrigin(SpectralBulk bulk)
    {
        if (bulk.Lower != 0 && bulk.Upper != 0) return null;
        var far = bulk.Lower == 0 ? bulk.Upper : bulk.Lower;
        for (var i = 1; i <= 48; i++)
        {
            var x = far * Math.Pow(10, -i / 4.0);
            if (!TryHeight(x, out _)) return null;
            if (IsReal()) return Around(bulk, x, null, []);
        }
        return null;
    }

    /// <summary>An atom lies in a gap, which may be as narrow as the atom is light.</summary>
    private SpectralBulk? NearAtom(SpectralBulk bulk)
    {
        foreach (var atom in model.AtomCandidates)
        {
            if (!(bulk.Lower < atom && atom < bulk.Upper)) continue;
            for (var i = 2; i <= 10; i++)
            {
                var x = atom + Math.Pow(10, -i) * bulk.Width;
                if (Note(path.MoveTo(x)).IsConverged && IsReal() && x < bulk.Upper) return Around(bulk, x, null, []);
            }
        }
        return null;
    }

    private bool IsReal()
    {
        foreach (var value in path.Values)
            if (value.Imaginary != 0) return false;
        return true;
    }

    /// <summary>The gap around a point with a real solution.</summary>
    /// <param name="bulk">What the gap divides.</param>
    /// <param name="x">The point.</param>
    /// <param name="below">A point below it that has density, if one is known.</param>
    /// <param name="above">Points above it, some of which may have density.</param>
    private SpectralBulk? Around(SpectralBulk bulk, double x, double? below, ReadOnlySpan<double> above)
    {
        path.Values.CopyTo(scratch);
        var margin = 1e-9 * Math.Max(Math.Abs(bulk.Lower), Math.Abs(bulk.Upper));
        // Long steps can pass over a narrow bulk and lose their way.
        for (var largest = RealBranch.LargestStep; largest > 1e-4; largest /= 10)
        {
            var (lowerEnd, lower, lowerCoefficient) = branch.Trace(scratch, x, -1, largest);
            var (upperEnd, upper, upperCoefficient) = branch.Trace(scratch, x, 1, largest);
            if (lowerEnd != BranchEnd.Lost && upperEnd != BranchEnd.Lost && lower >= bulk.Lower - margin && upper <= bulk.Upper + margin
                && IsOutside(x, lower) && IsOutside(x, upper)) return new(lower, upper, lowerCoefficient, upperCoefficient);
        }
        return Bracketed(x, below, above);
    }

    /// <summary>Whether solutions on the way to an edge are real: a branch may have been left for one that is no solution in the half-plane.</summary>
    private bool IsOutside(double x, double edge)
    {
        foreach (var share in (double[])[1e-2, 1e-4, 1e-6])
        {
            var place = edge + share * (x - edge);
            if (place == edge || place == 0) continue;
            if (Note(path.MoveTo(place)).IsConverged && !IsReal()) return false;
        }
        return true;
    }

    /// <summary>The gap around a point by bisection towards points that have density; a gap that is lost in rounding is a near cusp.</summary>
    private SpectralBulk? Bracketed(double x, double? below, ReadOnlySpan<double> above)
    {
        var last = x;
        foreach (var next in above)
        {
            if (!TryHeight(next, out _)) return null;
            if (IsReal())
            {
                last = next;
                continue;
            }
            if (below is not { } first) break;
            if (next - first < CuspWidth * span)
            {
                cusps.Add(x);
                return null;
            }
            return Shore(x, first, -1) is { } lower && Shore(last, next, 1) is { } upper ? new(lower.X, upper.X, lower.Coefficient, upper.Coefficient) : null;
        }
        Fail(FormattableString.Invariant($"The edges of the gap around {x:g6} were not found."));
        return null;
    }

    /// <summary>Golden-section search for the least density between three points; a gap if it vanishes, a near cusp if it nearly does.</summary>
    private SpectralBulk? Deepest(SpectralBulk bulk, double low, double middle, double high)
    {
        const double ratio = 0.3819660112501051;
        if (!TryHeight(middle, out var least)) return null;
        for (var i = 0; i < 60 && high - low > 1e-9 * Math.Abs(middle) + 1e-12 * model.Scale; i++)
        {
            var isUpper = high - middle > middle - low;
            var x = isUpper ? middle + ratio * (high - middle) : middle - ratio * (middle - low);
            if (!TryHeight(x, out var height)) return null;
            if (IsReal()) return Around(bulk, x, low, [high]);
            if (height < least)
            {
                if (isUpper) low = middle;
                else high = middle;
                (middle, least) = (x, height);
            }
            else if (isUpper) high = x;
            else low = x;
        }
        if (IsNearCusp(bulk, middle, least)) cusps.Add(middle);
        return null;
    }

    /// <summary>Whether the least density is far below the average over a bulk, in log x if it spans decades.</summary>
    private bool IsNearCusp(SpectralBulk bulk, double x, double height) =>
        height / Math.PI * (bulk.Lower > 0 && bulk.Upper > 100 * bulk.Lower ? x * Math.Log(bulk.Upper / bulk.Lower) : bulk.Width) < 0.05 * settled;

    private bool TryHeight(double x, out double height)
    {
        var isSolved = Note(path.MoveTo(x)).IsConverged;
        if (!isSolved) Fail(FormattableString.Invariant($"No solution was found at {x:g6}: {path.Report.Status}."));
        height = isSolved ? path.StieltjesTransform.Imaginary : double.NaN;
        return isSolved;
    }

    private void ReportCusps()
    {
        for (var i = 1; i < found.Count; i++)
        {
            var (upper, lower) = (found[i - 1].Bulk.Upper, found[i].Bulk.Lower);
            if (lower - upper < 1e-4 * Math.Min(found[i - 1].Bulk.Width, found[i].Bulk.Width)) cusps.Add(0.5 * (lower + upper));
        }
        foreach (var cusp in cusps)
            warnings.Add(FormattableString.Invariant($"Two bulks nearly touch, or have just merged, at {cusp:g6}: the square-root laws at these edges hold only very near them."));
    }

    /// <summary>lim −iη m(a + iη) as η → 0 by Aitken's extrapolation, exact for a + bη^γ, down to where it has settled.</summary>
    private double AtomAt(double position)
    {
        var unit = found.SelectMany(f => (double[])[f.Bulk.Lower, f.Bulk.Upper]).Concat(model.AtomCandidates).Append(0).Select(x => Math.Abs(x - position)).Where(d => d > 0).Append(model.Scale).Min();
        var (before, last, estimate, best, change) = (double.NaN, double.NaN, double.NaN, 0.0, double.PositiveInfinity);
        path.Start(new Complex(position, unit));
        for (var eta = 0.1 * unit; eta > 1e-14 * unit; eta /= 10)
        {
            if (!Note(path.MoveTo(new Complex(position, eta))).IsConverged) break;
            var mass = eta * path.StieltjesTransform.Imaginary;
            var (first, second) = (last - before, mass - last);
            var previous = estimate;
            estimate = Math.Abs(second) < 1e-13 || first == second ? mass : mass - second * second / (second - first);
            (before, last) = (last, mass);
            // Far down rounding takes over.
            if (Math.Abs(estimate - previous) < change) (best, change) = (estimate, Math.Abs(estimate - previous));
            if (change < 1e-10) break;
        }
        if (!(change < 1e-4)) Fail(FormattableString.Invariant($"The atom at {position:g6} was not resolved."));
        return best < 1e-7 ? 0 : Math.Min(1, best);
    }

    private DysonReport Note(DysonReport report)
    {
        iterations += report.Iterations;
        if (report.IsConverged) residual = Math.Max(residual, report.Residual);
        return report;
    }

    private void Fail(string reason)
    {
        if (IsWell) warnings.Add(reason);
        status = SolverStatus.Diverged;
    }
}
