using System.Collections.Immutable;
using System.Globalization;
using Fractions;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>One expansion: exact coefficients where the even or odd part of f is a polynomial, quadrature for the rest.</summary>
internal sealed class HermiteComputation(ScalarFunction f, int order, HermiteOptions options)
{
    /// <summary>A number this many times its error bar is certainly not 0.</summary>
    private const double Certainty = 1e3;

    private const double BesselTolerance = 1e-10;

    public HermiteExpansion Run()
    {
        if (f.IsSquareIntegrable is false)
            throw new ArgumentException($"{f.Quote} is not square integrable under the standard Gaussian: it grows like exp(z^2/4) or faster");
        var exact = new HermiteCoefficient?[order + 1];
        for (var k = 0; k <= order; k++) exact[k] = Structural(k);
        return PolynomialExpansion(exact) ?? NumericExpansion(exact);
    }

    private HermiteCoefficient? Structural(int k)
    {
        if (f.Parts is { } parts) return (k % 2 == 0 ? parts.Even : parts.Odd)?.HermiteCoefficient(k) is { } raw ? ExactCoefficient.From(k, raw) : null;
        return f.Parity == (k % 2 == 0 ? Parity.Odd : Parity.Even) ? ExactCoefficient.From(k, Simplifier.Zero) : null;
    }

    /// <summary>A polynomial needs no quadrature: E f² is the sum over all its orders, and the residual the sum over those left out.</summary>
    private HermiteExpansion? PolynomialExpansion(HermiteCoefficient?[] exact)
    {
        if (f.Parts is not { Even: { } even, Odd: { } odd }) return null;
        var degree = Math.Max(even.Degree, odd.Degree);
        Fraction? rational = Fraction.Zero;
        var (sum, residual) = (0.0, 0.0);
        for (var k = 0; k <= degree; k++)
        {
            var raw = (k % 2 == 0 ? even : odd).HermiteCoefficient(k);
            rational = raw is Expression.Number n ? rational + n.Value * n.Value / ExactCoefficient.Factorial(k) : null;
            var value = ExactCoefficient.Orthonormal(k, raw);
            sum += value * value;
            if (k > order) residual += value * value;
        }
        if (!double.IsFinite(sum)) throw new ArgumentException($"E f² of {f.Quote} exceeds the range of double precision");
        var moment = rational is { } q ? new SecondMoment(Rational.ToDouble(q), 0, Rational.ToText(q)) : new SecondMoment(sum, 1e-15 * sum, null);
        return new(f, [.. exact.Select(c => Certified(c!, Math.Sqrt(moment.Value)))], moment, residual, true);
    }

    private HermiteExpansion NumericExpansion(HermiteCoefficient?[] exact)
    {
        var wanted = Enumerable.Range(0, order + 1).Where(k => exact[k] is null).ToArray();
        var estimates = Integrate(wanted);
        var second = estimates[^1];
        var norm = Math.Sqrt(second.Value);
        var values = ImmutableArray.CreateBuilder<HermiteCoefficient>(order + 1);
        var sum = 0.0;
        for (var (k, next) = (0, 0); k <= order; k++)
        {
            values.Add(exact[k] is { } known ? Certified(known, norm) : Certified(Numeric(k, estimates[next++]), 0));
            sum += values[k].Value * values[k].Value;
        }
        var residual = second.Value - sum;
        RequireAccuracy(estimates, norm);
        if (residual < -BesselTolerance * second.Value)
            throw new ArgumentException($"the Hermite coefficients of {f.Quote} violate Bessel's inequality: E f^2 is {Text(second.Value)}, the sum of their squares {Text(sum)}; are breakpoints missing?");
        return new(f, values.MoveToImmutable(), new(second.Value, second.Error, null), residual, estimates.All(e => e.Converged));
    }

    private void RequireAccuracy(Estimate[] estimates, double norm)
    {
        var worst = Math.Max(estimates[^1].Error / estimates[^1].Value, estimates[..^1].Select(e => e.Error / norm).DefaultIfEmpty().Max());
        if (worst > options.LargestError)
            throw new ArgumentException($"the Hermite coefficients of {f.Quote} are only known to a relative error of {worst.ToString("g2", CultureInfo.InvariantCulture)} after {estimates[^1].Evaluations} evaluations: it oscillates too fast, is too singular, or lacks breakpoints");
    }

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);

    private static HermiteCoefficient Numeric(int k, Estimate estimate) => new(k, estimate.Value, estimate.Error, CoefficientStatus.NumericNonzero, null, null);

    /// <summary>Decides whether a number is certainly not 0. Irrational constants may cancel unseen, to rounding of the order of <paramref name="norm"/>.</summary>
    private static HermiteCoefficient Certified(HermiteCoefficient coefficient, double norm)
    {
        if (coefficient.Status != CoefficientStatus.NumericNonzero) return coefficient;
        var error = Math.Max(coefficient.Error, 1e-16 * norm);
        return coefficient with { Error = error, Status = Math.Abs(coefficient.Value) > Certainty * error ? CoefficientStatus.NumericNonzero : CoefficientStatus.NumericallyZero };
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
