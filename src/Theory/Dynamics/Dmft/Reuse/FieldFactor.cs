namespace Theory.Dynamics;

/// <summary>
/// Cholesky factor u = Lξ of the covariance of the fields, one row for each (t, i), extended step by step. Fields are smooth in time for small steps, so that pivots vanish:
/// those up to 10⁻¹¹ of the trace are set to 0 with their column, and the inverse is a pseudo-inverse.
/// </summary>
internal sealed class FieldFactor(int p, int steps)
{
    private const double Floor = 1e-11;
    private readonly double[][] rows = [.. Enumerable.Range(0, p * steps).Select(r => new double[r + 1])];

    /// <summary>Number of directions whose pivot was set to 0.</summary>
    public int Dropped { get; private set; }

    /// <summary>The least pivot relative to the trace of its step; far below 0 only if the kernel is inconsistent.</summary>
    public double Least { get; private set; }

    /// <summary>Row (t, i) of L: columns (s, j) up to (t, i).</summary>
    public ReadOnlySpan<double> Row(int t, int i) => rows[t * p + i];

    /// <summary>Adds the rows of step t from the covariance of the fields.</summary>
    public void Extend(int t, double[][] covariance)
    {
        var trace = 0.0;
        for (var r = t * p; r < (t + 1) * p; r++) trace += covariance[r][r];
        for (var r = t * p; r < (t + 1) * p; r++)
        {
            var row = rows[r];
            for (var c = 0; c < r; c++)
            {
                var pivot = rows[c][c];
                if (pivot == 0)
                {
                    row[c] = 0;
                    continue;
                }
                var sum = covariance[r][c];
                for (var m = 0; m < c; m++) sum -= row[m] * rows[c][m];
                row[c] = sum / pivot;
            }
            var rest = covariance[r][r];
            for (var m = 0; m < r; m++) rest -= row[m] * row[m];
            Least = Math.Min(Least, trace > 0 ? rest / trace : 0);
            row[r] = rest > Floor * trace ? Math.Sqrt(rest) : 0;
            if (row[r] == 0) Dropped++;
        }
    }

    /// <summary>Stein's lemma backwards: from β_c = E[g ξ_c] = Σ_{r≥c} B_r L(r,c) the responses B_r, in place. Single entries may be ill-conditioned; B·θ is not.</summary>
    public void SolveTransposed(Span<double> beta)
    {
        for (var c = beta.Length - 1; c >= 0; c--)
        {
            var pivot = rows[c][c];
            if (pivot == 0)
            {
                beta[c] = 0;
                continue;
            }
            var sum = beta[c];
            for (var r = c + 1; r < beta.Length; r++) sum -= beta[r] * rows[r][c];
            beta[c] = sum / pivot;
        }
    }
}
