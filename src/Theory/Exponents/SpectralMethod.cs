using MathNet.Numerics.RootFinding;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// What the optimal spectral method finds: the top eigenvector of (1/n) Σ T(y) x xᵀ with T = G/(1 + G), for labels whose G(y) = E[zzᵀ − I | y] is a(y) times the identity:
/// labels of one direction, and functions of |z| (Mondelli and Montanari 2019, arXiv:1708.05932, theorem 2 with the optimal T; Lu and Li 2020, arXiv:1702.06435).
/// The outlier of the matrix obeys E[T w/(ℓ − T)] = 1/α + E[T/(ℓ − T)], w = 1 + a; with q = 1 − 1/ℓ this is
/// 1/α = (1 − q) E[a²/(1 − q + q w)], and q is the squared norm of the eigenvector's projection on the label's directions.
/// Standing: theorem for one direction in the sources; the one equation for q, and functions of |z| in several directions, are derived here and verified by Monte Carlo.
/// </summary>
internal readonly record struct SpectralMethod(double Overlap, double Threshold, double Error)
{
    /// <summary>The limit of the squared overlap at a sampling ratio, and the ratio above which it is not 0; <see langword="null"/> for labels of another structure.</summary>
    internal static SpectralMethod? Of(Expression label, double noise, double alpha, Subspace relevant)
    {
        if (WeakRecoveryAnalysis.Isotropic(label, relevant) is not { } sheet)
            return null;
        var integral = noise == 0
            ? mixing => BranchQuadrature.Integrate([sheet], 1, mixing: mixing)
            : NoisyLabelQuadrature.Of([sheet], 1, noise);
        var (start, error) = integral(0);
        // A label that tells nothing of the second moments leaves rounding noise only.
        var threshold = start[0] > 1e3 * Math.Max(error, 1e-13) ? 1 / start[0] : double.PositiveInfinity;
        if (alpha <= threshold)
            return new(0, threshold, error);
        // At q = 1 the integral may be infinite, its product with 1 − q is 0.
        double Excess(double q) => (q == 1 ? 0 : (1 - q) * integral(q).Lower[0]) - (1 / alpha);
        var overlap = Brent.FindRoot(Excess, 0, 1, 1e-13, 200);
        var slope = (Excess(Math.Min(overlap + 1e-4, 1)) - Excess(Math.Max(overlap - 1e-4, 0))) / (Math.Min(overlap + 1e-4, 1) - Math.Max(overlap - 1e-4, 0));
        return new(overlap, threshold, (Math.Abs(Excess(overlap)) + error) / Math.Abs(slope));
    }
}
