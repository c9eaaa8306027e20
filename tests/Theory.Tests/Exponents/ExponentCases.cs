using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Theory.Exponents;
using Theory.Hermite.Tensors;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Exponents;

/// <summary>A polynomial with rational coefficients that is no constant.</summary>
public sealed record AnyPolynomial(MultivariatePolynomial Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>Two variables at most, and a low degree: small enough for rotations and compositions.</summary>
public sealed record SmallPolynomial(MultivariatePolynomial Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>An orthogonal matrix with rational entries: products of plane rotations such as (3/5, 4/5), and of signed permutations.</summary>
public sealed record RationalRotation(ImmutableArray<ImmutableArray<BigRational>> Rows)
{
    public IReadOnlyList<IReadOnlyList<BigRational>> Block(int size)
    {
        if (Rows.Length != size)
            throw new InvalidOperationException("a rotation of another space");
        return [.. Rows.Select(row => (IReadOnlyList<BigRational>)row)];
    }

    public override string ToString() => string.Join("; ", Rows.Select(row => string.Join(" ", row)));
}

/// <summary>A polynomial of several variables with a rotation of them.</summary>
public sealed record RotatedPolynomial(MultivariatePolynomial Value, RationalRotation Rotation)
{
    /// <summary>f∘M: z_i becomes Σ_j M_ij z_j.</summary>
    public MultivariatePolynomial Turned => Value.Substitute(Rotation.Block(Value.VariableCount));

    /// <summary>M applied to a subspace of the turned target, which gives a subspace of the original.</summary>
    public Subspace TurnBack(Subspace subspace) => Subspace.Span(Value.VariableCount, subspace.Basis.Select(row =>
        (IReadOnlyList<BigRational>)[.. Rotation.Rows.Select(m => m.Zip(row, (a, b) => a * b).Aggregate((a, b) => a + b))]));

    public override string ToString() => $"{Value} turned by {Rotation}";
}

/// <summary>A sum of products of one-variable functions.</summary>
public sealed record FactorisedTarget(string Text)
{
    public Expression Value => Expression.Parse(Text);
}

/// <summary>A label with two values.</summary>
public sealed record BinaryLabel(string Text);

/// <summary>Generators for the tests of exponents.</summary>
public static class ExponentCases
{
    private static readonly string[] Factors =
    [
        "z", "z^2", "He2(z)", "He3(z)", "relu(z)", "abs(z)", "sign(z)", "step(z-1/2)", "exp(z/2)", "cos(z)", "sin(z)", "erf(z)", "tanh(z)", "exp(-z^2)", "gelu(z)",
    ];

    public static Arbitrary<AnyPolynomial> Polynomials() =>
        Gen.Frequency((2, Polynomial(1, 6)), (3, Polynomial(2, 4)), (3, Polynomial(3, 3)), (1, Polynomial(4, 2))).Select(f => new AnyPolynomial(f)).ToArbitrary();

    public static Arbitrary<SmallPolynomial> SmallPolynomials() =>
        Gen.OneOf(Polynomial(1, 4), Polynomial(2, 3)).Select(f => new SmallPolynomial(f)).ToArbitrary();

    public static Arbitrary<RotatedPolynomial> RotatedPolynomials() =>
        (from r in Gen.Choose(2, 3)
         from f in Polynomial(r, r == 2 ? 4 : 3)
         from m in Rotation(r)
         select new RotatedPolynomial(f, m)).ToArbitrary();

    public static Arbitrary<FactorisedTarget> FactorisedTargets() =>
        (from r in Gen.Choose(2, 3)
         from n in Gen.Choose(1, 3)
         from terms in Gen.ListOf(Product(r), n)
         select new FactorisedTarget(string.Join(" + ", terms))).ToArbitrary();

    public static Arbitrary<BinaryLabel> BinaryLabels() => Gen.OneOf(
        from signs in Gen.SubListOf("z1", "z2", "z3")
        from shift in Gen.Elements("z1", "z1-1/2", "z1^2-1", "z1^3-z1")
        select $"sign({string.Join("*", signs.Where(z => z != "z1").Prepend($"({shift})"))})",
        from a in Gen.Elements("1/2", "1", "3/2")
        from b in Gen.Elements("step(z2)", "step(z2-1)", "indicator(abs(z2)<1)", "indicator(0<z2<1)")
        select $"indicator(abs(z1)<{a})*{b}",
        from a in Gen.Elements("step(z1)", "step(z1+1/3)")
        from b in Gen.Elements("step(z2)", "step(z2-1/3)", "step(z2)*step(z3)")
        select $"{a}*{b}").Select(text => new BinaryLabel(text)).ToArbitrary();

    /// <summary>The polynomial that a formula is.</summary>
    internal static MultivariatePolynomial Polynomial(string text) => PolynomialConversion.TryConvert(Expression.Parse(text))!;

    private static Gen<MultivariatePolynomial> Polynomial(int variables, int degree) =>
        (from n in Gen.Choose(1, 4)
         from terms in Gen.ListOf(Term(variables, degree), n)
         select terms.Aggregate((a, b) => a + b)).Where(f => !f.IsConstant && f.VariableCount == variables);

    /// <summary>A monomial, or a product of Hermite polynomials, of bounded degree.</summary>
    private static Gen<MultivariatePolynomial> Term(int variables, int degree) =>
        from n in Gen.Choose(-3, 3).Where(n => n != 0)
        from d in Gen.Elements(1, 1, 2, 3)
        from factors in Gen.ListOf(Gen.Choose(1, variables), Math.Min(degree, 3))
        from raise in Gen.Choose(0, degree - Math.Min(degree, 3))
        from keep in Gen.Choose(0, Math.Min(degree, 3))
        from hermite in Gen.Elements(true, false)
        select Monomial(variables, [.. factors.Take(keep), .. Enumerable.Repeat(factors[0], raise)], hermite) * (MultivariatePolynomial)new BigRational(n, d);

    private static MultivariatePolynomial Monomial(int variables, int[] factors, bool hermite)
    {
        MultivariatePolynomial product = MultivariatePolynomial.Variable(variables).Power(0);
        foreach (var group in factors.GroupBy(i => i))
        {
            var z = MultivariatePolynomial.Variable(group.Key);
            product *= hermite ? MultivariatePolynomial.Hermite(group.Count(), z) : z.Power(group.Count());
        }
        return product;
    }

    private static Gen<string> Product(int variables) =>
        from q in Gen.Elements("", "2*", "-", "1/3*")
        from count in Gen.Choose(1, Math.Min(2, variables))
        from first in Gen.Choose(1, variables)
        from factors in Gen.ListOf(Gen.Elements(Factors), count)
        select q + string.Join("*", factors.Select((factor, i) => factor.Replace("z", $"z{((first + i - 1) % variables) + 1}")));

    private static Gen<RationalRotation> Rotation(int size) =>
        from count in Gen.Choose(1, 2)
        from parts in Gen.ListOf(Gen.OneOf(PlaneRotation(size), SignedPermutation(size)), count)
        select new RationalRotation([.. parts.Aggregate(Multiply).Select(row => row.ToImmutableArray())]);

    private static Gen<BigRational[][]> PlaneRotation(int size) =>
        from i in Gen.Choose(0, size - 1)
        from j in Gen.Choose(0, size - 1).Where(j => j != i)
        from angle in Gen.Elements((3, 4, 5), (5, 12, 13), (4, 3, 5), (-3, 4, 5))
        select Plane(size, i, j, new(angle.Item1, angle.Item3), new(angle.Item2, angle.Item3));

    private static BigRational[][] Plane(int size, int i, int j, BigRational c, BigRational s)
    {
        var rows = Identity(size);
        (rows[i][i], rows[i][j], rows[j][i], rows[j][j]) = (c, s, -s, c);
        return rows;
    }

    private static Gen<BigRational[][]> SignedPermutation(int size) =>
        from order in Gen.Shuffle(Enumerable.Range(0, size).ToArray())
        from signs in Gen.ListOf(Gen.Elements(-1, 1), size)
        select order.Select((to, i) => Enumerable.Range(0, size).Select(k => (BigRational)(k == to ? signs[i] : 0)).ToArray()).ToArray();

    private static BigRational[][] Identity(int size) =>
        [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j => (BigRational)(i == j ? 1 : 0)).ToArray())];

    private static BigRational[][] Multiply(BigRational[][] a, BigRational[][] b) =>
        [.. a.Select(row => Enumerable.Range(0, row.Length).Select(j => Enumerable.Range(0, row.Length).Select(k => row[k] * b[k][j]).Aggregate((x, y) => x + y)).ToArray())];
}
