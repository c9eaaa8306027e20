using System.Numerics.Tensors;

namespace Theory.Dynamics;

/// <summary>How the weights answer the gradients: step size η, ridge λ, momentum β, and whether gradients are taken ahead (Nesterov).</summary>
internal readonly record struct Optimizer(double Eta, double Lambda, double Beta, bool IsNesterov)
{
    /// <summary>ν of the query point θ + ν(θ − θ₋).</summary>
    public double Nu => IsNesterov ? Beta : 0;
}

/// <summary>
/// The weight side of dynamical mean-field theory. One coordinate θ of the p weights, orthogonal to the teacher, obeys the linear equation
/// θ^{t+1} = θ^t + β(θ^t − θ^{t−1}) − η[λ θ_q^t + Σ_{s≤t} B(t,s) θ_q^s + w^t], Cov w = C; hence θ^t = X(t)·(θ^0, w^0, …, w^{t−1}) with
/// X(t) = [Th^t | A(t,0) … A(t,t−1)] and Q⊥(t,s) = X(t) Γ X(s)ᵀ, Γ = diag(Q⊥^0, C). The mean overlaps M obey the same equation with source αE[g zᵀ].
/// </summary>
/// <remarks>Blocks are p×p; rows of X are stored with all their columns next to each other, so that every sum runs along memory.</remarks>
internal sealed class WeightDynamics
{
    private readonly int p, k, stride;
    private readonly Optimizer rule;
    private readonly double[][] x, query, overlap, queryOverlap;   // by row (t, i)
    private readonly double[][] gamma;                              // Γ by row
    private readonly double[] image;                                // a row of X Γ

    public WeightDynamics(Optimizer rule, int steps, double[,] m0, double[,] qPerp0)
    {
        (this.rule, p, k) = (rule, m0.GetLength(0), m0.GetLength(1));
        stride = p * (steps + 1);
        var rows = stride;
        x = Rows(rows, stride);
        query = rule.IsNesterov ? Rows(rows, stride) : x;
        overlap = Rows(rows, k);
        queryOverlap = rule.IsNesterov ? Rows(rows, k) : overlap;
        gamma = Rows(stride, stride);
        image = new double[stride];
        QPerp = Rows(rows, stride);
        QueryCovariance = rule.IsNesterov ? Rows(rows, stride) : QPerp;
        for (var i = 0; i < p; i++)
        {
            x[i][i] = query[i][i] = 1;
            for (var j = 0; j < p; j++) gamma[i][j] = QPerp[i][j] = QueryCovariance[i][j] = qPerp0[i, j];
            for (var j = 0; j < k; j++) overlap[i][j] = queryOverlap[i][j] = m0[i, j];
        }
    }

    /// <summary>Q⊥(t,s), s ≤ t: row tp + i, column sp + j.</summary>
    public double[][] QPerp { get; }

    /// <summary>Covariance of the fields u at the query points, laid out as <see cref="QPerp"/>.</summary>
    public double[][] QueryCovariance { get; }

    /// <summary>Row i of M^t.</summary>
    public ReadOnlySpan<double> Overlap(int t, int i) => overlap[t * p + i];

    /// <summary>Row i of M at the query point of step t.</summary>
    public ReadOnlySpan<double> QueryOverlap(int t, int i) => queryOverlap[t * p + i];

    /// <summary>Row i of A_q(t, ·): p numbers for each s &lt; t.</summary>
    public ReadOnlySpan<double> Response(int t, int i) => query[t * p + i].AsSpan(p, t * p);

    /// <summary>Row i of A(t, ·): p numbers for each s &lt; t.</summary>
    public ReadOnlySpan<double> Memory(int t, int i) => x[t * p + i].AsSpan(p, t * p);

    /// <summary>C(t,s), as given to <see cref="Advance"/>.</summary>
    public double Noise(int t, int i, int s, int j) => gamma[p + t * p + i][p + s * p + j];

    /// <summary>One step: B(t,s) and C(t,s) for s ≤ t (p rows of (t+1)p numbers) and αE[g^t zᵀ] (p rows of k) give everything at t + 1.</summary>
    public void Advance(int t, double[][] b, double[][] c, double[][] drift)
    {
        Record(t, c);
        for (var i = 0; i < p; i++)
        {
            Step(x, query, t, i, p * (t + 1));
            Step(overlap, queryOverlap, t, i, k);
            var row = x[(t + 1) * p + i];
            for (var r = 0; r <= t; r++)
            {
                for (var l = 0; l < p; l++)
                {
                    var length = p * (r + 1);
                    TensorPrimitives.MultiplyAdd(query[r * p + l].AsSpan(0, length), -rule.Eta * b[i][r * p + l], row.AsSpan(0, length), row.AsSpan(0, length));
                }
            }
            row[p * (t + 1) + i] -= rule.Eta;
            for (var j = 0; j < k; j++) overlap[(t + 1) * p + i][j] -= rule.Eta * drift[i][j];
        }
        if (rule.IsNesterov) LookAhead(t + 1);
        Correlate(t + 1, x, QPerp);
        if (rule.IsNesterov) Correlate(t + 1, query, QueryCovariance);
    }

    private static double[][] Rows(int rows, int length) => [.. Enumerable.Range(0, rows).Select(_ => new double[length])];

    private void Record(int t, double[][] c)
    {
        for (var i = 0; i < p; i++)
        {
            var row = gamma[p * (t + 1) + i];
            for (var s = 0; s <= t; s++)
                for (var j = 0; j < p; j++)
                    row[p * (s + 1) + j] = gamma[p * (s + 1) + j][p * (t + 1) + i] = c[i][s * p + j];
        }
    }

    /// <summary>v^{t+1} ← v^t + β(v^t − v^{t−1}) − ηλ v_q^t.</summary>
    private void Step(double[][] values, double[][] queried, int t, int i, int length)
    {
        var (now, next) = (values[t * p + i], values[(t + 1) * p + i]);
        var (before, ahead) = (t == 0 ? now : values[(t - 1) * p + i], queried[t * p + i]);
        for (var j = 0; j < length; j++) next[j] = now[j] + rule.Beta * (now[j] - before[j]) - rule.Eta * rule.Lambda * ahead[j];
    }

    private void LookAhead(int t)
    {
        for (var i = t * p; i < (t + 1) * p; i++)
        {
            for (var j = 0; j < p * (t + 1); j++) query[i][j] = x[i][j] + rule.Nu * (x[i][j] - x[i - p][j]);
            for (var j = 0; j < k; j++) queryOverlap[i][j] = overlap[i][j] + rule.Nu * (overlap[i][j] - overlap[i - p][j]);
        }
    }

    /// <summary>Rows of V(t) Γ V(s)ᵀ for s ≤ t; Γ is symmetric.</summary>
    private void Correlate(int t, double[][] values, double[][] covariance)
    {
        var length = p * (t + 1);
        for (var i = t * p; i < (t + 1) * p; i++)
        {
            for (var a = 0; a < length; a++) image[a] = TensorPrimitives.Dot<double>(values[i].AsSpan(0, length), gamma[a].AsSpan(0, length));
            for (var s = 0; s < (t + 1) * p; s++) covariance[i][s] = TensorPrimitives.Dot<double>(image.AsSpan(0, p * (s / p + 1)), values[s].AsSpan(0, p * (s / p + 1)));
        }
    }
}
