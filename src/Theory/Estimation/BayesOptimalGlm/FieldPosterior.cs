using Theory.Channels;
using Theory.Numerics.Quadrature;
using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>Labels of an experiment, and the posterior of a field given its label, by plain summation over the field: nothing in it is shared with the prediction.</summary>
/// <param name="teacher">g, or <see langword="null"/> for the logit teacher.</param>
/// <param name="noise">Δ.</param>
/// <param name="inverseTemperature">κ of the logit teacher.</param>
/// <param name="power">ρ, the variance of the fields.</param>
internal sealed class FieldPosterior(ScalarFunction? teacher, double noise, double inverseTemperature, double power)
{
    private const double Range = 8;
    private const int ScannedFields = 20_000;
    private readonly Lazy<double[]> turns = new(() => TurnsOf(teacher!, 2 * Range * Math.Sqrt(power)));
    private readonly ThresholdTeacher? threshold = teacher is null ? null : ThresholdTeacher.TryCreate(teacher, noise);
    private readonly FocusedPanels panels = new(8, 0.5);

    /// <summary>Number of parts in which a label's fields are looked for.</summary>
    public int Cells { get; init; } = 120;

    public bool IsBinary => teacher is null || threshold is not null;

    public double Draw(double field, RandomStream random)
    {
        if (teacher is null) return random.NextUniform() * (1 + Math.Exp(-inverseTemperature * field)) < 1 ? 1 : -1;
        var disturbance = noise > 0 ? Math.Sqrt(noise) * random.NextGaussian() : 0;
        return threshold?.Label(field + disturbance) ?? teacher.Evaluate(field) + disturbance;
    }

    /// <summary>Mean and variance of τ ~ N(ω, V) given the label.</summary>
    public (double Mean, double Variance) Of(double label, double omega, double variance) =>
        !IsBinary && noise == 0 && Roots(label, omega, variance) is { } roots ? roots : Sum(label, omega, variance);

    /// <summary>The guess of a label from ω alone: its mean.</summary>
    public double Guess(double omega, double variance)
    {
        Lay(omega, Math.Sqrt(Math.Max(variance, 1e-30)), 0.5);
        var nodes = panels.Nodes;
        var weights = panels.Weights;
        double sum = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var field = omega + Math.Sqrt(variance) * nodes[i];
            var mean = IsBinary ? 2 * Likelihood(1, field) - 1 : teacher!.Evaluate(field);
            sum += weights[i] * Math.Exp(-0.5 * nodes[i] * nodes[i]) * mean;
        }
        return sum / Math.Sqrt(2 * Math.PI);
    }

    private (double Mean, double Variance) Sum(double label, double omega, double variance)
    {
        var width = Math.Sqrt(variance);
        Lay(omega, width, IsBinary || noise == 0 ? 0.5 : Math.Min(0.5, Math.Sqrt(noise) / width / (1 + Steepness(omega, width))));
        var nodes = panels.Nodes;
        var weights = panels.Weights;
        double mass = 0, first = 0, second = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var weight = weights[i] * Math.Exp(-0.5 * nodes[i] * nodes[i]) * Likelihood(label, omega + width * nodes[i]);
            mass += weight;
            first += weight * nodes[i];
            second += weight * nodes[i] * nodes[i];
        }
        if (!(mass > 0)) return (omega, variance);
        var mean = first / mass;
        return (omega + width * mean, variance * (second / mass - mean * mean));
    }

    /// <summary>The label of positive density: one field in each cell in which g crosses it. <see langword="null"/> if there is none, or if the label is a level.</summary>
    private (double Mean, double Variance)? Roots(double label, double omega, double variance)
    {
        var width = Math.Sqrt(variance);
        double mass = 0, first = 0, second = 0, largest = double.NegativeInfinity;
        var ends = new List<double>(Cells + 8);
        // Where g jumps no field has the label.
        var gap = 1e-10 * width;
        for (var i = 0; i <= Cells; i++) ends.Add(omega + width * Range * (2.0 * i / Cells - 1));
        foreach (var split in teacher!.SplitPoints)
            if (Math.Abs(split - omega) < Range * width) ends.AddRange([split - gap, split + gap]);
        foreach (var turn in turns.Value)
            if (Math.Abs(turn - omega) < Range * width) ends.Add(turn);
        ends.Sort();
        for (var i = 0; i + 1 < ends.Count; i++)
        {
            var (a, b) = (ends[i], ends[i + 1]);
            if (b - a <= 3 * gap) continue;
            var (atA, atB) = (teacher.Evaluate(a) - label, teacher.Evaluate(b) - label);
            if (atA == 0 && atB == 0) return null;
            if (atA >= 0 == atB >= 0) continue;
            var field = Root(a, atA, b, atB, label);
            var step = 1e-6 * width;
            var slope = Math.Abs(teacher.Evaluate(field + step) - teacher.Evaluate(field - step)) / (2 * step);
            var z = (field - omega) / width;
            var exponent = -0.5 * z * z - Math.Log(Math.Max(slope, 1e-12));
            if (exponent > largest)
            {
                var factor = Math.Exp(largest - exponent);
                (mass, first, second, largest) = (mass * factor, first * factor, second * factor, exponent);
            }
            var weight = Math.Exp(exponent - largest);
            (mass, first, second) = (mass + weight, first + weight * z, second + weight * z * z);
        }
        if (!(mass > 0)) return null;
        var mean = first / mass;
        return (omega + width * mean, variance * Math.Max(0, second / mass - mean * mean));
    }

    /// <summary>g = label between a and b, by false position with the weight of an end that stays halved.</summary>
    private double Root(double a, double atA, double b, double atB, double label)
    {
        var (field, last) = (a, 0);
        for (var k = 0; k < 40; k++)
        {
            var next = a - atA * (b - a) / (atB - atA);
            if (Math.Abs(next - field) <= 1e-13 * (b - a + Math.Abs(field))) break;
            field = next;
            var value = teacher!.Evaluate(field) - label;
            if (value == 0) break;
            var side = value >= 0 == atA >= 0 ? -1 : 1;
            if (side < 0) (a, atA, atB) = (field, value, side == last ? 0.5 * atB : atB);
            else (b, atB, atA) = (field, value, side == last ? 0.5 * atA : atA);
            last = side;
        }
        return field;
    }

    /// <summary>Where g turns: between them two fields of one label cannot be as close as to be overlooked.</summary>
    private static double[] TurnsOf(ScalarFunction g, double reach)
    {
        var turns = new List<double>();
        var step = 2 * reach / ScannedFields;
        for (var i = 1; i < ScannedFields; i++)
        {
            var at = -reach + step * i;
            var sign = Math.Sign(g.Evaluate(at + step) - g.Evaluate(at));
            if (sign * Math.Sign(g.Evaluate(at) - g.Evaluate(at - step)) >= 0) continue;
            var (low, high) = (at - step, at + step);
            for (var k = 0; k < 40; k++)
            {
                var (a, b) = (low + (high - low) / 3, high - (high - low) / 3);
                if (sign * (g.Evaluate(b) - g.Evaluate(a)) > 0) high = b;
                else low = a;
            }
            turns.Add(0.5 * (low + high));
        }
        return [.. turns];
    }

    private double Likelihood(double label, double field)
    {
        if (teacher is null) return 1 / (1 + Math.Exp(-label * inverseTemperature * field));
        if (threshold is not null) return noise > 0 ? threshold.At((int)label, field, 0).Probability : threshold.Label(field) == label ? 1 : 0;
        var gap = teacher.Evaluate(field) - label;
        return noise > 0 ? Math.Exp(-0.5 * gap * gap / noise) : gap == 0 ? 1 : 0;
    }

    private double Steepness(double omega, double width)
    {
        double steepest = 0;
        for (var i = -4; i <= 4; i++)
            steepest = Math.Max(steepest, Math.Abs(teacher!.Evaluate(omega + width * (i + 0.1)) - teacher.Evaluate(omega + width * i)) / (0.1 * width));
        return steepest;
    }

    private void Lay(double omega, double width, double widest)
    {
        panels.Reset(-Range, Range);
        foreach (var split in teacher is null ? [0] : teacher.SplitPoints) panels.AddBreak((split - omega) / width);
        for (var z = -Range; widest < 0.5 && z < Range; z += 8 * widest) panels.AddBreak(z);
        panels.Build();
    }
}
