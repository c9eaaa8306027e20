using System.Numerics;
using System.Text;
using Theory.Contract;
using Theory.Symbolics.Exact;

namespace Theory.Hermite.Tensors;

/// <summary>
/// An exact sparse polynomial over the rationals in the variables z₁, …, z_r (r ≤ 9, every exponent at most 127). Immutable.
/// </summary>
public sealed class MultivariatePolynomial : IEquatable<MultivariatePolynomial>
{
    private readonly Lazy<IntegerPolynomial> hermite;

    internal MultivariatePolynomial(int variables, IntegerPolynomial numerators, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerators.Content(), denominator);
        (VariableCount, Numerators, Denominator) = (variables, numerators.DivideExactly(divisor), denominator / divisor);
        hermite = new(() => ConvertAll(Numerators, VariableCount, +1));
    }

    /// <summary>The number of variables r: the highest index written, whether or not the polynomial depends on it.</summary>
    public int VariableCount { get; }

    /// <summary>The total degree; 0 for a constant, the zero polynomial included.</summary>
    public int Degree => Numerators.Keys.Length == 0 ? 0 : Numerators.Keys.Max(key => new MultiIndex(key).Degree);

    /// <summary>Whether it is a constant.</summary>
    public bool IsConstant => Numerators.Count == 0 || (Numerators.Count == 1 && Numerators.Keys[0] == 0);

    /// <summary>The monomials with their coefficients.</summary>
    public IEnumerable<KeyValuePair<MultiIndex, BigRational>> Terms => Pairs(Numerators);

    /// <summary>
    /// The expansion f = Σ_α h_α He_α in products of probabilists' Hermite polynomials: each non-zero h_α = E[f He_α]/α!
    /// (expansion coefficients; the raw ones are α! h_α).
    /// </summary>
    public IEnumerable<KeyValuePair<MultiIndex, BigRational>> HermiteTerms => Pairs(HermiteNumerators);

    /// <summary>E f² under the standard Gaussian, exactly: Σ_α α! h_α².</summary>
    public BigRational SecondMoment
    {
        get
        {
            var sum = BigInteger.Zero;
            for (var i = 0; i < HermiteNumerators.Count; i++)
                sum += BigInteger.Pow(HermiteNumerators.Coefficients[i], 2) * new MultiIndex(HermiteNumerators.Keys[i]).Factorial;
            return new(sum, Denominator * Denominator);
        }
    }

    internal IntegerPolynomial Numerators { get; }

    internal BigInteger Denominator { get; }

    internal IntegerPolynomial HermiteNumerators => hermite.Value;

    /// <summary>A constant.</summary>
    /// <param name="value">The constant.</param>
    /// <returns>The polynomial.</returns>
    public static MultivariatePolynomial Constant(BigRational value) => new(0, IntegerPolynomial.Constant(value.Numerator), value.Denominator);

    /// <summary>One variable.</summary>
    /// <param name="index">The variable, from 1 to 9.</param>
    /// <returns>The polynomial z_index.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    public static MultivariatePolynomial Variable(int index)
    {
        if (index is < 1 or > MultiIndex.MaxVariables)
            throw Guard.OutOfRange(nameof(index), index, $"must be from 1 to {MultiIndex.MaxVariables}");
        return new(index, IntegerPolynomial.From(new() { [MultiIndex.Of(index - 1, 1).Key] = BigInteger.One }), BigInteger.One);
    }

    /// <summary>The probabilists' Hermite polynomial He_k of a polynomial: He₀ = 1, He₁(u) = u, He_{k+1}(u) = u He_k(u) − k He_{k−1}(u).</summary>
    /// <param name="order">The order k, at least 0.</param>
    /// <param name="argument">The argument u.</param>
    /// <returns>He_k(u).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
    public static MultivariatePolynomial Hermite(int order, MultivariatePolynomial argument)
    {
        Guard.AtLeast(order, 0, nameof(order));
        MultivariatePolynomial previous = Constant(0), current = new(argument.VariableCount, IntegerPolynomial.Constant(1), 1);
        for (var k = 0; k < order; k++)
            (previous, current) = (current, (argument * current) - (Constant(k) * previous));
        return current;
    }

    /// <summary>Sum.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term.</param>
    /// <returns>The sum.</returns>
    public static MultivariatePolynomial operator +(MultivariatePolynomial left, MultivariatePolynomial right) => Sum(left, right, BigInteger.One);

    /// <summary>Difference.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term.</param>
    /// <returns>The difference.</returns>
    public static MultivariatePolynomial operator -(MultivariatePolynomial left, MultivariatePolynomial right) => Sum(left, right, BigInteger.MinusOne);

    /// <summary>Product.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <returns>The product.</returns>
    /// <exception cref="UnsupportedException">The product has an exponent above 127 or more than a million terms.</exception>
    public static MultivariatePolynomial operator *(MultivariatePolynomial left, MultivariatePolynomial right) => new(
        Math.Max(left.VariableCount, right.VariableCount), left.Numerators.Multiply(right.Numerators), left.Denominator * right.Denominator);

    /// <summary>A constant as a polynomial.</summary>
    /// <param name="value">The constant.</param>
    public static implicit operator MultivariatePolynomial(BigRational value) => Constant(value);

    /// <summary>A whole number as a polynomial.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator MultivariatePolynomial(int value) => Constant(value);

    /// <summary>A power.</summary>
    /// <param name="exponent">The exponent, at least 0.</param>
    /// <returns>The power; 1 for the exponent 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is negative.</exception>
    /// <exception cref="UnsupportedException">The power has an exponent above 127 or more than a million terms.</exception>
    public MultivariatePolynomial Power(int exponent)
    {
        Guard.AtLeast(exponent, 0, nameof(exponent));
        MultivariatePolynomial result = new(VariableCount, IntegerPolynomial.Constant(1), 1);
        for (var i = 0; i < exponent; i++)
            result *= this;
        return result;
    }

    /// <summary>The partial derivative.</summary>
    /// <param name="index">The variable, from 1.</param>
    /// <returns>∂f/∂z_index.</returns>
    public MultivariatePolynomial Differentiate(int index) => new(VariableCount, Numerators.Differentiate(Variable(index).VariableCount - 1), Denominator);

    /// <summary>Replaces the variables by linear forms: f(Mz).</summary>
    /// <param name="rows">One row per variable of f: z_i becomes Σ_j rows[i][j] z_j. All rows have the same length, at most 9.</param>
    /// <returns>f∘M, a polynomial of as many variables as a row has entries.</returns>
    /// <exception cref="ArgumentException">The rows do not fit.</exception>
    public MultivariatePolynomial Substitute(IReadOnlyList<IReadOnlyList<BigRational>> rows)
    {
        var width = rows.Count == 0 ? 0 : rows[0].Count;
        if (rows.Count != VariableCount || width > MultiIndex.MaxVariables || rows.Any(row => row.Count != width))
            throw new ArgumentException($"rows must be {VariableCount} rows of equal length, at most {MultiIndex.MaxVariables}.", nameof(rows));
        var common = rows.SelectMany(row => row).Aggregate(BigInteger.One, (c, q) => c * q.Denominator / BigInteger.GreatestCommonDivisor(c, q.Denominator));
        var whole = rows.Select(row => row.Select(q => q.Numerator * (common / q.Denominator)).ToArray()).ToArray();
        // A term of degree k picks up common^k from the cleared rows; weight the terms to degree D before substituting.
        var degree = Degree;
        Dictionary<ulong, BigInteger> weighted = [];
        for (var i = 0; i < Numerators.Count; i++)
            weighted.Add(Numerators.Keys[i], Numerators.Coefficients[i] * BigInteger.Pow(common, degree - new MultiIndex(Numerators.Keys[i]).Degree));
        return new(width, IntegerPolynomial.From(weighted).SubstituteLinear(whole), Denominator * BigInteger.Pow(common, degree));
    }

    /// <summary>E f under the standard Gaussian, exactly.</summary>
    /// <returns>The mean.</returns>
    public BigRational Mean() => Coefficient(HermiteNumerators, default);

    /// <summary>The raw coefficient c_α = E[f He_α].</summary>
    /// <param name="index">The multi-index α.</param>
    /// <returns>c_α.</returns>
    public BigRational RawCoefficient(MultiIndex index) => Coefficient(HermiteNumerators, index) * index.Factorial;

    /// <summary>Keeps the parts of some orders of the Hermite expansion: Σ_{|α| kept} h_α He_α.</summary>
    /// <param name="keep">Whether an order |α| is kept.</param>
    /// <returns>The projection of f.</returns>
    public MultivariatePolynomial ProjectOrders(Func<int, bool> keep) =>
        new(VariableCount, ConvertAll(HermiteNumerators.Where(index => keep(index.Degree)), VariableCount, -1), Denominator);

    /// <summary>The value at a point.</summary>
    /// <param name="point">One number per variable.</param>
    /// <returns>f(point).</returns>
    public double Evaluate(ReadOnlySpan<double> point)
    {
        var sum = 0.0;
        for (var i = 0; i < Numerators.Count; i++)
        {
            var term = new BigRational(Numerators.Coefficients[i], Denominator).ToDouble();
            for (var j = 0; j < VariableCount; j++)
                term *= Math.Pow(point[j], new MultiIndex(Numerators.Keys[i])[j]);
            sum += term;
        }
        return sum;
    }

    /// <inheritdoc/>
    public bool Equals(MultivariatePolynomial? other) => other is not null && Denominator == other.Denominator && Numerators.SameAs(other.Numerators);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MultivariatePolynomial);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Denominator);
        foreach (var key in Numerators.Keys)
            hash.Add(key);
        return hash.ToHashCode();
    }

    /// <summary>The polynomial as an expression, highest terms first: <c>3/2*z1^2*z2 - 1</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (index, coefficient) in Terms.Reverse())
        {
            text.Append(text.Length == 0 ? (coefficient.Sign < 0 ? "-" : "") : (coefficient.Sign < 0 ? " - " : " + "));
            var size = coefficient.Sign < 0 ? -coefficient : coefficient;
            var factors = Enumerable.Range(0, VariableCount).Where(i => index[i] > 0).Select(i => index[i] > 1 ? $"z{i + 1}^{index[i]}" : $"z{i + 1}").ToList();
            if (size != 1 || factors.Count == 0)
                factors.Insert(0, size.ToString());
            text.AppendJoin('*', factors);
        }
        return text.Length == 0 ? "0" : text.ToString();
    }

    /// <summary>The same polynomial, counted as one of (at least) so many variables.</summary>
    internal MultivariatePolynomial WithVariables(int count) => count <= VariableCount ? this : new(count, Numerators, Denominator);

    /// <summary>A polynomial of z1 alone as one of another variable, among so many.</summary>
    internal MultivariatePolynomial OfVariable(int index, int count) => new(
        count, IntegerPolynomial.From(Enumerable.Range(0, Numerators.Count).ToDictionary(i => Numerators.Keys[i] << (7 * (index - 1)), i => Numerators.Coefficients[i])), Denominator);

    internal static IntegerPolynomial ConvertAll(IntegerPolynomial polynomial, int variables, int sign)
    {
        for (var i = 0; i < variables; i++)
            polynomial = polynomial.ConvertVariable(i, sign);
        return polynomial;
    }

    private static MultivariatePolynomial Sum(MultivariatePolynomial left, MultivariatePolynomial right, BigInteger sign)
    {
        var common = left.Denominator / BigInteger.GreatestCommonDivisor(left.Denominator, right.Denominator) * right.Denominator;
        return new(
            Math.Max(left.VariableCount, right.VariableCount),
            left.Numerators.Scale(common / left.Denominator).Add(right.Numerators, sign * (common / right.Denominator)),
            common);
    }

    private IEnumerable<KeyValuePair<MultiIndex, BigRational>> Pairs(IntegerPolynomial polynomial) =>
        Enumerable.Range(0, polynomial.Count).Select(i =>
            KeyValuePair.Create(new MultiIndex(polynomial.Keys[i]), new BigRational(polynomial.Coefficients[i], Denominator)));

    private BigRational Coefficient(IntegerPolynomial polynomial, MultiIndex index)
    {
        var position = Array.BinarySearch(polynomial.Keys, index.Key);
        return position < 0 ? BigRational.Zero : new(polynomial.Coefficients[position], Denominator);
    }
}
