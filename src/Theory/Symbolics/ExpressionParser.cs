using System.Collections.Immutable;
using Fractions;
using Pidgin;
using static Pidgin.Parser<Theory.Symbolics.Token>;
using static Pidgin.Parser;

namespace Theory.Symbolics;

/// <summary>
/// The grammar, over tokens:
/// <code>
/// sum    = term (('+' | '-') term)*
/// term   = signed (('*' | '/') signed)*
/// signed = ('+' | '-')* atom ('^' ('+' | '-')* atom)*          powers associate to the right and bind tighter than signs
/// atom   = number | name | function '(' sum (',' sum)* ')' | 'indicator' '(' sum (relation sum)+ ')' | '(' sum ')'
/// </code>
/// Chains are loops: only parentheses recurse, and the lexer bounds them.
/// </summary>
internal static class ExpressionParser
{
    private static readonly Parser<Token, Expression> Grammar = Build();

    public static Expression Parse(string text)
    {
        var tokens = Lexer.Read(text);
        if (tokens.Length == 0) throw new ExpressionException("an expression was expected, but the text is empty", 1);
        var result = At(1, () => Grammar.Parse(tokens));
        return result.Success ? result.Value : throw Failure(result.Error!, tokens, text);
    }

    private static Parser<Token, Expression> Build()
    {
        Parser<Token, Expression>? sum = null;
        var inner = Rec(() => sum!);
        var open = Symbol("(");
        var close = Symbol(")");

        var leaf = Value(t => t.Kind is TokenKind.Number or TokenKind.Name).Select(t => t.Leaf!);
        var call = Map(MakeCall, Value(t => t.Kind is TokenKind.Function or TokenKind.Hermite), inner.SeparatedAtLeastOnce(Symbol(",")).Between(open, close));
        var relation = Token(t => t.IsSymbol("<") || t.IsSymbol("<=") || t.IsSymbol(">") || t.IsSymbol(">=")).Labelled("a comparison");
        var chain = Map(MakeIndicator, inner, Map(MakeOperand, relation, inner).AtLeastOnce());
        var indicator = Value(t => t.Kind == TokenKind.Indicator).Then(chain.Between(open, close));
        var atom = OneOf(leaf, call, indicator, inner.Between(Value(t => t.IsSymbol("(")), close));

        var signs = Token(t => t.IsSymbol("+") || t.IsSymbol("-")).Many().Select(s => s.Count(t => t.Text == "-") % 2 == 0 ? "+" : "-");
        var exponent = Map((at, sign, value) => new Exponent(at, sign == "-", value), Symbol("^"), signs, atom);
        var signed = Map((sign, @base, exponents) => MakeSigned(sign == "-", @base, [.. exponents]), signs, atom, exponent.Many());
        var term = Map(MakeTerm, signed, Map(MakeOperand, Symbol("*").Or(Symbol("/")), signed).Many());
        sum = Map(MakeSum, term, Map(MakeOperand, Symbol("+").Or(Symbol("-")), term).Many());
        return sum.Before(End);
    }

    // Classes, as everything that the grammar passes on: parsers of value types would be compiled anew at every start.
    private sealed record Operand(Token Operator, Expression Value);

    private sealed record Exponent(Token At, bool IsNegative, Expression Value);

    private static Operand MakeOperand(Token @operator, Expression value) => new(@operator, value);

    private static Parser<Token, Token> Value(Func<Token, bool> isFirst) => Token(isFirst).Labelled("a value");

    private static Parser<Token, Token> Symbol(string symbol) => Token(t => t.IsSymbol(symbol)).Labelled($"'{symbol}'");

    private static Expression MakeSum(Expression first, IEnumerable<Operand> rest) =>
        Structure.Sum([first, .. rest.Select(r => r.Operator.Text == "-" ? Structure.Negate(r.Value) : r.Value)]);

    private static Expression MakeTerm(Expression first, IEnumerable<Operand> rest)
    {
        var factors = new List<Expression> { first };
        foreach (var (op, factor) in rest) factors.Add(op.Text == "/" ? At(op.Column, () => Inverse(factor)) : factor);
        if (factors.Count == 1) return first;
        var column = rest.First().Operator.Column;
        return At(column, () => Structure.Product(Fraction.One, factors));
    }

    private static Expression Inverse(Expression divisor) => divisor.IsConstant && divisor.Simplify() is Expression.Number { Value.IsZero: true }
        ? throw new ExpressionException("division by zero")
        : Structure.Invert(divisor);

    /// <summary>sign · base ^ (e₁ ^ (e₂ ^ …)).</summary>
    private static Expression MakeSigned(bool isNegative, Expression @base, Exponent[] exponents)
    {
        var result = @base;
        for (var i = exponents.Length - 1; i >= 0; i--)
        {
            var (at, negative, value) = exponents[i];
            var exponent = negative ? Structure.Negate(value) : value;
            if (i == 0) result = At(at.Column, () => MakePower(@base, exponent));
            else exponents[i - 1] = exponents[i - 1] with { Value = At(at.Column, () => MakePower(exponents[i - 1].Value, exponent)) };
        }
        return isNegative ? Structure.Negate(result) : result;
    }

    private static Expression MakePower(Expression @base, Expression exponent)
    {
        if (!exponent.IsConstant)
            throw new ExpressionException("an exponent must be a constant (write exp(u) for an exponential)");
        var value = exponent.Simplify();
        if (value is Expression.Number { Value: var q } && Rational.IsInteger(q))
        {
            return Fraction.Abs(q) <= new Fraction(Expression.MaximumExponent)
                ? Structure.Power(@base, q.ToInt32())
                : throw new ExpressionException($"an integer exponent exceeds {Expression.MaximumExponent}");
        }
        return @base is Expression.Call { Function: Function.Abs, Arguments: [var u] }
            ? new Expression.AbsolutePower(u, exponent)
            : throw new ExpressionException("an exponent that is no integer needs abs(...) as its base, as in abs(z)^(1/2); roots of numbers are written sqrt(2)");
    }

    private static Expression MakeCall(Token name, IEnumerable<Expression> arguments)
    {
        var list = arguments.ToImmutableArray();
        var arity = name.Kind == TokenKind.Hermite ? 1 : FunctionTable.Arity((Function)name.Detail);
        if (list.Length != arity)
            throw new ExpressionException($"{name.Text} takes {arity} argument{(arity == 1 ? "" : "s")}, not {list.Length},", name.Column);
        return name.Kind == TokenKind.Hermite
            ? new Expression.HermitePolynomial(name.Detail, list[0])
            : new Expression.Call((Function)name.Detail, list);
    }

    private static Expression MakeIndicator(Expression first, IEnumerable<Operand> rest)
    {
        var pairs = rest.ToList();
        return new Expression.Indicator([first, .. pairs.Select(p => p.Value)], [.. pairs.Select(p => p.Operator.Text switch
        {
            "<" => Relation.Less,
            "<=" => Relation.LessOrEqual,
            ">" => Relation.Greater,
            _ => Relation.GreaterOrEqual,
        })]);
    }

    /// <summary>Gives errors of construction their place.</summary>
    private static T At<T>(int column, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ExpressionException e) when (e.Column == 0)
        {
            throw new ExpressionException(e.Reason, column);
        }
    }

    private static ExpressionException Failure(ParseError<Token> error, Token[] tokens, string text)
    {
        var index = Math.Min(error.ErrorOffset, tokens.Length);
        var column = index < tokens.Length ? tokens[index].Column : text.TrimEnd().Length + 1;
        var found = index < tokens.Length ? $"'{tokens[index].Text}'" : "the end";
        if (index > 0 && index < tokens.Length && StartsValue(tokens[index]) && EndsValue(tokens[index - 1]))
            return new(Glued(tokens[index - 1], tokens[index]), column);
        if (found is "'<'" or "'<='" or "'>'" or "'>='") return new("a comparison belongs inside indicator(...), but was found", column);
        return new($"expected {Wanted([.. error.Expected.Select(e => e.Label ?? (e.IsEof ? "the end" : ""))])}, found {found}", column);
    }

    private static string Wanted(HashSet<string> labels)
    {
        if (labels.Contains("a value")) return "a value";
        var hasOperator = labels.RemoveWhere(l => l is "" or "'+'" or "'-'" or "'*'" or "'/'" or "'^'") > 0;
        return string.Join(" or ", labels.Order(StringComparer.Ordinal).Concat(hasOperator ? ["an operator"] : []));
    }

    private static string Glued(Token left, Token right) => (left, right) switch
    {
        ({ Kind: TokenKind.Name }, { Text: "(" }) => $"'{left.Text}' is no function (write '{left.Text}*(' for a product)",
        (_, { Text: "(" }) => "expected an operator before '(' (write '*' for a product)",
        _ => $"expected an operator before '{right.Text}' (write '*' for a product)",
    };

    private static bool StartsValue(Token token) => token.Kind != TokenKind.Symbol || token.Text == "(";

    private static bool EndsValue(Token token) => token.Kind is TokenKind.Number or TokenKind.Name || token.IsSymbol(")");
}
