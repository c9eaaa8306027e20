using System.Numerics;
using Theory.Hermite.Tensors;

namespace Theory.Exponents;

/// <summary>The leap in the given coordinates: the largest number of new factors, counted with their power, that some order of learning must face at once.</summary>
internal static class CoordinateLeap
{
    /// <summary>
    /// The least l for which adding the support of every multi-index of uncovered weight ≤ l, until nothing changes, covers every
    /// coordinate that occurs (Abbe, Boix-Adsera and Misiakiewicz 2023).
    /// </summary>
    internal static int Of(IEnumerable<MultiIndex> indices)
    {
        var all = indices.Where(index => index.Key != 0).Distinct().ToArray();
        var whole = all.Aggregate(0, (bits, index) => bits | index.Support);
        var leap = 0;
        for (var covered = 0; covered != whole;)
        {
            leap = Math.Max(leap, all.Where(index => (index.Support & ~covered) != 0).Min(index => Uncovered(index, covered)));
            covered = Cover(all, covered, leap);
        }
        return leap;
    }

    /// <summary>The coordinates covered by the closure at a given leap, as bits.</summary>
    internal static int Covered(MultiIndex[] indices, int leap) => Cover(indices, 0, leap);

    private static int Cover(MultiIndex[] all, int covered, int leap)
    {
        for (var before = -1; before != covered;)
        {
            before = covered;
            foreach (var index in all)
            {
                if (Uncovered(index, covered) <= leap)
                    covered |= index.Support;
            }
        }
        return covered;
    }

    private static int Uncovered(MultiIndex index, int covered)
    {
        var weight = 0;
        for (var bits = index.Support & ~covered; bits != 0; bits &= bits - 1)
            weight += index[BitOperations.TrailingZeroCount(bits)];
        return weight;
    }
}
