using System.Text.Json;
using Theory.Contract;
using Theory.Hermite;
using Theory.Systems;
using Theory.Tests.Reference;
using Theory.Tests.Symbolics.Exact;

namespace Theory.Tests.Hermite;

/// <summary>The system <c>hermite</c> of the catalogue beside reference points, and beside random samples.</summary>
public sealed class HermiteSystemTests
{
    private static readonly JsonElement Points =
        ReferenceFile.Read("hermite-system.json");

    public static TheoryData<string> Ids => [.. Points.EnumerateArray().Select(p => p.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Predictions_meet_the_reference_in_numbers_and_in_closed_form(string id)
    {
        var point = Points.EnumerateArray().Single(p => p.GetProperty("id").GetString() == id);
        var inputs = point.GetProperty("inputs");
        var outcome = Catalogue.Default.Get("hermite").Create(new Dictionary<string, Value>
        {
            ["expression"] = inputs.GetProperty("expression").GetString()!,
            ["order"] = inputs.GetProperty("order").GetDouble(),
        }).Predict();
        var outputs = point.GetProperty("outputs");
        var tolerance = point.GetProperty("tolerance").GetProperty("default").GetDouble();

        var second = outputs.GetProperty("second_moment").GetDouble();
        Assert.Equal(second, outcome["second_moment"].ToDouble(), tolerance * Math.Max(1, second));
        var coefficients = outcome["coefficients"].ToVector();
        var (k, root) = (0, 1.0);
        foreach (var expected in outputs.GetProperty("coefficients").EnumerateArray().Select(c => c.GetDouble()))
        {
            if (k > 0) root *= Math.Sqrt(k);
            Assert.Equal(expected / root, coefficients[k++] / root, tolerance * Math.Max(1, Math.Abs(expected / root)));
        }
        Assert.Equal(coefficients.Length, k);
        if (outputs.TryGetProperty("exact", out var exact)) AssertSameNumbers([.. exact.EnumerateArray().Select(e => e.GetString()!)], (Value.List)outcome["exact"]);
    }

    [Fact]
    public void Outputs_are_lists_of_one_entry_per_order()
    {
        var outcome = new HermiteCoefficientsModel { Expression = "relu(z)", Order = 4 }.AsProblem().Predict();
        Assert.Equal("[sqrt(2)/(2*sqrt(pi)), 1/2, sqrt(2)/(2*sqrt(pi)), 0, -sqrt(2)/(2*sqrt(pi))]", Normal(outcome["exact"]));
        Assert.Equal("[exact_nonzero, exact_nonzero, exact_nonzero, exact_zero, exact_nonzero]", outcome["status"].ToString());
        Assert.Equal(1 / (2 * Math.Sqrt(Math.PI)), outcome["orthonormal"].ToVector()[2], 1e-16);
        Assert.Equal(0.5, outcome["second_moment"].ToDouble());
        Assert.Equal(0.25 - 1 / (2 * Math.PI) - 1 / (4 * Math.PI) - 1 / (48 * Math.PI), outcome["parseval_residual"].ToDouble(), 1e-15);
        var tanh = new HermiteCoefficientsModel { Expression = "tanh(z)", Order = 2 }.Predict();
        Assert.Equal(["0", null, "0"], tanh.Exact);
        Assert.Equal(21, new HermiteCoefficientsModel { Expression = "z" }.Predict().Coefficients.Length);
    }

    [Theory]
    [InlineData("exp(z^2)", 3, "expression")]
    [InlineData("z +", 3, "expression")]
    [InlineData("z", 201, "order")]
    [InlineData("z", -1, "order")]
    [InlineData("z", 4e15, "order")]
    public void Inputs_that_have_no_expansion_are_refused_by_name(string expression, double order, string parameter)
    {
        var system = Catalogue.Default.Get("hermite");
        var e = Assert.Throws<InvalidInputException>(() => system.Create(new Dictionary<string, Value> { ["expression"] = expression, ["order"] = order }).Predict());
        Assert.Equal(parameter, e.Parameter);
    }

    [Theory]
    [InlineData("relu(z)", 20)]
    [InlineData("tanh(2z)", 12)]
    [InlineData("z^3-z/2", 6)]
    [InlineData("sign(z-1/2)", 30)]
    [InlineData("exp(z)", 10)]
    [InlineData("log(abs(z))", 8)]
    public void Averages_over_samples_agree(string expression, int order)
    {
        var report = new HermiteCoefficientsModel { Expression = expression, Order = order }.Verify(size: 20, trials: 16, seed: 3);
        Assert.Equal(order + 2, report.Rows.Length);
        Assert.All(report.Rows, r => Assert.True(r.Agrees, $"{r.Observable}: predicted {r.Predicted:g6}, measured {r.Mean:g6} ± {r.StandardError:g2}"));
        var row = report.Rows[^1];
        Assert.False((row with { Predicted = 1.05 * row.Predicted }).Agrees);
    }

    private static void AssertSameNumbers(string[] expected, Value.List actual)
    {
        Assert.Equal(expected.Length, actual.Items.Length);
        foreach (var (reference, item) in expected.Zip(actual.Items))
        {
            var text = item.ToText();
            if (reference == "0" || text == "0") Assert.Equal(reference, text);
            else Assert.Equal(new FormulaReader(reference).Read(), new FormulaReader(text).Read());
        }
    }

    private static string Normal(Value list) => list.ToString()!.Replace("1/sqrt(2*pi)", "sqrt(2)/(2*sqrt(pi))", StringComparison.Ordinal);
}
