using Theory.Numerics.Quadrature;

namespace Theory.Channels;

/// <summary>
/// The averages by which a margin loss and a binary teacher enter the state evolution. The student's field is ω ~ N(h, q); given ω the teacher's is
/// τ ~ N(t + (m/q)(ω − h), v), and the label is y ~ P(y | τ). With F the force of the proximal map at variance V, f = y F(y ω). Holds buffers: one per thread.
/// </summary>
internal sealed class MarginChannel(IMarginLoss loss, IBinaryTeacher teacher)
{
    /// <summary>Where φ falls below 1e-20.</summary>
    private const double Range = 9.5;
    private const double RootTwoPi = 2.5066282746310002;

    private FocusedPanels? lazyPanels;
    private readonly SmoothMargin? smooth = loss is LogisticLoss ? new(teacher) : null;
    private double[] means = [];
    private double[] probabilities = [];
    private double[] slopes = [];
    private readonly double[] places = new double[Math.Max(Math.Max(2, loss.MostKinks), teacher.StepCount)];

    private FocusedPanels Panels => lazyPanels ??= new(16, 1.5);

    /// <summary>E f², −E ∂f/∂ω, E f, E Σ_y f ∂P/∂τ̄ and the loss at the proximal point, over the labels too.</summary>
    public ChannelAverages At(in ChannelPoint point) => Sum(point, twoLabels: !(teacher.IsOdd && point is { H: 0, T: 0 }));

    /// <summary>The same for laws that do not change under (y, τ, ω) → −(y, τ, ω): one label, twice.</summary>
    public ChannelAverages AtSymmetric(in ChannelPoint point) => Sum(point, twoLabels: false);

    /// <summary>Misclassification probability P(y ω &lt; 0); an angle for a sign without means.</summary>
    public double Error(in ChannelPoint point) => point is { H: 0, T: 0 } && teacher is ThresholdTeacher { IsSign: true } sign
        ? Math.Atan2(Math.Sqrt(point.Q * (point.TeacherVariance + sign.Noise)), -sign.FirstSign * point.M) / Math.PI
        : Test(point).Error;

    /// <summary>Misclassification probability P(y ω &lt; 0) and mean loss E ℓ(y ω) on a fresh sample.</summary>
    public (double Error, double Loss) Test(in ChannelPoint point)
    {
        var (error, total) = (0.0, 0.0);
        for (var label = 1; label >= -1; label -= 2)
        {
            Prepare(point, label);
            // The loss itself has the kinks and bends of its proximal map at V → 0.
            AddLoss(point, label, 1e-300);
            Panels.AddBreak(-point.H / Math.Sqrt(point.Q));
            Panels.Build();
            var nodes = Panels.Nodes;
            var weights = Panels.Weights;
            for (var i = 0; i < nodes.Length; i++)
            {
                var (omega, probability, _) = Node(point, label, nodes[i]);
                if (probability == 0) continue;
                var weight = weights[i] * Density(nodes[i]) * probability;
                var margin = label * omega;
                if (margin < 0) error += weight;
                total += weight * loss.Value(margin);
            }
        }
        return (error, total);
    }

    private ChannelAverages Sum(in ChannelPoint point, bool twoLabels)
    {
        if (smooth?.Sum(point, twoLabels) is { } averages) return averages;
        var sums = default(ChannelAverages);
        for (var label = 1; label >= (twoLabels ? -1 : 1); label -= 2) sums = sums.Plus(OneLabel(point, label));
        return twoLabels ? sums : sums.Plus(sums) with { Force = 0 };
    }

    private ChannelAverages OneLabel(in ChannelPoint point, int label)
    {
        Prepare(point, label);
        AddLoss(point, label, point.V);
        Panels.Build();
        var nodes = Panels.Nodes;
        var weights = Panels.Weights;
        var root = Math.Sqrt(point.Q);
        var together = teacher is LogitTeacher;
        if (together) Teach(point, label, nodes);
        double force = 0, square = 0, slope = 0, teaching = 0, train = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var (omega, probability, derivative) = together ? (point.H + root * nodes[i], probabilities[i], label * slopes[i]) : Node(point, label, nodes[i]);
            if (probability == 0 && derivative == 0) continue;
            var weight = weights[i] * Density(nodes[i]);
            var prox = loss.At(label * omega, point.V);
            var weighted = weight * probability;
            force += weighted * prox.Force;
            square += weighted * prox.Force * prox.Force;
            slope -= weighted * prox.Slope;
            train += weighted * prox.Loss;
            teaching += weight * derivative * prox.Force;
        }
        return new(square, slope, label * force, label * teaching, train);
    }

    /// <summary>The odd teacher at all nodes together: P(y | τ̄) = P(+1 | y τ̄).</summary>
    private void Teach(in ChannelPoint point, int label, ReadOnlySpan<double> nodes)
    {
        var count = (nodes.Length + 3) / 4 * 4;
        if (means.Length < count) (means, probabilities, slopes) = (new double[count], new double[count], new double[count]);
        var rate = point.M / Math.Sqrt(point.Q);
        for (var i = 0; i < count; i++) means[i] = label * (point.T + rate * nodes[Math.Min(i, nodes.Length - 1)]);
        teacher.At(means.AsSpan(0, count), point.TeacherVariance, probabilities.AsSpan(0, count), slopes.AsSpan(0, count));
    }

    private void Prepare(in ChannelPoint point, int label)
    {
        Panels.Reset(-Range, Range);
        if (point.M == 0 || teacher.StepCount == 0) return;
        // τ̄ = t + (m/√q) z: where it crosses a step of the teacher, P changes over the scale of the step.
        var rate = point.M / Math.Sqrt(point.Q);
        var scale = teacher.Steps(point.TeacherVariance, places);
        for (var i = 0; i < teacher.StepCount; i++) Panels.AddFocus((places[i] - point.T) / rate, 2 * scale / Math.Abs(rate));
    }

    private void AddLoss(in ChannelPoint point, int label, double variance)
    {
        var root = Math.Sqrt(point.Q);
        var kinks = loss.Kinks(variance, places);
        for (var i = 0; i < kinks; i++) Panels.AddBreak((label * places[i] - point.H) / root);
        var bends = loss.Bends(variance, places, out var scale);
        for (var i = 0; i < bends; i++) Panels.AddFocus((label * places[i] - point.H) / root, scale / root);
    }

    private (double Omega, double Probability, double Slope) Node(in ChannelPoint point, int label, double z)
    {
        var root = Math.Sqrt(point.Q);
        var (probability, slope) = teacher.At(label, point.T + point.M / root * z, point.TeacherVariance);
        return (point.H + root * z, probability, slope);
    }

    private static double Density(double z) => Math.Exp(-0.5 * z * z) / RootTwoPi;
}

/// <summary>Where a channel is evaluated.</summary>
/// <param name="V">Variance V &gt; 0 of the proximal map.</param>
/// <param name="Q">Variance q &gt; 0 of the student's field.</param>
/// <param name="M">Covariance m of the fields of student and teacher.</param>
/// <param name="TeacherVariance">v = ρ − m²/q ≥ 0: variance of the teacher's field given the student's.</param>
/// <param name="H">Mean of the student's field, intercept included.</param>
/// <param name="T">Mean of the teacher's field.</param>
internal readonly record struct ChannelPoint(double V, double Q, double M, double TeacherVariance, double H = 0, double T = 0);

/// <summary>Averages over field and label.</summary>
/// <param name="ForceSquare">E f².</param>
/// <param name="Stiffness">−E ∂f/∂ω ≥ 0.</param>
/// <param name="Force">E f.</param>
/// <param name="Teaching">E f (τ − τ̄)/v = E_ω Σ_y f ∂P(y | τ̄, v)/∂τ̄.</param>
/// <param name="TrainLoss">E ℓ(prox).</param>
internal readonly record struct ChannelAverages(double ForceSquare, double Stiffness, double Force, double Teaching, double TrainLoss)
{
    public ChannelAverages Plus(in ChannelAverages other) => new(
        ForceSquare + other.ForceSquare, Stiffness + other.Stiffness, Force + other.Force, Teaching + other.Teaching, TrainLoss + other.TrainLoss);
}
