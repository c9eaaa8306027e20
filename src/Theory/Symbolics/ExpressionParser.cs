using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Theory.Symbolics;

/// <summary>What stands between parentheses: one expression, arguments separated by commas, or a chain of comparisons.</summary>
internal sealed record Group(ImmutableArray<Expression> Terms, ImmutableArray<Relation> Relations);

/// <summary>
/// Reads expressions. Parentheses are resolved here, innermost first and without recursion, so that no text can exhaust the stack;
/// what is left between them is flat and goes to <see cref="FlatGrammar"/>.
/// </summary>
internal static class ExpressionParser
{
    public static Expression Parse(string text)
    {
        var tokens = Lexer.Read(text);
        if (tokens.Length == 0) throw new ExpressionException("an expression was expected, but the text is empty", 1);
        var end = text.TrimEnd().Length + 1;
        var pending = new Stack<(Token Opening, List<Token> Outer)>();
        var current = new List<Token>();
        foreach (var token in tokens)
        {
            if (token.IsSymbol("("))
            {
                pending.Push((token, current));
                current = [];
            }
            else if (token.IsSymbol(")"))
            {
                var group = Read(current, token.Column, ")");
                if (!pending.TryPop(out var level)) throw new ExpressionException("expected the end, found ')'", token.Column);
                current = level.Outer;
                current.Add(level.Opening with { Kind = TokenKind.Group, Group = group });
            }
            else
            {
                current.Add(token);
            }
        }
        var whole = Read(current, end, "the end");
        if (pending.Count > 0) throw new ExpressionException($"expected ')' to close '(' of column {pending.Peek().Opening.Column}, found the end", end);
        return FlatGrammar.Single(whole, 1);
    }

    private static Group Read(List<Token> tokens, int end, string closing)
    {
        try
        {
            return FlatGrammar.Parse(CollectionsMarshal.AsSpan(tokens), end, closing);
        }
        catch (ExpressionException e) when (e.Column == 0)
        {
            throw new ExpressionException(e.Reason, tokens.Count > 0 ? tokens[0].Column : end);
        }
    }
}
