using System.Collections.Immutable;
using System.Globalization;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite;

/// <summary>One expansion: exact coefficients where they have a closed form, quadrature for the rest.</summary>
internal sealed class HermiteComputation(ScalarFunction f, int order, HermiteOptions options)
{
    /// <summary>A number this many times its error bar is certainly not 0.</summary>
    private const double Certainty = 1e3;

    private const double BesselTolerance = 1e-10;

    private const int LongestSquare = 40;

    private readonly ExactExpansion? closed = f.Expression is { } expression ? ExactExpansion.Of(expression, order) : null;

    public HermiteExpansion Run()
    {
        if (f.IsSquareIntegrable is false)
            throw new ArgumentException($"{f.Quote} is not square integrable under the standard Gaussian: it grows like exp(z^2/4) or faster");
        var exact = new HermiteCoefficient?[order + 1];
        for (var k = 0; k <= order; k++) exact[k] = Exact(k);
        var moment = Array.TrueForAll(exact, c => c is not null) ? ExactMoment() : null;
        return moment is null ? NumericExpansion(exact) : ExactExpansionOf([.. exact.Select(c => c!)], moment);
    }

    /// <summary>What the closed form or, failing that, the parity says of c_k.</summary>
    private HermiteCoefficient? Exact(int k) =>
        closed?.Coefficients[k] is { } raw ? ExactCoefficient.From(k, raw)
        : f.Parity == (k % 2 == 0 ? Parity.Odd : Parity.Even) ? ExactCoefficient.Zero(k)
        : f.Parts is { } parts && (k % 2 == 0 ? parts.Even : parts.Odd)?.HermiteCoefficient(k) is Expression.Number { Value: var rational } ? ExactCoefficient.From(k, (BigRational)rational)
        : null;

    /// <summary>E f², where the square of the closed form is not too long to be worth it.</summary>
    private ExactNumber? ExactMoment() => closed?.ClosedForm is { Terms.Count: <= LongestSquare } ? closed.SecondMoment() : null;

    /// <summary>All is known: no quadrature.</summary>
    private HermiteExpansion ExactExpansionOf(ImmutableArray<HermiteCoefficient> coefficients, ExactNumber moment)
    {
        var second = ToDouble(moment);
        if (!double.IsFinite(second)) throw new ArgumentException($"E f² of {f.Text} exceeds the range of double precision");
        var residual = PolynomialResidual() ?? second - coefficients.Sum(c => c.Value * c.Value);
        RequireBessel(second, residual);
        var text = moment.TermCount <= HermiteCoefficient.LongestText ? moment.ToString() : null;
        return new(f, coefficients, new(second, 2e-16 * second, text), residual, true);
    }

    /// <summary>For polynomials the residual is a sum over the orders left out, free of cancellation.</summary>
    private double? PolynomialResidual()
    {
        if (f.Parts is not { Even: { } even, Odd: { } odd }) return null;
        var degree = Math.Max(even.Degree, odd.Degree);
        if (degree <= order) return 0;
        var all = ExactExpansion.Of(f.Expression!, degree);
        return Enumerable.Range(order + 1, degree - order).Sum(k => all.Orthonormal(k) is { } c ? Math.Pow(c.ToDouble(), 2) : (double?)null);
    }

    private static double ToDouble(ExactNumber number)
    {
        try
        {
            return number.ToDouble();
        }
        catch (OverflowException)
        {
            return double.PositiveInfinity;
        }
    }

    private HermiteExpansion NumericExpansion(HermiteCoefficient?[] exact)
    {
        var wanted = Enumerable.Range(0, order + 1).Where(k => exact[k] is null).ToArray();
        var estimates = Integrate(wanted);
        var second = estimates[^1];
        var values = ImmutableArray.CreateBuilder<HermiteCoefficient>(order + 1);
        var sum = 0.0;
        for (var (k, next) = (0, 0); k <= order; k++)
        {
            values.Add(exact[k] ?? Numeric(k, estimates[next++]));
            sum += values[k].Value * values[k].Value;
        }
        RequireAccuracy(estimates, Math.Sqrt(second.Value));
        RequireBessel(second.Value, second.Value - sum);
        return new(f, values.MoveToImmutable(), new(second.Value, second.Error, null), second.Value - sum, estimates.All(e => e.Converged));
    }

    private void RequireBessel(double second, double residual)
    {
        if (residual < -BesselTolerance * second)
            throw new ArgumentException($"the Hermite coefficients of {f.Text} violate Bessel's inequality: E f^2 is {Text(second)}, the sum of their squares {Text(second - residual)}; are breakpoints missing?");
    }

    private void RequireAccuracy(Estimate[] estimates, double norm)
    {
        var worst = Math.Max(estimates[^1].Error / estimates[^1].Value, estimates[..^1].Select(e => e.Error / norm).DefaultIfEmpty().Max());
        if (worst > options.LargestError)
            throw new ArgumentException($"the Hermite coefficients of {f.Quote} are only known to a relative error of {worst.ToString("g2", CultureInfo.InvariantCulture)} after {estimates[^1].Evaluations} evaluations: it oscillates too fast, is too singular, or lacks breakpoints");
    }

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);

    private static HermiteCoefficient Numeric(int k, Estimate estimate)
    {
        var isCertain = Math.Abs(estimate.Value) > Certainty * estimate.Error;
        return new(k, estimate.Value, estimate.Error, isCertain ? CoefficientStatus.NumericNonzero : CoefficientStatus.NumericallyZero, null);
    }

    /// <summary>E[f ĥ_k] for the orders wanted, and last E f².</summary>
    private Estimate[] Integrate(int[] wanted)
    {
        var quadrature = new GaussianExpectationOptions { Tolerance = options.Tolerance, MaxEvaluations = options.MaxEvaluations };
        try
        {
            var integrand = new HermiteIntegrand(f, wanted);
            return GaussianExpectation.OfMany(integrand.Evaluate, integrand.Outputs, f.SplitPoints.AsSpan(), quadrature)[..^1];
        }
        catch (QuadratureException e)
        {
            throw IntegrationFailure.Translate(f, e);
        }
    }
}
