namespace Theory.Dynamics;

/// <summary>All that the equations of batch reuse need.</summary>
internal sealed record ReuseProblem
{
    public required SampleLoss Loss { get; init; }

    public required TargetLaw Target { get; init; }

    public required Optimizer Rule { get; init; }

    public required Minibatches Masks { get; init; }

    public required double Alpha { get; init; }

    public required int Steps { get; init; }

    public required double[,] M0 { get; init; }

    public required double[,] QPerp0 { get; init; }

    public WeightDynamics Weights() => new(Rule, Steps, M0, QPerp0);
}

/// <summary>The state of one forward sweep: weights, the factor of the fields, and the sample side that reads them.</summary>
internal sealed class ReuseSweep
{
    private readonly ReuseProblem problem;
    private readonly int p;

    public ReuseSweep(ReuseProblem problem)
    {
        (this.problem, p) = (problem, problem.Loss.Width);
        Weights = problem.Weights();
        Factor = new(p, problem.Steps);
        Side = new(problem.Loss, Weights, Factor, problem.Masks);
    }

    public WeightDynamics Weights { get; }

    public FieldFactor Factor { get; }

    public SampleSide Side { get; }

    public List<double> Train { get; } = [];

    /// <summary>α E[∂g^t/∂u^s] as used in the last step; by Stein's lemma its single entries mean little.</summary>
    public double[][] Response { get; private set; } = [];

    /// <summary>Goes from step t to t + 1.</summary>
    public void Advance(StepAverages averages)
    {
        var (t, alpha) = (averages.T, problem.Alpha);
        Response = Scaled(averages.Response);
        if (!Side.IsPathwise)
            foreach (var row in Response) Factor.SolveTransposed(row);
        Weights.Advance(t, Response, Scaled(averages.Correlation), Scaled(averages.Drift));
        Train.Add(averages.Loss);

        double[][] Scaled(double[][] rows) => [.. rows.Select(r => r.Select(x => alpha * x).ToArray())];
    }

    /// <summary>What is reported of time t: M^t (p × k), Q(t,t) (p × p), and the training loss of step t − 1.</summary>
    public double[] Observed(int t)
    {
        var k = problem.Target.Directions;
        var values = new double[p * k + p * p + (t > 0 ? 1 : 0)];
        for (var i = 0; i < p; i++)
        {
            var m = Weights.Overlap(t, i);
            for (var j = 0; j < k; j++) values[i * k + j] = m[j];
            for (var j = 0; j < p; j++)
            {
                // The lower triangle is what is computed.
                var (row, column) = (Math.Max(i, j), Math.Min(i, j));
                values[p * k + i * p + j] = Weights.QPerp[t * p + row][t * p + column] + Dot(m, Weights.Overlap(t, j));
            }
        }
        if (t > 0) values[^1] = Train[t - 1];
        return values;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => System.Numerics.Tensors.TensorPrimitives.Dot(x, y);
}
