using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Theory.Numerics.Quadrature;

/// <summary>Nodes xᵢ and weights wᵢ of a quadrature rule, ∫ f dμ ≈ Σᵢ wᵢ f(xᵢ). The rule's maker states the measure μ. Immutable.</summary>
public sealed class QuadratureRule
{
    internal QuadratureRule(ImmutableArray<double> nodes, ImmutableArray<double> weights, ImmutableArray<double> rootWeights) =>
        (Nodes, Weights, RootWeights) = (nodes, weights, rootWeights);

    /// <summary>Number of nodes.</summary>
    public int Count => Nodes.Length;

    /// <summary>The nodes, in increasing order.</summary>
    public ImmutableArray<double> Nodes { get; }

    /// <summary>The weights, non-negative. Weights below the smallest double, which Gauss–Hermite rules of 389 nodes and more have, are 0 here.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>√wᵢ, positive even where wᵢ itself underflows: the product wᵢ p(xᵢ) q(xᵢ) of large values is (√wᵢ p(xᵢ))·(√wᵢ q(xᵢ)).</summary>
    public ImmutableArray<double> RootWeights { get; }

    /// <summary>Applies the rule.</summary>
    /// <param name="f">The integrand.</param>
    /// <returns>Σᵢ wᵢ f(xᵢ).</returns>
    public double Integrate(Func<double, double> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        double sum = 0;
        for (var i = 0; i < Nodes.Length; i++) sum += Weights[i] * f(Nodes[i]);
        return sum;
    }

    /// <summary>Applies the rule to a vectorised integrand.</summary>
    /// <param name="f">Writes f of each element of its first argument into its second, which has the same length.</param>
    /// <returns>Σᵢ wᵢ f(xᵢ).</returns>
    public double Integrate(Action<ReadOnlySpan<double>, Span<double>> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        var buffer = ArrayPool<double>.Shared.Rent(Nodes.Length);
        try
        {
            var values = buffer.AsSpan(0, Nodes.Length);
            f(Nodes.AsSpan(), values);
            return TensorPrimitives.Dot(Weights.AsSpan(), values);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    /// <summary>The rule carried by the affine map x ↦ centre + scale·x; weights are multiplied by |scale|, as for Lebesgue measure.</summary>
    internal QuadratureRule Affine(double centre, double scale)
    {
        var (factor, root) = (Math.Abs(scale), Math.Sqrt(Math.Abs(scale)));
        return new([.. Nodes.Select(x => centre + scale * x)], [.. Weights.Select(w => factor * w)], [.. RootWeights.Select(r => root * r)]);
    }
}
