using System.Collections.Immutable;

namespace Theory.Systems;

/// <summary>
/// The finite-size law mean(d) − prediction = c/d fitted over several sizes by least squares weighted with the standard errors,
/// and, where every gap is resolved, the exponent p of |mean(d) − prediction| ∝ d^(−p).
/// </summary>
public sealed record FiniteSizeFit
{
    /// <summary>The observable's name.</summary>
    public required string Observable { get; init; }

    /// <summary>The element's index; −1 for a scalar.</summary>
    public required int Element { get; init; }

    /// <summary>The fitted constant c.</summary>
    public required double Constant { get; init; }

    /// <summary>Its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>χ² of the fit c/d; its expectation is <see cref="DegreesOfFreedom"/>.</summary>
    public required double ChiSquared { get; init; }

    /// <summary>Number of sizes minus one.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>The exponent p, or <see langword="null"/> when a gap is below two standard errors and p means nothing.</summary>
    public required double? Exponent { get; init; }

    /// <summary>The standard error of p, or <see langword="null"/>.</summary>
    public required double? ExponentError { get; init; }

    /// <summary>Fits every number that was compared at several sizes.</summary>
    /// <param name="rows">The comparisons.</param>
    /// <returns>One fit for each observable and element.</returns>
    public static ImmutableArray<FiniteSizeFit> All(IEnumerable<VerificationRow> rows) =>
        [.. rows.GroupBy(r => (r.Observable, r.Element)).Where(g => g.Count() > 1).Select(g => Of([.. g]))];

    private static FiniteSizeFit Of(VerificationRow[] rows)
    {
        double xx = 0, xy = 0, yy = 0;
        foreach (var row in rows)
        {
            var weight = Weight(row.StandardError);
            var x = 1.0 / row.Size;
            xx += weight * x * x;
            xy += weight * x * row.Gap;
            yy += weight * row.Gap * row.Gap;
        }
        var (exponent, error) = PowerLaw(rows);
        return new FiniteSizeFit
        {
            Observable = rows[0].Observable,
            Element = rows[0].Element,
            Constant = xy / xx,
            StandardError = 1 / Math.Sqrt(xx),
            ChiSquared = Math.Max(0, yy - xy * xy / xx),
            DegreesOfFreedom = rows.Length - 1,
            Exponent = exponent,
            ExponentError = error,
        };
    }

    // log|gap| = const − p log d, with Var(log|gap|) = (s.e./gap)².
    private static (double? Exponent, double? Error) PowerLaw(VerificationRow[] rows)
    {
        if (rows.Any(r => Math.Abs(r.Gap) < 2 * r.StandardError || r.Gap == 0) || rows.Any(r => Math.Sign(r.Gap) != Math.Sign(rows[0].Gap)))
            return (null, null);
        double s = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        foreach (var row in rows)
        {
            var weight = Weight(row.StandardError / row.Gap);
            var (x, y) = (Math.Log(row.Size), Math.Log(Math.Abs(row.Gap)));
            (s, sx, sy, sxx, sxy) = (s + weight, sx + weight * x, sy + weight * y, sxx + weight * x * x, sxy + weight * x * y);
        }
        var determinant = s * sxx - sx * sx;
        return (-(s * sxy - sx * sy) / determinant, Math.Sqrt(s / determinant));
    }

    private static double Weight(double error) => 1 / Math.Max(error * error, 1e-60);
}
