using Theory.Numerics.Quadrature;

namespace Theory.Channels;

/// <summary>Labels of positive probability: the levels of a noiseless label, each a union of intervals of fields.</summary>
internal sealed class LevelOutput
{
    private const double Range = 9.5;
    private readonly FocusedPanels panels = new(16, 1.5);
    private readonly LabelLevel[] levels;
    private readonly double[] ends;

    public LevelOutput(LabelLevel[] levels, double rho)
    {
        this.levels = levels;
        ends = [.. levels.SelectMany(l => l.Intervals).SelectMany(i => (double[])[i.From, i.To]).Where(double.IsFinite).Distinct()];
        Mass = levels.Sum(l => At(l, 0, Math.Sqrt(rho)).Probability);
    }

    /// <summary>Probability of all levels.</summary>
    public double Mass { get; }

    public double Information(double q, double variance) => Average(q, variance, static (p, slope) => slope * slope / p);

    public double Evidence(double q, double variance) => Average(q, variance, static (p, _) => p * Math.Log(p));

    private double Average(double q, double variance, Func<double, double, double> term)
    {
        if (levels.Length == 0) return 0;
        var (root, width) = (Math.Sqrt(q), Math.Sqrt(variance));
        panels.Reset(-Range, Range);
        if (root > 0)
            foreach (var end in ends) panels.AddFocus(end / root, 2 * width / root);
        panels.Build();
        double sum = 0;
        for (var i = 0; i < panels.Nodes.Length; i++)
        {
            var weight = panels.Weights[i] * GaussianTail.Density(panels.Nodes[i]);
            foreach (var level in levels)
            {
                var (p, slope) = At(level, root * panels.Nodes[i], width);
                if (p > 0) sum += weight * term(p, slope);
            }
        }
        return sum;
    }

    private static (double Probability, double Slope) At(LabelLevel level, double field, double width)
    {
        double probability = 0, slope = 0;
        foreach (var (from, to) in level.Intervals)
        {
            var (a, b) = ((from - field) / width, (to - field) / width);
            probability += GaussianTail.Between(a, b);
            slope += (GaussianTail.Density(a) - GaussianTail.Density(b)) / width;
        }
        return (probability, slope);
    }
}
