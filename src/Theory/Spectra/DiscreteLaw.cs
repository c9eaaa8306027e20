using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>A law of finitely many atoms on the line: eigenvalues t_l with weights w_l ≥ 0 that sum to 1.</summary>
public sealed record DiscreteLaw
{
    /// <summary>Creates a law.</summary>
    /// <param name="atoms">The atoms t_l, finite; equal ones may repeat.</param>
    /// <param name="weights">The weights w_l ≥ 0, as many as atoms, that sum to 1 within 1e-9.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no atom.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An atom is not finite, a weight is negative, or the weights do not sum to 1.</exception>
    public DiscreteLaw(ImmutableArray<double> atoms, ImmutableArray<double> weights)
    {
        if (atoms.IsDefaultOrEmpty) throw new ArgumentException("atoms must have at least one element.", nameof(atoms));
        if (weights.IsDefault || weights.Length != atoms.Length)
            throw new ArgumentException($"weights must have as many elements as atoms, {atoms.Length}; got {(weights.IsDefault ? 0 : weights.Length)}.", nameof(weights));
        foreach (var atom in atoms) Guard.In(atom, ParameterRange.Finite, nameof(atoms));
        foreach (var weight in weights) Guard.In(weight, ParameterRange.NonNegative, nameof(weights));
        var sum = weights.Sum();
        if (Math.Abs(sum - 1) > 1e-9) throw Guard.OutOfRange(nameof(weights), sum, "must sum to 1 within 1e-9");
        (Atoms, Weights) = (atoms, weights);
    }

    /// <summary>The atoms t_l.</summary>
    public ImmutableArray<double> Atoms { get; }

    /// <summary>The weights w_l.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>All mass in one point.</summary>
    /// <param name="atom">The point.</param>
    /// <returns>The law.</returns>
    public static DiscreteLaw PointMass(double atom) => new([atom], [1]);

    /// <summary>Equal weights.</summary>
    /// <param name="atoms">The atoms.</param>
    /// <returns>The law.</returns>
    public static DiscreteLaw Uniform(params ReadOnlySpan<double> atoms)
    {
        var weights = new double[atoms.Length];
        Array.Fill(weights, 1.0 / atoms.Length);
        return new([.. atoms], [.. weights]);
    }

    /// <summary>The mean of a power, Σ w t^k.</summary>
    /// <param name="power">k ≥ 0.</param>
    /// <returns>The moment.</returns>
    public double Moment(int power)
    {
        var sum = 0.0;
        for (var l = 0; l < Atoms.Length; l++) sum += Weights[l] * Math.Pow(Atoms[l], power);
        return sum;
    }

    /// <summary>The atoms of positive weight in ascending order, equal ones merged.</summary>
    internal (double[] Atoms, double[] Weights) Merged()
    {
        var groups = Atoms.Zip(Weights).Where(a => a.Second > 0).GroupBy(a => a.First).OrderBy(g => g.Key).ToArray();
        return ([.. groups.Select(g => g.Key)], [.. groups.Select(g => g.Sum(a => a.Second))]);
    }

    /// <inheritdoc/>
    public bool Equals(DiscreteLaw? other) => other is not null && Atoms.AsSpan().SequenceEqual(other.Atoms.AsSpan()) && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Atoms.Length, Atoms[0], Weights[0]);
}
