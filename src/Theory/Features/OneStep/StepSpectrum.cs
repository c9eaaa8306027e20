using System.Runtime.Intrinsics;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>
/// What the readout needs of Γ, as functions of τ: φ = (1 − t)/τ with t = (1/d) tr (I + τΓ)⁻¹, and n = N/τ with N = [[(1 − K_vv)/K_vv, −K_vζ/K_vv], [·, 1 − K_ζζ + K_vζ²/K_vv]].
/// They depend on the first step alone, and are tabulated by Chebyshev polynomials in log τ, cell by cell where they are asked for.
/// </summary>
internal sealed class StepSpectrum
{
    private const int Count = 14;
    private const int LowestCell = -300, HighestCell = 700;
    private static readonly double Smallest = Math.Exp(LowestCell);
    private static readonly object RecentKey = new();
    private static readonly double[] Nodes = [.. Enumerable.Range(0, Count).Select(i => Math.Cos(Math.PI * (i + 0.5) / Count))];

    private readonly FirstStep step;
    private readonly BatchNodes nodes;
    private readonly double batchRatio;
    private readonly Cell?[] cells = new Cell?[HighestCell - LowestCell + 1];

    private StepSpectrum(FirstStep step, BatchNodes nodes, double batchRatio) => (this.step, this.nodes, this.batchRatio) = (step, nodes, batchRatio);

    /// <summary>The spectrum, kept for the last steps of every activation.</summary>
    public static StepSpectrum Of(OneStepNetworkModel model) =>
        model.Activation.Memo(RecentKey, static _ => new Recent<Request, StepSpectrum>())
            .Get(new(model.Activation, model.Target, model.LearningRate, model.BatchRatio, model.Noise), static request => request.Create());

    /// <summary>The functions and their derivatives at τ ≥ 0. Below e^{LowestCell} they are constants.</summary>
    public Values At(double tau)
    {
        var u = Math.Clamp(Math.Log(tau), LowestCell, HighestCell);
        var cell = (int)Math.Floor(u);
        var table = Volatile.Read(ref cells[cell - LowestCell]) ?? Tabulated(cell);
        var x = Math.Clamp(2 * (u - cell) - 1, -1, 1);
        // T_k and T_k′ by their recurrences; du/dx = 1/2.
        var (values, slopes) = (table.Coefficients[0], Vector256<double>.Zero);
        var (previous, current, previousSlope, currentSlope) = (1.0, x, 0.0, 1.0);
        for (var k = 1; k < Count; k++)
        {
            values += table.Coefficients[k] * current;
            slopes += table.Coefficients[k] * currentSlope;
            (previous, current, previousSlope, currentSlope) = (current, 2 * x * current - previous, currentSlope, 2 * current + 2 * x * currentSlope - previousSlope);
        }
        slopes *= 2 / Math.Max(tau, Smallest);
        return new(values[0], slopes[0], new(values[1], values[2], values[3]), new(slopes[1], slopes[2], slopes[3]), table.Error);
    }

    private Cell Tabulated(int cell)
    {
        var table = Tabulate(cell);
        Volatile.Write(ref cells[cell - LowestCell], table);
        return table;
    }

    private Cell Tabulate(int cell)
    {
        var (pencil, error) = Resolved(Math.Exp(cell + 1));
        var start = pencil.Start(Math.Exp(cell + 1));
        var coefficients = new Vector256<double>[Count];
        for (var i = 0; i < Count; i++)
        {
            var (phi, n) = pencil.At(Math.Exp(cell + 0.5 * (1 + Nodes[i])), ref start);
            var sample = Vector256.Create(phi, n.Vv, n.Vz, n.Zz);
            for (var k = 0; k < Count; k++) coefficients[k] += sample * ((k == 0 ? 1.0 : 2.0) / Count * Math.Cos(Math.PI * k * (i + 0.5) / Count));
        }
        return new(coefficients, error);
    }

    // The nodes that resolve the integrands at the upper end of a cell, where they are sharpest: halving the spacing of resolved ones gains far more than the 2⁸ trusted.
    private (StepPencil Pencil, double Error) Resolved(double tau)
    {
        const double Trusted = 1.0 / 256;
        const double Accepted = 1e-12;
        var (x, pencil) = (nodes, new StepPencil(step, nodes, batchRatio));
        var start = pencil.Start(tau);
        var coarse = pencil.At(tau, ref start);
        var (distance, before) = (0.0, double.PositiveInfinity);
        while (x.Finer is { } finer)
        {
            var next = new StepPencil(step, finer, batchRatio);
            var fine = next.At(tau, ref start);
            distance = Distance(coarse, fine);
            if (distance <= Accepted) return (pencil, distance);
            (x, pencil, coarse) = (finer, next, fine);
            if (distance * Trusted <= Accepted) return (pencil, distance * Trusted);
            // Rounding noise does not shrink any more.
            if (distance <= 1e-7 && distance > before / 4) break;
            before = distance;
        }
        return (pencil, distance);
    }

    // The target has the share ρ along ζ.
    private double Distance((double Phi, Symmetric2 N) coarse, (double Phi, Symmetric2 N) fine)
    {
        var square = (1 - step.Alignment) * (1 + step.Alignment);
        var gap = fine.N - coarse.N;
        var directions = Math.Max(Math.Abs(gap.Vv), Math.Max(Math.Sqrt(square) * Math.Abs(gap.Vz), square * Math.Abs(gap.Zz)));
        return Math.Max(Math.Abs(fine.Phi - coarse.Phi) / fine.Phi, directions / Math.Max(fine.N.Vv, fine.N.Zz));
    }

    /// <summary>φ, n, their derivatives by τ, and the relative error that the quadrature over the batch leaves them.</summary>
    internal readonly record struct Values(double Phi, double PhiSlope, Symmetric2 N, Symmetric2 NSlope, double Error);

    private sealed record Cell(Vector256<double>[] Coefficients, double Error);

    private sealed record Request(ScalarFunction Activation, ScalarFunction Target, double LearningRate, double BatchRatio, double Noise)
    {
        public StepSpectrum Create()
        {
            var step = FirstStep.Of(Activation, Target, LearningRate, BatchRatio, Noise);
            return new(step, new(Target, step.Output, Noise), BatchRatio);
        }
    }
}
