using System.Collections.Immutable;
using System.Globalization;
using Theory.Contract;

namespace Theory.Exponents;

/// <summary>Subspaces and flags on their way to the outside world.</summary>
internal static class ExponentValues
{
    internal static Value Whole(int? number) => (double?)number;

    internal static Value Optional(string? text) => text is null ? Value.None : text;

    /// <summary>Row by row, one exact fraction per variable.</summary>
    internal static Value Basis(Subspace subspace) =>
        Value.ListOf(subspace.Basis.Select(row => Value.ListOf(row.Select(entry => (Value)entry.ToString()!))));

    internal static Value Orders(ImmutableArray<FlagStep> flag) => Value.ListOf(flag.Select(step => (Value)(double)step.Order));

    /// <summary>For every l, one value per step.</summary>
    internal static Value PerStep(ImmutableSortedDictionary<int, ImmutableArray<Subspace>> learned, Func<Subspace, Value> select) =>
        Table(learned.Select(pair => (pair.Key.ToString(CultureInfo.InvariantCulture), Value.ListOf(pair.Value.Select(select)))));

    internal static Value Table(IEnumerable<(string Name, Value Value)> entries) =>
        new Value.Map([.. entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))]);
}
