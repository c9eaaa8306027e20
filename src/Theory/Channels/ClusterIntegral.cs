using System.Runtime.Intrinsics;
using Theory.Numerics.Quadrature;

namespace Theory.Channels;

/// <summary>
/// The integrals over s of <see cref="OneHotPrior"/> by the trapezoidal rule: they are analytic for |Im s| &lt; π/2, so that the step 1/4 leaves e^{−4π²}.
/// Everything is written with 1 − ℓ₀, which keeps its digits where ℓ₀ is raised to a high power.
/// </summary>
internal static class ClusterIntegral
{
    private const double Step = GaussianLattice.Step;

    // 1 − exp(−e^y) is 0 to the left and 1 to the right, to rounding.
    private const double Left = -39;
    private const double Right = 3.75;

    /// <summary>Below this A a few Gauss–Hermite nodes are exact to rounding: the error of n of them is about n! (A/2.5)ⁿ.</summary>
    public const double Narrow = 0.01;
    private const double VeryNarrow = 1e-4;

    // Below this A the difference of the two densities is tabulated, so that nothing cancels; beyond, they lie apart.
    private const double Close = 1;

    private static readonly NodeRule FourNodes = new([.. GaussHermite.Rule(4).Nodes], [.. GaussHermite.Rule(4).Weights]);
    private static readonly NodeRule TwelveNodes = new([.. GaussHermite.Rule(12).Nodes], [.. GaussHermite.Rule(12).Weights]);

    /// <summary>∫ [ℓ₁(s + A) − ℓ₁(s)] ℓ₀(s)^{k−1} ds.</summary>
    public static double Gain(double snr, int clusters)
    {
        if (snr < Narrow) return NarrowGain(snr, clusters);
        var lattice = new GaussianLattice(snr, stackalloc double[GaussianLattice.WeightCount(snr)]);
        var together = snr < Close;
        var own = lattice.TableCount(Left, Right);
        var missing = lattice.Table(Missing, Left, 1, stackalloc double[own]);
        var density = together ? default : lattice.Table(Density, Left, 0, stackalloc double[own]);
        var moved = together
            ? lattice.Table(y => Difference(y, snr), Left - snr, 0, stackalloc double[lattice.TableCount(Left - snr, Right)])
            : lattice.Table(y => Density(y + Vector256.Create(snr)), Left - snr, 0, stackalloc double[lattice.TableCount(Left - snr, Right - snr)]);
        double sum = 0;
        for (var i = First(snr); i <= Last(snr); i++)
        {
            var power = Power(lattice.Average(missing, i), clusters - 1);
            if (power < 1e-25) break;
            var difference = lattice.Average(moved, i);
            if (!together) difference -= lattice.Average(density, i);
            sum += difference * power;
        }

        return Step * sum;
    }

    /// <summary>∫ [exp(−e^s) − ℓ₀(s + A) ℓ₀(s)^{k−1}] ds.</summary>
    public static double LogSum(double snr, int clusters)
    {
        var lattice = new GaussianLattice(snr, stackalloc double[GaussianLattice.WeightCount(snr)]);
        var missing = lattice.Table(Missing, Left, 1, stackalloc double[lattice.TableCount(Left, Right)]);
        var moved = lattice.Table(y => Missing(y + Vector256.Create(snr)), Left - snr, 1, stackalloc double[lattice.TableCount(Left - snr, Right - snr)]);
        double sum = 0;
        for (var i = First(snr); i <= Last(snr); i++)
            sum += Math.Exp(-Math.Exp(i * Step)) - (1 - lattice.Average(moved, i)) * Power(lattice.Average(missing, i), clusters - 1);
        return Step * sum;
    }

    private static int First(double snr) => (int)Math.Floor((-(snr + 9.5 * Math.Sqrt(snr)) - 37) / Step);

    private static int Last(double snr) => (int)Math.Ceiling((9.5 * Math.Sqrt(snr) + 4.5) / Step);

    private static double NarrowGain(double snr, int clusters)
    {
        double sum = 0;
        for (var i = First(snr); i <= Last(snr); i++)
        {
            var (missing, difference) = NarrowPoint(i * Step, snr);
            sum += difference * Power(missing, clusters - 1);
        }

        return Step * sum;
    }

    /// <summary>1 − ℓ₀(s) and ℓ₁(s + A) − ℓ₁(s).</summary>
    private static (double Missing, double Difference) NarrowPoint(double s, double snr)
    {
        var rule = snr < VeryNarrow ? FourNodes : TwelveNodes;
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        var (root, shift) = (Math.Sqrt(snr), Vector256.Create(s));
        var (missing, difference) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < nodes.Length; i++)
        {
            var y = nodes[i] * root + shift;
            missing += weights[i] * Missing(y);
            difference += weights[i] * Difference(y, snr);
        }

        return (Vector256.Sum(missing), Vector256.Sum(difference));
    }

    /// <summary>(1 − c)^n without loss of digits at small c.</summary>
    private static double Power(double missing, int n) => missing < 1 ? Math.Exp(n * StableMath.LogP1(-missing)) : 0;

    /// <summary>1 − exp(−e^y).</summary>
    private static Vector256<double> Missing(Vector256<double> y) => -Lanes.ExpM1(-Vector256.Exp(y));

    /// <summary>e^y exp(−e^y).</summary>
    private static Vector256<double> Density(Vector256<double> y)
    {
        var e = Vector256.Exp(y);
        return e * Vector256.Exp(-e);
    }

    /// <summary>The density at y + A minus that at y.</summary>
    private static Vector256<double> Difference(Vector256<double> y, double snr)
    {
        var e = Vector256.Exp(y);
        return e * Vector256.Exp(-e) * Lanes.ExpM1(Vector256.Create(snr) - e * StableMath.ExpM1(snr));
    }
}
