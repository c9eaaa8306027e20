using System.Numerics.Tensors;
using static Theory.Numerics.LinearAlgebra.BlockedProduct;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>A = LLᵀ for a dense, column-major, positive definite A.</summary>
internal static class BlockedCholesky
{
    private const int Block = 48; // columns factored before the rest is updated by one product

    /// <summary>Replaces A by L; reads the lower triangle and clears the strict upper one.</summary>
    /// <exception cref="NotPositiveDefiniteException">A pivot is not positive, or not finite.</exception>
    public static void Factor(double[] a, int order)
    {
        for (var first = 0; first < order; first += Block)
        {
            var next = Math.Min(first + Block, order);
            FactorPanel(a, order, first, next);

            // A₂₂ ← A₂₂ − L₂₁L₂₁ᵀ
            var rest = order - next;
            var panel = new Operand(a, first * order + next, LineStride: 1, InnerStride: order);
            Add(-1, panel, panel, new(a, next * (order + 1), order), rest, rest, next - first, lowerOnly: true);
        }

        for (var j = 1; j < order; j++)
            a.AsSpan(j * order, j).Clear();
    }

    /// <summary>Replaces b by the solution x of LLᵀx = b.</summary>
    public static void Solve(double[] factor, int order, Span<double> b)
    {
        for (var j = 0; j < order; j++)
        {
            b[j] /= factor[j * (order + 1)];
            TensorPrimitives.MultiplyAdd(Below(factor, order, j), -b[j], b[(j + 1)..], b[(j + 1)..]);
        }

        for (var j = order - 1; j >= 0; j--)
            b[j] = (b[j] - TensorPrimitives.Dot(Below(factor, order, j), b[(j + 1)..])) / factor[j * (order + 1)];
    }

    private static ReadOnlySpan<double> Below(double[] a, int order, int column) => a.AsSpan(column * order + column + 1, order - column - 1);

    /// <summary>Columns first, …, next − 1, all their rows; the columns before are already subtracted.</summary>
    private static void FactorPanel(double[] a, int order, int first, int next)
    {
        for (var j = first; j < next; j++)
        {
            var column = a.AsSpan(j * order + j, order - j);
            for (var l = first; l < j; l++)
            {
                var earlier = a.AsSpan(l * order + j, order - j);
                TensorPrimitives.MultiplyAdd(earlier, -earlier[0], column, column);
            }

            if (!(column[0] > 0 && double.IsFinite(column[0])))
                throw new NotPositiveDefiniteException(order, j + 1, nameof(a));
            TensorPrimitives.Divide(column, Math.Sqrt(column[0]), column);
        }
    }
}
