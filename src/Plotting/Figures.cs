using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Plotting;

/// <summary>The figures that can be made by id. Adding one is adding it here.</summary>
public static partial class Figures
{
    /// <summary>All figures, in the order of the docs.</summary>
    public static ImmutableArray<Figure> All { get; } = [.. Features, .. Estimation, .. Factorization, .. Dynamics];

    private static (string Name, Value Value)[] OneCluster =>
    [
        ("atom_weights", Value.Vector([1])), ("covariance_eigenvalues", Rows([1])), ("teacher_power", Value.Vector([1])),
        ("mean_teacher_overlaps", Rows([0])), ("mean_gram", Value.ListOf([Rows([0])])), ("probabilities", Value.Vector([1])),
    ];

    private static Value Rows(params ReadOnlySpan<double[]> rows)
    {
        var vectors = new Value[rows.Length];
        for (var i = 0; i < rows.Length; i++) vectors[i] = Value.Vector(rows[i]);
        return Value.ListOf(vectors);
    }

    /// <summary>Two clusters at ±μ, with a teacher along μ.</summary>
    private static ImmutableDictionary<string, Value> PairOfClusters(string loss, string teacher, params ReadOnlySpan<(string Name, Value Value)> others) => Inputs(
    [
        ("atom_weights", Value.Vector([1])), ("teacher_power", Value.Vector([1])), ("mean_teacher_overlaps", Rows([1, -1])), ("mean_gram", Value.ListOf([Rows([1, -1], [-1, 1])])),
        ("probabilities", Value.Vector([0.5, 0.5])), ("covariance_eigenvalues", Rows([1], [1])), ("loss", loss), ("teacher", teacher),
    ]).SetItems(Inputs(others));

    /// <summary>Looks a figure up.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The figure, or <see langword="null"/>.</returns>
    public static Figure? Find(string id) => All.FirstOrDefault(f => f.Id == id);

    /// <summary>Looks a figure up that must be there.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="InvalidInputException">There is no such figure; the message lists those there are.</exception>
    public static Figure Get(string id) => Find(id)
        ?? throw new InvalidInputException("figure", $"unknown figure \"{id}\"; known: {string.Join(", ", All.Select(f => f.Id))}");

    private static ImmutableDictionary<string, Value> Vocabulary(double[] fractions, double[] spikes) =>
        Inputs(("fractions", Value.Vector(fractions)), ("spikes", Value.Vector(spikes)));

    private static ImmutableDictionary<string, Value> Inputs(params ReadOnlySpan<(string Name, Value Value)> inputs)
    {
        var named = ImmutableDictionary.CreateBuilder<string, Value>();
        foreach (var (name, value) in inputs) named.Add(name, value);
        return named.ToImmutable();
    }
}
