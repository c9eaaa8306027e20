namespace Theory.Dynamics;

/// <summary>
/// The right-hand side dM/dτ = F, dQ/dτ = G + Gᵀ + ηH, or with unit of length kept, ρ_j = (G + Gᵀ + ηH)_jj/Q_jj: dM_jr = F_jr − ½ρ_j M_jr,
/// dQ_jb = (G + Gᵀ + ηH)_jb − ½(ρ_j + ρ_b) Q_jb. The state is the upper triangle of Q, row by row, then M.
/// </summary>
internal sealed class SgdFlow
{
    private readonly IMomentRule rule;
    private readonly int p, k, n;
    private readonly double eta;
    private readonly bool spherical;
    private readonly MomentValues values;
    private readonly double[] omega;

    public SgdFlow(IMomentRule rule, ReadOnlySpan<double> start, int width, int teachers, double eta, bool spherical)
    {
        (this.rule, p, k, n, this.eta, this.spherical) = (rule, width, teachers, width + teachers, eta, spherical);
        values = new(p, k);
        omega = start.ToArray();
        Start = new double[p * (p + 1) / 2 + p * k];
        Pack(start, Start);
    }

    /// <summary>The initial state.</summary>
    public double[] Start { get; }

    /// <summary>Keeps M where it is: set when M = 0 is a fixed point that only rounding would leave.</summary>
    public bool IsFrozen { get; set; }

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        rule.Evaluate(Unpack(state), values);
        var index = 0;
        for (var j = 0; j < p; j++)
        {
            for (var b = j; b < p; b++, index++)
            {
                var phi = Phi(j, b);
                if (spherical) phi = b == j ? 0 : phi - 0.5 * (Stretch(j) + Stretch(b)) * omega[j * n + b];
                derivative[index] = phi;
            }
        }

        for (var j = 0; j < p; j++)
        {
            var stretch = spherical ? Stretch(j) : 0;
            for (var r = 0; r < k; r++, index++) derivative[index] = IsFrozen ? 0 : values.F[j * k + r] - 0.5 * stretch * omega[j * n + p + r];
        }
    }

    /// <summary>Ω of a state; overwritten by the next call.</summary>
    public double[] Unpack(ReadOnlySpan<double> state)
    {
        var index = 0;
        for (var j = 0; j < p; j++)
            for (var b = j; b < p; b++) omega[j * n + b] = omega[b * n + j] = state[index++];
        for (var j = 0; j < p; j++)
            for (var r = 0; r < k; r++) omega[j * n + p + r] = omega[(p + r) * n + j] = state[index++];
        return omega;
    }

    /// <summary>max_jr |M_jr|/√(Q_jj P_rr).</summary>
    public double LargestCosine(ReadOnlySpan<double> state)
    {
        Unpack(state);
        var largest = 0.0;
        for (var j = 0; j < p; j++)
        {
            for (var r = 0; r < k; r++)
                largest = Math.Max(largest, Math.Abs(omega[j * n + p + r]) / Math.Sqrt(omega[j * n + j] * omega[(p + r) * n + p + r]));
        }

        return largest;
    }

    private void Pack(ReadOnlySpan<double> from, Span<double> state)
    {
        var index = 0;
        for (var j = 0; j < p; j++)
            for (var b = j; b < p; b++) state[index++] = from[j * n + b];
        for (var j = 0; j < p; j++)
            for (var r = 0; r < k; r++) state[index++] = from[j * n + p + r];
    }

    private double Phi(int j, int b) => values.G[j * p + b] + values.G[b * p + j] + eta * values.H[j * p + b];

    private double Stretch(int j) => Phi(j, j) / omega[j * n + j];
}
