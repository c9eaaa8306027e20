namespace Theory.Factorization;

/// <summary>The best one-to-one match of found clusters with true ones.</summary>
internal static class LabelMatching
{
    /// <summary>The largest sum of counts over permutations.</summary>
    /// <param name="counts">counts[a, b]: how often true cluster a was called b.</param>
    public static int Best(int[,] counts) => Agreement(counts, Permutation(counts));

    /// <summary>The sum of counts under a permutation.</summary>
    public static int Agreement(int[,] counts, int[] names) => Enumerable.Range(0, names.Length).Sum(a => counts[a, names[a]]);

    /// <summary>The permutation of largest sum, by the Hungarian method with potentials, O(k³).</summary>
    /// <param name="counts">counts[a, b]: how often true cluster a was called b.</param>
    /// <returns>What each true cluster is called.</returns>
    public static int[] Permutation(int[,] counts)
    {
        var k = counts.GetLength(0);
        var (rowPotential, columnPotential, match, way) = (new int[k + 1], new int[k + 1], new int[k + 1], new int[k + 1]);
        for (var row = 1; row <= k; row++)
        {
            match[0] = row;
            var column = 0;
            var least = Enumerable.Repeat(int.MaxValue, k + 1).ToArray();
            var used = new bool[k + 1];
            do
            {
                used[column] = true;
                var (from, delta, next) = (match[column], int.MaxValue, 0);
                for (var j = 1; j <= k; j++)
                {
                    if (used[j]) continue;
                    var cost = -counts[from - 1, j - 1] - rowPotential[from] - columnPotential[j];
                    if (cost < least[j]) (least[j], way[j]) = (cost, column);
                    if (least[j] < delta) (delta, next) = (least[j], j);
                }

                for (var j = 0; j <= k; j++)
                {
                    if (used[j])
                    {
                        rowPotential[match[j]] += delta;
                        columnPotential[j] -= delta;
                    }
                    else least[j] -= delta;
                }

                column = next;
            }
            while (match[column] != 0);

            while (column != 0)
            {
                match[column] = match[way[column]];
                column = way[column];
            }
        }

        var names = new int[k];
        for (var j = 1; j <= k; j++) names[match[j] - 1] = j - 1;
        return names;
    }
}
