using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>
/// The least test error over all λ of empirical risk minimisation on a Gaussian mixture [Loureiro et al. 2021, arXiv:2106.03791; Aubin et al. 2020, arXiv:2006.06560], with the fit that has it.
/// Standing: theorem at every λ > 0; the minimum over λ is found numerically.
/// </summary>
public sealed record OptimalErmPrediction : IPrediction
{
    /// <summary>The best λ; 0 is the limit λ → 0⁺, <see langword="null"/> the limit λ → ∞ of vanishing weights.</summary>
    public required double? Lambda { get; init; }

    /// <summary>The fit at that λ; of the limit λ → ∞ at a very large one.</summary>
    public required MixtureErmPrediction Fit { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">As for <see cref="MixtureErmPrediction.Solve"/>.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    /// <exception cref="NotConvergedException">The state evolution was solved nowhere, or not at the optimum, and <paramref name="options"/> ask for an exception.</exception>
    public static OptimalErmPrediction Solve(OptimalErmModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var search = new RidgeSearch(model.Mixture, options);
        var (lambda, warnings) = search.Minimise();
        var fit = MixtureErmPrediction.Solve(model.Mixture with { Lambda = lambda, Ridgeless = false }, options);
        return new()
        {
            Lambda = lambda >= search.Largest ? null : lambda,
            Fit = fit,
            Diagnostics = fit.Diagnostics with { Iterations = fit.Diagnostics.Iterations + search.Iterations, Warnings = [.. fit.Diagnostics.Warnings, .. warnings] },
        };
    }
}

/// <summary>Looks for the λ of least test error: on a grid over twelve decades, then in every valley of it.</summary>
internal sealed class RidgeSearch
{
    private const int PointsPerDecade = 3;
    private const double Golden = 0.3819660112501051;
    private readonly MixtureErmModel model;
    private readonly MixtureGeometry geometry;
    private readonly SolveOptions options;
    private readonly double scale;

    public RidgeSearch(MixtureErmModel model, SolveOptions options)
    {
        (this.model, this.options) = (model with { Ridgeless = false }, options with { OnFailure = OnFailure.Return });
        geometry = new(model);
        var prior = geometry.Prior();
        scale = Math.Max(1, model.Alpha) * Enumerable.Range(0, geometry.Clusters).Max(prior.MeanEigenvalue);
    }

    /// <summary>Where no ridge is large enough.</summary>
    public double Largest => 1e7 * scale;

    public int Iterations { get; private set; }

    /// <summary>The best λ, and what is to be known of it.</summary>
    public (double Lambda, ImmutableArray<string> Warnings) Minimise()
    {
        const int Decades = 12;
        var points = new (double S, double Error)[Decades * PointsPerDecade + 1];
        for (var i = 0; i < points.Length; i++)
        {
            var s = Math.Log(scale) + Math.Log(10) * ((double)i / PointsPerDecade - 8);
            points[i] = (s, At(s));
        }
        var (unsolved, warnings) = (points.Count(p => double.IsNaN(p.Error)), ImmutableArray.CreateBuilder<string>());
        points = [.. points.Where(p => !double.IsNaN(p.Error))];
        if (points.Length == 0) return (scale, []);
        if (unsolved > 0) warnings.Add($"the state evolution was not solved at {unsolved} of {points.Length + unsolved} values of lambda that were tried");

        var best = points.MinBy(p => p.Error);
        for (var i = 1; i + 1 < points.Length; i++)
            if (points[i].Error <= points[i - 1].Error && points[i].Error < points[i + 1].Error && Valley(points[i - 1].S, points[i], points[i + 1].S) is var valley && valley.Error <= best.Error) best = valley;
        var lambda = Math.Exp(best.S);
        if (best.S >= points[^1].S && Error(Largest) is var limit && limit <= best.Error)
        {
            warnings.Add("no finite lambda is best; the values are those of a very large one, where the weights all but vanish");
            return (Largest, warnings.ToImmutable());
        }
        // At the lower end, and on what is flat down to it, the limit decides.
        if (best.S <= points[0].S + 1e-9 && WithoutRidge() is { } zero && zero <= best.Error) lambda = 0;
        return (lambda, warnings.ToImmutable());
    }

    /// <summary>Golden section to a thousandth, then the zero of the derivative, which rounding blurs far less than the minimum.</summary>
    private (double S, double Error) Valley(double low, (double S, double Error) middle, double high)
    {
        while (high - low > 2e-3)
        {
            var right = high - middle.S > middle.S - low;
            var s = middle.S + Golden * (right ? high - middle.S : low - middle.S);
            var tried = (S: s, Error: At(s));
            if (tried.Error < middle.Error)
            {
                if (right) low = middle.S;
                else high = middle.S;
                middle = tried;
            }
            else if (right) high = s;
            else low = s;
        }
        return Polished(middle);
    }

    private (double S, double Error) Polished((double S, double Error) start)
    {
        var (before, after) = (start.S - 1e-2, start.S + 1e-2);
        var (atBefore, atAfter) = (Slope(before), Slope(after));
        for (var i = 0; i < 4 && atBefore < 0 && atAfter > 0; i++)
        {
            var s = before - atBefore * (after - before) / (atAfter - atBefore);
            var slope = Slope(s);
            if (Math.Abs(slope) <= 1e-13 || Math.Min(s - before, after - s) <= 1e-10)
            {
                var error = At(s);
                return error <= start.Error * (1 + 1e-12) ? (s, Math.Min(error, start.Error)) : start;
            }
            if (slope < 0) (before, atBefore) = (s, slope);
            else (after, atAfter) = (s, slope);
            start = At(s) is var here && here <= start.Error * (1 + 1e-12) ? (s, Math.Min(here, start.Error)) : start;
        }
        return start;
    }

    /// <summary>d error/d log λ by differences of fourth order.</summary>
    private double Slope(double s)
    {
        const double Step = 0.02;
        return (8 * (At(s + Step) - At(s - Step)) - (At(s + 2 * Step) - At(s - 2 * Step))) / (12 * Step);
    }

    private double At(double s) => Error(Math.Exp(s));

    private double Error(double lambda)
    {
        var solution = new MixtureErmProblem(model with { Lambda = lambda }, geometry).Mixture(options);
        Iterations += solution.Diagnostics.Iterations;
        return solution.Diagnostics.IsConverged ? solution.TestError : double.NaN;
    }

    private double? WithoutRidge()
    {
        try
        {
            return Error(0) is var error && double.IsNaN(error) ? null : error;
        }
        catch (InvalidInputException)
        {
            // Without ridge there is no fit, as for least squares with as many samples as dimensions.
            return null;
        }
    }
}
