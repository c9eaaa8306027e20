using Theory.Channels;
using Theory.Numerics.Quadrature;

namespace Theory.Estimation;

/// <summary>Any loss of the residual y − ω for labels y = a τ + c + √Δ ξ, where the residual is Gaussian.</summary>
internal sealed class ResidualErmChannel(LabelMoments[] moments, IMarginLoss loss) : IErmChannel
{
    private const double Range = 9.5;
    private const double RootTwoPi = 2.5066282746310002;
    private readonly FocusedPanels panels = new(16, 1.5);
    private readonly double[] places = new double[Math.Max(2, loss.MostKinks)];

    public ChannelAverages At(int cluster, in ChannelPoint point)
    {
        var labels = moments[cluster];
        var (centre, width) = (labels.Mean - point.H, Math.Sqrt(labels.Variance(point)));
        panels.Reset(-Range, Range);
        var kinks = loss.Kinks(point.V, places);
        for (var i = 0; i < kinks; i++) panels.AddBreak((places[i] - centre) / width);
        var bends = loss.Bends(point.V, places, out var scale);
        for (var i = 0; i < bends; i++) panels.AddFocus((places[i] - centre) / width, scale / width);
        panels.Build();
        var nodes = panels.Nodes;
        var weights = panels.Weights;
        double force = 0, square = 0, stiffness = 0, train = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var weight = weights[i] * Math.Exp(-0.5 * nodes[i] * nodes[i]) / RootTwoPi;
            var prox = loss.At(centre + width * nodes[i], point.V);
            // The residual falls as the field grows.
            force -= weight * prox.Force;
            square += weight * prox.Force * prox.Force;
            stiffness -= weight * prox.Slope;
            train += weight * prox.Loss;
        }
        return new(square, stiffness, force, labels.Slope * stiffness, train);
    }

    public double TestError(int cluster, in ChannelPoint point) => moments[cluster].SquaredError(point);
}
