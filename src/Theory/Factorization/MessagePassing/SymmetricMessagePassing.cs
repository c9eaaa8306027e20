using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Approximate message passing on one instance of the spiked Wigner model, with its Onsager term.</summary>
internal static class SymmetricMessagePassing
{
    /// <summary>Draws an instance and runs it.</summary>
    /// <returns>The overlap matrix XᵀX̂/N, and X̂ᵀX̂/N, XᵀX/N, each r × r row by row.</returns>
    /// <exception cref="NotConvergedException">Something still changes after <see cref="SweepCounter.Limit"/> sweeps.</exception>
    public static (double[] Overlap, double[] Estimate, double[] Signal) Run(IRowPrior prior, double lambda, int size, bool informed, string system, RandomStream random)
    {
        var rank = prior.Rank;
        var x = new double[size * rank];
        prior.Draw(random, size, x);
        var y = Instance(x, rank, lambda, size, random);

        var (estimate, previous) = (new DenseMatrix(rank, size), new double[size * rank]);
        Start(prior, x, informed, random, estimate.Values);
        var (variance, precision, covariance) = (new double[rank * rank], new double[rank * rank], new double[rank * rank]);
        var field = new double[size * rank];
        var scale = Math.Sqrt(lambda / size);
        var sweeps = new SweepCounter(system, prior.Variance * size);
        do
        {
            // Rows of the estimate are columns here, so that its memory is row by row.
            var image = (DenseMatrix)DenseAlgebra.Multiply(estimate, y);
            for (var i = 0; i < size; i++)
                for (var a = 0; a < rank; a++)
                {
                    double reaction = 0;
                    for (var b = 0; b < rank; b++) reaction += previous[i * rank + b] * variance[b * rank + a];
                    ref var b0 = ref field[i * rank + a];
                    b0 = sweeps.Damping * b0 + (1 - sweeps.Damping) * (scale * image.Values[i * rank + a] - lambda * reaction);
                }

            Gram(estimate.Values, estimate.Values, rank, lambda / size, precision, sweeps.Damping);
            estimate.Values.CopyTo(previous, 0);
            prior.Denoise(precision, field, estimate.Values, covariance);
            for (var a = 0; a < covariance.Length; a++) variance[a] = covariance[a] / size;
        }
        while (sweeps.GoOn(estimate.Values, previous));

        var (overlap, own, signal) = (new double[rank * rank], new double[rank * rank], new double[rank * rank]);
        Gram(x, estimate.Values, rank, 1.0 / size, overlap);
        Gram(estimate.Values, estimate.Values, rank, 1.0 / size, own);
        Gram(x, x, rank, 1.0 / size, signal);
        return (overlap, own, signal);
    }

    /// <summary>xᵀy times a factor, for rows in memory one after the other; mixed with what was there before.</summary>
    public static void Gram(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int rank, double factor, Span<double> gram, double damping = 0)
    {
        for (var i = 0; i < gram.Length; i++) gram[i] *= damping;
        factor *= 1 - damping;
        for (var i = 0; i < x.Length; i += rank)
            for (var a = 0; a < rank; a++)
                for (var b = 0; b < rank; b++) gram[a * rank + b] += factor * x[i + a] * y[i + b];
    }

    /// <summary>The start: the truth, or the prior's mean with a perturbation of a thousandth.</summary>
    public static void Start(IRowPrior prior, ReadOnlySpan<double> truth, bool informed, RandomStream random, Span<double> estimate)
    {
        if (informed)
        {
            truth.CopyTo(estimate);
            return;
        }

        for (var i = 0; i < estimate.Length; i++)
            estimate[i] = prior.Mean[i % prior.Rank] + 1e-3 * Math.Sqrt(prior.Variance) * random.NextGaussian();
    }

    private static DenseMatrix Instance(ReadOnlySpan<double> x, int rank, double lambda, int size, RandomStream random)
    {
        var y = new DenseMatrix(size, size);
        var scale = Math.Sqrt(lambda / size);
        for (var j = 0; j < size; j++)
            for (var i = 0; i < j; i++)
            {
                double product = 0;
                for (var a = 0; a < rank; a++) product += x[i * rank + a] * x[j * rank + a];
                y.Values[j * size + i] = y.Values[i * size + j] = scale * product + random.NextGaussian();
            }

        return y;
    }
}
