using System.Numerics;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Spectra;

/// <summary>Real sample covariance matrices at finite size, for the experiments. The size is d = √(pn), so that p = d√c and n = d/√c.</summary>
internal static class SampleMatrix
{
    /// <summary>Rows p and columns n.</summary>
    public static (int Rows, int Columns) Shape(double aspectRatio, int size)
    {
        var root = Math.Sqrt(aspectRatio);
        return (AtLeastOne(size * root), AtLeastOne(size / root));
    }

    /// <summary>As many eigenvalues as asked for, each in proportion to its weight, by largest remainders.</summary>
    public static double[] Quota(DiscreteLaw law, int count)
    {
        var (atoms, weights) = law.Merged();
        int[] counts = [.. weights.Select(w => (int)(w * count))];
        foreach (var l in Enumerable.Range(0, atoms.Length).OrderByDescending(l => weights[l] * count - counts[l]).Take(count - counts.Sum())) counts[l]++;
        return [.. atoms.SelectMany((t, l) => Enumerable.Repeat(t, counts[l]))];
    }

    /// <summary>The matrix with elements √(a_i b_j/n) X_ij, X_ij standard Gaussian.</summary>
    public static DenseMatrix Draw(double[] rows, double[] columns, RandomStream random)
    {
        var matrix = new DenseMatrix(rows.Length, columns.Length);
        random.FillGaussian(matrix.Values);
        double[] rowScale = [.. rows.Select(a => Math.Sqrt(a / columns.Length))];
        for (var j = 0; j < columns.Length; j++)
        {
            var column = matrix.Values.AsSpan(j * rows.Length, rows.Length);
            var scale = Math.Sqrt(columns[j]);
            for (var i = 0; i < rows.Length; i++) column[i] *= scale * rowScale[i];
        }
        return matrix;
    }

    /// <summary>The eigenvalues of GGᵀ that are not zero by rank, ascending: all p of them for p ≤ n, else n.</summary>
    public static double[] Eigenvalues(DenseMatrix g) =>
        [.. DenseAlgebra.SymmetricEigenvalues(g.RowCount <= g.ColumnCount ? DenseAlgebra.OuterGram(g) : DenseAlgebra.Gram(g))];

    /// <summary>(1/p) Tr (GGᵀ − z)⁻¹.</summary>
    public static Complex StieltjesTransform(double[] eigenvalues, int rows, Complex z)
    {
        var sum = (rows - eigenvalues.Length) / -z;
        foreach (var eigenvalue in eigenvalues) sum += 1 / (eigenvalue - z);
        return sum / rows;
    }

    private static int AtLeastOne(double count) => Math.Max(1, (int)Math.Round(count));
}
