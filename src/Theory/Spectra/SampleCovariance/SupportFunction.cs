using System.Collections.Immutable;
using MathNet.Numerics.RootFinding;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>
/// The function x = ψ(s) = s + c Σ_l w_l t_l s/(s − t_l), s = −1/m̲ real, whose increasing arcs fill the complement of the support [Silverstein and Choi 1995].
/// ψ′ = 1 − g with the load g(s) = c Σ_l w_l t_l²/(s − t_l)²: convex between poles, so that the edges are ψ at the roots of g = 1, at most two between neighbours.
/// Positions are kept as s = t_k + u from the nearest pole, so that narrow bulks lose no digits.
/// </summary>
internal sealed class SupportFunction
{
    /// <summary>Bulks closer than 1e-4 of the scale: the width of a gap grows like (1 − min g)^{3/2}.</summary>
    private const double CuspTolerance = 2e-3;

    private readonly double c;
    private readonly double[] atoms, weights;
    private readonly double atomAtZero;

    public SupportFunction(DiscreteLaw population, double aspectRatio)
    {
        c = aspectRatio;
        (atoms, weights) = population.Merged();
        var positive = weights.Sum();
        if (atoms[0] == 0)
        {
            positive -= weights[0];
            (atoms, weights) = (atoms[1..], weights[1..]);
        }
        atomAtZero = Math.Max(0, 1 - Math.Min(positive, 1 / c));
    }

    public SpectralSupport Support()
    {
        var (places, cusps) = Places();
        var edges = places.Select(p => Edge(p.Pole, p.U)).ToArray();
        var bulks = ImmutableArray.CreateBuilder<SpectralBulk>();
        for (var i = 0; i < edges.Length; i += 2)
            bulks.Add(new(edges[i].X, edges[i + 1].X, edges[i].Coefficient, edges[i + 1].Coefficient));
        return new(bulks.DrainToImmutable(), atomAtZero, cusps, Diagnostics.ClosedForm with
        {
            Warnings = [.. cusps.Select(x => FormattableString.Invariant($"Two bulks nearly touch, or have just merged, at {x:g6}: eigenvalues resolve such a gap at very large p only."))],
        });
    }

    /// <summary>s with ψ(s) = x on the increasing arc that x lies under, by bisection; <see langword="null"/> for x in the support.</summary>
    public double? Inverse(double x)
    {
        var places = Places().Places;
        for (var i = 0; i <= places.Count; i += 2)
        {
            // The arcs: before the first edge, between bulks, beyond the last edge.
            var (hasLower, hasUpper) = (i > 0, i < places.Count);
            var (lower, upper) = (hasLower ? places[i - 1] : (0, 0), hasUpper ? places[i] : (0, 0));
            if ((hasLower && x <= Edge(lower.Pole, lower.U).X) || (hasUpper && x >= Edge(upper.Pole, upper.U).X)) continue;
            var (pole, from) = hasLower ? lower : (0, 2 * upper.U);
            var to = hasUpper ? upper.U + (atoms[upper.Pole] - atoms[pole]) : 2 * from;
            while (!hasLower && Value(pole, from) > x) from *= 2;
            while (!hasUpper && Value(pole, to) < x) to *= 2;
            for (var middle = 0.5 * (from + to); middle != from && middle != to; middle = 0.5 * (from + to))
            {
                if (Value(pole, middle) < x) from = middle;
                else to = middle;
            }
            return atoms[pole] + from;
        }
        return null;
    }

    public SpectralOutlier Outlier(double spike)
    {
        var load = 0.0;
        var sum = 1.0;
        for (var l = 0; l < atoms.Length; l++)
        {
            var ratio = atoms[l] / (spike - atoms[l]);
            load += c * weights[l] * ratio * ratio;
            sum += c * weights[l] * ratio;
        }
        // ψ(t) = t·sum; at t = 0 or an atom of H there is no outlier.
        return spike > 0 && load < 1 ? new(spike * sum, (1 - load) / sum) : new(null, 0);
    }

    /// <summary>All edges in ascending order, as pole and distance u from it, and the near cusps.</summary>
    private (List<(int Pole, double U)> Places, ImmutableArray<double> NearCusps) Places()
    {
        var last = atoms.Length - 1;
        var places = new List<(int Pole, double U)> { (0, -Far(0, -1)) };
        var cusps = ImmutableArray.CreateBuilder<double>();
        for (var k = 0; k < last; k++)
        {
            if (LeastOfTwo(k) >= 1 + CuspTolerance) continue;
            var (pole, u) = Lowest(k);
            var least = Load(pole, u);
            if (Math.Abs(least - 1) < CuspTolerance) cusps.Add(Value(pole, u));
            if (least >= 1) continue;
            var middle = atoms[pole] + u;
            places.Add((k, Root(k, 1, middle - atoms[k])));
            places.Add((k + 1, -Root(k + 1, -1, atoms[k + 1] - middle)));
        }
        places.Add((last, Far(last, 1)));
        return (places, cusps.DrainToImmutable());
    }

    /// <summary>The root of g = 1 beyond the last pole, or before the first one: |u| lies between √(c w_k) t_k and √(c Σw) t_max.</summary>
    private double Far(int k, int sign) => Root(k, sign, atoms[^1] * Math.Sqrt(c * weights.Sum()) * (1 + 1e-12));

    /// <summary>|u| where g falls to 1, seen from pole k in the direction of the sign, below an upper bound: Newton on 1/√g − 1, nearly linear in u, in a bracket.</summary>
    private double Root(int k, int sign, double upper)
    {
        var lower = atoms[k] * Math.Sqrt(c * weights[k]) * (1 - 1e-12);
        var u = lower;
        for (var i = 0; i < 200; i++)
        {
            var load = Load(k, sign * u);
            if (load > 1) lower = u;
            else upper = u;
            // d(g^{-1/2})/du = −g′ g^{-3/2}/2
            var next = u + (1 - 1 / Math.Sqrt(load)) * -2 * load * Math.Sqrt(load) / (sign * Slope(k, sign * u));
            if (!(next > lower && next < upper)) next = 0.5 * (lower + upper);
            if (Math.Abs(next - u) <= 2.3e-16 * u || next == lower || next == upper) return next;
            u = next;
        }
        return u;
    }

    /// <summary>Where g is least between poles k and k + 1: the nearer pole, and u from it.</summary>
    private (int Pole, double U) Lowest(int k)
    {
        var half = 0.5 * (atoms[k + 1] - atoms[k]);
        // g′ increases from −∞ to ∞; the root lies where the nearest pole's own share does not outweigh all others'.
        if (Slope(k, half) > 0) return (k, Root(k, 1));
        if (Slope(k + 1, -half) < 0) return (k + 1, -Root(k + 1, -1));
        return (k, half);

        double Root(int pole, int sign)
        {
            var lower = half;
            while (sign * Slope(pole, sign * lower) > 0 && lower > half * 1e-12) lower /= 2;
            return Brent.FindRoot(u => Slope(pole, sign * u), lower, half, 1e-14 * half, 200);
        }
    }

    /// <summary>The least of g between poles k and k + 1 if there were no others: a lower bound.</summary>
    private double LeastOfTwo(int k)
    {
        var (a, b, distance) = (Math.Cbrt(weights[k] * atoms[k] * atoms[k]), Math.Cbrt(weights[k + 1] * atoms[k + 1] * atoms[k + 1]), atoms[k + 1] - atoms[k]);
        return c * Math.Pow(a + b, 3) / (distance * distance);
    }

    /// <summary>An edge at s = t_k + u: x = ψ(s), and ρ ≈ (1/(πc s²)) √(2|x − E|/|ψ″|) beside it, since Im m = Im m̲/c and m̲ = −1/s.</summary>
    private (double X, double Coefficient) Edge(int k, double u)
    {
        var s = atoms[k] + u;
        // At c Σw = 1 the left root is s = 0: the hard edge.
        if (Math.Abs(s) <= 1e-14 * atoms[k]) return (0, double.PositiveInfinity);
        return (Value(k, u), Math.Sqrt(2 / Math.Abs(Slope(k, u))) / (Math.PI * c * s * s));
    }

    private double Value(int k, double u)
    {
        var s = atoms[k] + u;
        var sum = 1.0;
        for (var l = 0; l < atoms.Length; l++) sum += c * weights[l] * atoms[l] / (atoms[k] - atoms[l] + u);
        return s * sum;
    }

    private double Load(int k, double u)
    {
        var sum = 0.0;
        for (var l = 0; l < atoms.Length; l++)
        {
            var ratio = atoms[l] / (atoms[k] - atoms[l] + u);
            sum += weights[l] * ratio * ratio;
        }
        return c * sum;
    }

    /// <summary>g′ = −ψ″ = −2c Σ w t²/(s − t)³.</summary>
    private double Slope(int k, double u)
    {
        var sum = 0.0;
        for (var l = 0; l < atoms.Length; l++)
        {
            var distance = atoms[k] - atoms[l] + u;
            var ratio = atoms[l] / distance;
            sum += weights[l] * ratio * ratio / distance;
        }
        return -2 * c * sum;
    }
}
