using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>
/// One-pass SGD at any input dimension d, exact in distribution and without d-dimensional vectors: for Gaussian inputs the overlaps Q = WWᵀ and M = WW*ᵀ are a Markov chain
/// by themselves. A step costs O(n(p + k)² + p³) whatever d is; nothing is allocated.
/// </summary>
/// <remarks>
/// The weights are kept as rows (U, V) of coordinates in an orthonormal frame of p + k directions that contains them and the teachers: U along the teachers' k, V lower triangular.
/// A batch adds C Ξᵀ inside the frame, Ξ the Gaussian coordinates of the samples, and outside it Σ_μ c_·μ z⊥_μ, which is Gaussian with the Gram matrix
/// Wishart_p(d − p − k, CCᵀ) = L A Aᵀ Lᵀ (Bartlett: A_ii² ~ χ²_{d−p−k−i}, i = 0 … p − 1, normal below); then V is made triangular again by rotating the frame.
/// No Gram matrix is ever factored, so that small angles keep their digits. Not safe for use by several threads at once.
/// </remarks>
public sealed class OverlapChain
{
    private const int Block = 64;

    private readonly int p, k, frame;
    private readonly double dimension, batch, scale;
    private readonly bool spherical;
    private readonly SampleCoefficients coefficients;
    private readonly RandomStream random;
    private readonly double[] weights, teachers, rows;   // p × (k + p), k × k, p × (k + 2p): row by row
    private readonly double[] inside, gram, factor, bartlett, inputs, fields, noise, samples;

    /// <summary>Starts the chain.</summary>
    /// <param name="q">Overlaps Q = WWᵀ of the students at the start, p × p.</param>
    /// <param name="m">Overlaps M = WW*ᵀ at the start, p × k.</param>
    /// <param name="teacher">Overlaps P = W*W*ᵀ of the teachers, k × k.</param>
    /// <param name="dimension">Input dimension d, whole, from 2p + k to 10¹⁵.</param>
    /// <param name="batch">Fresh samples n per step, at least 1.</param>
    /// <param name="learningRate">Learning rate γ, finite: w_j ← w_j + (γ/pn) Σ_μ c_jμ z_μ.</param>
    /// <param name="coefficients">The coefficients c_jμ of a sample.</param>
    /// <param name="spherical">Whether every weight is normalised to 1 after every step.</param>
    /// <param name="random">The stream of random numbers.</param>
    /// <exception cref="ArgumentException">The matrices do not fit each other, or belong to no vectors.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Dimension, batch or learning rate are outside their ranges.</exception>
    public OverlapChain(Matrix<double> q, Matrix<double> m, Matrix<double> teacher, double dimension, int batch, double learningRate, SampleCoefficients coefficients, bool spherical, RandomStream random)
    {
        Guard.NotNull(q, nameof(q));
        Guard.NotNull(m, nameof(m));
        Guard.NotNull(teacher, nameof(teacher));
        (p, k) = (m.RowCount, m.ColumnCount);
        frame = p + k;
        this.dimension = dimension >= 2 * p + k && dimension <= 1e15 && dimension == Math.Floor(dimension)
            ? dimension
            : throw Guard.OutOfRange(nameof(dimension), dimension, $"must be whole and in [2p + k, 1e15], 2p + k = {2 * p + k}");
        this.batch = Guard.AtLeast(batch, 1, nameof(batch));
        scale = Guard.In(learningRate, ParameterRange.Finite, nameof(learningRate)) / p / batch;
        this.coefficients = Guard.NotNull(coefficients, nameof(coefficients));
        this.spherical = spherical;
        this.random = Guard.NotNull(random, nameof(random));

        var start = OverlapFactor.Of(q, m, teacher);
        (teachers, weights) = (new double[k * k], new double[p * frame]);
        for (var r = 0; r < k; r++) start.AsSpan(r * frame, k).CopyTo(teachers.AsSpan(r * k));
        start.AsSpan(k * frame).CopyTo(weights);
        rows = new double[p * (frame + p)];
        (inside, gram, factor, bartlett) = (new double[p * frame], new double[p * p], new double[p * p], new double[p * p]);
        var width = (int)Math.Min(batch, Block);
        (inputs, fields, noise, samples) = (new double[frame * width], new double[frame * width], new double[width], new double[p * width]);
    }

    /// <summary>Number of steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>The overlap M_jr = w_j·w*_r now.</summary>
    /// <param name="student">j, from 0.</param>
    /// <param name="teacher">r, from 0.</param>
    /// <returns>The overlap.</returns>
    public double Overlap(int student, int teacher) =>
        TensorPrimitives.Dot<double>(weights.AsSpan(student * frame, teacher + 1), teachers.AsSpan(teacher * k, teacher + 1));

    /// <summary>The overlap Q_jb = w_j·w_b now.</summary>
    /// <param name="first">j, from 0.</param>
    /// <param name="second">b, from 0.</param>
    /// <returns>The overlap.</returns>
    public double StudentOverlap(int first, int second) =>
        TensorPrimitives.Dot<double>(weights.AsSpan(first * frame, frame), weights.AsSpan(second * frame, frame));

    /// <summary>All overlaps M now.</summary>
    /// <returns>A new p × k matrix.</returns>
    public Matrix<double> TeacherOverlaps() => DenseMatrix.Create(p, k, Overlap);

    /// <summary>All overlaps Q now.</summary>
    /// <returns>A new p × p matrix.</returns>
    public Matrix<double> StudentOverlaps() => DenseMatrix.Create(p, p, StudentOverlap);

    /// <summary>Takes one step.</summary>
    public void Step()
    {
        if (p == 1 && k == 1 && batch == 1) StepOfOne();
        else StepOfMany();
        Steps++;
    }

    /// <summary>One student, one teacher, one sample: the general step without its loops.</summary>
    private void StepOfOne()
    {
        double along = random.NextGaussian(), across = random.NextGaussian();
        noise[0] = random.NextGaussian();
        fields[0] = weights[0] * along + weights[1] * across;
        fields[1] = teachers[0] * along;
        coefficients(fields, noise, samples);
        var c = scale * samples[0];
        var (u, v) = (weights[0] + c * along, weights[1] + c * across);
        var outside = c * c * random.NextChiSquare(dimension - 2);
        v = Math.Sqrt(v * v + outside);
        if (spherical)
        {
            var norm = Math.Sqrt(u * u + v * v);
            (u, v) = (u / norm, v / norm);
        }
        (weights[0], weights[1]) = (u, v);
    }

    private void StepOfMany()
    {
        Array.Clear(inside);
        Array.Clear(gram);
        for (double done = 0; done < batch; done += Block) AddBlock((int)Math.Min(Block, batch - done));

        DrawOutside();
        // Rows (U, V + inside, outside); the last 2p columns are made triangular again.
        var length = frame + p;
        for (var j = 0; j < p; j++)
        {
            var row = rows.AsSpan(j * length, length);
            TensorPrimitives.MultiplyAdd(inside.AsSpan(j * frame, frame), scale, weights.AsSpan(j * frame, frame), row[..frame]);
            TensorPrimitives.Multiply(bartlett.AsSpan(j * p, p), scale, row[frame..]);
        }
        OverlapFactor.MakeTriangular(rows, p, k, length);
        for (var j = 0; j < p; j++)
        {
            var row = weights.AsSpan(j * frame, frame);
            rows.AsSpan(j * length, frame).CopyTo(row);
            if (spherical) TensorPrimitives.Divide(row, TensorPrimitives.Norm<double>(row), row);
        }
    }

    /// <summary>Adds a block of samples to C Ξᵀ (inside) and C Cᵀ (gram).</summary>
    private void AddBlock(int count)
    {
        var xi = inputs.AsSpan(0, frame * count);
        random.FillGaussian(xi);
        random.FillGaussian(noise.AsSpan(0, count));
        for (var j = 0; j < p; j++) Combine(weights.AsSpan(j * frame, frame), xi, fields.AsSpan(j * count, count));
        for (var r = 0; r < k; r++) Combine(teachers.AsSpan(r * k, r + 1), xi, fields.AsSpan((p + r) * count, count));
        coefficients(fields.AsSpan(0, frame * count), noise.AsSpan(0, count), samples.AsSpan(0, p * count));
        for (var j = 0; j < p; j++)
        {
            var c = samples.AsSpan(j * count, count);
            for (var a = 0; a < frame; a++) inside[j * frame + a] += TensorPrimitives.Dot<double>(c, xi.Slice(a * count, count));
            for (var b = 0; b <= j; b++) gram[j * p + b] += TensorPrimitives.Dot<double>(c, samples.AsSpan(b * count, count));
        }
    }

    private static void Combine(ReadOnlySpan<double> coordinates, ReadOnlySpan<double> xi, Span<double> field)
    {
        field.Clear();
        for (var a = 0; a < coordinates.Length; a++) TensorPrimitives.MultiplyAdd(xi.Slice(a * field.Length, field.Length), coordinates[a], field, field);
    }

    /// <summary>L A of the Wishart matrix, lower triangular, into <see cref="bartlett"/>.</summary>
    private void DrawOutside()
    {
        OverlapFactor.Cholesky(gram, factor, p);
        Array.Clear(bartlett);
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                // Column j of A from its diagonal down; row i of L meets it in columns j … i.
                var a = j == i ? Math.Sqrt(random.NextChiSquare(dimension - frame - i)) : random.NextGaussian();
                for (var row = i; row < p; row++) bartlett[row * p + j] += factor[row * p + i] * a;
            }
        }
    }
}
