using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// Which directions a single neuron that repeats its samples starts to learn from zero overlap (p = 1, |w| = 1 kept): dm/dτ = c₀ + (C₁ − ½ηE U²) m + O(m²) with
/// c₀ = E[U s] and C₁ = E[U l (ssᵀ − 1)], l independent of s. A direction with c₀ ≠ 0 takes O(d) samples, one in the range of positive C₁ O(d log d) if η &lt; η_c.
/// </summary>
/// <remarks>Source: Arnaboldi, Dandi, Krzakala, Pesce and Stephan 2024, arXiv:2405.15459; the linear stability is derived here.</remarks>
public sealed class DisplacedStability
{
    // Of a node beside the sum of all, which is 1.
    private const double LeastWeight = 1e-14;

    /// <summary>c₀, k numbers.</summary>
    public required ImmutableArray<double> Constant { get; init; }

    /// <summary>C₁, k × k, at η = 0.</summary>
    public required ImmutableArray<ImmutableArray<double>> Growth { get; init; }

    /// <summary>E U².</summary>
    public required double Variance { get; init; }

    /// <summary>Eigenvalues of C₁ in descending order.</summary>
    public required ImmutableArray<double> GrowthRates { get; init; }

    /// <summary>Below this noise strength, η_c = 2 max eig C₁/E U², the fastest direction grows; 0 if none does.</summary>
    public required double CriticalEta { get; init; }

    /// <summary>Estimated absolute error of c₀ and C₁ on the scale of √E U².</summary>
    public required double Error { get; init; }

    /// <summary>Directions z_r with |c₀| or C₁ beyond the error: learned in O(d) or O(d log d) samples from the start; others may follow once these are learned.</summary>
    public ImmutableArray<int> LearnedDirections => [.. Enumerable.Range(0, Constant.Length).Where(r => Math.Abs(Constant[r]) > Threshold || Growth[r].Any(x => x > Threshold)).Select(r => r + 1)];

    private double Threshold => Math.Max(1e-9, 10 * Error) * Math.Sqrt(Variance);

    /// <summary>Computes the expansion.</summary>
    /// <param name="activation">σ(z), a continuous formula.</param>
    /// <param name="target">g(z1 … zk), k at most 3.</param>
    /// <param name="displacement">ρ₀: positive for extragradient steps, negative for sharpness-aware ones, 0 for SGD.</param>
    /// <param name="readout">a. Default 1.</param>
    /// <param name="noise">Δ, in [0, ∞). Default 0.</param>
    /// <returns>The expansion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="UnsupportedException">The target has more than three variables.</exception>
    public static DisplacedStability Of(ScalarFunction activation, Expression target, double displacement, double readout = 1, double noise = 0)
    {
        Guard.NotNull(activation, nameof(activation));
        Guard.NotNull(target, nameof(target));
        Guard.In(displacement, ParameterRange.Finite, nameof(displacement));
        Guard.In(readout, ParameterRange.Finite, nameof(readout));
        Guard.In(noise, ParameterRange.NonNegative, nameof(noise));
        if (target.VariableCount > 3) throw new UnsupportedException($"linear stability is computed for up to 3 directions; {target} has {target.VariableCount}");
        var k = Math.Max(target.VariableCount, 1);
        var response = new DisplacedResponse(activation, SgdTask.SlopeOf(activation), readout, displacement);
        var breaks = AxisBreaks(target, k, response);
        var (few, many) = k switch { 1 => (10, 16), 2 => (8, 12), _ => (5, 7) };
        var coarse = Sums(response, target, k, noise, [.. breaks.Select(list => Rule(list, few))]);
        var fine = Sums(response, target, k, noise, [.. breaks.Select(list => Rule(list, many))]);
        var size = Math.Sqrt(Math.Max(fine[^1], 1e-300));
        var error = fine.Zip(coarse, (x, y) => Math.Abs(x - y)).Take(fine.Length - 1).Max() / size;
        return Assemble(fine, k, error);
    }

    private static DisplacedStability Assemble(double[] sums, int k, double error)
    {
        var growth = DenseMatrix.Create(k, k, (r, t) => sums[k + r * k + t]);
        var rates = DenseAlgebra.SymmetricEigenvalues(growth).OrderDescending().ToImmutableArray();
        return new()
        {
            Constant = [.. sums.Take(k)],
            Growth = SgdTables.Rows(sums.AsSpan(k, k * k), k, k),
            Variance = sums[^1],
            GrowthRates = rates,
            CriticalEta = sums[^1] > SgdDisplacedPrediction.Vanishing ? Math.Max(2 * rates[0] / sums[^1], 0) : 0,
            Error = error,
        };
    }

    /// <summary>c₀, then C₁ row by row, then E U²: a product of panels over the teacher's fields, with the averages over l at each label.</summary>
    private static double[] Sums(DisplacedResponse response, Expression target, int k, double noise, (double[] Nodes, double[] Weights)[] rules)
    {
        response.SetWidth(1.5);
        // Labels repeat: signs take few values.
        Dictionary<double, (double U, double UL, double UU)> known = [];
        var (sums, s, place) = (new double[k + k * k + 1], new double[k], new int[k]);
        var total = rules.Aggregate(1L, (product, rule) => product * rule.Nodes.Length);
        for (var index = 0L; index < total; index++)
        {
            var (rest, weight) = (index, 1.0);
            for (var r = 0; r < k; r++)
            {
                place[r] = (int)(rest % rules[r].Nodes.Length);
                rest /= rules[r].Nodes.Length;
                (s[r], weight) = (rules[r].Nodes[place[r]], weight * rules[r].Weights[place[r]]);
            }

            if (weight < LeastWeight) continue;
            // Labels of noisy samples: a Gauss–Hermite rule, which the kinks in the label make accurate to a few digits only.
            var labels = GaussHermite.Rule(noise > 0 ? 24 : 1);
            for (var x = 0; x < labels.Count; x++)
            {
                var label = target.Evaluate(s) + Math.Sqrt(noise) * labels.Nodes[x];
                if (!known.TryGetValue(label, out var averages)) averages = known[label] = response.At(label, 0, 1);
                var (u, ul, uu) = averages;
                var w = weight * labels.Weights[x];
                for (var r = 0; r < k; r++)
                {
                    sums[r] += w * u * s[r];
                    for (var t = 0; t < k; t++) sums[k + r * k + t] += w * ul * (s[r] * s[t] - (r == t ? 1 : 0));
                }

                sums[^1] += w * uu;
            }
        }

        return sums;
    }

    private static (double[] Nodes, double[] Weights) Rule(List<double> breaks, int panelNodes)
    {
        var panels = new FocusedPanels(panelNodes, 2);
        panels.Reset(-7.5, 7.5);
        foreach (var place in breaks) panels.AddBreak(place);
        panels.Build();
        var weights = panels.Weights.ToArray();
        var nodes = panels.Nodes.ToArray();
        for (var i = 0; i < nodes.Length; i++) weights[i] *= 0.3989422804014327 * Math.Exp(-0.5 * nodes[i] * nodes[i]);
        return (nodes, weights);
    }

    private static List<double>[] AxisBreaks(Expression target, int k, DisplacedResponse response)
    {
        var result = Enumerable.Range(0, k).Select(_ => new List<double>()).ToArray();
        foreach (var form in KinkForms.Of(target, k))
        {
            var axes = Enumerable.Range(0, k).Where(r => form.Coefficients[r] != 0).ToArray();
            if (axes.Length == 1) result[axes[0]].Add(form.Offset / form.Coefficients[axes[0]]);
        }

        // Products change sign at 0, where relu's averages over l have their kink.
        if (k > 1)
        {
            foreach (var list in result) list.Add(0);
            return result;
        }

        if (target.IsConstant) return result;
        const int Points = 1500;
        foreach (var label in response.Labels)
        {
            for (var i = 0; i < Points; i++)
            {
                var (from, to) = (-7.5 + 0.01 * i, -7.5 + 0.01 * (i + 1));
                if ((target.Evaluate(from) - label) * (target.Evaluate(to) - label) < 0)
                    result[0].Add(MathNet.Numerics.RootFinding.Bisection.FindRoot(s => target.Evaluate(s) - label, from, to, 1e-14, 200));
            }
        }

        return result;
    }
}
