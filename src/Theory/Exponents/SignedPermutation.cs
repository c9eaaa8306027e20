using System.Numerics;

namespace Theory.Exponents;

/// <summary>The orthogonal map that sends coordinate i to ±coordinate <c>Image[i]</c>, negative where bit i of <c>Signs</c> is set.</summary>
internal sealed record SignedPermutation(int[] Image, int Signs)
{
    internal bool IsNegative(int variable) => (Signs >> variable & 1) == 1;

    /// <summary>The rows of g ∓ I: a vector is fixed by ±g exactly when it is orthogonal to all of them.</summary>
    internal IEnumerable<BigInteger[]> Moved(int sign = 1)
    {
        for (var i = 0; i < Image.Length; i++)
        {
            var row = new BigInteger[Image.Length];
            row[Image[i]] += IsNegative(i) ? -1 : 1;
            row[i] -= sign;
            if (Array.Exists(row, e => !e.IsZero))
                yield return row;
        }
    }

    internal static SignedPermutation Flip(int variables, int signs) => new([.. Enumerable.Range(0, variables)], signs);

    /// <summary>All maps that move coordinates, for at most four of them; beyond, those that exchange two.</summary>
    internal static IEnumerable<SignedPermutation> Exchanges(int variables)
    {
        foreach (var image in variables <= 4 ? Permutations(variables) : Transpositions(variables))
        {
            var moved = Enumerable.Range(0, variables).Where(i => image[i] != i).ToArray();
            for (var choice = 0; choice < 1 << moved.Length; choice++)
                yield return new(image, moved.Select((variable, bit) => (choice >> bit & 1) << variable).Sum());
        }
    }

    public override string ToString() => string.Join(", ", Enumerable.Range(0, Image.Length)
        .Where(i => Image[i] != i || IsNegative(i)).Select(i => $"z{i + 1} → {(IsNegative(i) ? "−" : "")}z{Image[i] + 1}"));

    private static IEnumerable<int[]> Transpositions(int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                int[] image = [.. Enumerable.Range(0, n)];
                (image[i], image[j]) = (j, i);
                yield return image;
            }
        }
    }

    private static IEnumerable<int[]> Permutations(int n)
    {
        int[] identity = [.. Enumerable.Range(0, n)];
        return Extend([], identity).Where(image => !image.SequenceEqual(identity));

        static IEnumerable<int[]> Extend(int[] head, int[] rest) => rest.Length == 0
            ? [head]
            : rest.SelectMany(next => Extend([.. head, next], [.. rest.Where(i => i != next)]));
    }
}
