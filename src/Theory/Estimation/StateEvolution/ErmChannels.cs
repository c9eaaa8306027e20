using Theory.Channels;
using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>Any margin loss on labels ±1, from one teacher or from one in each cluster.</summary>
internal sealed class BinaryErmChannel(MarginChannel[] channels) : IErmChannel
{
    public ChannelAverages At(int cluster, in ChannelPoint point) => Of(cluster).At(point);

    public double TestError(int cluster, in ChannelPoint point) => Of(cluster).Error(point);

    private MarginChannel Of(int cluster) => channels.Length == 1 ? channels[0] : channels[cluster];
}

/// <summary>What the square loss knows of the labels of a cluster: y = E y + κ (τ − t) + a rest that is uncorrelated with τ.</summary>
/// <param name="Mean">E y.</param>
/// <param name="Slope">κ = Cov(y, τ)/ρ.</param>
/// <param name="Rest">Variance of the rest, noise included.</param>
internal readonly record struct LabelMoments(double Mean, double Slope, double Rest)
{
    /// <summary>y = g(τ) + √Δ ξ.</summary>
    public static LabelMoments Of(ScalarFunction g, ClusterLaw law, double noise)
    {
        if (IsAffine(g))
        {
            var slope = g.Evaluate(1) - g.Evaluate(0);
            return new(g.Evaluate(law.TeacherMean), slope, noise);
        }
        var width = Math.Sqrt(law.TeacherVariance);
        var moments = SmoothedMoments.Of(g, law.TeacherMean, width);
        var rest = Math.Max(0, moments.SecondMoment - moments.Mean * moments.Mean - moments.First * moments.First);
        return new(moments.Mean, width > 0 ? moments.First / width : 0, rest + noise);
    }

    public static bool IsAffine(ScalarFunction g) =>
        g.Memo(typeof(LabelMoments), static f => f.Expression is { } expression && expression.TryGetPolynomial(out var polynomial) && polynomial.Degree <= 1);

    /// <summary>y = ±1.</summary>
    public static LabelMoments Of(IBinaryTeacher teacher, ClusterLaw law)
    {
        var (plus, up) = teacher.At(1, law.TeacherMean, law.TeacherVariance);
        var (minus, down) = teacher.At(-1, law.TeacherMean, law.TeacherVariance);
        var slope = up - down;
        return new(plus - minus, slope, Math.Max(0, 4 * plus * minus - slope * slope * law.TeacherVariance));
    }

    /// <summary>Variance of y − ω.</summary>
    public double Variance(in ChannelPoint point)
    {
        var root = Math.Sqrt(point.Q);
        var miss = root - Slope * point.M / root;
        return Rest + Slope * Slope * point.TeacherVariance + miss * miss;
    }

    /// <summary>E (y − ω)².</summary>
    public double SquaredError(in ChannelPoint point) => Variance(point) + (Mean - point.H) * (Mean - point.H);
}

/// <summary>The Huber loss of y − ω for labels y = a τ + c + √Δ ξ, where y − ω is Gaussian.</summary>
internal sealed class HuberErmChannel(LabelMoments[] moments, double delta) : IErmChannel
{
    private const double RootTwoPi = 2.5066282746310002;

    public ChannelAverages At(int cluster, in ChannelPoint point)
    {
        var labels = moments[cluster];
        return OfResidual(labels.Mean - point.H, Math.Sqrt(labels.Variance(point)), labels.Slope, delta, point.V);
    }

    public double TestError(int cluster, in ChannelPoint point) => moments[cluster].SquaredError(point);

    /// <summary>The averages over a Gaussian residual y − ω; the teaching force is a slope times the stiffness.</summary>
    public static ChannelAverages OfResidual(double centre, double s, double slope, double delta, double v)
    {
        var width = delta * (1 + v);
        var (a1, a2) = ((-width - centre) / s, (width - centre) / s);
        var (below, above) = (Elementary.NormCdf(a1), Elementary.NormCdf(-a2));
        var (d1, d2) = (Density(a1), Density(a2));

        // Moments of the residual on the quadratic piece, and its means on the linear ones.
        var inside = a1 > 0 ? Elementary.NormCdf(-a1) - above : Elementary.NormCdf(a2) - below;
        var first = centre * inside + s * (d1 - d2);
        var second = (centre * centre + s * s) * inside + 2 * centre * s * (d1 - d2) + s * s * (a1 * d1 - a2 * d2);
        var (left, right) = (centre * below - s * d1, centre * above + s * d2);

        var stiffness = inside / (1 + v);
        var square = second / ((1 + v) * (1 + v));
        var outside = below + above;
        return new(
            ForceSquare: square + delta * delta * outside,
            Stiffness: stiffness,
            Force: first / (1 + v) + delta * (above - below),
            Teaching: slope * stiffness,
            TrainLoss: 0.5 * square + delta * (right - left - delta * v * outside) - 0.5 * delta * delta * outside);
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / RootTwoPi;
}
