using System.Numerics.Tensors;

namespace Theory.Dynamics;

/// <summary>
/// Exact moments when every function is quadratic without linear part: e = xᵀCx + κ with x = (l, s), σ = αz² + β. With B = ΩCΩ, t = tr CΩ + κ, t₂ = tr (CΩ)²:
/// E[x x e] = tΩ + 2B, E[x x e²] = (t² + 2t₂)Ω + 4tB + 8ΩCB, E e² = t² + 2t₂ [Arnaboldi et al. 2023, arXiv:2302.05882]. The cost is cubic in the number of fields.
/// </summary>
internal sealed class QuadraticMoments : IMomentRule
{
    private readonly int p, k, n;
    private readonly double alpha, noise;
    private readonly double[] readout;
    private readonly (double[] Matrix, double Constant) full, drift;
    private readonly double[] product, second, third;

    private QuadraticMoments(SgdTask task, double alpha, (double[] Matrix, double Constant) full, (double[] Matrix, double Constant) drift)
    {
        (p, k, n, noise) = (task.Width, task.Teachers, task.Fields, task.Noise);
        (this.alpha, this.full, this.drift, readout) = (alpha, full, drift, [.. task.Readout]);
        (product, second, third) = (new double[n * n], new double[n * n], new double[n * n]);
    }

    public string Name => "closed form (quadratic)";

    public bool IsExact => true;

    public static QuadraticMoments? TryCreate(SgdTask task, NumericPolynomial activation, NumericPolynomial target)
    {
        var sigma = activation.Coefficients;
        if (sigma.Length != 3 || sigma[1] != 0 || target.Terms.Any(t => t.Exponents.Sum() is not (0 or 2))) return null;
        var n = task.Fields;
        var (labels, constant) = (new double[n * n], 0.0);
        foreach (var (coefficient, exponents) in target.Terms)
        {
            var indices = exponents.SelectMany((count, r) => Enumerable.Repeat(task.Width + r, count)).ToArray();
            if (indices.Length == 0)
            {
                constant += coefficient;
                continue;
            }

            labels[indices[0] * n + indices[1]] += coefficient / 2;
            labels[indices[1] * n + indices[0]] += coefficient / 2;
        }

        var (matrix, rest) = ((double[])labels.Clone(), constant);
        for (var j = 0; j < task.Width; j++)
        {
            matrix[j * n + j] -= task.Readout[j] / task.Width * sigma[2];
            rest -= task.Readout[j] / task.Width * sigma[0];
        }

        return new(task, sigma[2], (matrix, rest), task.Loss == SgdLoss.Square ? (matrix, rest) : (labels, constant));
    }

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        Evaluate(omega, values);
        return 0;
    }

    public double Risk(ReadOnlySpan<double> omega) => 0.5 * Square(omega, full);

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values)
    {
        if (!ReferenceEquals(drift.Matrix, full.Matrix)) values.Risk = 0.5 * Square(omega, full);
        var square = Square(omega, drift);
        if (ReferenceEquals(drift.Matrix, full.Matrix)) values.Risk = 0.5 * square;

        var t = Trace(product) + drift.Constant;
        Multiply(omega, product, second);
        Multiply(second, product, third);
        for (var j = 0; j < p; j++)
        {
            for (var r = 0; r < k; r++) values.F[j * k + r] = 2 * alpha * readout[j] * First(omega, t, j, p + r);
            for (var b = 0; b < p; b++)
            {
                values.G[j * p + b] = 2 * alpha * readout[j] * First(omega, t, j, b);
                var both = (square + noise) * omega[j * n + b] + 4 * t * second[j * n + b] + 8 * third[j * n + b];
                values.H[j * p + b] = 4 * alpha * alpha * readout[j] * readout[b] * both;
            }
        }
    }

    private double First(ReadOnlySpan<double> omega, double t, int j, int b) => t * omega[j * n + b] + 2 * second[j * n + b];

    /// <summary>E e²; leaves CΩ behind.</summary>
    private double Square(ReadOnlySpan<double> omega, (double[] Matrix, double Constant) form)
    {
        Multiply(form.Matrix, omega, product);
        var t = Trace(product) + form.Constant;
        var square = 0.0;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) square += product[i * n + j] * product[j * n + i];
        return t * t + 2 * square;
    }

    private double Trace(double[] matrix)
    {
        var trace = 0.0;
        for (var i = 0; i < n; i++) trace += matrix[i * n + i];
        return trace;
    }

    private void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double[] result)
    {
        Array.Clear(result);
        for (var i = 0; i < n; i++)
        {
            var row = result.AsSpan(i * n, n);
            for (var j = 0; j < n; j++)
            {
                if (a[i * n + j] is not 0 and var factor) TensorPrimitives.MultiplyAdd(b.Slice(j * n, n), factor, row, row);
            }
        }
    }
}
