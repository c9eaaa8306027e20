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
    public void Random_and_mutated_texts_give_an_expression_or_a_located_error_in_bounded_time_and_memory() => Fuzz(60_000, 40_000, 1);

    [Fact(Explicit = true)]
    public void A_million_random_and_a_hundred_thousand_mutated_texts_give_an_expression_or_a_located_error() => Fuzz(1_000_000, 100_000, 2);

    /// <summary>Deep, wide and huge: each is refused with a place, or read at once.</summary>
    [Theory]
    [InlineData("(", 200_000)]
    [InlineData("-", 200_000)]
    [InlineData("relu(", 5_000)]
    [InlineData("z^", 4_000)]
    [InlineData("1/", 4_000)]
    [InlineData("9", 9_000)]
    [InlineData("z+", 4_000)]
    [InlineData("z*", 4_000)]
    [InlineData("(z+1)*", 1_500)]
    [InlineData("(z1+z2)^9*", 900)]
    [InlineData("max(z,", 1_500)]
    [InlineData("exp(", 90)]
    [InlineData("He400(", 40)]
    [InlineData("(1+", 90)]
    public void Repetition_ends_at_once(string piece, int count)
    {
        foreach (var end in (string[])["", "z", "2", ")", "z" + new string(')', Math.Min(count, 9_000))])
            Judge(string.Concat(Enumerable.Repeat(piece, count)) + end);
    }

    [Property(MaxTest = 300)]
    public void Any_unicode_text_gives_an_expression_or_a_located_error(string? text)
    {
        if (text is not null) ParseOrFail(text);
    }

    private static void Fuzz(int assembled, int mutated, int seed)
    {
        var random = new Random(seed);
        var parsed = 0;
        for (var i = 0; i < assembled + mutated; i++)
            if (Judge(i < assembled ? Assemble(random) : Mutate(random))) parsed++;
        Assert.InRange(parsed, (assembled + mutated) / 50, (assembled + mutated) * 49 / 50);
    }

    /// <summary>Reads a text and prints what came out; neither takes a second nor a hundred megabytes.</summary>
    private static bool Judge(string text)
    {
        var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Environment.TickCount64);
        var parsed = ParseOrFail(text);
        var shown = text.Length > 80 ? text[..80] + "…" : text;
        Assert.True(Environment.TickCount64 - start < 1000, $"more than a second for {shown}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < 100_000_000, $"more than 100 MB for {shown}");
        return parsed;
    }

    private static bool ParseOrFail(string text)
    {
        try
        {
            var e = Expression.Parse(text);
            Assert.InRange(e.VariableCount, 0, 9);
            Assert.NotEmpty(e.ToString());
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
