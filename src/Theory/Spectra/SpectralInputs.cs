using System.Collections.Immutable;
using System.Numerics;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>Checks of the inputs that the spectral systems share.</summary>
internal static class SpectralInputs
{
    public static ImmutableArray<double> In(ImmutableArray<double> values, ParameterRange range, string name)
    {
        if (values.IsDefaultOrEmpty) throw new ArgumentException($"{name} must have at least one element", name);
        foreach (var value in values) Guard.In(value, range, name);
        return values;
    }

    /// <summary>A law out of two inputs, named as outside.</summary>
    public static DiscreteLaw Law(ImmutableArray<double> eigenvalues, ImmutableArray<double> weights, string eigenvaluesName, string weightsName, bool mayVanish = false)
    {
        if (weights.Length != eigenvalues.Length)
            throw new InvalidInputException(weightsName, $"{weightsName} must have as many numbers as {eigenvaluesName}, {eigenvalues.Length}; got {weights.Length}");
        var sum = weights.Sum();
        if (Math.Abs(sum - 1) > 1e-9) throw new InvalidInputException(weightsName, $"{weightsName} must sum to 1 within 1e-9; they sum to {sum:R}");
        if (!mayVanish && !eigenvalues.Zip(weights).Any(a => a.First > 0 && a.Second > 0))
            throw new InvalidInputException(eigenvaluesName, $"{eigenvaluesName} must not all be 0");
        return new(eigenvalues, weights);
    }

    public static Complex Point(Value value) =>
        value is Value.List { Items.Length: 2 } pair ? new(pair.Items[0].ToDouble(), pair.Items[1].ToDouble()) : throw new FormatException("must be a pair [re, im]");

    public static Value Pair(Complex z) => Value.Vector([z.Real, z.Imaginary]);

    public static Complex FinitePoint(Complex z, string name) =>
        Complex.IsFinite(z) && z != Complex.Zero ? z : throw Guard.OutOfRange(name, z, "must be finite and not 0");

    public static InvalidInputException InSupport(double x) => new("z", FormattableString.Invariant($"z with im = 0 must lie outside the support of the spectrum; {x:R} lies inside"));

    public static Diagnostics Diagnose(DysonSolution solution)
    {
        var report = solution.Report;
        var isNearEdge = report.IsConverged && solution.ErrorEstimate > 1e-9;
        return new(report.Status.ToSolverStatus(), report.Residual, report.Iterations, null,
            isNearEdge ? [FormattableString.Invariant($"z is so near an edge of the support that m is known to a relative accuracy of about {solution.ErrorEstimate:g1} only.")] : []);
    }
}
