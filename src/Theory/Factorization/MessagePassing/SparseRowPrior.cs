using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Rows of ℝ^r that are N(0, I) with probability ρ, else 0.</summary>
internal sealed class SparseRowPrior(double sparsity, int rank) : IRowPrior
{
    private readonly double[] mean = new double[rank];

    public int Rank => rank;

    public ReadOnlySpan<double> Mean => mean;

    public double Variance => sparsity;

    public void Draw(RandomStream random, int count, Span<double> rows)
    {
        var active = Math.Max(rank, (int)Math.Round(sparsity * count));
        var places = Enumerable.Range(0, count).ToArray();
        random.Shuffle(places);
        var block = new DenseMatrix(active, rank);
        random.FillGaussian(block.Values);
        // Whitened: the Gram matrix of the active rows is exactly ρ·count times the identity.
        var root = (block.TransposeThisAndMultiply(block) / (sparsity * count)).Cholesky().Factor;
        var white = root.Solve(block.Transpose()).Transpose();
        rows.Clear();
        for (var i = 0; i < active; i++)
            for (var a = 0; a < rank; a++) rows[places[i] * rank + a] = white[i, a];
    }

    public void Denoise(ReadOnlySpan<double> precision, ReadOnlySpan<double> fields, Span<double> means, Span<double> covariance)
    {
        var matrix = new DenseMatrix(rank, rank, precision.ToArray()) + DenseMatrix.CreateIdentity(rank);
        var inverse = matrix.Inverse().ToRowMajorArray();
        var offset = Math.Log(sparsity / (1 - sparsity)) - 0.5 * Math.Log(matrix.Determinant());
        covariance.Clear();
        double total = 0;
        for (var i = 0; i < fields.Length; i += rank)
        {
            var field = fields.Slice(i, rank);
            var row = means.Slice(i, rank);
            double exponent = offset;
            for (var a = 0; a < rank; a++)
            {
                row[a] = 0;
                for (var b = 0; b < rank; b++) row[a] += inverse[a * rank + b] * field[b];
                exponent += row[a] * field[a] / 2;
            }

            var activity = 1 / (1 + Math.Exp(-exponent));
            total += activity;
            for (var a = 0; a < rank; a++)
                for (var b = 0; b < rank; b++) covariance[a * rank + b] += activity * (1 - activity) * row[a] * row[b];
            for (var a = 0; a < rank; a++) row[a] *= activity;
        }

        for (var a = 0; a < rank * rank; a++) covariance[a] += total * inverse[a];
    }
}
