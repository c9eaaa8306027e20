using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Providers.LinearAlgebra;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>
/// One-pass SGD with weights and inputs as vectors in d dimensions: w_j ← w_j + (γ/pn) Σ_μ c_jμ z_μ over n fresh z_μ ~ N(0, I_d). Large batches are done by products of
/// matrices. Inputs are isotropic, so that the teachers may lie in the first k axes and the students in the first k + p. Not safe for use by several threads at once.
/// </summary>
public sealed class ExplicitSgd
{
    private const int Block = 64;

    // From here on matrix products beat dot products of single samples.
    private const int Many = 8;

    private readonly int p, k, d, batch;
    private readonly double scale;
    private readonly bool spherical;
    private readonly SampleCoefficients coefficients;
    private readonly RandomStream random;
    private readonly double[] weights, teachers;     // d × p column by column; k × k row by row
    private double[] inputs = [], fields = [], noise = [], samples = [], products = [];

    /// <summary>Starts SGD; the arguments are those of <see cref="OverlapChain"/>, but for d, which must hold all vectors in memory.</summary>
    /// <param name="q">Overlaps Q of the students at the start, p × p.</param>
    /// <param name="m">Overlaps M of students and teachers at the start, p × k.</param>
    /// <param name="teacher">Overlaps P of the teachers, k × k.</param>
    /// <param name="dimension">Input dimension d, at least p + k.</param>
    /// <param name="batch">Fresh samples n per step, at least 1.</param>
    /// <param name="learningRate">Learning rate γ, finite.</param>
    /// <param name="coefficients">The coefficients c_jμ of a sample.</param>
    /// <param name="spherical">Whether every weight is normalised to 1 after every step.</param>
    /// <param name="random">The stream of random numbers.</param>
    /// <exception cref="ArgumentException">The matrices do not fit each other, or belong to no vectors.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Dimension, batch or learning rate are outside their ranges.</exception>
    public ExplicitSgd(Matrix<double> q, Matrix<double> m, Matrix<double> teacher, int dimension, int batch, double learningRate, SampleCoefficients coefficients, bool spherical, RandomStream random)
    {
        (p, k) = (Guard.NotNull(m, nameof(m)).RowCount, m.ColumnCount);
        d = Guard.AtLeast(dimension, p + k, nameof(dimension));
        this.batch = Guard.AtLeast(batch, 1, nameof(batch));
        scale = Guard.In(learningRate, ParameterRange.Finite, nameof(learningRate)) / p / batch;
        (this.coefficients, this.spherical, this.random) = (Guard.NotNull(coefficients, nameof(coefficients)), spherical, Guard.NotNull(random, nameof(random)));
        var start = OverlapFactor.Of(Guard.NotNull(q, nameof(q)), m, Guard.NotNull(teacher, nameof(teacher)));
        (weights, teachers) = (new double[d * p], new double[k * k]);
        for (var r = 0; r < k; r++) start.AsSpan(r * (p + k), k).CopyTo(teachers.AsSpan(r * k));
        for (var j = 0; j < p; j++) start.AsSpan((k + j) * (p + k), p + k).CopyTo(Weight(j));
        Prepare(Math.Min(batch, Block));
    }

    /// <summary>Number of steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>All overlaps M = WW*ᵀ now.</summary>
    /// <returns>A new p × k matrix.</returns>
    public Matrix<double> TeacherOverlaps() => DenseMatrix.Create(p, k, (j, r) => TensorPrimitives.Dot<double>(Weight(j)[..k], teachers.AsSpan(r * k, k)));

    /// <summary>All overlaps Q = WWᵀ now.</summary>
    /// <returns>A new p × p matrix.</returns>
    public Matrix<double> StudentOverlaps() => DenseMatrix.Create(p, p, (j, b) => TensorPrimitives.Dot<double>(Weight(j), Weight(b)));

    /// <summary>Takes one step.</summary>
    public void Step()
    {
        if (batch <= Block) Update(batch, weights, weights);
        else
        {
            // All gradients of a step are taken at its start.
            var next = (double[])weights.Clone();
            for (var done = 0; done < batch; done += Block) Update(Math.Min(Block, batch - done), weights, next);
            next.CopyTo(weights, 0);
        }
        for (var j = 0; j < p && spherical; j++) TensorPrimitives.Multiply(Weight(j), 1 / TensorPrimitives.Norm<double>(Weight(j)), Weight(j));
        Steps++;
    }

    private Span<double> Weight(int j) => weights.AsSpan(j * d, d);

    private void Prepare(int count) =>
        (inputs, fields, noise, samples, products) = (new double[d * count], new double[(p + k) * count], new double[count], new double[p * count], new double[p * count]);

    /// <summary>Adds the contribution of fresh samples at the weights <paramref name="from"/> to <paramref name="to"/>.</summary>
    private void Update(int count, double[] from, double[] to)
    {
        if (noise.Length != count) Prepare(count);
        random.FillGaussian(inputs);
        random.FillGaussian(noise);
        var provider = LinearAlgebraControl.Provider;
        if (count >= Many)
        {
            provider.MatrixMultiplyWithUpdate(Transpose.Transpose, Transpose.DontTranspose, 1, inputs, d, count, from, d, p, 0, products);
            products.CopyTo(fields, 0);
        }
        for (var mu = 0; mu < count; mu++)
        {
            var z = inputs.AsSpan(mu * d, d);
            for (var j = 0; j < p && count < Many; j++) fields[j * count + mu] = TensorPrimitives.Dot<double>(z, from.AsSpan(j * d, d));
            for (var r = 0; r < k; r++) fields[(p + r) * count + mu] = TensorPrimitives.Dot<double>(z[..(r + 1)], teachers.AsSpan(r * k, r + 1));
        }
        coefficients(fields, noise, samples);
        if (count >= Many) provider.MatrixMultiplyWithUpdate(Transpose.DontTranspose, Transpose.DontTranspose, scale, inputs, d, count, samples, count, p, 1, to);
        for (var mu = 0; mu < count && count < Many; mu++)
        {
            for (var j = 0; j < p; j++)
            {
                var w = to.AsSpan(j * d, d);
                TensorPrimitives.MultiplyAdd(inputs.AsSpan(mu * d, d), scale * samples[j * count + mu], w, w);
            }
        }
    }
}
