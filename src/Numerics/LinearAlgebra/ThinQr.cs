namespace Theory.Numerics.LinearAlgebra;

/// <summary>A = QR for a dense, column-major A with at least as many rows as columns; Q, with orthonormal columns, is kept as its reflections.</summary>
internal sealed class ThinQr
{
    private readonly double[] _reflections; // column k from row k on: v of the k-th reflection
    private readonly int _rows;
    private readonly int _columns;
    private readonly double[] _tau;

    /// <summary>Factors A, which is overwritten.</summary>
    public ThinQr(double[] a, int rows, int columns)
    {
        (_reflections, _rows, _columns, _tau, R) = (a, rows, columns, new double[columns], new double[columns * columns]);
        for (var k = 0; k < columns; k++)
        {
            (_tau[k], R[k * (columns + 1)]) = Householder.Reflect(Reflection(k));
            for (var j = k + 1; j < columns; j++)
            {
                var column = a.AsSpan(j * rows + k, rows - k);
                Householder.Apply(Reflection(k), _tau[k], column);
                R[j * columns + k] = column[0];
            }
        }
    }

    /// <summary>The upper triangle R, column-major, of the order of the columns of A.</summary>
    public double[] R { get; }

    /// <summary>Qb for b of as many elements as A has columns.</summary>
    public double[] Multiply(ReadOnlySpan<double> b)
    {
        var result = new double[_rows];
        b.CopyTo(result);
        for (var k = _columns - 1; k >= 0; k--)
            Householder.Apply(Reflection(k), _tau[k], result.AsSpan(k));
        return result;
    }

    /// <summary>Qᵀy for y of as many elements as A has rows.</summary>
    public double[] TransposeMultiply(ReadOnlySpan<double> y)
    {
        var result = y.ToArray();
        for (var k = 0; k < _columns; k++)
            Householder.Apply(Reflection(k), _tau[k], result.AsSpan(k));
        return result[.._columns];
    }

    private Span<double> Reflection(int k) => _reflections.AsSpan(k * _rows + k, _rows - k);
}
