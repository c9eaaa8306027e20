using System.Numerics.Tensors;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// The mean step of a network, E dM = (γ/p)F and E dQ = (γ/p)(G + Gᵀ) + (γ/p)²{ dH/n + (1 − 1/n) BΩ⁺Bᵀ } with B = [G, F]; for spherical weights divided by the
/// roots of the new Q_jj. With the exact variance, dH is (d − r)H + H₂.
/// </summary>
internal sealed class NetworkMap
{
    // Directions of the overlaps with a smaller part of their norm outside the others count as dependent; any value from 1e-15 to 1e-6 gives the same trajectories.
    private const double Dependent = 1e-12;

    private readonly BatchMapModel model;
    private readonly SgdMoments moments;
    private readonly int p, k, size;
    private readonly double[] omega, factor, field, variance, next, lengths;

    public NetworkMap(BatchMapModel model, BatchMapSetting setting, double tolerance)
    {
        this.model = model;
        (p, k) = (setting.M.RowCount, setting.M.ColumnCount);
        size = p + k;
        moments = SgdMoments.Of(
            new() { Activation = setting.Activation, Readout = setting.Readout, Teachers = k, Target = setting.Target, Noise = model.Noise, Loss = model.Loss }, tolerance);
        (omega, factor, field, variance, next, lengths) = (new double[size * size], new double[size * size], new double[p * size], new double[p * p], new double[size * size], new double[p]);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                omega[i * size + j] = (i < p, j < p) switch { (true, true) => setting.Q[i, j], (true, false) => setting.M[i, j - p], (false, true) => setting.M[j, i - p], _ => setting.P[i - p, j - p] };
        }
    }

    /// <summary>Largest estimated relative error of the moments so far.</summary>
    public double Error { get; private set; }

    public double Q(int j, int b) => omega[j * size + b];

    public double M(int j, int r) => omega[j * size + p + r];

    /// <summary>The risk at the present overlaps.</summary>
    public double Risk()
    {
        Error = Math.Max(Error, moments.Refine(omega));
        return moments.Risk;
    }

    /// <summary>Takes a step; the accuracy of the moments is chosen anew if asked for.</summary>
    public void Step(bool refine)
    {
        if (refine) Error = Math.Max(Error, moments.Refine(omega));
        if (model.FiniteDimension) moments.EvaluateVariance(omega, model.Dimension, variance);
        else
        {
            if (!refine) moments.Evaluate(omega);
            TensorPrimitives.Multiply(moments.H, model.Dimension, variance);
        }
        var rate = model.LearningRate / p;
        var (first, noise, square) = (model.Gradient ? rate : 0, model.Variance ? rate * rate / model.BatchSize : 0, model.Autocorrelation ? rate * rate * (1 - 1 / model.BatchSize) : 0);
        SolveFields();
        var f = moments.F;
        var g = moments.G;
        for (var j = 0; j < p; j++)
        {
            for (var b = 0; b <= j; b++)
            {
                var product = square == 0 ? 0 : TensorPrimitives.Dot<double>(field.AsSpan(j * size, size), field.AsSpan(b * size, size));
                next[j * size + b] = omega[j * size + b] + first * (g[j * p + b] + g[b * p + j]) + noise * variance[j * p + b] + square * product;
            }
            for (var r = 0; r < k; r++) next[j * size + p + r] = omega[j * size + p + r] + first * f[j * k + r];
        }
        Accept();
    }

    /// <summary>Rows y_j = L⁻¹B_jᵀ of Ω = LLᵀ without dependent directions, so that y_j·y_b = (BΩ⁺Bᵀ)_jb: B lies in the range of Ω. Teachers come first.</summary>
    private void SolveFields()
    {
        Array.Clear(factor);
        for (var i = 0; i < size; i++)
        {
            var row = factor.AsSpan(i * size, size);
            var source = Original(i);
            for (var j = 0; j < i; j++)
            {
                var pivot = factor[j * size + j];
                if (pivot > 0) row[j] = (omega[source * size + Original(j)] - TensorPrimitives.Dot<double>(row[..j], factor.AsSpan(j * size, j))) / pivot;
            }
            var norm = omega[source * size + source];
            var rest = norm - TensorPrimitives.SumOfSquares<double>(row[..i]);
            row[i] = rest > Dependent * norm ? Math.Sqrt(rest) : 0;
        }
        for (var j = 0; j < p; j++)
        {
            var y = field.AsSpan(j * size, size);
            for (var i = 0; i < size; i++)
            {
                var (pivot, source) = (factor[i * size + i], Original(i));
                var b = source < p ? moments.G[j * p + source] : moments.F[j * k + source - p];
                y[i] = pivot > 0 ? (b - TensorPrimitives.Dot<double>(y[..i], factor.AsSpan(i * size, i))) / pivot : 0;
            }
        }
    }

    private int Original(int i) => i < k ? p + i : i - k;

    private void Accept()
    {
        for (var j = 0; j < p; j++) lengths[j] = model.IsSpherical ? Math.Sqrt(next[j * size + j]) : 1;
        for (var j = 0; j < p; j++)
        {
            for (var b = 0; b <= j; b++)
                omega[j * size + b] = omega[b * size + j] = b == j && model.IsSpherical && lengths[j] > 0 ? 1 : next[j * size + b] / (lengths[j] * lengths[b]);
            for (var r = 0; r < k; r++) omega[j * size + p + r] = omega[(p + r) * size + j] = next[j * size + p + r] / lengths[j];
        }
        if (!TensorPrimitives.IsFiniteAll<double>(omega)) throw new UnsupportedException("the weights diverge, or a step annihilates one so that it cannot be normalised");
    }
}
