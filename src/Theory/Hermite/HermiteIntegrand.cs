using System.Buffers;
using System.Numerics.Tensors;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>
/// f ĥ_k for some orders k, f², and e^{z²/4} at the nodes of a quadrature. The orthonormal polynomials do not overflow where φ does not underflow.
/// The last function bounds all ĥ_k: it keeps the range of integration wide where f vanishes for a while and comes back.
/// </summary>
internal sealed class HermiteIntegrand(ScalarFunction f, int[] orders)
{
    public int Outputs => orders.Length + 2;

    public void Evaluate(ReadOnlySpan<double> z, Span<double> values)
    {
        var n = z.Length;
        var rows = ArrayPool<double>.Shared.Rent(3 * n);
        try
        {
            var fz = rows.AsSpan(0, n);
            var previous = rows.AsSpan(n, n);
            var current = rows.AsSpan(2 * n, n);
            f.Evaluate(z, fz);
            previous.Clear();
            current.Fill(1);
            for (var (k, next) = (0, 0); next < orders.Length; k++)
            {
                if (orders[next] == k) TensorPrimitives.Multiply(fz, current, values.Slice(next++ * n, n));
                // ĥ_{k+1} = (z ĥ_k − √k ĥ_{k−1})/√(k+1)
                TensorPrimitives.Multiply(previous, -Math.Sqrt(k), previous);
                TensorPrimitives.MultiplyAdd(z, current, previous, previous);
                TensorPrimitives.Multiply(previous, 1 / Math.Sqrt(k + 1), previous);
                var swap = previous;
                previous = current;
                current = swap;
            }
            TensorPrimitives.Multiply(fz, fz, values.Slice(orders.Length * n, n));
            var envelope = values.Slice((orders.Length + 1) * n, n);
            TensorPrimitives.Multiply(z, z, envelope);
            TensorPrimitives.Multiply(envelope, 0.25, envelope);
            TensorPrimitives.Exp(envelope, envelope);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rows);
        }
    }
}
