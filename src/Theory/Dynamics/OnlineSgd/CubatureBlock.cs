using System.Numerics.Tensors;
using Theory.Numerics.Quadrature;

namespace Theory.Dynamics;

/// <summary>Collects the points of a cubature and adds up the moments block by block, the polynomial part of the teachers integrated exactly at each point.</summary>
internal sealed class CubatureBlock
{
    private const int Size = 256;
    private readonly SgdTask task;
    private readonly int p, k, n;

    // Columns: students' fields, their σ and σ′, teachers' means and their values, labels, f, moments of e at a point, weights.
    private readonly double[] students, sigma, slope, means, teachers, label, output, error, errorSquared, errorTeacher, weights, scratch, scratch2;
    private readonly MomentValues sums;
    private double[] offsets = [];
    private double[] innerWeights = [];
    private int innerCount;
    private int count;

    public CubatureBlock(SgdTask task)
    {
        (this.task, p, k, n) = (task, task.Width, task.Teachers, task.Fields);
        (students, sigma, slope) = (new double[p * Size], new double[p * Size], new double[p * Size]);
        (means, teachers, errorTeacher) = (new double[k * Size], new double[k * Size], new double[k * Size]);
        (label, output, error, errorSquared, weights, scratch, scratch2) =
            (new double[Size], new double[Size], new double[Size], new double[Size], new double[Size], new double[Size], new double[Size]);
        sums = new(p, k);
    }

    public int Width => p;

    /// <summary>Begins a cubature; coordinates from the given one on belong to polynomial teachers.</summary>
    public void Begin(CubatureFrame frame, int outer, int nodes)
    {
        sums.Clear();
        count = 0;
        var inner = frame.Rank - outer;
        innerCount = (int)Math.Pow(nodes, inner);
        if (offsets.Length < innerCount * k) (offsets, innerWeights) = (new double[innerCount * k], new double[innerCount]);
        var rule = GaussHermite.Rule(nodes);
        for (var q = 0; q < innerCount; q++)
        {
            innerWeights[q] = 1;
            offsets.AsSpan(q * k, k).Clear();
            var rest = q;
            for (var c = outer; c < frame.Rank; c++)
            {
                var node = rest % nodes;
                rest /= nodes;
                innerWeights[q] *= rule.Weights[node];
                for (var r = 0; r < k; r++) offsets[q * k + r] += frame.Factor[(p + r) * n + c] * rule.Nodes[node];
            }
        }
    }

    public void Add(ReadOnlySpan<double> x, double weight)
    {
        for (var j = 0; j < p; j++) students[j * Size + count] = x[j];
        for (var r = 0; r < k; r++) means[r * Size + count] = x[p + r];
        weights[count++] = weight;
        if (count == Size) Flush();
    }

    public void End(MomentValues values)
    {
        // A block is always full, the last one with points of no weight.
        if (count > 0)
        {
            for (; count < Size; count++)
            {
                for (var j = 0; j < p; j++) students[j * Size + count] = students[j * Size];
                for (var r = 0; r < k; r++) means[r * Size + count] = means[r * Size];
                weights[count] = 0;
            }

            Flush();
        }

        sums.CopyTo(values);
        for (var j = 0; j < p; j++)
        {
            var a = task.Readout[j];
            for (var r = 0; r < k; r++) values.F[j * k + r] *= a;
            for (var b = 0; b < p; b++) values.G[j * p + b] *= a;
            for (var b = 0; b <= j; b++) values.H[j * p + b] = values.H[b * p + j] = a * task.Readout[b] * sums.H[j * p + b];
        }
    }

    private void Flush()
    {
        task.Activation.Evaluate(students, sigma);
        task.Slope.Evaluate(students, slope);
        Array.Clear(output);
        for (var j = 0; j < p; j++) TensorPrimitives.MultiplyAdd(Column(sigma, j), task.Readout[j] / p, output, output);
        IntegrateTeachers();
        for (var j = 0; j < p; j++)
        {
            TensorPrimitives.Multiply(Column(slope, j), weights, scratch);
            for (var r = 0; r < k; r++) sums.F[j * k + r] += TensorPrimitives.Dot(scratch, Column(errorTeacher, r));
            TensorPrimitives.Multiply<double>(scratch, error, scratch2);
            for (var b = 0; b < p; b++) sums.G[j * p + b] += TensorPrimitives.Dot(scratch2, Column(students, b));
            TensorPrimitives.Multiply<double>(scratch, errorSquared, scratch2);
            for (var b = 0; b <= j; b++) sums.H[j * p + b] += TensorPrimitives.Dot(scratch2, Column(slope, b));
        }

        count = 0;
    }

    /// <summary>E e, E e² + Δ and E e s_r given the outer coordinates, and the risk.</summary>
    private void IntegrateTeachers()
    {
        Array.Clear(error);
        Array.Clear(errorTeacher);
        Array.Fill(errorSquared, task.Noise);
        var risk = 0.0;
        for (var q = 0; q < innerCount; q++)
        {
            for (var r = 0; r < k; r++) TensorPrimitives.Add(Column(means, r), offsets[q * k + r], Column(teachers, r));
            Labels();
            TensorPrimitives.Subtract<double>(label, output, scratch);
            var driving = task.Loss == SgdLoss.Square ? scratch : label;
            TensorPrimitives.Multiply<double>(driving, innerWeights[q], scratch2);
            TensorPrimitives.Add<double>(error, scratch2, error);
            for (var r = 0; r < k; r++) TensorPrimitives.MultiplyAdd(scratch2, Column(teachers, r), Column(errorTeacher, r), Column(errorTeacher, r));
            TensorPrimitives.MultiplyAdd<double>(scratch2, driving, errorSquared, errorSquared);
            TensorPrimitives.Multiply<double>(scratch, scratch, scratch);
            risk += innerWeights[q] * TensorPrimitives.Dot<double>(scratch, weights);
        }

        sums.Risk += 0.5 * risk;
    }

    private void Labels()
    {
        if (task.Target is { } target)
        {
            target.Evaluate(teachers, label);
            return;
        }

        Array.Clear(label);
        for (var r = 0; r < k; r++)
        {
            task.Activation.Evaluate(Column(teachers, r), scratch);
            TensorPrimitives.MultiplyAdd(scratch, 1.0 / k, label, label);
        }
    }

    private static Span<double> Column(double[] columns, int index) => columns.AsSpan(index * Size, Size);
}
