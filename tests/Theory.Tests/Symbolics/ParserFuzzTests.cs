using System.Text;
using FsCheck.Xunit;
using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

[Properties(Arbitrary = [typeof(ExpressionGenerators)])]
public sealed class ParserFuzzTests
{
    private static readonly string[] Pieces =
    [
        "z", "z1", "z2", "z9", "z10", "1", "2", "0", "0.5", "1e3", "1e-3", "e", "pi", "+", "-", "*", "/", "^", "(", ")", ",", "<", "<=", ">", ">=", " ", "relu(", "sin(",
        "max(", "min(", "indicator(", "He2(", "He", "abs(", "abs(z)^(1/2)", "sqrt(2)", "exp(", "log(", "leakyrelu(", "softthreshold(", "z^2", "-1<z<1", "^-1", "^1000",
        "gelu_tanh(z)", "99999999999999999999", "1/", "&", "é", "\t", "\n", "\0", "𝛼", ".", "..", "=", "zz", "tan",
    ];

    private static readonly string[] Seeds =
    [
        "z^3-3z", "relu(z)^3", "leakyrelu(z,1/10)", "indicator(1/2<abs(z)<1.6083105988157430162)", "sign(z^3-2*ln(2)*z)", "z1+z1*z2+z1*z2*z3",
        "log(cosh(z))", "z1+z2+(z1-z2)^3-3*2*(z1-z2)", "abs(z)^(1/2)", "exp(-z^2/2)/sqrt(2*pi)", "max(abs(z)-0.5,0)", "softthreshold(z,1)*He4(z1-z2)/4",
    ];

    [Fact]
    public void A_hundred_thousand_random_and_mutated_texts_give_an_expression_or_a_located_error() => Fuzz(100_000, 1);

    [Fact(Explicit = true)]
    public void A_million_random_and_mutated_texts_give_an_expression_or_a_located_error() => Fuzz(1_000_000, 2);

    [Property(MaxTest = 300)]
    public void Any_unicode_text_gives_an_expression_or_a_located_error(string? text)
    {
        if (text is not null) ParseOrFail(text);
    }

    private static void Fuzz(int count, int seed)
    {
        var random = new Random(seed);
        var parsed = 0;
        for (var i = 0; i < count; i++)
            if (ParseOrFail(i % 2 == 0 ? Assemble(random) : Mutate(random))) parsed++;
        Assert.InRange(parsed, count / 50, count - count / 50);
    }

    private static bool ParseOrFail(string text)
    {
        try
        {
            var e = Expression.Parse(text);
            Assert.InRange(e.VariableCount, 0, 9);
            return true;
        }
        catch (ExpressionException e)
        {
            Assert.InRange(e.Column, 1, Math.Max(1, text.Length + 1));
            Assert.DoesNotContain('\n', e.Message);
            return false;
        }
    }

    private static string Assemble(Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(1, 14); n > 0; n--) text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0 when at < text.Length:
                    text.Remove(at, 1);
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2 when at < text.Length:
                    text[at] = (char)random.Next(32, 127);
                    break;
                default:
                    text.Insert(at, text.ToString(0, Math.Min(at, text.Length)));
                    break;
            }
        }
        return text.ToString();
    }
}
