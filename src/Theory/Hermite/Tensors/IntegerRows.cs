using System.Numerics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>Row spaces over the rationals, each direction represented by a primitive vector of whole numbers.</summary>
internal static class IntegerRows
{
    internal static BigInteger Dot(ReadOnlySpan<BigInteger> left, ReadOnlySpan<BigInteger> right)
    {
        var sum = BigInteger.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            if (!left[i].IsZero && !right[i].IsZero)
                sum += left[i] * right[i];
        }
        return sum;
    }

    /// <summary>The same direction with coprime entries and a positive first entry; zero stays zero.</summary>
    internal static BigInteger[] Primitive(BigInteger[] row)
    {
        var divisor = BigInteger.Zero;
        foreach (var entry in row)
            divisor = BigInteger.GreatestCommonDivisor(divisor, entry);
        if (divisor.IsZero)
            return row;
        if (Array.Find(row, e => !e.IsZero).Sign < 0)
            divisor = -divisor;
        return divisor.IsOne ? row : Array.ConvertAll(row, e => e / divisor);
    }

    internal static BigInteger[] Combine(BigInteger[] left, BigInteger a, BigInteger[] right, BigInteger b)
    {
        var sum = new BigInteger[left.Length];
        for (var i = 0; i < sum.Length; i++)
            sum[i] = (a * left[i]) + (b * right[i]);
        return sum;
    }

    internal static BigInteger[][] Identity(int n)
    {
        var rows = new BigInteger[n][];
        for (var i = 0; i < n; i++)
            (rows[i] = new BigInteger[n])[i] = BigInteger.One;
        return rows;
    }

    /// <summary>An orthogonal (never normalised) basis of the row space; dependent rows are dropped.</summary>
    internal static BigInteger[][] Orthogonalize(IEnumerable<BigInteger[]> rows)
    {
        List<BigInteger[]> basis = [];
        foreach (var row in rows)
        {
            var rest = row;
            foreach (var member in basis)
            {
                var overlap = Dot(rest, member);
                if (!overlap.IsZero)
                    rest = Primitive(Combine(rest, Dot(member, member), member, -overlap));
            }
            if (Array.Exists(rest, e => !e.IsZero))
                basis.Add(Primitive(rest));
        }
        return [.. basis];
    }

    /// <summary>The reduced row echelon form; dependent rows are dropped.</summary>
    internal static BigRational[][] Echelon(IEnumerable<BigInteger[]> rows)
    {
        var work = rows.Select(Primitive).ToList();
        List<BigInteger[]> done = [];
        for (var column = 0; work.Count > 0 && column < work[0].Length; column++)
        {
            var index = work.FindIndex(row => !row[column].IsZero);
            if (index < 0)
                continue;
            var pivot = work[index];
            work.RemoveAt(index);
            Clear(work, pivot, column);
            Clear(done, pivot, column);
            done.Add(pivot);
        }
        return [.. done.Select(row => Normalise(row))];
    }

    private static void Clear(List<BigInteger[]> rows, BigInteger[] pivot, int column)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows[i][column].IsZero)
                rows[i] = Primitive(Combine(rows[i], pivot[column], pivot, -rows[i][column]));
        }
        rows.RemoveAll(row => Array.TrueForAll(row, e => e.IsZero));
    }

    private static BigRational[] Normalise(BigInteger[] row)
    {
        var leading = Array.Find(row, e => !e.IsZero);
        return Array.ConvertAll(row, e => new BigRational(e, leading));
    }
}
