using Fractions;

namespace Theory.Symbolics;

/// <content>Arithmetic with expressions; results are simplified.</content>
public abstract partial class Expression
{
    /// <summary>Reads a text; see <see cref="Parse"/>.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator Expression(string text) => Parse(text);

    /// <summary>A whole number as an expression.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Expression(int value) => new Number(new Fraction(value));

    /// <summary>The sum.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term.</param>
    /// <returns>left + right, simplified.</returns>
    public static Expression operator +(Expression left, Expression right) => Simplifier.Sum([left.Simplify(), right.Simplify()]);

    /// <summary>The difference.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">What is subtracted.</param>
    /// <returns>left − right, simplified.</returns>
    public static Expression operator -(Expression left, Expression right) => left + -right;

    /// <summary>The negative.</summary>
    /// <param name="operand">The expression.</param>
    /// <returns>−operand, simplified.</returns>
    public static Expression operator -(Expression operand) => Simplifier.Scale(Fraction.MinusOne, operand.Simplify());

    /// <summary>The product.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <returns>left · right, simplified.</returns>
    public static Expression operator *(Expression left, Expression right) => Simplifier.Product([left.Simplify(), right.Simplify()]);

    /// <summary>The quotient.</summary>
    /// <param name="left">Numerator.</param>
    /// <param name="right">Denominator.</param>
    /// <returns>left / right, simplified.</returns>
    /// <exception cref="ExpressionException">The denominator is the constant 0.</exception>
    public static Expression operator /(Expression left, Expression right) =>
        right.Simplify() is var divisor && divisor is Number { Value.IsZero: true }
            ? throw new ExpressionException($"division of {left.Quote} by zero")
            : Simplifier.Product([left.Simplify(), Simplifier.Power(divisor, -1)]);

    /// <summary>Whether two expressions have the same structure.</summary>
    /// <param name="left">First expression.</param>
    /// <param name="right">Second expression.</param>
    public static bool operator ==(Expression? left, Expression? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two expressions differ in structure.</summary>
    /// <param name="left">First expression.</param>
    /// <param name="right">Second expression.</param>
    public static bool operator !=(Expression? left, Expression? right) => !(left == right);

    /// <summary>An integer power, simplified.</summary>
    /// <param name="exponent">The exponent, at most <see cref="MaximumExponent"/> in magnitude.</param>
    /// <returns>this^exponent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is too large.</exception>
    public Expression Pow(int exponent) => Math.Abs((long)exponent) <= MaximumExponent
        ? Simplifier.Power(Simplify(), exponent)
        : throw Contract.Guard.OutOfRange(nameof(exponent), exponent, $"must be at most {MaximumExponent} in magnitude");
}
