using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using static Theory.Factorization.NormalTail;

namespace Theory.Factorization;

/// <summary>
/// The weak ℓ₁ thresholds [Donoho &amp; Tanner 2009, arXiv:math/0607364; in this parametric form Donoho, Maleki &amp; Montanari 2009, arXiv:0907.3574]. Standing: theorem.
/// </summary>
public sealed record DonohoTannerPrediction : IPrediction
{
    /// <summary>k/m below which a vector of any signs is recovered, in (0, 1).</summary>
    public required double RhoSigned { get; init; }

    /// <summary>The parameter z &gt; 0 of the signed curve: the optimal threshold of message passing, in units of its noise.</summary>
    public required double ZSigned { get; init; }

    /// <summary>k/m below which a vector known to be non-negative is recovered, in (0, 1).</summary>
    public required double RhoPositive { get; init; }

    /// <summary>The parameter z &gt; 0 of the positive curve.</summary>
    public required double ZPositive { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves δ(z) = δ on both curves.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance on |δ(z)/δ − 1| and |(1 − δ(z))/(1 − δ) − 1|, whichever is less (not below 1e-12), and what to do on failure.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="NotConvergedException">The residual is too large and <paramref name="options"/> ask for an exception.</exception>
    public static DonohoTannerPrediction Solve(DonohoTannerModel model, SolveOptions? options = null)
    {
        options ??= SolveOptions.Default;
        var (signed, positive) = (Parameter(model.Delta, 2), Parameter(model.Delta, 1));
        var residual = Math.Max(Math.Abs(Delta(signed, 2) / model.Delta - 1), Math.Abs(Delta(positive, 1) / model.Delta - 1));
        var status = residual <= Math.Max(options.Tolerance, 1e-12) ? SolverStatus.Converged : SolverStatus.FloatingPointLimit;
        var diagnostics = new Diagnostics(status, residual, 0, null, []);
        if (!diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(DonohoTannerModel.System.Id, diagnostics);
        return new()
        {
            RhoSigned = Rho(signed),
            ZSigned = signed,
            RhoPositive = Rho(positive),
            ZPositive = positive,
            Diagnostics = diagnostics,
        };
    }

    /// <summary>ρ = 1 − zΦ(−z)/φ(z).</summary>
    private static double Rho(double z) => Excess(z) / Density(z);

    /// <summary>δ = κφ/(z + κ(φ − zΦ(−z))), κ = 2 for signed and 1 for positive vectors.</summary>
    private static double Delta(double z, double kappa) => kappa * Density(z) / (z + kappa * Excess(z));

    /// <summary>φ(z) − zΦ(−z) &gt; 0: the expected excess E(Z − z)₊.</summary>
    private static double Excess(double z)
    {
        if (z < 8) return Density(z) - z * Cdf(-z);
        // φ/z² (1 − 3/z² + 15/z⁴ − …), where the difference would cancel.
        double term = 1, sum = 0, q = 1 / (z * z);
        for (var n = 1; n <= 12; n++)
        {
            sum += term;
            term *= -(2 * n + 1) * q;
        }

        return Density(z) * q * sum;
    }

    private static double Parameter(double delta, double kappa) =>
        Math.Exp(RealRoot.Increasing(s => delta < 0.5 ? Math.Log(delta / Delta(Math.Exp(s), kappa)) : delta - Delta(Math.Exp(s), kappa), 0, 0.5));
}
