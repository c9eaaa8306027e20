using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Approximate message passing on one instance of the rectangular model, with its Onsager terms.</summary>
internal sealed class RectangularMessagePassing
{
    private readonly IRowPrior priorU;
    private readonly IRowPrior priorV;
    private readonly int rank;
    private readonly double[] u;
    private readonly double[] v;
    private readonly DenseMatrix x;
    private readonly double strength;

    /// <summary>Draws X = √(γ/d) v uᵀ + w, d × n.</summary>
    public RectangularMessagePassing(IRowPrior priorU, IRowPrior priorV, double gamma, int samples, int dimension, RandomStream random)
    {
        (this.priorU, this.priorV, rank, strength) = (priorU, priorV, priorU.Rank, gamma / dimension);
        (u, v) = (new double[samples * rank], new double[dimension * rank]);
        priorU.Draw(random, samples, u);
        priorV.Draw(random, dimension, v);
        x = new(dimension, samples);
        random.FillGaussian(x.Values);
        var scale = Math.Sqrt(strength);
        for (var mu = 0; mu < samples; mu++)
            for (var i = 0; i < dimension; i++)
            {
                double product = 0;
                for (var a = 0; a < rank; a++) product += v[i * rank + a] * u[mu * rank + a];
                x.Values[mu * dimension + i] += scale * product;
            }
    }

    /// <summary>The data X, d × n.</summary>
    public DenseMatrix Data => x;

    /// <summary>The true memberships, row by row.</summary>
    public ReadOnlySpan<double> TrueU => u;

    /// <summary>The true rows of the means.</summary>
    public ReadOnlySpan<double> TrueV => v;

    /// <summary>Runs from the truth, or from a perturbation of the prior's mean, until nothing changes.</summary>
    /// <returns>The estimates of u and v, row by row.</returns>
    /// <exception cref="NotConvergedException">Something still changes after <see cref="SweepCounter.Limit"/> sweeps.</exception>
    public (double[] U, double[] V) Run(bool informed, string system, RandomStream random)
    {
        var (samples, dimension) = (x.ColumnCount, x.RowCount);
        // Rows of estimates are columns here, so that their memory is row by row.
        var (estimateU, estimateV) = (new DenseMatrix(rank, samples), new DenseMatrix(rank, dimension));
        SymmetricMessagePassing.Start(priorU, u, informed, random, estimateU.Values);
        var (fieldU, fieldV, before) = (new double[samples * rank], new double[dimension * rank], new double[samples * rank]);
        var (spreadU, spreadV, precisionU, precisionV) = (new double[rank * rank], new double[rank * rank], new double[rank * rank], new double[rank * rank]);
        var scale = Math.Sqrt(strength);
        var sweeps = new SweepCounter(system, priorU.Variance * samples);
        do
        {
            Field((DenseMatrix)DenseAlgebra.Multiply(estimateU, x, transposeB: true), estimateV.Values, spreadU, scale, sweeps.Damping, fieldV);
            SymmetricMessagePassing.Gram(estimateU.Values, estimateU.Values, rank, strength, precisionV, sweeps.Damping);
            priorV.Denoise(precisionV, fieldV, estimateV.Values, spreadV);

            Field((DenseMatrix)DenseAlgebra.Multiply(estimateV, x), estimateU.Values, spreadV, scale, sweeps.Damping, fieldU);
            SymmetricMessagePassing.Gram(estimateV.Values, estimateV.Values, rank, strength, precisionU, sweeps.Damping);
            estimateU.Values.CopyTo(before, 0);
            priorU.Denoise(precisionU, fieldU, estimateU.Values, spreadU);
        }
        while (sweeps.GoOn(estimateU.Values, before));

        return (estimateU.Values, estimateV.Values);
    }

    /// <summary>B = √g·image − g·previous·S, mixed with the field before.</summary>
    private void Field(DenseMatrix image, ReadOnlySpan<double> previous, double[] spread, double scale, double damping, double[] field)
    {
        for (var i = 0; i < field.Length; i += rank)
            for (var a = 0; a < rank; a++)
            {
                double reaction = 0;
                for (var b = 0; b < rank; b++) reaction += previous[i + b] * spread[b * rank + a];
                field[i + a] = damping * field[i + a] + (1 - damping) * (scale * image.Values[i + a] - strength * reaction);
            }
    }
}
