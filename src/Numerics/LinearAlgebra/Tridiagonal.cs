using System.Numerics.Tensors;
using MathNet.Numerics;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>A symmetric tridiagonal matrix: its diagonal d_0, …, d_{n−1}, and e_0, …, e_{n−2} beside it.</summary>
internal sealed class Tridiagonal(double[] diagonal, double[] beside)
{
    private const int SweepsPerEigenvalue = 50; // three are usual

    /// <summary>Reduces a dense symmetric matrix by Householder reflections H = 1 − τvvᵀ; it is overwritten, its lower triangle alone is read.</summary>
    public static Tridiagonal Reduce(double[] a, int order)
    {
        var (diagonal, beside) = (new double[order], new double[Math.Max(0, order - 1)]);
        var product = new double[order];
        for (var k = 0; k < order - 1; k++)
        {
            diagonal[k] = a[k * (order + 1)];
            var v = a.AsSpan(k * order + k + 1, order - k - 1);
            (var tau, beside[k]) = Householder.Reflect(v);
            if (tau != 0)
                Transform(a, order, k + 1, v, tau, product.AsSpan(0, v.Length));
        }

        diagonal[order - 1] = a[^1];
        return new Tridiagonal(diagonal, beside);
    }

    /// <summary>The eigenvalues, ascending, by implicit QR sweeps with Wilkinson's shift (Golub &amp; Van Loan, Matrix Computations, 8.3); may be called once.</summary>
    /// <exception cref="NonConvergenceException">An eigenvalue takes more than fifty sweeps.</exception>
    public double[] Eigenvalues()
    {
        var sweeps = 0;
        for (var last = diagonal.Length - 1; last > 0;)
        {
            var first = last;
            while (first > 0 && !Negligible(first - 1))
                first--;
            if (first == last)
                (last, sweeps) = (last - 1, 0);
            else if (sweeps++ < SweepsPerEigenvalue)
                Sweep(first, last);
            else
                throw new NonConvergenceException($"An eigenvalue of a symmetric matrix of order {diagonal.Length} did not converge in {SweepsPerEigenvalue} sweeps.");
        }

        Array.Sort(diagonal);
        return diagonal;
    }

    /// <summary>B ← HBH = B − vwᵀ − wvᵀ for the trailing block B from <paramref name="start"/> on, with p = τBv and w = p − ½τ(pᵀv)v.</summary>
    private static void Transform(double[] a, int order, int start, ReadOnlySpan<double> v, double tau, Span<double> w)
    {
        w.Clear();
        for (var j = 0; j < v.Length; j++)
        {
            var column = a.AsSpan((start + j) * (order + 1), v.Length - j);
            w[j] += TensorPrimitives.Dot(column, v[j..]);
            TensorPrimitives.MultiplyAdd(column[1..], v[j], w[(j + 1)..], w[(j + 1)..]);
        }

        TensorPrimitives.Multiply(w, tau, w);
        TensorPrimitives.MultiplyAdd(v, -0.5 * tau * TensorPrimitives.Dot(w, v), w, w);
        for (var j = 0; j < v.Length; j++)
        {
            var column = a.AsSpan((start + j) * (order + 1), v.Length - j);
            TensorPrimitives.MultiplyAdd(w[j..], -v[j], column, column);
            TensorPrimitives.MultiplyAdd(v[j..], -w[j], column, column);
        }
    }

    private bool Negligible(int k) => Math.Abs(beside[k]) <= Math.ScaleB(1, -53) * (Math.Abs(diagonal[k]) + Math.Abs(diagonal[k + 1]));

    /// <summary>One QR step T − μ = QR, T ← RQ + μ on the unreduced block, chasing the bulge z down the diagonal.</summary>
    private void Sweep(int first, int last)
    {
        var (d, e) = (diagonal, beside);
        var x = d[first] - Shift(last);
        var z = e[first];
        for (var k = first; k < last; k++)
        {
            var r = double.Hypot(x, z);
            var (c, s) = r == 0 ? (1, 0) : (x / r, z / r);
            if (k > first)
                e[k - 1] = r;

            // [c s; −s c] [d_k e_k; e_k d_{k+1}] [c −s; s c]
            var turn = s * ((d[k + 1] - d[k]) * s + 2 * c * e[k]);
            var mixed = c * s * (d[k + 1] - d[k]) + (c - s) * (c + s) * e[k];
            d[k] += turn;
            d[k + 1] -= turn;
            e[k] = mixed;
            if (k + 1 < last)
                (x, z, e[k + 1]) = (mixed, s * e[k + 1], c * e[k + 1]);
        }
    }

    /// <summary>The eigenvalue of the last 2 × 2 block that is nearer to its last element.</summary>
    private double Shift(int last)
    {
        var (half, b) = (0.5 * (diagonal[last - 1] - diagonal[last]), beside[last - 1]);
        return diagonal[last] - b / (half + Math.CopySign(double.Hypot(half, b), half)) * b;
    }
}
