using System.Collections.Concurrent;

namespace Theory.Features;

/// <summary>
/// What the readout needs of Γ, as functions of τ: φ = (1 − t)/τ with t = (1/d) tr (I + τΓ)⁻¹, and n = N/τ with N = [[(1 − K_vv)/K_vv, −K_vζ/K_vv], [·, 1 − K_ζζ + K_vζ²/K_vv]].
/// They depend on the first step alone, and are tabulated by Chebyshev polynomials in log τ, cell by cell where they are asked for.
/// </summary>
internal sealed class StepSpectrum
{
    private const int Count = 14;
    private const int Functions = 4;

    /// <summary>Below e^{−13} the functions are straight lines to 1e-11.</summary>
    private const int LowestCell = -13;

    private static readonly object SlotKey = new();
    private readonly StepPencil pencil;
    private readonly ConcurrentDictionary<int, double[]> cells = new();

    private StepSpectrum(StepPencil pencil) => this.pencil = pencil;

    /// <summary>The spectrum, kept for the last step of every activation.</summary>
    public static StepSpectrum Of(OneStepNetworkModel model)
    {
        var slot = model.Activation.Memo(SlotKey, static _ => new Slot());
        var request = new Request(model.Target, model.LearningRate, model.BatchRatio, model.Noise);
        if (slot.Latest is { } latest && latest.Request == request) return latest.Spectrum;
        var step = FirstStep.Of(model.Activation, model.Target, model.LearningRate, model.BatchRatio, model.Noise);
        var spectrum = new StepSpectrum(new(step, model.Target, model.BatchRatio, model.Noise));
        slot.Latest = new(request, spectrum);
        return spectrum;
    }

    /// <summary>The functions and their derivatives at τ ≥ 0.</summary>
    public Values At(double tau)
    {
        var floor = Math.Exp(LowestCell);
        if (tau >= floor) return Interpolate(tau);
        var edge = Interpolate(floor);
        var gap = tau - floor;
        return edge with
        {
            Phi = edge.Phi + gap * edge.PhiSlope,
            N = new(edge.N.Vv + gap * edge.NSlope.Vv, edge.N.Vz + gap * edge.NSlope.Vz, edge.N.Zz + gap * edge.NSlope.Zz),
        };
    }

    private Values Interpolate(double tau)
    {
        var u = Math.Log(tau);
        var cell = Math.Max(LowestCell, (int)Math.Floor(u));
        var coefficients = cells.GetOrAdd(cell, Tabulate);
        var x = Math.Clamp(2 * (u - cell) - 1, -1, 1);
        Span<double> values = stackalloc double[Functions];
        Span<double> slopes = stackalloc double[Functions];
        // T_k and T_k′ by their recurrences; du/dx = 1/2.
        var (previous, current, previousSlope, currentSlope) = (1.0, x, 0.0, 1.0);
        for (var f = 0; f < Functions; f++) values[f] = coefficients[f];
        for (var k = 1; k < Count; k++)
        {
            for (var f = 0; f < Functions; f++)
            {
                values[f] += coefficients[k * Functions + f] * current;
                slopes[f] += coefficients[k * Functions + f] * currentSlope;
            }
            (previous, current, previousSlope, currentSlope) = (current, 2 * x * current - previous, currentSlope, 2 * current + 2 * x * currentSlope - previousSlope);
        }
        var scale = 2 / tau;
        return new(values[0], scale * slopes[0], new(values[1], values[2], values[3]), new(scale * slopes[1], scale * slopes[2], scale * slopes[3]));
    }

    private double[] Tabulate(int cell)
    {
        var samples = new (double Phi, Symmetric2 N)[Count];
        var start = pencil.Start(Math.Exp(cell + 1));
        for (var i = 0; i < Count; i++) samples[i] = pencil.At(Math.Exp(cell + 0.5 * (1 + Math.Cos(Math.PI * (i + 0.5) / Count))), ref start);
        var coefficients = new double[Count * Functions];
        for (var k = 0; k < Count; k++)
        {
            for (var i = 0; i < Count; i++)
            {
                var weight = (k == 0 ? 1.0 : 2.0) / Count * Math.Cos(Math.PI * k * (i + 0.5) / Count);
                coefficients[k * Functions] += weight * samples[i].Phi;
                coefficients[k * Functions + 1] += weight * samples[i].N.Vv;
                coefficients[k * Functions + 2] += weight * samples[i].N.Vz;
                coefficients[k * Functions + 3] += weight * samples[i].N.Zz;
            }
        }
        return coefficients;
    }

    /// <summary>φ, n and their derivatives by τ.</summary>
    internal readonly record struct Values(double Phi, double PhiSlope, Symmetric2 N, Symmetric2 NSlope);

    private sealed record Request(Symbolics.ScalarFunction Target, double LearningRate, double BatchRatio, double Noise);

    private sealed record Entry(Request Request, StepSpectrum Spectrum);

    private sealed class Slot
    {
        private volatile Entry? latest;

        public Entry? Latest { get => latest; set => latest = value; }
    }
}
