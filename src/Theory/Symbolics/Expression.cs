using System.Numerics;
using System.Runtime.CompilerServices;
using Fractions;

namespace Theory.Symbolics;

/// <summary>
/// A formula in the variables z1, …, z9 (z is z1): an immutable tree with exact constants, compared by structure.
/// The language has numbers (decimals are exact rationals), <c>pi</c>, <c>e</c>, + − * / ^, the functions of <see cref="Function"/>,
/// Hermite polynomials <c>He3(z)</c> and <c>indicator(-1&lt;z&lt;1)</c>. A number before a name multiplies it (<c>3z</c>, <c>2sin(z)</c>), with the precedence
/// of an ordinary product, so that <c>1/2z</c> is z/2; <c>2e</c> is 2·e and <c>2e3</c> is 2000; <c>-z^2</c> is −(z²); exponents are integers, of <c>abs(…)</c> any constants.
/// </summary>
public abstract partial class Expression : IEquatable<Expression>
{
    /// <summary>The longest text that is read.</summary>
    public const int MaximumLength = 10_000;

    /// <summary>The deepest nesting of parentheses that is read.</summary>
    public const int MaximumNesting = 100;

    /// <summary>The largest magnitude of an integer exponent.</summary>
    public const int MaximumExponent = 1000;

    /// <summary>The largest order of a Hermite polynomial in an expression.</summary>
    public const int MaximumHermiteOrder = 400;

    private const int MaximumDepth = 1000;

    private readonly int hash;
    private readonly int variables;
    // What is derived from the tree is kept with it; threads that race compute the same.
    private Expression? simplified;
    private SymmetricParts? parts;
    private Tape? tape;
    private StrongBox<Enclosure>? enclosure;

    private protected Expression(int hash, int depth, int variables)
    {
        if (depth >= MaximumDepth) throw new ExpressionException($"the expression is nested more than {MaximumDepth} deep");
        (this.hash, Depth, this.variables) = (hash, depth + 1, variables);
    }

    /// <summary>The number r of variables: the highest index written, even where the variable cancels (0*z1+z2 has 2); 0 for a constant.</summary>
    public int VariableCount => variables == 0 ? 0 : BitOperations.Log2((uint)variables);

    /// <summary>Whether no variable is written.</summary>
    public bool IsConstant => variables == 0;

    internal int Depth { get; }

    /// <summary>The text, shortened for messages.</summary>
    internal string Quote => ToString() is { Length: > 80 } text ? text[..77] + "..." : ToString();

    /// <summary>What is known of the even and the odd part of this simplified expression in z.</summary>
    internal SymmetricParts SymmetricParts
    {
        get
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return parts ??= SymmetricParts.Compute(this);
        }
    }

    /// <summary>An interval that contains all values.</summary>
    internal Enclosure Enclosure
    {
        get
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return (enclosure ??= new(Enclosure.Of(this))).Value;
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, of at most <see cref="MaximumLength"/> characters; whitespace is ignored.</param>
    /// <returns>The expression, as written but for exact arithmetic of the coefficients of products.</returns>
    /// <exception cref="ExpressionException">The text is no expression; the message names what was expected and where.</exception>
    public static Expression Parse(string text) => ExpressionParser.Parse(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>The variable of an index.</summary>
    /// <param name="index">1 to 9.</param>
    /// <returns>The variable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 1 to 9.</exception>
    public static Expression OfVariable(int index) =>
        index is >= 1 and <= 9 ? new Variable(index) : throw Contract.Guard.OutOfRange(nameof(index), index, "must be in 1 to 9");

    /// <summary>An exact rational constant.</summary>
    /// <param name="value">The value, finite.</param>
    /// <returns>The constant.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or no number.</exception>
    public static Expression OfRational(Fraction value) =>
        value.IsNaN || value.IsInfinity ? throw Contract.Guard.OutOfRange(nameof(value), value, "must be finite") : new Number(value.Reduce());

    /// <summary>Whether a variable is written in the expression.</summary>
    /// <param name="index">The variable's index, 1 to 9.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    public bool DependsOn(int index) => (variables & (1 << index)) != 0;

    /// <summary>An equal function (almost everywhere) with constants folded, equal terms and factors collected and trivial functions removed. It may have fewer variables.</summary>
    /// <returns>The simplified expression.</returns>
    public Expression Simplify()
    {
        if (simplified is not null) return simplified;
        var result = Simplifier.Simplify(this);
        result.simplified = result;
        return simplified = result;
    }

    /// <summary>The derivative almost everywhere, simplified: jumps contribute nothing.</summary>
    /// <param name="variable">The index of the variable, 1 to 9.</param>
    /// <returns>The derivative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 1 to 9.</exception>
    public Expression Differentiate(int variable = 1) =>
        variable is >= 1 and <= 9 ? Differentiation.Of(Simplify(), variable) : throw Contract.Guard.OutOfRange(nameof(variable), variable, "must be in 1 to 9");

    /// <summary>Replaces a variable, and simplifies.</summary>
    /// <param name="variable">The index of the variable, 1 to 9.</param>
    /// <param name="replacement">What takes its place.</param>
    /// <returns>The result.</returns>
    public Expression Substitute(int variable, Expression replacement) => Simplifier.Rebuild(this, e => e is Variable v && v.Index == variable ? replacement.Simplify() : null);

    /// <summary>The value at a point of the real line, of an expression in z alone.</summary>
    /// <param name="z">The point.</param>
    /// <returns>The value; NaN where the expression is not defined.</returns>
    /// <exception cref="ArgumentException">The expression has more than one variable.</exception>
    public double Evaluate(double z) => Evaluate(new ReadOnlySpan<double>(in z));

    /// <summary>The value at one point.</summary>
    /// <param name="point">z1, z2, …: at least <see cref="VariableCount"/> numbers.</param>
    /// <returns>The value; NaN where the expression is not defined.</returns>
    /// <exception cref="ArgumentException">There are fewer numbers than variables.</exception>
    public double Evaluate(ReadOnlySpan<double> point) => point.Length >= VariableCount
        ? ScalarEvaluator.Evaluate(this, point)
        : throw new ArgumentException($"{Quote} has {VariableCount} variables; got a point of {point.Length}", nameof(point));

    /// <summary>The values at many points, vectorised; safe to call from several threads.</summary>
    /// <param name="columns">All values of z1, then all of z2, …: r' ≥ r columns, each as long as the result.</param>
    /// <param name="result">Receives the values. It may be the first column itself, but not overlap otherwise.</param>
    /// <exception cref="ArgumentException">The number of values is no multiple of the number of points, or there are fewer columns than variables.</exception>
    public void Evaluate(ReadOnlySpan<double> columns, Span<double> result)
    {
        if (result.IsEmpty) return;
        if (columns.Length % result.Length != 0 || columns.Length / result.Length < VariableCount)
            throw new ArgumentException($"{VariableCount} columns of {result.Length} numbers are needed; got {columns.Length} numbers", nameof(columns));
        (tape ??= TapeCompiler.Compile(this)).Run(columns, result);
    }

    /// <summary>The polynomial in z that the expression is, if it has one variable at most, rational coefficients, and a degree of at most <see cref="MaximumHermiteOrder"/>.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <returns><see langword="true"/> if there is one.</returns>
    public bool TryGetPolynomial([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Polynomial? polynomial) =>
        (polynomial = Polynomial.TryFrom(this)) is not null;

    /// <summary>The text of the expression in the language that <see cref="Parse"/> reads; reading it gives an equal expression.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => new TextPrinter(VariableCount <= 1).Print(this);

    /// <summary>The expression in LaTeX's mathematics mode.</summary>
    /// <returns>LaTeX code without delimiters.</returns>
    public string ToLatex() => new LatexPrinter(VariableCount <= 1).Print(this);

    /// <inheritdoc/>
    public bool Equals(Expression? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && GetType() == other.GetType() && SameAs(other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Expression);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    private protected abstract bool SameAs(Expression other);
}
