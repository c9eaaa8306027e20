using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Approximate message passing on real sparse regression problems; its fixed point is the LASSO estimate.</summary>
public static class LassoExperiment
{
    private const int MaxIterations = 10_000;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The number N of unknowns; m = δN rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>tau_squared</c>, <c>mse</c>, <c>active_fraction</c> and <c>lambda</c>.</returns>
    /// <exception cref="InvalidInputException">Not exactly one of threshold and penalty is given.</exception>
    /// <exception cref="NotConvergedException">Message passing did not settle.</exception>
    public static IReadOnlyDictionary<string, Value> Run(LassoModel model, int size, ulong seed)
    {
        var alpha = model.Threshold ?? LassoPrediction.Solve(model).Alpha;
        var run = Recover(model, alpha, size, new RandomStream(seed));
        return new Dictionary<string, Value>
        {
            ["tau_squared"] = run.TauSquared,
            ["mse"] = run.Error.DotProduct(run.Error) / size,
            ["active_fraction"] = (double)run.Active / size,
            ["lambda"] = run.Lambda,
        };
    }

    /// <summary>Draws an instance and iterates x ← η(x + Aᵀz; ατ̂), z ← y − Ax + z‖x‖₀/m, τ̂² = |z|²/m.</summary>
    internal static LassoRun Recover(LassoModel model, double alpha, int size, RandomStream random)
    {
        var rows = Math.Max(1, (int)Math.Round(model.Delta * size));
        var (a, signal, y) = Instance(model, rows, size, random);
        var (x, z) = (new DenseVector(size), (DenseVector)y.Clone());
        var (threshold, active, scale) = (0.0, 0, Math.Max(y.L2Norm(), double.Epsilon));
        for (var iteration = 1; ; iteration++)
        {
            var damping = DampingAfter(iteration);
            threshold = alpha * Math.Sqrt(z.DotProduct(z) / rows);
            var pseudo = (DenseVector)DenseAlgebra.Multiply(a, z, transpose: true);
            double change = 0, norm = 0;
            active = 0;
            for (var i = 0; i < size; i++)
            {
                var field = x[i] + pseudo[i];
                var next = Math.Abs(field) > threshold ? field - Math.Sign(field) * threshold : 0;
                change += (next - x[i]) * (next - x[i]);
                norm += next * next;
                x[i] = next;
                if (next != 0) active++;
            }

            // The step of the residuals without damping: what is small only because steps are damped has not settled.
            var step = (DenseVector)(y - DenseAlgebra.Multiply(a, x) + z * ((double)active / rows) - z);
            z = (DenseVector)(z + (1 - damping) * step);
            var residual = Math.Max(change == 0 ? 0 : Math.Sqrt(change / norm), step.L2Norm() / scale);
            if (iteration > 20 && residual <= (iteration < 1000 ? 1e-12 : 1e-8)) break;
            if (iteration == MaxIterations || !double.IsFinite(change))
                throw new NotConvergedException(LassoModel.System.Id, new(
                    double.IsFinite(change) ? SolverStatus.BudgetExhausted : SolverStatus.Diverged, residual, iteration, null, ["Message passing on this instance did not settle."]));
        }

        var tauSquared = z.DotProduct(z) / rows;
        return new(a, y, x, (DenseVector)(x - signal), active, tauSquared, alpha * Math.Sqrt(tauSquared) * (1 - (double)active / rows));
    }

    /// <summary>Weight of the old residuals in the new: 0, and more for instances that go on oscillating. It moves no fixed point.</summary>
    private static double DampingAfter(int iterations) => iterations switch
    {
        < 150 => 0,
        < 500 => 0.4,
        < 1500 => 0.7,
        _ => 0.9,
    };

    private static (DenseMatrix A, DenseVector Signal, DenseVector Y) Instance(LassoModel model, int rows, int size, RandomStream random)
    {
        var a = new DenseMatrix(rows, size);
        random.FillGaussian(a.Values);
        var scale = 1 / Math.Sqrt(rows);
        for (var i = 0; i < a.Values.Length; i++) a.Values[i] *= scale;
        var signal = new DenseVector(size);
        var spikes = (int)Math.Round(model.Sparsity * size);
        for (var i = 0; i < spikes; i++) signal[i] = model.Signal == SparseSignal.Gaussian ? random.NextGaussian() : random.NextSign();
        if (model.Signal == SparseSignal.Gaussian && spikes > 0)
        {
            // The power of the spikes is exactly that of the limit: its fluctuation would be the largest of all.
            var power = Math.Sqrt(signal.DotProduct(signal) / spikes);
            for (var i = 0; i < spikes; i++) signal[i] /= power;
        }

        var y = (DenseVector)DenseAlgebra.Multiply(a, signal);
        for (var mu = 0; mu < rows; mu++) y[mu] += Math.Sqrt(model.Noise) * random.NextGaussian();
        return (a, signal, y);
    }
}

/// <summary>The end of one run of message passing.</summary>
internal sealed record LassoRun(DenseMatrix A, DenseVector Y, DenseVector Estimate, DenseVector Error, int Active, double TauSquared, double Lambda);
