using System.Globalization;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>Says in terms of the function what the quadrature could not do.</summary>
internal static class IntegrationFailure
{
    public static ArgumentException Translate(ScalarFunction f, QuadratureException failure, double shift = 0, double scale = 1)
    {
        var place = shift + scale * failure.Location;
        var z = place.ToString("g6", CultureInfo.InvariantCulture);
        var value = double.IsFinite(place) ? f.Evaluate(place) : double.NaN;
        var reason = failure.Failure == QuadratureFailure.NotIntegrable
            ? $"is not square integrable under the standard Gaussian: its square grows too fast {(double.IsFinite(place) ? $"at z = {z}" : "in the tails")}"
            : double.IsFinite(value)
                ? $"is not square integrable in double precision: its square overflows at z = {z}"
                : $"is {(double.IsNaN(value) ? "no number (NaN)" : "infinite")} at z = {z}";
        return new ArgumentException($"{f.Quote} {reason}", failure);
    }
}
