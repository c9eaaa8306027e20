using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Theory.Dynamics;

/// <summary>Coordinates of vectors with given overlaps, and small triangular factors in place.</summary>
internal static class OverlapFactor
{
    // Pivots below this part of the squared norm count as 0: the vector lies in the span of those before it.
    private const double Negligible = 1e-14;

    /// <summary>Lower triangular coordinates of teachers (first k rows) and students (last p rows), row by row: their inner products are the overlaps.</summary>
    public static double[] Of(Matrix<double> q, Matrix<double> m, Matrix<double> teacher)
    {
        var (p, k) = (m.RowCount, m.ColumnCount);
        if (q.RowCount != p || q.ColumnCount != p) throw new ArgumentException($"q must be {p} × {p}, as m has {p} rows; got {q.RowCount} × {q.ColumnCount}", nameof(q));
        if (teacher.RowCount != k || teacher.ColumnCount != k) throw new ArgumentException($"p must be {k} × {k}, as m has {k} columns; got {teacher.RowCount} × {teacher.ColumnCount}", "p");
        var n = p + k;
        double[] gram = new double[n * n], factor = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                gram[i * n + j] = (i < k, j < k) switch { (true, true) => teacher[i, j], (false, true) => m[i - k, j], (true, false) => m[j - k, i], _ => q[i - k, j - k] };
        }
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
                if (!(Math.Abs(gram[i * n + j] - gram[j * n + i]) <= 1e-10 * (1 + Math.Abs(gram[i * n + j])))) throw new ArgumentException($"{(i < k ? "p" : "q")} must be symmetric", i < k ? "p" : "q");
        }
        Cholesky(gram, factor, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = TensorPrimitives.Dot<double>(factor.AsSpan(i * n, n), factor.AsSpan(j * n, n));
                if (!(Math.Abs(product - gram[i * n + j]) <= 1e-6 * (1 + Math.Sqrt(Math.Abs(gram[i * n + i] * gram[j * n + j])))))
                    throw new ArgumentException("the overlaps q, m and p belong to no vectors: [[q, m], [mᵀ, p]] is not positive semi-definite", nameof(q));
            }
        }
        return factor;
    }

    /// <summary>L of LLᵀ = A for a positive semi-definite A given by its lower triangle, row by row; columns of vanishing pivots are 0.</summary>
    public static void Cholesky(ReadOnlySpan<double> a, Span<double> l, int n)
    {
        l.Clear();
        for (var i = 0; i < n; i++)
        {
            var row = l.Slice(i * n, n);
            for (var j = 0; j < i; j++)
            {
                var pivot = l[j * n + j];
                if (pivot > 0) row[j] = (a[i * n + j] - TensorPrimitives.Dot<double>(row[..j], l.Slice(j * n, j))) / pivot;
            }
            var rest = a[i * n + i] - TensorPrimitives.SumOfSquares<double>(row[..i]);
            row[i] = rest > Negligible * a[i * n + i] ? Math.Sqrt(rest) : 0;
        }
    }

    /// <summary>Rotates the columns from <paramref name="from"/> on so that they become lower triangular with a non-negative diagonal: row j keeps its first from + j + 1 elements.</summary>
    public static void MakeTriangular(Span<double> rows, int count, int from, int length)
    {
        for (var j = 0; j < count; j++)
        {
            // Householder on the part of row j right of its diagonal.
            var head = rows.Slice(j * length + from + j, length - from - j);
            var norm = TensorPrimitives.Norm<double>(head);
            if (norm == 0) continue;
            var alpha = head[0];
            var pivot = alpha > 0 ? alpha + norm : alpha - norm;
            head[0] = pivot;
            var half = norm * Math.Abs(pivot);
            for (var i = j + 1; i < count; i++)
            {
                var other = rows.Slice(i * length + from + j, length - from - j);
                var along = TensorPrimitives.Dot<double>(head, other) / half;
                TensorPrimitives.MultiplyAdd(head, -along, other, other);
                // The reflection sends row j to −sign(α)·norm; flip the axis so that the diagonal is non-negative.
                if (alpha > 0) other[0] = -other[0];
            }
            head.Clear();
            head[0] = norm;
        }
    }
}
