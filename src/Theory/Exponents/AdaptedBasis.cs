using System.Numerics;
using Theory.Hermite.Tensors;

namespace Theory.Exponents;

/// <summary>
/// Coordinates adapted to a learned subspace S of the relevant subspace V: z = Σ s_i b_i + Σ t_a n_a with orthogonal whole vectors b_i
/// spanning S and n_a spanning V ⊖ S. The coordinates are independent Gaussians with rational variances 1/|b_i|², 1/|n_a|²; no square
/// root is ever taken.
/// </summary>
internal sealed class AdaptedBasis
{
    internal AdaptedBasis(Subspace learned, Subspace relevant)
    {
        Learned = learned.Orthogonal;
        Rest = relevant.Minus(learned).Orthogonal;
        AmbientDimension = learned.AmbientDimension;
        SquaredNorms = Array.ConvertAll(Rest, row => IntegerRows.Dot(row, row));
    }

    internal int AmbientDimension { get; }

    internal BigInteger[][] Learned { get; }

    internal BigInteger[][] Rest { get; }

    internal BigInteger[] SquaredNorms { get; }

    /// <summary>f in the coordinates (s, t): s occupies the first variables, t the following ones.</summary>
    internal IntegerPolynomial Express(IntegerPolynomial polynomial)
    {
        BigInteger[][] basis = [.. Learned, .. Rest];
        var rows = new BigInteger[AmbientDimension][];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = Array.ConvertAll(basis, vector => vector[i]);
        var result = polynomial.SubstituteLinear(rows);
        return result.DivideExactly(result.Content());
    }

    /// <summary>The direction Σ_a x_a n_a.</summary>
    internal BigInteger[] Direction(BigInteger[] x)
    {
        var sum = new BigInteger[AmbientDimension];
        for (var a = 0; a < x.Length; a++)
        {
            for (var i = 0; i < sum.Length && !x[a].IsZero; i++)
                sum[i] += x[a] * Rest[a][i];
        }
        return sum;
    }
}
