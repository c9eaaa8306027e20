using System.Numerics.Tensors;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>Reflections H = 1 − τvvᵀ with v_0 = 1 (Golub &amp; Van Loan, Matrix Computations, 5.1).</summary>
internal static class Householder
{
    /// <summary>Overwrites x by v such that Hx = (β, 0, …, 0); τ = 0 if x has that form already.</summary>
    public static (double Tau, double Beta) Reflect(Span<double> x)
    {
        var head = x[0];
        var tail = x[1..];
        var scale = tail.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<double>(tail));
        if (scale == 0)
            return (0, head);

        TensorPrimitives.Divide(tail, scale, tail);
        var beta = -Math.CopySign(double.Hypot(head, scale * TensorPrimitives.Norm<double>(tail)), head);
        TensorPrimitives.Multiply(tail, scale / (head - beta), tail);
        x[0] = 1;
        return ((beta - head) / beta, beta);
    }

    /// <summary>x ← Hx.</summary>
    public static void Apply(ReadOnlySpan<double> v, double tau, Span<double> x) =>
        TensorPrimitives.MultiplyAdd(v, -tau * TensorPrimitives.Dot(v, x), x, x);
}
