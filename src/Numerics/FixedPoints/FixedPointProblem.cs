using System.Numerics.Tensors;

namespace Theory.Numerics.FixedPoints;

/// <summary>A map of Rⁿ to itself.</summary>
/// <param name="x">The point, n numbers.</param>
/// <param name="image">Receives F(x), n numbers. It never overlaps <paramref name="x"/>.</param>
public delegate void FixedPointMap(ReadOnlySpan<double> x, Span<double> image);

/// <summary>The derivative of a map of Rⁿ to itself.</summary>
/// <param name="x">The point, n numbers.</param>
/// <param name="jacobian">Receives ∂Fᵢ/∂xⱼ at i·n + j, n² numbers.</param>
public delegate void FixedPointJacobian(ReadOnlySpan<double> x, Span<double> jacobian);

/// <summary>A map with its options, as methods see it; counts the evaluations.</summary>
public sealed class FixedPointProblem
{
    private readonly FixedPointMap map;

    internal FixedPointProblem(FixedPointMap map, int dimension, FixedPointOptions options) =>
        (this.map, Dimension, Options) = (map, dimension, options);

    /// <summary>n.</summary>
    public int Dimension { get; }

    /// <summary>The options.</summary>
    public FixedPointOptions Options { get; }

    /// <summary>Evaluations so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Evaluates the map if the point is finite and in the domain.</summary>
    /// <param name="x">The point.</param>
    /// <param name="image">Receives F(x).</param>
    /// <returns>Whether the point was legal and its image is finite.</returns>
    public bool TryEvaluate(ReadOnlySpan<double> x, Span<double> image)
    {
        if (!TensorPrimitives.IsFiniteAll(x) || Options.Domain?.Invoke(x) == false) return false;
        Evaluations++;
        map(x, image);
        return TensorPrimitives.IsFiniteAll<double>(image);
    }

    /// <summary>Residual in the units of a point: the largest |imageᵢ − xᵢ| over the unit of that component.</summary>
    internal double Residual(ReadOnlySpan<double> x, ReadOnlySpan<double> image, ReadOnlySpan<double> units)
    {
        double largest = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = Math.Abs(image[i] - x[i]);
            if (difference > 0) largest = Math.Max(largest, difference / Unit(units[i]));
        }

        return largest;
    }

    /// <summary>The unit in which a component of the given size is measured; 0 for a vanishing component in relative scaling.</summary>
    internal double Unit(double size) => Options.Scaling switch
    {
        ResidualScaling.Absolute => 1,
        ResidualScaling.Mixed => Math.Max(1, Math.Abs(size)),
        _ => Math.Abs(size),
    };
}
