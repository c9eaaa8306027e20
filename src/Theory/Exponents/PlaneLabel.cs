using System.Collections.Immutable;

namespace Theory.Exponents;

/// <summary>A label that depends on two real coordinates, with the joint densities of the probability and of weighted moments.</summary>
internal sealed class PlaneLabel
{
    internal delegate double Function(double x, double y);

    internal delegate void Weights(double x, double y, double[] densities);

    /// <summary>The label f(x, y).</summary>
    internal required Function Value { get; init; }

    /// <summary>∂f/∂x and ∂f/∂y.</summary>
    internal required Function SlopeX { get; init; }

    /// <inheritdoc cref="SlopeX"/>
    internal required Function SlopeY { get; init; }

    /// <summary>Writes w₀ (probability), w₁, … at a point.</summary>
    internal required Weights Densities { get; init; }

    /// <summary>Lines x = const where f or a density is not smooth, the ends of the domain included.</summary>
    internal required ImmutableArray<double> CutsX { get; init; }

    /// <summary>The same for y = const.</summary>
    internal required ImmutableArray<double> CutsY { get; init; }
}

/// <summary>A rectangle with the label at its corners, in the order (x₀,y₀), (x₁,y₀), (x₁,y₁), (x₀,y₁).</summary>
internal readonly record struct PlaneCell(double X0, double Y0, double X1, double Y1, double V0, double V1, double V2, double V3)
{
    internal double Size => Math.Max(X1 - X0, Y1 - Y0);

    internal static PlaneCell Of(PlaneLabel label, double x0, double y0, double x1, double y1) => new(
        x0, y0, x1, y1, label.Value(x0, y0), label.Value(x1, y0), label.Value(x1, y1), label.Value(x0, y1));

    internal bool Separates(double label) =>
        Math.Min(Math.Min(V0, V1), Math.Min(V2, V3)) < label && Math.Max(Math.Max(V0, V1), Math.Max(V2, V3)) > label;

    /// <summary>How far the label moves along either side.</summary>
    internal double TravelX => Math.Max(Math.Abs(V1 - V0), Math.Abs(V2 - V3));

    /// <inheritdoc cref="TravelX"/>
    internal double TravelY => Math.Max(Math.Abs(V3 - V0), Math.Abs(V2 - V1));

    /// <summary>The least x² + y² inside.</summary>
    internal double LeastSquare => Math.Pow(Math.Max(0, Math.Max(X0, -X1)), 2) + Math.Pow(Math.Max(0, Math.Max(Y0, -Y1)), 2);

    internal PlaneCell[] Halves(PlaneLabel label, bool acrossX)
    {
        var (x, y) = (0.5 * (X0 + X1), 0.5 * (Y0 + Y1));
        if (acrossX)
        {
            var (low, high) = (label.Value(x, Y0), label.Value(x, Y1));
            return [this with { X1 = x, V1 = low, V2 = high }, this with { X0 = x, V0 = low, V3 = high }];
        }
        var (left, right) = (label.Value(X0, y), label.Value(X1, y));
        return [this with { Y1 = y, V2 = right, V3 = left }, this with { Y0 = y, V0 = left, V1 = right }];
    }

    internal PlaneCell[] Quarters(PlaneLabel label)
    {
        var (x, y) = (0.5 * (X0 + X1), 0.5 * (Y0 + Y1));
        return [Of(label, X0, Y0, x, y), Of(label, x, Y0, X1, y), Of(label, x, y, X1, Y1), Of(label, X0, y, x, Y1)];
    }
}
