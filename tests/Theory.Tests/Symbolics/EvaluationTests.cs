using System.Text.Json;
using Theory.Symbolics;
using Theory.Tests.Reference;

namespace Theory.Tests.Symbolics;

public sealed class EvaluationTests
{
    private const double Ulp = 2.220446049250313e-16;

    public static TheoryData<string> Functions => [.. Reference().GetProperty("values").EnumerateObject().Select(p => p.Name)];

    private static JsonElement Reference() => ReferenceFile.Read("elementary.json");

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_are_right_to_a_few_ulp_in_the_tails_and_near_zero(string text)
    {
        var z = Numbers(Reference().GetProperty("points"));
        var exact = Numbers(Reference().GetProperty("values").GetProperty(text));
        var expression = Expression.Parse(text);
        var values = new double[z.Length];
        expression.Evaluate(z, values);
        for (var i = 0; i < z.Length; i++)
        {
            // The cubic inside gelu_tanh is rounded before it is exponentiated.
            var ulps = text == "gelu_tanh(z)" ? 12 + Math.Abs(z[i] * z[i] * z[i]) / 4 : 12;
            Assert.Equal(exact[i], expression.Evaluate(z[i]), ulps * Ulp * Math.Abs(exact[i]) + 1e-307);
            Assert.Equal(exact[i], values[i], ulps * Ulp * Math.Abs(exact[i]) + 1e-307);
        }
    }

    [Theory]
    [InlineData("log(cosh(1000z))", 3, 2999.3068528194400547)]
    [InlineData("step(-z)*exp(1000z)", 3, 0)]
    [InlineData("exp(1000z)*exp(-999z)", 3, 20.085536923187667741)]
    [InlineData("softplus(1000z)", 3, 3000)]
    [InlineData("sigmoid(-1000z)", 3, 0)]
    [InlineData("1/(1+exp(1000z))", 3, 0)]
    [InlineData("z*log(abs(z))", 0, 0)]
    public void Overflow_inside_does_not_spoil_what_is_finite(string text, double z, double value)
    {
        var expression = Expression.Parse(text);
        var values = new double[1];
        expression.Evaluate([z], values);
        Assert.Equal(value, values[0], 8 * Ulp * Math.Abs(value));
        Assert.Equal(value, expression.Simplify().Evaluate(z), 8 * Ulp * Math.Abs(value));
    }

    [Theory]
    [InlineData("sqrt(z)")]
    [InlineData("log(z)")]
    [InlineData("step(z)*log(z)")]
    [InlineData("relu(sqrt(z))+1")]
    [InlineData("indicator(log(z)<0)")]
    public void What_is_not_defined_is_NaN_and_stays_so(string text)
    {
        var expression = Expression.Parse(text);
        var values = new double[9];
        expression.Evaluate([-1, -1, -1, -1, -1, -1, -1, -1, -1], values);
        Assert.All(values, v => Assert.Equal(double.NaN, v));
        Assert.Equal(double.NaN, expression.Evaluate(-1));
    }

    [Fact]
    public void Columns_are_variables_and_blocks_do_not_show()
    {
        var expression = Expression.Parse("z1*z3^2+max(z2,He3(z1))-indicator(z1<z2<=z3)");
        var random = new Random(3);
        foreach (var count in (int[])[1, 2, 3, 7, 255, 256, 257, 1000])
        {
            var columns = new double[3 * count];
            for (var i = 0; i < columns.Length; i++) columns[i] = 4 * random.NextDouble() - 2;
            var values = new double[count];
            expression.Evaluate(columns, values);
            for (var i = 0; i < count; i++)
            {
                var (x, y, z) = (columns[i], columns[count + i], columns[2 * count + i]);
                Assert.Equal(x * z * z + Math.Max(y, x * x * x - 3 * x) - (x < y && y <= z ? 1 : 0), values[i], 1e-13);
            }
        }
    }

    [Fact]
    public void The_result_may_replace_the_argument()
    {
        var z = Enumerable.Range(-500, 1001).Select(i => i / 100.0).ToArray();
        var expected = z.Select(x => Math.Tanh(x) + x * x).ToArray();
        Expression.Parse("tanh(z)+z^2").Evaluate(z, z);
        for (var i = 0; i < z.Length; i++) Assert.Equal(expected[i], z[i], 1e-14 * Math.Abs(expected[i]) + 1e-16);
    }

    [Fact]
    public void Missing_columns_and_coordinates_are_refused()
    {
        var expression = Expression.Parse("z1+z3");
        Assert.Throws<ArgumentException>(() => expression.Evaluate(1.0));
        Assert.Throws<ArgumentException>(() => expression.Evaluate([1, 2]));
        Assert.Throws<ArgumentException>(() => expression.Evaluate(new double[4], new double[2]));
        Assert.Throws<ArgumentException>(() => expression.Evaluate(new double[7], new double[2]));
    }

    [Fact]
    public void Evaluation_is_the_same_from_many_threads()
    {
        var expression = Expression.Parse("gelu(z)*sin(3z)+log(cosh(z))");
        var z = Enumerable.Range(0, 3000).Select(i => i / 1000.0 - 1.5).ToArray();
        var expected = new double[z.Length];
        Expression.Parse("gelu(z)*sin(3z)+log(cosh(z))").Evaluate(z, expected);
        Parallel.For(0, 64, _ =>
        {
            var values = new double[z.Length];
            expression.Evaluate(z, values);
            Assert.Equal(expected, values);
        });
    }

    [Fact]
    public void Evaluation_of_many_points_allocates_nothing_once_warm()
    {
        var expression = Expression.Parse("tanh(z)+z^3*exp(-z^2)-indicator(-1<z<1)");
        var (z, values) = (new double[1000], new double[1000]);
        for (var i = 0; i < 200; i++) expression.Evaluate(z, values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) expression.Evaluate(z, values);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];
}
