using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Theory.Hermite.Tensors;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>
/// Fibres of Hermite tensors with k slots on S^⊥ and the others on S, one row per basis vector n_a of S^⊥. Its rank is decided by
/// certified non-zero values, its null space by exact cancellation where the null vectors are rational.
/// </summary>
internal sealed class FibreMatrix(AdaptedBasis basis)
{
    /// <summary>Relative to the norm of the tensors: a floor under the error estimates of quadratures. Closed forms need none.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Powers of basis vectors are left alone up to this power of 2.</summary>
    private const double HarmlessSize = 200;

    private readonly List<(SymbolicNumber[] Entries, double[] Scale, double Norm)> columns = [];
    private readonly int learned = basis.Learned.Length;
    private readonly int rest = basis.Rest.Length;
    private readonly double[] lengths = [.. basis.Learned.Concat(basis.Rest).Select(row => Math.Sqrt((double)IntegerRows.Dot(row, row)))];

    internal sealed record Nullity(IReadOnlyList<BigInteger[]> Conditions, bool IsExact);

    /// <summary>Adds the fibres of one member of the family that are seen at order k.</summary>
    internal void Add(IReadOnlyDictionary<ulong, SymbolicNumber> tensor, int order, Func<MultiIndex, bool>? keep)
    {
        // The mean is no part of any fibre, however large it is.
        var norm = Math.Sqrt(tensor.Sum(pair => pair.Key == 0 ? 0 : Math.Pow(pair.Value.Value, 2) / (double)new MultiIndex(pair.Key).Factorial));
        Dictionary<(ulong Index, ulong Monomial, int Degree), SymbolicNumber> entries = [];
        foreach (var (key, coefficient) in tensor)
        {
            var index = new MultiIndex(key);
            if (index.Degree >= order)
                Substitute(index, order, coefficient, keep, entries);
        }
        Dictionary<(ulong Tail, ulong Monomial, int Degree), SymbolicNumber[]> fibres = [];
        foreach (var ((outer, monomial, degree), value) in entries)
        {
            for (var a = 0; a < rest; a++)
            {
                if (new MultiIndex(outer)[a] == 0)
                    continue;
                var key = (outer - MultiIndex.Of(a, 1).Key, monomial, degree);
                if (!fibres.TryGetValue(key, out var fibre))
                    fibres.Add(key, fibre = [.. Enumerable.Repeat(SymbolicNumber.Zero, rest)]);
                fibre[a] = value;
            }
        }
        foreach (var ((tail, monomial, _), fibre) in fibres)
            columns.Add((fibre, [.. Enumerable.Range(0, rest).Select(a => Scale(new(tail), order, tail + MultiIndex.Of(a, 1).Key, monomial))], norm));
    }

    /// <summary>Vectors whose annihilator (in the coordinates of the n_a) is the null space.</summary>
    internal Nullity NullSpace()
    {
        if (columns.Count == 0 || rest == 0)
            return new([], true);
        var matrix = Matrix<double>.Build.Dense(Math.Max(columns.Count, rest), rest);
        for (var column = 0; column < columns.Count; column++)
        {
            // In units of the column's own noise floor: whatever is certainly there is then larger than 1, whatever is not is smaller.
            var (entries, scale, norm) = columns[column];
            var floor = 1e3 * Enumerable.Range(0, rest).Max(a => entries[a].Error * scale[a]);
            if (Array.Exists(entries, entry => entry.Exact is null))
                floor += Tolerance * norm;
            for (var a = 0; a < rest && floor > 0; a++)
                matrix[column, a] = entries[a].Value * scale[a] / floor;
        }
        // The triangular factor has the same singular values and right vectors as the tall matrix.
        var decomposition = matrix.QR(QRMethod.Thin).R.Svd(true);
        var rank = decomposition.S.Count(value => value > 1);
        if (rank == rest)
            return new(IntegerRows.Identity(rest), true);
        // Errors are below a thousandth of a unit, which tilts null vectors by no more than this.
        var tilt = rank == 0 ? 0 : 0.01 / decomposition.S[rank - 1];
        // Rows of Vᵀ beyond the rank span the null space, in coordinates along the unit vectors n_a/|n_a|.
        var nullRows = Enumerable.Range(rank, rest - rank).Select(row => Enumerable.Range(0, rest).Select(a => decomposition.VT[row, a]).ToArray()).ToArray();
        var vectors = RationalRows.Approximate(nullRows, lengths.AsSpan(learned), tilt, out var isSimple);
        var conditions = new Annihilator(rest);
        foreach (var vector in vectors)
            conditions.Impose(vector);
        // So many columns cannot have a larger rank, whatever the null vectors are.
        return new(conditions.Basis, rank == columns.Count || (isSimple && vectors.All(Vanishes)));
    }

    private bool Vanishes(BigInteger[] x) => columns.TrueForAll(column =>
    {
        var sum = SymbolicNumber.Zero;
        for (var a = 0; a < rest; a++)
            sum += column.Entries[a].Scale(x[a]);
        return sum.IsZero;
    });

    /// <summary>c_α x^α/α! with x = Σ s_i b_i + Σ t_a n_a: its parts of degree k in t, times the factorials of the derivative.</summary>
    private void Substitute(
        MultiIndex index, int order, SymbolicNumber coefficient, Func<MultiIndex, bool>? keep, Dictionary<(ulong Index, ulong Monomial, int Degree), SymbolicNumber> entries)
    {
        var monomial = IntegerPolynomial.From(new() { [index.Key] = BigInteger.One }).SubstituteLinear(Rows());
        var mask = (1UL << (7 * learned)) - 1;
        for (var term = 0; term < monomial.Count; term++)
        {
            var outer = new MultiIndex(monomial.Keys[term] >> (7 * learned));
            var inner = new MultiIndex(monomial.Keys[term] & mask);
            if (outer.Degree != order || (keep is not null && !keep(inner)))
                continue;
            var key = (outer.Key, inner.Key, index.Degree);
            var part = coefficient.Scale(new BigRational(monomial.Coefficients[term] * outer.Factorial, index.Factorial << Shift(order, inner.Degree)));
            entries[key] = entries.GetValueOrDefault(key, SymbolicNumber.Zero) + part;
        }
    }

    private BigInteger[][] Rows()
    {
        BigInteger[][] vectors = [.. basis.Learned, .. basis.Rest];
        return [.. Enumerable.Range(0, basis.AmbientDimension).Select(i => Array.ConvertAll(vectors, vector => vector[i]))];
    }

    /// <summary>The power of 2 by which entries are divided, the same throughout a column: powers of long basis vectors would leave the range of doubles.</summary>
    private int Shift(int order, int innerDegree)
    {
        var size = (order * Math.Log2(Largest(lengths.AsSpan(learned)))) + (innerDegree * Math.Log2(Largest(lengths.AsSpan(0, learned))));
        return size > HarmlessSize ? (int)size : 0;
    }

    private static double Largest(ReadOnlySpan<double> lengths) => lengths.IsEmpty ? 1 : TensorPrimitives.Max(lengths);

    /// <summary>1/∏ |basis vector|^exponent: entries along unit vectors; times a factor common to the column that brings it to orthonormal size.</summary>
    private double Scale(MultiIndex tail, int order, ulong outer, ulong inner)
    {
        var scale = Math.Sqrt((double)new MultiIndex(inner).Factorial / (double)tail.Factorial);
        var size = (double)Shift(order, new MultiIndex(inner).Degree);
        for (var i = 0; i < learned; i++)
            size -= Math.Log2(lengths[i]) * new MultiIndex(inner)[i];
        for (var a = 0; a < rest; a++)
            size -= Math.Log2(lengths[learned + a]) * new MultiIndex(outer)[a];
        return scale * Math.Pow(2, size);
    }
}
