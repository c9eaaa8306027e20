using MathNet.Numerics.LinearAlgebra;

namespace Theory.Exponents;

/// <summary>
/// Which weighted moment stands at which entry of G(y) = E[zzᵀ − I | y]: entries equal by symmetry share one moment, entries that vanish
/// identically have none.
/// </summary>
internal sealed class MomentLayout
{
    private readonly int[,] index;

    internal MomentLayout(int variables)
    {
        index = new int[variables, variables];
        for (var i = 0; i < variables; i++)
        {
            for (var j = 0; j < variables; j++)
                index[i, j] = -1;
        }
    }

    internal int Variables => index.GetLength(0);

    internal void Set(int row, int column, int moment) => (index[row, column], index[column, row]) = (moment, moment);

    /// <summary>
    /// The largest eigenvalue of M ↦ E[G M G] on symmetric matrices, from the matrix E[g_a g_b] of moments (rows of its lower triangle):
    /// 1/α_c when nothing is learned at order 1.
    /// </summary>
    internal double LargestEigenvalue(double[] products)
    {
        var r = Variables;
        // Basis of symmetric matrices: E_ii, and (E_ij + E_ji)/√2.
        var pairs = Enumerable.Range(0, r).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => (i, j))).ToArray();
        var matrix = Matrix<double>.Build.Dense(pairs.Length, pairs.Length);
        for (var row = 0; row < pairs.Length; row++)
        {
            for (var column = 0; column < pairs.Length; column++)
                matrix[row, column] = Entry(products, pairs[row], pairs[column]);
        }
        return (matrix + matrix.Transpose()).Multiply(0.5).Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
    }

    /// <summary>⟨B, E[G C G]⟩ for basis matrices B, C.</summary>
    private double Entry(double[] products, (int I, int J) b, (int I, int J) c)
    {
        double Pair(int i, int j, int k, int l) => Product(products, index[i, k], index[l, j]);

        var sum = Pair(b.I, b.J, c.I, c.J);
        if (b.I != b.J)
            sum += Pair(b.J, b.I, c.I, c.J);
        if (c.I != c.J)
            sum += Pair(b.I, b.J, c.J, c.I) + (b.I != b.J ? Pair(b.J, b.I, c.J, c.I) : 0);
        return sum / Math.Sqrt((b.I == b.J ? 1 : 2) * (c.I == c.J ? 1 : 2));
    }

    private static double Product(double[] products, int a, int b)
    {
        if (a < 0 || b < 0)
            return 0;
        var (row, column) = a >= b ? (a, b) : (b, a);
        return products[(row * (row + 1) / 2) + column];
    }
}
