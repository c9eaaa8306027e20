using System.Buffers;
using System.Numerics.Tensors;

namespace Theory.Numerics.Quadrature;

/// <summary>Applies the Kronrod pair to panels, many panels per call of the integrand.</summary>
internal sealed class PanelEvaluator : IDisposable
{
    private const int N = KronrodPair.Count;
    private static readonly double Normalisation = 1 / Math.Sqrt(2 * Math.PI);

    private readonly SpanIntegrand integrand;
    private readonly int outputs;
    private readonly int batch;
    private readonly double[] nodes;
    private readonly double[] weights;
    private readonly double[] results;

    public PanelEvaluator(SpanIntegrand integrand, int outputs)
    {
        (this.integrand, this.outputs) = (integrand, outputs);
        batch = Math.Clamp(16384 / (N * outputs), 1, 48);
        nodes = ArrayPool<double>.Shared.Rent(batch * N);
        weights = ArrayPool<double>.Shared.Rent(batch * N);
        results = ArrayPool<double>.Shared.Rent(batch * N * outputs);
    }

    public int Evaluations { get; private set; }

    /// <summary>Fills in the values of all panels from the given one to the last.</summary>
    public void Evaluate(PanelStore store, int first)
    {
        for (; first < store.Count; first += batch) EvaluateBatch(store, first, Math.Min(batch, store.Count - first));
    }

    /// <summary>Evaluates the integrand at given points, output by output.</summary>
    public void Probe(ReadOnlySpan<double> z, Span<double> values)
    {
        Evaluations += z.Length;
        integrand(z, values);
    }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(nodes);
        ArrayPool<double>.Shared.Return(weights);
        ArrayPool<double>.Shared.Return(results);
    }

    /// <summary>φ(z) to full relative accuracy: the rounding of z² is put back to first order.</summary>
    internal static double Density(double z)
    {
        var square = z * z;
        return Normalisation * Math.Exp(-square / 2) * (1 - Math.FusedMultiplyAdd(z, z, -square) / 2);
    }

    /// <summary>
    /// The embedded difference δ bounds the error of the better rule only once both resolve the integrand: above 200⁻³ of ∫|f|φ it is
    /// raised by (200³ δ/∫|f|φ)^{1/2}, at most to ∫|f|φ itself (QUADPACK's scaling, applied upwards only).
    /// </summary>
    private static double Bound(double difference, double absolute) =>
        difference <= 1.25e-7 * absolute ? difference : Math.Min(absolute, difference * Math.Sqrt(8e6 * difference / absolute));

    private void EvaluateBatch(PanelStore store, int first, int count)
    {
        var z = nodes.AsSpan(0, count * N);
        var g = weights.AsSpan(0, count * N);
        for (var p = 0; p < count; p++) Place(store[first + p], z.Slice(p * N, N), g.Slice(p * N, N));
        Weigh(z, g);
        var values = results.AsSpan(0, count * N * outputs);
        Probe(z, values);
        for (var p = 0; p < count; p++)
        {
            for (var o = 0; o < outputs; o++)
            {
                var panel = first + p;
                var f = values.Slice(o * count * N + p * N, N);
                var (value, absolute, difference) = KronrodPair.Apply(g.Slice(p * N, N), f);
                store.Value(panel, o) = value;
                store.Error(panel, o) = Bound(difference, absolute);
                store.Absolute(panel, o) = absolute;
                if (!double.IsFinite(absolute)) Blame(ref store[panel], z.Slice(p * N, N), f);
            }
        }
    }

    /// <summary>Nodes, and half width times Jacobian, of one panel.</summary>
    private static void Place(in Panel panel, Span<double> z, Span<double> jacobian)
    {
        var (centre, half) = (panel.Centre, panel.Width / 2);
        for (var i = 0; i < N; i++)
        {
            var x = i <= N / 2 ? -KronrodPair.Nodes[i] : KronrodPair.Nodes[N - 1 - i];
            (z[i], jacobian[i]) = panel.Chart.At(centre + half * x);
            jacobian[i] *= half;
        }
    }

    /// <summary>Multiplies the Jacobians by φ(z).</summary>
    private void Weigh(ReadOnlySpan<double> z, Span<double> g)
    {
        var density = results.AsSpan(0, z.Length);
        TensorPrimitives.Multiply(z, z, density);
        TensorPrimitives.Multiply(density, -0.5, density);
        TensorPrimitives.Exp(density, density);
        for (var i = 0; i < z.Length; i++)
        {
            var correction = Math.FusedMultiplyAdd(z[i], z[i], -(z[i] * z[i])) / 2;
            g[i] *= Normalisation * density[i] * (1 - correction);
        }
    }

    private static void Blame(ref Panel panel, ReadOnlySpan<double> z, ReadOnlySpan<double> f)
    {
        var bad = 0;
        while (bad < f.Length - 1 && double.IsFinite(f[bad])) bad++;
        (panel.NotFiniteAt, panel.IsNaN) = (z[bad], double.IsNaN(f[bad]));
    }
}
