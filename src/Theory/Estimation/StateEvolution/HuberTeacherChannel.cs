using Theory.Channels;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>
/// The Huber loss of y − ω for labels y = g(τ) + √Δ ξ of any teacher: given τ the residual is Gaussian, of mean g(τ) − h − (m/ρ)(τ − t) and variance Δ + q − m²/ρ, and the averages over it are closed.
/// What is left is one integral over τ. With A = E f (τ − t), the teaching force is E f (τ − τ̄)/v = (A + m K)/ρ, where K = −E ∂f/∂ω.
/// </summary>
internal sealed class HuberTeacherChannel(ScalarFunction teacher, ClusterLaw[] laws, LabelMoments[] moments, double noise, double delta) : IErmChannel
{
    private const double Range = 9.5;
    private const double RootTwoPi = 2.5066282746310002;
    private const int MaxDepth = 24;
    private readonly QuadratureRule rule = GaussLegendre.Rule(16);

    public ChannelAverages At(int cluster, in ChannelPoint point)
    {
        var law = laws[cluster];
        var (root, spread) = (Math.Sqrt(law.TeacherVariance), law.TeacherVariance > 0 ? point.Q * point.TeacherVariance / law.TeacherVariance : point.Q);
        var inner = new Inner(point, law, root, Math.Sqrt(noise + spread));
        if (root == 0)
        {
            var alone = OfResidual(teacher.Evaluate(law.TeacherMean) - point.H, inner.Width, point.V);
            return alone with { Teaching = 0 };
        }
        var sum = default(ChannelAverages);
        var (from, ends) = (-Range, Ends(law, root));
        foreach (var to in ends)
        {
            sum = sum.Plus(Adaptive(inner, from, to, Panel(inner, from, to), 0));
            from = to;
        }
        return sum with { Teaching = (sum.Teaching + point.M * sum.Stiffness) / law.TeacherVariance };
    }

    public double TestError(int cluster, in ChannelPoint point) => moments[cluster].SquaredError(point);

    private readonly record struct Inner(ChannelPoint Point, ClusterLaw Law, double Root, double Width);

    private List<double> Ends(ClusterLaw law, double root)
    {
        var ends = new List<double>();
        foreach (var place in teacher.SplitPoints)
            if (Math.Abs((place - law.TeacherMean) / root) < Range) ends.Add((place - law.TeacherMean) / root);
        for (var z = -8.0; z <= 8; z += 2) ends.Add(z);
        ends.Add(Range);
        ends.Sort();
        return ends;
    }

    /// <summary>Halves an interval until its parts agree with the whole to 1e-13.</summary>
    private ChannelAverages Adaptive(in Inner inner, double from, double to, in ChannelAverages whole, int depth)
    {
        var middle = 0.5 * (from + to);
        var (left, right) = (Panel(inner, from, middle), Panel(inner, middle, to));
        var parts = left.Plus(right);
        if (depth >= MaxDepth || IsNear(parts, whole)) return parts;
        return Adaptive(inner, from, middle, left, depth + 1).Plus(Adaptive(inner, middle, to, right, depth + 1));
    }

    private bool IsNear(in ChannelAverages a, in ChannelAverages b) =>
        Math.Abs(a.Force - b.Force) <= 1e-14 * delta && Math.Abs(a.Stiffness - b.Stiffness) <= 1e-14
        && Math.Abs(a.ForceSquare - b.ForceSquare) <= 1e-14 * delta * delta && Math.Abs(a.TrainLoss - b.TrainLoss) <= 1e-13 * Math.Max(1e-3, Math.Abs(a.TrainLoss));

    private ChannelAverages Panel(in Inner inner, double from, double to)
    {
        var (law, point) = (inner.Law, inner.Point);
        var sum = default(ChannelAverages);
        for (var i = 0; i < rule.Count; i++)
        {
            var z = 0.5 * (from + to) + 0.5 * (to - from) * rule.Nodes[i];
            var weight = 0.5 * (to - from) * rule.Weights[i] * Math.Exp(-0.5 * z * z) / RootTwoPi;
            var field = inner.Root * z;
            var at = OfResidual(teacher.Evaluate(law.TeacherMean + field) - point.H - point.M / law.TeacherVariance * field, inner.Width, point.V);
            sum = new(
                sum.ForceSquare + weight * at.ForceSquare,
                sum.Stiffness + weight * at.Stiffness,
                sum.Force + weight * at.Force,
                sum.Teaching + weight * at.Force * field,
                sum.TrainLoss + weight * at.TrainLoss);
        }
        return sum;
    }

    private ChannelAverages OfResidual(double centre, double width, double variance) => HuberErmChannel.OfResidual(centre, width, 0, delta, variance);
}
