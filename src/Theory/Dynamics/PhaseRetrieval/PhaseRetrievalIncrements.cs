using Theory.Numerics.Quadrature;

namespace Theory.Dynamics;

/// <summary>
/// First and second moments of the increments of phase retrieval with one student and one teacher, per unit of time and to leading order in d:
/// r_m = 2 l E s and r_q = 4 l² E + 4η l² E² with E = s² − l² + √Δ ξ. Polynomials, so that Gauss–Hermite rules are exact.
/// </summary>
/// <param name="DriftM">E r_m = F.</param>
/// <param name="DriftQ">E r_q = 2G + ηH.</param>
/// <param name="VarM">Var r_m.</param>
/// <param name="VarQ">Var r_q.</param>
/// <param name="CovQM">Cov(r_q, r_m).</param>
/// <param name="H">H = 4E[l² E²].</param>
/// <param name="H2">4E[l² E² xᵀΩ⁺x], the part of the variance term inside of the span of w and w*.</param>
internal readonly record struct PhaseRetrievalIncrements(double DriftM, double DriftQ, double VarM, double VarQ, double CovQM, double H, double H2)
{
    public static PhaseRetrievalIncrements At(double q, double m, double rho, double eta, double noise)
    {
        // Degrees up to 14 in a coordinate, 4 in ξ.
        var (rule, labels) = (GaussHermite.Rule(9), GaussHermite.Rule(noise > 0 ? 4 : 1));
        var rest = Math.Sqrt(Math.Max(rho - m * m / q, 0));
        var (rm, rq, mm, qq, mq, h, h2) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < rule.Count; i++)
        {
            var l = Math.Sqrt(q) * rule.Nodes[i];
            for (var j = 0; j < rule.Count; j++)
            {
                var s = m / q * l + rest * rule.Nodes[j];
                for (var x = 0; x < labels.Count; x++)
                {
                    var weight = rule.Weights[i] * rule.Weights[j] * labels.Weights[x];
                    var error = s * s - l * l + Math.Sqrt(noise) * labels.Nodes[x];
                    var variance = 4 * l * l * error * error;
                    var (increment, growth) = (2 * l * error * s, 4 * l * l * error + eta * variance);
                    rm += weight * increment;
                    rq += weight * growth;
                    mm += weight * increment * increment;
                    qq += weight * growth * growth;
                    mq += weight * increment * growth;
                    h += weight * variance;
                    h2 += weight * variance * (rule.Nodes[i] * rule.Nodes[i] + (rest > 0 ? rule.Nodes[j] * rule.Nodes[j] : 0));
                }
            }
        }

        return new(rm, rq, mm - rm * rm, qq - rq * rq, mq - rm * rq, h, h2);
    }

    /// <summary>Variance of the normalised overlap m/√q at q = 1: Var(r_m − m r_q/2).</summary>
    public double SphericalVariance(double m) => VarM - m * CovQM + 0.25 * m * m * VarQ;
}
