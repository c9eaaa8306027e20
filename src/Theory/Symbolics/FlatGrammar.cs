using Fractions;
using Pidgin;
using static Pidgin.Parser<Theory.Symbolics.Token>;

namespace Theory.Symbolics;

/// <summary>
/// The grammar of what stands between parentheses, over tokens of which inner parentheses are one each:
/// <code>
/// group  = sum (',' sum)* | sum (relation sum)+
/// sum    = term (('+' | '-') term)*
/// term   = signed (('*' | '/') signed)*
/// signed = ('+' | '-')* atom ('^' ('+' | '-')* atom)*          powers associate to the right and bind tighter than signs
/// atom   = number | name | function (group) | 'indicator' (group) | (group)
/// </code>
/// </summary>
internal static class FlatGrammar
{
    private static readonly Parser<Token, Group> Grammar = Build();

    /// <summary>Reads the tokens before a closing parenthesis, or before the end.</summary>
    public static Group Parse(ReadOnlySpan<Token> tokens, int end, string closing)
    {
        var result = Grammar.Parse(tokens);
        return result.Success ? result.Value : throw Failure(result.Error!, tokens, end, closing);
    }

    /// <summary>The expression that a group is when it is neither a list of arguments nor a comparison.</summary>
    public static Expression Single(Group group, int column) => group switch
    {
        { Relations.IsEmpty: false } => throw new ExpressionException("a comparison belongs inside indicator(...), but was found", column),
        { Terms: [var only] } => only,
        _ => throw new ExpressionException($"expected one expression, found {group.Terms.Length} separated by ','", column),
    };

    private static Parser<Token, Group> Build()
    {
        var group = Token(t => t.Kind == TokenKind.Group);
        var arguments = group.Labelled("'('");
        var leaf = Value(t => t.Kind is TokenKind.Number or TokenKind.Name).Select(t => t.Leaf!);
        var call = Parser.Map(MakeCall, Value(t => t.Kind is TokenKind.Function or TokenKind.Hermite), arguments);
        var indicator = Parser.Map(MakeIndicator, Value(t => t.Kind == TokenKind.Indicator), arguments);
        var parenthesised = Value(t => t.Kind == TokenKind.Group).Select(t => Single(t.Group!, t.Column));
        var atom = Parser.OneOf(leaf, call, indicator, parenthesised);

        var signs = Token(t => t.IsSymbol("+") || t.IsSymbol("-")).Many();
        var exponent = Parser.Map((at, s, value) => new Exponent(at, [.. s], value), Symbol("^"), signs, atom);
        var signed = Parser.Map((s, @base, exponents) => Signed(s, MakePowers(@base, [.. exponents])), signs, atom, exponent.Many());
        var term = Parser.Map(MakeTerm, signed, Parser.Map((o, e) => new Operand(o, e), Symbol("*").Or(Symbol("/")), signed).Many());
        var sum = Parser.Map(MakeSum, term, Parser.Map((o, e) => new Operand(o, e), Symbol("+").Or(Symbol("-")), term).Many());

        var relation = Token(t => t.IsSymbol("<") || t.IsSymbol("<=") || t.IsSymbol(">") || t.IsSymbol(">=")).Labelled("a comparison");
        var chain = Parser.Map((r, e) => new Operand(r, e), relation, sum).AtLeastOnce();
        var list = Parser.Map((c, e) => new Operand(c, e), Symbol(","), sum).Many();
        return Parser.Map(MakeGroup, sum, chain.Or(list)).Before(End);
    }

    private static Parser<Token, Token> Value(Func<Token, bool> isFirst) => Token(isFirst).Labelled("a value");

    private static Parser<Token, Token> Symbol(string symbol) => Token(t => t.IsSymbol(symbol)).Labelled($"'{symbol}'");

    private static Group MakeGroup(Expression first, IEnumerable<Operand> others)
    {
        var list = others.ToList();
        return new([first, .. list.Select(o => o.Value)], list is [{ Operator.Text: not "," }, ..] ? [.. list.Select(o => RelationOf(o.Operator.Text))] : []);
    }

    private static Relation RelationOf(string symbol) => symbol switch
    {
        "<" => Relation.Less,
        "<=" => Relation.LessOrEqual,
        ">" => Relation.Greater,
        _ => Relation.GreaterOrEqual,
    };

    private static Expression Signed(IEnumerable<Token> signs, Expression value) => signs.Count(t => t.Text == "-") % 2 == 1 ? Structure.Negate(value) : value;

    private static Expression MakeSum(Expression first, IEnumerable<Operand> others) =>
        Structure.Sum([first, .. others.Select(o => o.Operator.Text == "-" ? Structure.Negate(o.Value) : o.Value)]);

    private static Expression MakeTerm(Expression first, IEnumerable<Operand> others)
    {
        var factors = new List<Expression> { first };
        foreach (var (op, factor) in others) factors.Add(op.Text == "/" ? At(op.Column, () => Inverse(factor)) : factor);
        return factors.Count == 1 ? first : At(others.First().Operator.Column, () => Structure.Product(Fraction.One, factors));
    }

    private static Expression Inverse(Expression divisor) => divisor.IsConstant && divisor.Simplify() is Expression.Number { Value.IsZero: true }
        ? throw new ExpressionException("division by zero")
        : Structure.Invert(divisor);

    /// <summary>base ^ (e₁ ^ (e₂ ^ …)); a sign before an exponent applies to all that follows it.</summary>
    private static Expression MakePowers(Expression @base, List<Exponent> exponents)
    {
        Expression? above = null;
        for (var i = exponents.Count - 1; i >= 0; i--)
        {
            var (_, signs, value) = exponents[i];
            above = Signed(signs, above is null ? value : Raise(exponents[i + 1].At, value, above));
        }
        return above is null ? @base : Raise(exponents[0].At, @base, above);
    }

    private static Expression Raise(Token at, Expression @base, Expression exponent) => At(at.Column, () => MakePower(@base, exponent));

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

    private static Expression MakeCall(Token name, Token arguments)
    {
        var group = arguments.Group!;
        var arity = name.Kind == TokenKind.Hermite ? 1 : FunctionTable.Arity((Function)name.Detail);
        if (!group.Relations.IsEmpty) Single(group, arguments.Column);
        if (group.Terms.Length != arity)
            throw new ExpressionException($"{name.Text} takes {arity} argument{(arity == 1 ? "" : "s")}, not {group.Terms.Length},", name.Column);
        return At(name.Column, () => name.Kind == TokenKind.Hermite
            ? new Expression.HermitePolynomial(name.Detail, group.Terms[0])
            : new Expression.Call((Function)name.Detail, group.Terms));
    }

    private static Expression MakeIndicator(Token name, Token condition)
    {
        var group = condition.Group!;
        if (group.Relations.IsEmpty) throw new ExpressionException("expected a comparison inside indicator(...), as in indicator(-1<z<1),", condition.Column);
        return At(name.Column, () => new Expression.Indicator(group.Terms, group.Relations));
    }

    /// <summary>An operator with what follows it.</summary>
    private sealed record Operand(Token Operator, Expression Value);

    private sealed record Exponent(Token At, Token[] Signs, Expression Value);

    /// <summary>Gives errors of construction their place.</summary>
    private static Expression At(int column, Func<Expression> make)
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

    private static ExpressionException Failure(ParseError<Token> error, ReadOnlySpan<Token> tokens, int end, string closing)
    {
        var index = Math.Min(error.ErrorOffset, tokens.Length);
        var isEnd = index == tokens.Length;
        var column = isEnd ? end : tokens[index].Column;
        if (!isEnd && index > 0 && StartsValue(tokens[index]) && EndsValue(tokens[index - 1]))
            return new(Glued(tokens[index - 1], tokens[index]), column);
        var found = isEnd ? (closing == ")" ? "')'" : closing) : $"'{tokens[index].Text}'";
        return new($"expected {Wanted([.. error.Expected.Select(e => e.Label ?? (e.IsEof ? closing : ""))])}, found {found}", column);
    }

    private static string Wanted(HashSet<string> labels)
    {
        if (labels.Contains("a value")) return "a value";
        if (labels.Contains("'('")) return "'('";
        return labels.Contains("a comparison") && !labels.Contains("','") ? "a comparison" : "an operator";
    }

    private static string Glued(Token left, Token right) => (left, right) switch
    {
        ({ Kind: TokenKind.Name }, { Text: "(" }) => $"'{left.Text}' is no function (write '{left.Text}*(' for a product)",
        (_, { Text: "(" }) => "expected an operator before '(' (write '*' for a product)",
        _ => $"expected an operator before '{right.Text}' (write '*' for a product)",
    };

    private static bool StartsValue(Token token) => token.Kind != TokenKind.Symbol;

    private static bool EndsValue(Token token) => token.Kind is TokenKind.Number or TokenKind.Name or TokenKind.Group;
}
