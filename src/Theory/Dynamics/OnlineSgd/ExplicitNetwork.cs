using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>A real network in d dimensions with exactly given overlaps, its inputs, labels and gradients.</summary>
internal sealed class ExplicitNetwork
{
    private readonly SgdTask task;
    private readonly int d;
    private double[] inputs = [], students = [], teachers = [], sigma = [], slope = [], label = [], noise = [];

    public ExplicitNetwork(SgdTask task, double[] omega, int dimension, RandomStream random)
    {
        (this.task, d) = (task, dimension);
        var n = task.Fields;
        if (dimension < n) throw new InvalidInputException("size", $"the dimension must be at least p + k = {n}; got {dimension}");
        var factor = Root(omega, n);
        var frame = Frame(n, dimension, random);
        Weights = new double[n * d];
        for (var i = 0; i < n; i++)
            for (var c = 0; c < n; c++) TensorPrimitives.MultiplyAdd(frame.AsSpan(c * d, d), factor[i, c], Weights.AsSpan(i * d, d), Weights.AsSpan(i * d, d));
    }

    public int Width => task.Width;

    public int Teachers => task.Teachers;

    /// <summary>The weights row by row, students first.</summary>
    public double[] Weights { get; }

    /// <summary>g(s) − f(l) of each sample of the batch, without noise.</summary>
    public double[] Excess { get; private set; } = [];

    /// <summary>What drives the update: y − f or y.</summary>
    public double[] Driving { get; private set; } = [];

    private int Count { get; set; }

    /// <summary>Draws a batch and evaluates the network on it.</summary>
    public void Draw(int count, RandomStream random)
    {
        if (Count != count)
        {
            Count = count;
            (inputs, students, teachers) = (new double[count * d], new double[Width * count], new double[Teachers * count]);
            (sigma, slope, label) = (new double[Width * count], new double[Width * count], new double[count]);
            (Excess, Driving, noise) = (new double[count], new double[count], new double[count]);
        }

        random.FillGaussian(inputs);
        for (var i = 0; i < task.Fields; i++)
        {
            var fields = i < Width ? students.AsSpan(i * count, count) : teachers.AsSpan((i - Width) * count, count);
            for (var mu = 0; mu < count; mu++) fields[mu] = TensorPrimitives.Dot<double>(Weights.AsSpan(i * d, d), inputs.AsSpan(mu * d, d));
        }

        Label();
        for (var mu = 0; mu < count; mu++) noise[mu] = task.Noise > 0 ? Math.Sqrt(task.Noise) * random.NextGaussian() : 0;
        Respond();
    }

    /// <summary>Moves the fields of a single student to where its own gradient step of a given rate on each sample alone would bring them.</summary>
    public void Displace(double rate)
    {
        for (var mu = 0; mu < Count; mu++) students[mu] += rate * Gradient(0, mu) * TensorPrimitives.SumOfSquares<double>(inputs.AsSpan(mu * d, d));
        Respond();
    }

    private void Respond()
    {
        task.Activation.Evaluate(students, sigma);
        task.Slope.Evaluate(students, slope);
        for (var mu = 0; mu < Count; mu++)
        {
            var output = 0.0;
            for (var j = 0; j < Width; j++) output += task.Readout[j] * sigma[j * Count + mu];
            Excess[mu] = label[mu] - output / Width;
            Driving[mu] = (task.Loss == SgdLoss.Square ? Excess[mu] : label[mu]) + noise[mu];
        }
    }

    public double StudentField(int j, int mu) => students[j * Count + mu];

    public double TeacherField(int r, int mu) => teachers[r * Count + mu];

    /// <summary>a_j σ′(l_j) times what drives the update.</summary>
    public double Gradient(int j, int mu) => task.Readout[j] * slope[j * Count + mu] * Driving[mu];

    /// <summary>w_j += rate Σ_μ a_j σ′ E z.</summary>
    public void Step(double rate)
    {
        for (var j = 0; j < Width; j++)
        {
            var weight = Weights.AsSpan(j * d, d);
            for (var mu = 0; mu < Count; mu++) TensorPrimitives.MultiplyAdd(inputs.AsSpan(mu * d, d), rate * Gradient(j, mu), weight, weight);
        }
    }

    /// <summary>Brings student j back to a given norm.</summary>
    public void Rescale(int j, double norm)
    {
        var weight = Weights.AsSpan(j * d, d);
        TensorPrimitives.Multiply(weight, norm / TensorPrimitives.Norm<double>(weight), weight);
    }

    public double Overlap(int i, int j) => TensorPrimitives.Dot<double>(Weights.AsSpan(i * d, d), Weights.AsSpan(j * d, d));

    private void Label()
    {
        if (task.Target is { } target)
        {
            target.Evaluate(teachers, label);
            return;
        }

        Array.Clear(label);
        var values = new double[Count];
        for (var r = 0; r < Teachers; r++)
        {
            task.Activation.Evaluate(teachers.AsSpan(r * Count, Count), values);
            TensorPrimitives.MultiplyAdd(values, 1.0 / Teachers, label, label);
        }
    }

    /// <summary>A with AAᵀ = Ω.</summary>
    private static DenseMatrix Root(double[] omega, int n)
    {
        var (values, vectors) = DenseAlgebra.SymmetricEigen(DenseMatrix.Create(n, n, (i, j) => omega[i * n + j]));
        return DenseMatrix.Create(n, n, (i, c) => vectors[i, c] * Math.Sqrt(Math.Max(values[c], 0)));
    }

    /// <summary>n orthonormal vectors, uniform, row by row.</summary>
    private static double[] Frame(int n, int d, RandomStream random)
    {
        var frame = new double[n * d];
        random.FillGaussian(frame);
        for (var c = 0; c < n; c++)
        {
            var row = frame.AsSpan(c * d, d);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var b = 0; b < c; b++)
                {
                    var other = frame.AsSpan(b * d, d);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<double>(other, row), row, row);
                }
            }

            TensorPrimitives.Divide(row, TensorPrimitives.Norm<double>(row), row);
        }

        return frame;
    }
}
