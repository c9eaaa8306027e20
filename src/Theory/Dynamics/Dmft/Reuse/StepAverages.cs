namespace Theory.Dynamics;

/// <summary>What the sample side gives at step t: E[g^t zᵀ], E[g^t g^{sT}] and the response E[∂g^t/∂u^s] for s ≤ t (or E[g^t ξ_sᵀ], from which it follows), and the mean loss.</summary>
internal sealed class StepAverages
{
    public StepAverages(int t, int p, int k)
    {
        (T, P, K) = (t, p, k);
        Drift = Rows(p, k);
        Correlation = Rows(p, p * (t + 1));
        Response = Rows(p, p * (t + 1));
        (Square, Fourth) = (new double[p], new double[p]);
    }

    public int T { get; }

    public int P { get; }

    public int K { get; }

    /// <summary>E[g^t zᵀ].</summary>
    public double[][] Drift { get; }

    /// <summary>E[g^t g^{sT}], column sp + j.</summary>
    public double[][] Correlation { get; }

    /// <summary>E[∂g^t/∂u^s], or while summing by Stein's lemma E[g^t ξ_sᵀ].</summary>
    public double[][] Response { get; }

    public double Loss { get; set; }

    /// <summary>E[g_i²] without minibatches.</summary>
    public double[] Square { get; }

    /// <summary>E[g_i⁴] without minibatches.</summary>
    public double[] Fourth { get; }

    /// <summary>The greatest E[g_i⁴]/(E[g_i²])²: how heavy the tails of the gradients are.</summary>
    public double Kurtosis => Square.Zip(Fourth, (second, fourth) => second > 0 ? fourth / (second * second) : 0).Max();

    public bool IsFinite => double.IsFinite(Loss) && All().All(double.IsFinite);

    public void Add(StepAverages other)
    {
        Loss += other.Loss;
        for (var i = 0; i < P; i++) (Square[i], Fourth[i]) = (Square[i] + other.Square[i], Fourth[i] + other.Fourth[i]);
        foreach (var (mine, others) in Arrays().Zip(other.Arrays()))
            for (var i = 0; i < mine.Length; i++) mine[i] += others[i];
    }

    /// <summary>The largest difference between two estimates, relative to the larger of 1 and the size of each.</summary>
    public double Distance(StepAverages other) =>
        All().Zip(other.All(), (x, y) => Math.Abs(x - y) / Math.Max(1, Math.Abs(x))).Aggregate(0.0, (a, b) => double.IsNaN(b) ? double.PositiveInfinity : Math.Max(a, b));

    private IEnumerable<double[]> Arrays() => Drift.Concat(Correlation).Concat(Response);

    private IEnumerable<double> All() => Arrays().SelectMany(a => a).Append(Loss);

    private static double[][] Rows(int rows, int length) => [.. Enumerable.Range(0, rows).Select(_ => new double[length])];
}
