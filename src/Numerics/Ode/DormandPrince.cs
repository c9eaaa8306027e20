using System.Numerics.Tensors;

namespace Theory.Numerics.Ode;

/// <summary>
/// The explicit Runge–Kutta pair of orders 5(4) with seven stages, the last of which is the first of the next step, and dense output of order 4.
/// Source: Dormand and Prince 1980, J. Comput. Appl. Math. 6, 19; dense output and stiffness test: Hairer, Nørsett and Wanner 1993, <i>Solving Ordinary Differential Equations I</i>,
/// II.6, and <i>II</i>, IV.2.
/// </summary>
public sealed record DormandPrince : IOdeMethod
{
    // Nodes c, matrix a, weights b of order 5, b − b̂ with b̂ of order 4, and the weights d of the dense output, in the notation of the source.
    private static readonly double[] C = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1];

    private static readonly double[][] A =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    private static readonly double[] E = [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    private static readonly double[] D =
    [
        -12715105075.0 / 11282082432, 0, 87487479700.0 / 32700410799, -10690763975.0 / 1880347072,
        701980252875.0 / 199316789632, -1453857185.0 / 822651844, 69997945.0 / 29380423,
    ];

    /// <inheritdoc/>
    public int ErrorOrder => 5;

    /// <inheritdoc/>
    public IOdeStepper Start(OdeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Stepper(problem);
    }

    private sealed class Stepper(OdeProblem problem) : IOdeStepper
    {
        // |hλ| at which the region of absolute stability ends on the negative axis, and the number of steps there that prove stiffness.
        private const double StabilityLimit = 3.25;
        private const int Evidence = 15;

        private readonly int n = problem.Dimension;
        private readonly double[] k = new double[7 * problem.Dimension];
        private readonly double[] start = new double[problem.Dimension];
        private readonly double[] stage = new double[problem.Dimension];
        private readonly double[] sixth = new double[problem.Dimension];
        private readonly double[] end = new double[problem.Dimension];
        private double step;
        private double growth;
        private int atLimit;
        private int belowLimit;

        public bool IsStiff => atLimit >= Evidence;

        private Span<double> K(int i) => k.AsSpan(i * n, n);

        public double Attempt(
            double time, ReadOnlySpan<double> state, ReadOnlySpan<double> derivative, double step, Span<double> next, Span<double> nextDerivative)
        {
            this.step = step;
            state.CopyTo(start);
            derivative.CopyTo(K(0));
            for (var i = 1; i < 7; i++)
            {
                state.CopyTo(stage);
                Accumulate(A[i], step, stage);
                if (i == 5) stage.CopyTo(sixth, 0);
                if (!problem.TryEvaluate(time + C[i] * step, stage, K(i))) return double.PositiveInfinity;
            }

            stage.CopyTo(end, 0);
            end.CopyTo(next);
            K(6).CopyTo(nextDerivative);
            growth = step * TensorPrimitives.Distance(K(6), K(5)) / TensorPrimitives.Distance<double>(end, sixth);
            stage.AsSpan().Clear();
            Accumulate(E, step, stage);
            return problem.Norm(stage, start, end);
        }

        public void Accept()
        {
            if (growth > StabilityLimit)
            {
                atLimit++;
                belowLimit = 0;
            }
            else if (++belowLimit == 6)
            {
                atLimit = 0;
            }
        }

        public void Interpolate(double fraction, Span<double> state)
        {
            var rest = 1 - fraction;
            for (var i = 0; i < n; i++)
            {
                var difference = end[i] - start[i];
                var slope = step * k[i] - difference;
                var bend = difference - step * k[6 * n + i] - slope;
                var top = 0.0;
                for (var j = 0; j < 7; j++) top += D[j] * k[j * n + i];
                state[i] = start[i] + fraction * (difference + rest * (slope + fraction * (bend + rest * step * top)));
            }
        }

        private void Accumulate(double[] weights, double step, Span<double> sum)
        {
            for (var j = 0; j < weights.Length; j++)
            {
                if (weights[j] != 0) TensorPrimitives.MultiplyAdd(K(j), step * weights[j], sum, sum);
            }
        }
    }
}
