using FsCheck.Xunit;
using Theory.Factorization;
using Theory.Numerics.Sampling;

namespace Theory.Tests.Factorization;

public class LabelMatchingTests
{
    [Property(MaxTest = 300)]
    public void The_best_match_is_the_best_of_all_permutations(ulong seed)
    {
        var (counts, _) = Counts(seed);
        Assert.Equal(Permutations(counts.GetLength(0)).Max(p => Enumerable.Range(0, p.Length).Sum(a => counts[a, p[a]])), LabelMatching.Best(counts));
    }

    [Property(MaxTest = 300)]
    public void The_best_match_does_not_depend_on_the_names_of_the_clusters(ulong seed)
    {
        var (counts, random) = Counts(seed);
        var k = counts.GetLength(0);
        var (rows, columns) = (Enumerable.Range(0, k).ToArray(), Enumerable.Range(0, k).ToArray());
        random.Shuffle(rows);
        random.Shuffle(columns);
        var renamed = new int[k, k];
        for (var a = 0; a < k; a++)
            for (var b = 0; b < k; b++) renamed[rows[a], columns[b]] = counts[a, b];
        Assert.Equal(LabelMatching.Best(counts), LabelMatching.Best(renamed));
    }

    [Property]
    public void A_perfect_clustering_under_other_names_is_perfect(ulong seed)
    {
        var random = new RandomStream(seed);
        var k = 1 + random.Next(40);
        var (names, counts, total) = (Enumerable.Range(0, k).ToArray(), new int[k, k], 0);
        random.Shuffle(names);
        for (var a = 0; a < k; a++) total += counts[a, names[a]] = 1 + random.Next(100);
        Assert.Equal(total, LabelMatching.Best(counts));
    }

    private static (int[,] Counts, RandomStream Random) Counts(ulong seed)
    {
        var random = new RandomStream(seed);
        var k = 1 + random.Next(6);
        var largest = 1 + random.Next(30);   // small numbers have many ties
        var counts = new int[k, k];
        for (var a = 0; a < k; a++)
            for (var b = 0; b < k; b++) counts[a, b] = random.Next(largest);
        return (counts, random);
    }

    private static IEnumerable<int[]> Permutations(int n) => n == 0
        ? [[]]
        : Permutations(n - 1).SelectMany(p => Enumerable.Range(0, n).Select(i => (int[])[.. p[..i], n - 1, .. p[i..]]));
}
