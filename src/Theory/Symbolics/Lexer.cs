using System.Numerics;
using Fractions;

namespace Theory.Symbolics;

/// <summary>What a token is; names are told apart here, so that the grammar need not look at their letters.</summary>
internal enum TokenKind
{
    Number,
    Name,
    Function,
    Hermite,
    Indicator,
    Symbol,
    Group,
}

/// <summary>
/// A piece of text with its place (from 1). <paramref name="Leaf"/> is the constant or variable that a number or a name stands for,
/// <paramref name="Group"/> what a pair of parentheses holds.
/// </summary>
internal sealed record Token(TokenKind Kind, string Text, int Column, Expression? Leaf = null, int Detail = 0, Group? Group = null)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}

/// <summary>Cuts a text into tokens, puts the product of a number and a name, and refuses what is too long, too deep or unknown.</summary>
internal ref struct Lexer(string text)
{
    private const int MaximumDecimalExponent = 4000;

    private readonly List<Token> tokens = [];
    private int position;
    private int nesting;

    public static Token[] Read(string text)
    {
        if (text.Length > Expression.MaximumLength)
            throw new ExpressionException($"the text has {text.Length} characters, more than the {Expression.MaximumLength} allowed;", Expression.MaximumLength + 1);
        var lexer = new Lexer(text);
        while (lexer.Next()) { }
        return [.. lexer.tokens];
    }

    private bool Next()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position])) position++;
        if (position == text.Length) return false;
        var c = text[position];
        if (char.IsAsciiDigit(c) || (c == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))) ReadNumber();
        else if (char.IsAsciiLetter(c)) ReadName();
        else ReadSymbol(c);
        return true;
    }

    private void ReadNumber()
    {
        var start = position;
        var whole = Digits();
        var decimals = "";
        if (position < text.Length && text[position] == '.')
        {
            position++;
            decimals = Digits();
        }
        var exponent = DecimalExponent(start);
        var value = new Fraction(BigInteger.Parse("0" + whole + decimals)) * Fraction.Pow(new Fraction(10), exponent - decimals.Length);
        if (Rational.Bits(value) > Rational.MaximumBits) throw new ExpressionException(Rational.TooLarge().Reason, start + 1);
        tokens.Add(new(TokenKind.Number, text[start..position], start + 1, new Expression.Number(value)));
    }

    /// <summary>"e3" or "e-3" right after the digits; an e without digits is Euler's number, to be multiplied.</summary>
    private int DecimalExponent(int start)
    {
        if (position >= text.Length || text[position] is not ('e' or 'E')) return 0;
        var at = position + 1;
        if (at < text.Length && text[at] is '+' or '-') at++;
        if (at >= text.Length || !char.IsAsciiDigit(text[at])) return 0;
        var first = position + 1;
        position = at;
        Digits();
        return int.TryParse(text[first..position], System.Globalization.CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) <= MaximumDecimalExponent
            ? exponent
            : throw new ExpressionException($"the decimal exponent of {Shorten(text[start..position])} exceeds {MaximumDecimalExponent}", start + 1);
    }

    private string Digits()
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
        return text[start..position];
    }

    private void ReadName()
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_')) position++;
        if (tokens is [.., { Kind: TokenKind.Number }]) tokens.Add(new(TokenKind.Symbol, "*", start + 1));
        tokens.Add(Classify(text[start..position], start + 1));
    }

    private static Token Classify(string name, int column)
    {
        if (FunctionTable.TryGet(name, out var function)) return new(TokenKind.Function, name, column, null, (int)function);
        switch (name)
        {
            case "pi":
                return new(TokenKind.Name, name, column, new Expression.Constant(NamedConstant.Pi));
            case "e":
                return new(TokenKind.Name, name, column, new Expression.Constant(NamedConstant.E));
            case "z":
                return new(TokenKind.Name, name, column, new Expression.Variable(1));
            case "indicator":
                return new(TokenKind.Indicator, name, column);
            case ['z', >= '1' and <= '9' and var digit]:
                return new(TokenKind.Name, name, column, new Expression.Variable(digit - '0'));
        }
        if (name.StartsWith("He", StringComparison.Ordinal) && name.Length > 2 && name.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return name.Length <= 6 && int.Parse(name.AsSpan(2)) is var order and <= Expression.MaximumHermiteOrder
                ? new(TokenKind.Hermite, name, column, null, order)
                : throw new ExpressionException($"the order of {Shorten(name)} exceeds {Expression.MaximumHermiteOrder}", column);
        }
        throw new ExpressionException(Unknown(name), column);
    }

    private static string Unknown(string name)
    {
        if (name is ['z', .. var index] && index.All(char.IsAsciiDigit)) return $"unknown variable '{Shorten(name)}' (variables are z and z1 to z9)";
        if (SplitVariables(name) is { } product) return $"unknown name '{Shorten(name)}' (write '{product}' for a product)";
        return FunctionTable.Nearest(name) is { } nearest
            ? $"unknown name '{Shorten(name)}' (did you mean '{nearest}'?)"
            : $"unknown name '{Shorten(name)}'";
    }

    /// <summary>"z1z2" → "z1*z2"; <see langword="null"/> for anything but variables glued together.</summary>
    private static string? SplitVariables(string name)
    {
        var parts = new List<string>();
        for (var i = 0; i < name.Length;)
        {
            if (name[i] != 'z' || parts.Count == 6) return null;
            var end = i + 1 < name.Length && name[i + 1] is >= '1' and <= '9' ? i + 2 : i + 1;
            parts.Add(name[i..end]);
            i = end;
        }
        return string.Join('*', parts);
    }

    private void ReadSymbol(char c)
    {
        var column = position + 1;
        position++;
        switch (c)
        {
            case '(':
                if (++nesting > Expression.MaximumNesting) throw new ExpressionException($"parentheses are nested more than {Expression.MaximumNesting} deep", column);
                break;
            case ')':
                nesting = Math.Max(0, nesting - 1);
                break;
            case '+' or '-' or '*' or '/' or '^' or ',':
                break;
            case '<' or '>':
                if (position < text.Length && text[position] == '=') position++;
                break;
            default:
                var hint = c switch
                {
                    '=' => " (comparisons are <, <=, > and >=)",
                    '|' => " (the absolute value is written abs(u))",
                    '\u2212' => " (the minus sign is '-')",
                    '\u00d7' or '\u00b7' => " (a product is written '*')",
                    _ => "",
                };
                throw new ExpressionException($"unexpected character {Describe(c)}{hint}", column);
        }
        tokens.Add(new(TokenKind.Symbol, text[(column - 1)..position], column));
    }

    private static string Describe(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : $"'{c}'";

    private static string Shorten(string name) => name.Length <= 32 ? name : name[..29] + "...";
}
