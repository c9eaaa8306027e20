using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Numerics.Optimization;

/// <summary>Choices for <see cref="ConvexFit"/>.</summary>
public sealed record ConvexFitOptions
{
    /// <summary>Largest duality gap, relative to the objective, that counts as converged; in (0, 1). Default 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Tolerance
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, $"Tolerance must be in (0, 1); got {value}.");
    } = 1e-8;

    /// <summary>Largest number of Newton steps in all, at least 1. Default 500.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxSteps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxSteps), value, $"MaxSteps must be at least 1; got {value}.");
    } = 500;

    /// <summary>Whether the loss has a continuous derivative. If not, it is approached through its Moreau envelopes. Default true.</summary>
    public bool IsSmooth { get; init; } = true;

    /// <summary>Whether a constant that is not penalised is added to the fields. Default false.</summary>
    public bool HasIntercept { get; init; }
}

/// <summary>A fitted linear model.</summary>
/// <param name="Weights">The weights w.</param>
/// <param name="Intercept">The constant b; 0 if none was fitted.</param>
/// <param name="Fields">The fields z = Xw + b of the samples.</param>
/// <param name="Objective">Σ_i ℓ_i(z_i) + ½λ‖w‖².</param>
/// <param name="Gap">Duality gap: the objective exceeds its minimum by no more.</param>
/// <param name="Status">How the fit ended.</param>
/// <param name="Steps">Newton steps taken.</param>
public sealed record ConvexFitResult(Vector<double> Weights, double Intercept, Vector<double> Fields, double Objective, double Gap, SolverStatus Status, int Steps);

/// <summary>
/// Fits linear models with convex losses: min over w, b of Σ_i ℓ_i(x_i·w + b) + ½λ‖w‖² (a sum, no 1/n). Smooth losses by Newton's method with Cholesky and line search;
/// others by the method of multipliers, whose inner problems are smooth and solved in the same way. Stops on the duality gap.
/// </summary>
public static class ConvexFit
{
    /// <summary>Fits.</summary>
    /// <param name="x">The design X, n × p.</param>
    /// <param name="loss">The losses of the samples.</param>
    /// <param name="lambda">λ > 0.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The fit, with its status.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lambda"/> is not in (0, ∞).</exception>
    public static ConvexFitResult Solve(Matrix<double> x, ProximalLoss loss, double lambda, ConvexFitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(loss);
        if (!(lambda > 0 && double.IsFinite(lambda)))
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, $"lambda must be in (0, ∞); got {lambda}.");
        return new Fit(x, loss, lambda, options ?? new()).Run();
    }

    private sealed class Fit
    {
        private const int MaxRounds = 100;

        private readonly Matrix<double> x;
        private readonly ProximalLoss loss;
        private readonly ConvexFitOptions options;
        private readonly double lambda;
        private readonly int n;
        private readonly int p;
        private readonly double[] multipliers;
        private readonly double[] gradients;
        private readonly double[] curvatures;
        private double[] weights;
        private double[] fields;
        private double variance;
        private int steps;

        public Fit(Matrix<double> design, ProximalLoss loss, double lambda, ConvexFitOptions options)
        {
            x = options.HasIntercept ? design.Append(DenseMatrix.Create(design.RowCount, 1, 1)) : design;
            (this.loss, this.lambda, this.options, n, p) = (loss, lambda, options, x.RowCount, x.ColumnCount);
            (multipliers, gradients, curvatures, weights, fields) = (new double[n], new double[n], new double[n], new double[p], new double[n]);
        }

        private int Penalised => options.HasIntercept ? p - 1 : p;

        public ConvexFitResult Run()
        {
            // The dual problem has curvature ‖x‖²/λ per sample; V well below it makes the multipliers converge fast.
            var norm = x.FrobeniusNorm();
            variance = options.IsSmooth ? 0 : 0.1 * norm * norm / (n * lambda);
            var (floor, previous, target) = (1e-4 * variance, double.PositiveInfinity, 0.0);
            for (var round = 1; ; round++)
            {
                Minimise(target);
                var (objective, gap) = Gap();
                if (gap <= options.Tolerance * Math.Max(objective, 1e-300)) return Report(objective, gap, SolverStatus.Converged);
                if (steps >= options.MaxSteps || round > MaxRounds) return Report(objective, gap, SolverStatus.BudgetExhausted);
                if (options.IsSmooth) return Report(objective, gap, SolverStatus.FloatingPointLimit);
                gradients.CopyTo(multipliers, 0);
                if (gap > 0.1 * previous) variance = Math.Max(floor, 0.2 * variance);
                (previous, target) = (gap, 0.1 * options.Tolerance * objective);
            }
        }

        /// <summary>Newton's method on Σ envelope_i(z_i + V g_i) + ½λ‖w‖², with the multipliers g; what the gradient leaves of the duality gap is ‖∇‖²/(2λ).</summary>
        private void Minimise(double tolerance)
        {
            var (value, last, first) = (Evaluate(fields, weights), double.PositiveInfinity, steps);
            while (steps < options.MaxSteps)
            {
                var gradient = Gradient();
                var direction = Direction(gradient);
                var decrement = TensorPrimitives.Dot<double>(gradient, direction);
                var left = 0.5 * TensorPrimitives.SumOfSquares<double>(gradient) / lambda;
                // Once the decrement is below rounding of the value, only the gradient tells of progress.
                var isFine = decrement <= 1e-13 * Math.Abs(value);
                if (!(left > 0) || (steps > first && (left <= tolerance || (isFine && left > 0.5 * last)))) return;
                last = isFine ? left : double.PositiveInfinity;
                steps++;
                if (!Search(ref value, direction, decrement)) return;
            }
        }

        private bool Search(ref double value, double[] direction, double decrement)
        {
            var change = ((DenseVector)DenseAlgebra.Multiply(x, new DenseVector(direction))).Values;
            var (candidate, candidateFields) = (new double[p], new double[n]);
            for (var t = 1.0; t > 1e-10; t *= 0.5)
            {
                TensorPrimitives.MultiplyAdd(direction, -t, weights, candidate);
                TensorPrimitives.MultiplyAdd(change, -t, fields, candidateFields);
                var next = Evaluate(candidateFields, candidate);
                // Near the minimum the decrease drowns in rounding: equality will do.
                if (!(next <= value - 1e-4 * t * decrement + 1e-14 * Math.Abs(value))) continue;
                (weights, fields, value) = (candidate, candidateFields, next);
                return true;
            }
            Evaluate(fields, weights);
            return false;
        }

        private double Evaluate(double[] z, double[] w)
        {
            double sum = 0;
            for (var i = 0; i < n; i++)
            {
                var shifted = z[i] + variance * multipliers[i];
                var at = loss(i, shifted, variance);
                (gradients[i], curvatures[i]) = (at.Gradient, at.Curvature);
                sum += at.Loss + 0.5 * variance * at.Gradient * at.Gradient;
            }
            return sum + 0.5 * lambda * Square(w);
        }

        private double[] Gradient()
        {
            var gradient = ((DenseVector)DenseAlgebra.Multiply(x, new DenseVector(gradients), transpose: true)).Values;
            for (var j = 0; j < Penalised; j++) gradient[j] += lambda * weights[j];
            return gradient;
        }

        private double[] Direction(double[] gradient)
        {
            var scaled = new DenseMatrix(n, p);
            for (var i = 0; i < n; i++)
            {
                var root = Math.Sqrt(curvatures[i]);
                if (root > 0)
                    for (var j = 0; j < p; j++) scaled.Values[j * n + i] = root * x.At(i, j);
            }
            var hessian = DenseAlgebra.Gram(scaled);
            // Where no sample has curvature, only this keeps the step of the intercept finite; it vanishes with the gradient.
            for (var j = 0; j < p; j++) hessian[j, j] += j < Penalised ? lambda : 1e-10 * lambda + 1e-14 * hessian[j, j] + 1e-4 * Math.Abs(gradient[j]);
            return DenseAlgebra.CholeskySolve(hessian, new DenseVector(gradient)).ToArray();
        }

        /// <summary>Primal minus dual objective: by Fenchel's equality ℓ(t) + ℓ*(g) = t g for a subgradient g of ℓ at t.</summary>
        private (double Objective, double Gap) Gap()
        {
            double primal = 0, dual = 0;
            for (var i = 0; i < n; i++)
            {
                var at = loss(i, fields[i] + variance * multipliers[i], variance);
                dual += at.Loss - at.Point * at.Gradient;
                // The loss itself is the envelope's limit V → 0.
                primal += variance == 0 ? at.Loss : loss(i, fields[i], 1e-300).Loss;
            }
            var force = DenseAlgebra.Multiply(x, new DenseVector(gradients), transpose: true);
            double square = 0;
            for (var j = 0; j < Penalised; j++) square += force[j] * force[j];
            var objective = primal + 0.5 * lambda * Square(weights);
            return (objective, objective - (dual - 0.5 * square / lambda));
        }

        private double Square(double[] w) => TensorPrimitives.SumOfSquares(w.AsSpan(0, Penalised));

        private ConvexFitResult Report(double objective, double gap, SolverStatus status) => new(
            new DenseVector(weights[..Penalised]), options.HasIntercept ? weights[^1] : 0, new DenseVector(fields), objective, gap, status, steps);
    }
}
