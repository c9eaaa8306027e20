using System.Numerics;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>
/// New coordinates u along orthogonal whole vectors n_j, normalised: z = Σ_j u_j n_j/|n_j|, so that u is a standard Gaussian again.
/// </summary>
internal sealed class Frame
{
    private readonly BigInteger[] squaredNorms;

    /// <param name="directions">Orthogonal directions to start from; the axes complete them to a basis.</param>
    /// <param name="variables">The number of variables.</param>
    internal Frame(IEnumerable<BigInteger[]> directions, int variables)
    {
        // Axes already orthogonal to the directions stay what they are.
        var fixedRows = directions.ToArray();
        var axes = IntegerRows.Identity(variables);
        var free = axes.Where(axis => fixedRows.All(row => IntegerRows.Dot(row, axis).IsZero));
        Rows = IntegerRows.Orthogonalize([.. fixedRows, .. free, .. axes]);
        squaredNorms = Array.ConvertAll(Rows, row => IntegerRows.Dot(row, row));
    }

    /// <summary>The vectors n_j.</summary>
    internal BigInteger[][] Rows { get; }

    /// <summary>The expression as a function of u, named z1, z2, … again.</summary>
    internal Expression Express(Expression expression)
    {
        var replacements = Enumerable.Range(0, Rows.Length).Select(i => Simplifier.Sum([.. Enumerable.Range(0, Rows.Length)
            .Where(j => !Rows[j][i].IsZero).Select(j => Coefficient(j, i) * Expression.OfVariable(j + 1))]).Simplify()).ToArray();
        return Simplifier.Rebuild(expression, e => e is Expression.Variable v ? replacements[v.Index - 1] : null).Simplify();
    }

    /// <summary>The direction with coordinates x in u, in z: exact where the norms allow, otherwise to rounding.</summary>
    internal BigRational[] Direction(IReadOnlyList<BigRational> x)
    {
        var used = Enumerable.Range(0, Rows.Length).Where(j => !x[j].IsZero).ToArray();
        // Only ratios of norms matter: |n_j|/|n_first| is rational when N_j N_first is a square.
        var first = used[0];
        var result = new BigRational[Rows.Length];
        foreach (var j in used)
        {
            var root = SquareRoot(squaredNorms[j] * squaredNorms[first]);
            for (var i = 0; i < result.Length; i++)
                result[i] += x[j] * Rows[j][i] / root;
        }
        return result;
    }

    /// <summary>Tensors c_β in the coordinates u as tensors c_α in z: Σ c_α x^α/α! = Σ c_β ∏_j (n_j·x/|n_j|)^{β_j}/β_j!.</summary>
    internal IReadOnlyDictionary<ulong, SymbolicNumber> Return(IReadOnlyDictionary<ulong, SymbolicNumber> tensor)
    {
        Dictionary<ulong, SymbolicNumber> result = [];
        foreach (var (key, coefficient) in tensor)
        {
            var index = new MultiIndex(key);
            var form = IntegerPolynomial.From(new() { [key] = BigInteger.One }).SubstituteLinear(Rows);
            var norm = ExactNumber.One;
            for (var j = 0; j < Rows.Length; j++)
                norm *= ExactNumber.Pow(squaredNorms[j], new BigRational(-index[j], 2));
            var scaled = coefficient * SymbolicNumber.Of(norm);
            for (var term = 0; term < form.Count; term++)
            {
                var part = scaled.Scale(new BigRational(form.Coefficients[term] * new MultiIndex(form.Keys[term]).Factorial, index.Factorial));
                result[form.Keys[term]] = result.GetValueOrDefault(form.Keys[term], SymbolicNumber.Zero) + part;
            }
        }
        return result;
    }

    private Expression Coefficient(int row, int column)
    {
        var ratio = new Fractions.Fraction(Rows[row][column], squaredNorms[row]);
        return Simplifier.Scale(ratio, Structure.Call(Function.Sqrt, Simplifier.Number(new Fractions.Fraction(squaredNorms[row]))).Simplify());
    }

    private static BigRational SquareRoot(BigInteger value)
    {
        var root = (BigInteger)Math.Round(Math.Sqrt((double)value));
        return root * root == value ? root : BigRational.FromDouble(Math.Sqrt((double)value));
    }
}
