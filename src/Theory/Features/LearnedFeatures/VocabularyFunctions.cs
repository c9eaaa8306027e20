using Theory.Hermite;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>The functions of κ that a model with a vocabulary is made of: c₀, c₁, c₂ and c⋆² of σ at the shifts ζ_qκ, and g.</summary>
internal sealed class VocabularyFunctions(ScalarFunction activation, ScalarFunction? target, double[] spikes)
{
    /// <summary>Whether the activation is affine, as its formula tells.</summary>
    public bool IsAffine { get; } = activation.Expression is { } expression && expression.TryGetPolynomial(out var polynomial) && polynomial.Degree <= 1;

    public double[][] Mean { get; private set; } = [];

    public double[][] Linear { get; private set; } = [];

    public double[][] Second { get; private set; } = [];

    public double[][] Noise { get; private set; } = [];

    public double[] Target { get; private set; } = [];

    /// <summary>Where g, which nothing smooths, must be split.</summary>
    public IEnumerable<double> SplitPoints => target is null ? [] : target.SplitPoints;

    public int Count => spikes.Length;

    /// <summary>Evaluates all of them; shifts are cut at the largest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A function is not finite, or its moments are not.</exception>
    public void Evaluate(double[] kappa, double largestShift = double.PositiveInfinity)
    {
        (Mean, Linear, Second, Noise) = (Tables(kappa.Length), Tables(kappa.Length), Tables(kappa.Length), Tables(kappa.Length));
        Target = new double[kappa.Length];
        EvaluateActivation(kappa, largestShift);
        if (target is null) return;
        target.Evaluate(kappa, Target);
        for (var i = 0; i < kappa.Length; i++)
            if (!double.IsFinite(Target[i])) throw FeatureFunctions.Unfit("Target", target, FormattableString.Invariant($"must be finite; it is not at {kappa[i]:g6}"));
    }

    // One call for all values of the vocabulary: the activation is then tabulated once for the whole range of shifts.
    private void EvaluateActivation(double[] kappa, double largestShift)
    {
        var n = kappa.Length;
        double[] distinct = [.. spikes.Distinct()];
        var size = distinct.Length * n;
        var (shifts, mean, linear, second, square) = (new double[size], new double[size], new double[size], new double[size], new double[size]);
        for (var q = 0; q < distinct.Length; q++)
            for (var i = 0; i < n; i++) shifts[q * n + i] = Math.Clamp(distinct[q] * kappa[i], -largestShift, largestShift);
        try
        {
            SmoothedActivation.Of(activation).Evaluate(shifts, 1, mean, linear, second, square);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw FeatureFunctions.Unfit("Activation", activation, e.Message);
        }
        for (var q = 0; q < spikes.Length; q++)
        {
            var from = Array.IndexOf(distinct, spikes[q]) * n;
            mean.AsSpan(from, n).CopyTo(Mean[q]);
            linear.AsSpan(from, n).CopyTo(Linear[q]);
            second.AsSpan(from, n).CopyTo(Second[q]);
            for (var i = 0; i < n; i++)
                Noise[q][i] = IsAffine ? 0 : Math.Max(0, square[from + i] - mean[from + i] * mean[from + i] - linear[from + i] * linear[from + i]);
        }
    }

    public ArgumentOutOfRangeException Unfit(string name, string reason) => FeatureFunctions.Unfit(name, name == "Target" ? target! : activation, reason);

    private double[][] Tables(int length)
    {
        var tables = new double[spikes.Length][];
        for (var q = 0; q < tables.Length; q++) tables[q] = new double[length];
        return tables;
    }
}
