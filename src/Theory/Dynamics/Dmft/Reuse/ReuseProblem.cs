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

    /// <summary>The greatest kurtosis of the gradients of each step.</summary>
    public List<double> Kurtosis { get; } = [];

    /// <summary>α E[∂g^t/∂u^s] as used in each step t; by Stein's lemma single entries mean little.</summary>
    public List<double[][]> Responses { get; } = [];

    /// <summary>Goes from step t to t + 1.</summary>
    public void Advance(StepAverages averages)
    {
        var (t, alpha) = (averages.T, problem.Alpha);
        var response = Scaled(averages.Response);
        if (!Side.IsPathwise)
            foreach (var row in response) Factor.SolveTransposed(row);
        Responses.Add(response);
        Weights.Advance(t, response, Scaled(averages.Correlation), Scaled(averages.Drift));
        Train.Add(averages.Loss);
        Kurtosis.Add(averages.Kurtosis);

        double[][] Scaled(double[][] rows) => [.. rows.Select(r => r.Select(x => alpha * x).ToArray())];
    }

    /// <summary>What is observed of time t, laid out as <see cref="ObservedLayout"/> says.</summary>
    public double[] Observed(int t)
    {
        var layout = new ObservedLayout(p, problem.Target.Directions, t);
        var values = new double[layout.Length];
        for (var i = 0; i < p; i++)
        {
            Weights.Overlap(t, i).CopyTo(values.AsSpan(i * layout.K));
            for (var s = 0; s <= t; s++)
            {
                for (var j = 0; j < p; j++)
                {
                    // The lower triangle is what is computed.
                    var (row, column) = s == t ? (Math.Max(i, j), Math.Min(i, j)) : (i, j);
                    var entry = i * p + j;
                    values[layout.Norm(s) + entry] = Weights.QPerp[t * p + row][s * p + column] + Dot(Weights.Overlap(t, i), Weights.Overlap(s, j));
                    if (s == t) continue;
                    values[layout.Noise(s) + entry] = Weights.Noise(t - 1, i, s, j);
                    if (!Side.IsPathwise) continue;
                    values[layout.Response(s) + entry] = Responses[t - 1][i][s * p + j];
                    values[layout.Memory(s) + entry] = Weights.Memory(t, i)[s * p + j];
                }
            }
        }
        if (t > 0) (values[layout.Train], values[layout.Kurtosis]) = (Train[t - 1], Kurtosis[t - 1]);
        return values;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => System.Numerics.Tensors.TensorPrimitives.Dot(x, y);
}

/// <summary>
/// Where the numbers observed at time t lie: M^t (p × k), Q(t,t) (p × p) and the training loss of step t − 1, whose accuracy is judged; then the greatest kurtosis of that step's gradients, Q(t,s), C(t−1,s),
/// B(t−1,s) and A(t,s) for s &lt; t (p × p each; B and A are 0 where Stein's lemma makes their entries meaningless).
/// </summary>
internal readonly record struct ObservedLayout(int P, int K, int T)
{
    public int Judged => P * K + P * P + (T > 0 ? 1 : 0);

    public int Train => P * K + P * P;

    public int Kurtosis => Train + 1;

    public int Length => T == 0 ? Judged : Kurtosis + 1 + 4 * T * P * P;

    public int Norm(int s) => s == T ? P * K : Kurtosis + 1 + s * P * P;

    public int Noise(int s) => Kurtosis + 1 + (T + s) * P * P;

    public int Response(int s) => Kurtosis + 1 + (2 * T + s) * P * P;

    public int Memory(int s) => Kurtosis + 1 + (3 * T + s) * P * P;
}
