using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Inputs and outputs of dynamical systems, carried to and from the outside.</summary>
internal static class DynamicsValues
{
    public static int Whole(Value value) => value.ToInt64() is >= int.MinValue and <= int.MaxValue and var whole
        ? (int)whole
        : throw new FormatException($"must be a whole number of at most {int.MaxValue}; got {value}");

    public static Value ToValue(ImmutableArray<ImmutableArray<double>> rows) => Value.ListOf(rows.Select(row => Value.Vector(row.AsSpan())));

    public static ImmutableArray<ImmutableArray<double>> ToMatrix(Value value) => value is Value.List list
        ? [.. list.Items.Select(v => v.ToVector())]
        : throw new FormatException("must be a list of lists of numbers");
}
