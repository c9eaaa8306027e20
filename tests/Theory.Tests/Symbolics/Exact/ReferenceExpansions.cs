using System.Text.Json;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Symbolics.Exact;

/// <summary>Reference values of Hermite expansions, computed by 34-digit quadrature and by an independent computer algebra system.</summary>
public sealed record ReferenceExpansion(string Expression, BigRational[] Coefficients, BigRational SecondMoment, ExactNumber[]? Exact)
{
    public static IReadOnlyDictionary<string, ReferenceExpansion> All { get; } = Read();

    private static Dictionary<string, ReferenceExpansion> Read()
    {
        using Stream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Reference", "hermite-exact.json"));
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateArray().Select(Read).ToDictionary(point => point.Expression);
    }

    private static ReferenceExpansion Read(JsonElement element) => new(
        element.GetProperty("expression").GetString()!,
        [.. Strings(element.GetProperty("coefficients")).Select(BigRational.Parse)],
        BigRational.Parse(element.GetProperty("second_moment").GetString()!),
        element.TryGetProperty("exact", out JsonElement exact) ? [.. Strings(exact).Select(text => new FormulaReader(text).Read())] : null);

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);
}

/// <summary>Reads formulas such as "-3*sqrt(2)*exp(-1/8)/(8*sqrt(pi)) + 2**(1/4)*gamma(3/4)".</summary>
public sealed class FormulaReader(string text)
{
    private int _position;

    public ExactNumber Read()
    {
        ExactNumber value = Sum();
        return _position == text.Length ? value : throw new FormatException($"'{text}' at {_position}");
    }

    private ExactNumber Sum()
    {
        ExactNumber sum = Take('-') ? -Product() : Product();
        while (true)
        {
            if (Take('+'))
                sum += Product();
            else if (Take('-'))
                sum -= Product();
            else
                return sum;
        }
    }

    private ExactNumber Product()
    {
        ExactNumber product = Power();
        while (true)
        {
            if (Take('*'))
                product *= Power();
            else if (Take('/'))
                product /= Power();
            else
                return product;
        }
    }

    private ExactNumber Power()
    {
        ExactNumber value = Atom();
        if (!text.AsSpan(_position).StartsWith("**") && !(_position < text.Length && text[_position] == '^'))
            return value;
        _position += text[_position] == '^' ? 1 : 2;
        return ExactNumber.Pow(value, Atom().ToRational());
    }

    private ExactNumber Atom()
    {
        if (Take('('))
        {
            ExactNumber inner = Sum();
            return Take(')') ? inner : throw new FormatException($"'{text}' at {_position}: ) expected");
        }
        int start = _position;
        while (_position < text.Length && char.IsAsciiLetterOrDigit(text[_position]))
            _position++;
        string word = text[start.._position];
        if (char.IsAsciiDigit(word[0]))
            return BigRational.Parse(word);
        return word switch
        {
            "pi" => ExactNumber.Pi,
            "EulerGamma" => ExactNumber.EulerGamma,
            _ => Apply(word, Atom()),
        };
    }

    private static ExactNumber Apply(string function, ExactNumber argument) => function switch
    {
        "sqrt" => ExactNumber.Sqrt(argument),
        "exp" => ExactNumber.Exp(argument),
        "erfc" => 1 - ExactNumber.Erf(argument),
        "normcdf" => ExactNumber.NormalCdf(argument),
        "sin" => ExactNumber.Sin(argument),
        "cos" => ExactNumber.Cos(argument),
        "gamma" => ExactNumber.Gamma(argument.ToRational()),
        "log" or "ln" => ExactNumber.Ln(argument),
        "arctan" => ExactNumber.Atan(argument),
        _ => throw new FormatException(function),
    };

    private bool Take(char symbol)
    {
        while (_position < text.Length && text[_position] == ' ')
            _position++;
        // "**" is a power, not a product.
        if (_position >= text.Length || text[_position] != symbol || (symbol == '*' && text.AsSpan(_position).StartsWith("**")))
            return false;
        _position++;
        while (_position < text.Length && text[_position] == ' ')
            _position++;
        return true;
    }
}
