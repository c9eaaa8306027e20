namespace Theory.Dynamics;

/// <summary>
/// E Π_i x_i^{a_i} Π_{i∈S} 1{x_i &gt; 0} of centred Gaussians, by partial integration: E[x_i h] = Σ_j C_ij E[∂_j h], where the derivative of an indicator conditions on x_j = 0.
/// At most four fields carry indicators.
/// </summary>
internal static class OrthantMoments
{
    private const int MaxFields = 16;
    private const double Alike = 1e-13;

    /// <param name="covariance">C, n × n, row by row; overwritten.</param>
    /// <param name="powers">a; overwritten.</param>
    /// <param name="positive">S as bits.</param>
    /// <param name="n">Number of fields, at most 16.</param>
    public static double Of(Span<double> covariance, Span<int> powers, int positive, int n)
    {
        if (n > MaxFields) throw new ArgumentOutOfRangeException(nameof(n), n, $"n must be at most {MaxFields}; got {n}.");
        var factor = Merge(covariance, powers, ref positive, ref n);
        if (factor == 0) return 0;
        covariance = covariance[..(n * n)];
        powers = powers[..n];
        var i = 0;
        while (i < n && powers[i] == 0) i++;
        return factor * (i == n ? Probability(covariance, positive, n) : Integrated(covariance, powers, positive, n, i));
    }

    /// <summary>x_i times the rest.</summary>
    private static double Integrated(ReadOnlySpan<double> covariance, Span<int> powers, int positive, int n, int i)
    {
        Span<double> copy = stackalloc double[n * n];
        Span<int> rest = stackalloc int[n];
        powers[i]--;
        var sum = 0.0;
        for (var j = 0; j < n; j++)
        {
            var cij = covariance[i * n + j];
            if (cij == 0) continue;
            if (powers[j] > 0)
            {
                covariance.CopyTo(copy);
                powers.CopyTo(rest);
                rest[j]--;
                sum += cij * powers[j] * Of(copy, rest, positive, n);
            }
            else if ((positive & (1 << j)) != 0)
            {
                sum += cij / Math.Sqrt(2 * Math.PI * covariance[j * n + j]) * Conditioned(covariance, powers, positive, n, j, copy, rest);
            }
        }

        powers[i]++;
        return sum;
    }

    /// <summary>The rest given x_j = 0.</summary>
    private static double Conditioned(ReadOnlySpan<double> covariance, ReadOnlySpan<int> powers, int positive, int n, int j, Span<double> copy, Span<int> rest)
    {
        var (count, mask) = (0, 0);
        for (var a = 0; a < n; a++)
        {
            if (a == j) continue;
            if ((positive & (1 << a)) != 0) mask |= 1 << count;
            rest[count] = powers[a];
            var column = 0;
            for (var b = 0; b < n; b++)
            {
                if (b == j) continue;
                copy[count * (n - 1) + column++] = covariance[a * n + b] - covariance[a * n + j] * covariance[j * n + b] / covariance[j * n + j];
            }

            count++;
        }

        return Of(copy[..((n - 1) * (n - 1))], rest[..(n - 1)], mask, n - 1);
    }

    private static double Probability(ReadOnlySpan<double> covariance, int positive, int n)
    {
        Span<int> fields = stackalloc int[n];
        var count = 0;
        for (var i = 0; i < n; i++)
        {
            if ((positive & (1 << i)) != 0) fields[count++] = i;
        }

        Span<double> correlations = stackalloc double[count * count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
                correlations[a * count + b] = covariance[fields[a] * n + fields[b]] / Math.Sqrt(covariance[fields[a] * n + fields[a]] * covariance[fields[b] * n + fields[b]]);
        }

        return OrthantProbability.Of(correlations, count);
    }

    /// <summary>Puts fields that are multiples of each other together; the factor is 0 if the product vanishes almost surely.</summary>
    private static double Merge(Span<double> c, Span<int> powers, ref int positive, ref int n)
    {
        var factor = 1.0;
        for (var i = 0; i < n; i++)
        {
            // x_i = 0 almost surely.
            if (c[i * n + i] <= 0)
            {
                if (powers[i] > 0) return 0;
                Remove(c, powers, ref positive, ref n, i--);
                continue;
            }

            for (var j = 0; j < i; j++)
            {
                var (ii, jj, ij) = (c[i * n + i], c[j * n + j], c[i * n + j]);
                if (ii * jj - ij * ij > Alike * ii * jj) continue;
                var (own, other) = ((positive & (1 << i)) != 0, (positive & (1 << j)) != 0);
                if (own && other && ij < 0) return 0;
                // Keep the one with the indicator; the other is a multiple of it.
                var (kept, gone) = own && !other ? (i, j) : (j, i);
                factor *= Math.Pow(ij / c[kept * n + kept], powers[gone]);
                powers[kept] += powers[gone];
                Remove(c, powers, ref positive, ref n, gone);
                i = -1;
                break;
            }
        }

        return factor;
    }

    private static void Remove(Span<double> c, Span<int> powers, ref int positive, ref int n, int gone)
    {
        var index = 0;
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++)
            {
                if (a != gone && b != gone) c[index++] = c[a * n + b];
            }
        }

        for (var a = gone; a + 1 < n; a++) powers[a] = powers[a + 1];
        positive = (positive & ((1 << gone) - 1)) | ((positive >> (gone + 1)) << gone);
        n--;
    }
}
