using Theory.Numerics.Quadrature;

namespace Theory.Dynamics;

/// <summary>The probability that up to four centred Gaussians are all positive.</summary>
internal static class OrthantProbability
{
    private static readonly QuadratureRule Angles = GaussLegendre.Rule(40, 0, Math.PI / 2);

    /// <param name="r">Correlations, n × n, row by row.</param>
    /// <param name="n">Number of variables, at most 4.</param>
    public static double Of(ReadOnlySpan<double> r, int n) => n switch
    {
        0 => 1,
        1 => 0.5,
        2 => 0.25 + Angle(r[1]),
        3 => 0.125 + 0.5 * (Angle(r[1]) + Angle(r[2]) + Angle(r[5])),
        4 => Four(r),
        _ => throw new ArgumentOutOfRangeException(nameof(n), n, $"n must be at most 4; got {n}."),
    };

    private static double Angle(double correlation) => Math.Asin(Math.Clamp(correlation, -1, 1)) / (2 * Math.PI);

    /// <summary>
    /// Plackett's identity along correlations t r_ij, dP/dt = Σ r_ij/(2π √(1 − t²r_ij²)) P(x_k, x_l &gt; 0 | x_i = x_j = 0); t = sin θ takes away the root singularities at t = 1.
    /// </summary>
    private static double Four(ReadOnlySpan<double> r)
    {
        var sum = 1.0 / 16;
        for (var node = 0; node < Angles.Count; node++)
        {
            var (t, speed) = Math.SinCos(Angles.Nodes[node]);
            var rate = Rate(r, t, 0, 1, 2, 3) + Rate(r, t, 0, 2, 1, 3) + Rate(r, t, 0, 3, 1, 2) + Rate(r, t, 1, 2, 0, 3) + Rate(r, t, 1, 3, 0, 2) + Rate(r, t, 2, 3, 0, 1);
            sum += Angles.Weights[node] * speed * rate;
        }

        return sum;
    }

    private static double Rate(ReadOnlySpan<double> r, double t, int i, int j, int k, int l)
    {
        var ij = r[4 * i + j];
        if (ij == 0) return 0;
        var (own, ik, jk, il, jl) = (t * ij, t * r[4 * i + k], t * r[4 * j + k], t * r[4 * i + l], t * r[4 * j + l]);
        var rest = Math.Max(1 - own * own, 1e-300);
        var kk = 1 - (ik * ik - 2 * own * ik * jk + jk * jk) / rest;
        var ll = 1 - (il * il - 2 * own * il * jl + jl * jl) / rest;
        var kl = t * r[4 * k + l] - (ik * il - own * (ik * jl + il * jk) + jk * jl) / rest;
        var correlation = kk > 0 && ll > 0 ? kl / Math.Sqrt(kk * ll) : Math.Sign(kl);
        return ij / (2 * Math.PI * Math.Sqrt(rest)) * (0.25 + Angle(correlation));
    }
}
