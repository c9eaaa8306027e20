using Theory.Contract;
using Theory.Systems;
using Theory.Systems.Diagrams;

namespace Theory.Tests.Diagrams;

public class PhaseRuleTests
{
    private static readonly ISystem Ridge = Catalogue.Default.Get("ridge-regression");
    private static readonly Outcome Fit = Ridge.Create(new Dictionary<string, Value> { ["alpha"] = 2, ["lambda"] = 0.1, ["noise"] = 0.25 }).Predict();

    [Theory]
    [InlineData("alpha == 2", true)]
    [InlineData("alpha != 2", false)]
    [InlineData("test_error > train_error", true)]
    [InlineData("test_error - 0.25 < 0.01*alpha^2 and noise >= 1/4", false)]
    [InlineData("sqrt(alpha) > 1.41 and alpha<=2", true)]
    [InlineData("2*train_error > nu", true)]
    public void A_condition_compares_expressions_in_outputs_and_inputs(string text, bool holds)
    {
        var rule = PhaseRule.Parse(text, Ridge);
        Assert.Equal([text, $"not ({text})"], rule.Classes);
        Assert.Equal(rule.Classes[holds ? 0 : 1], rule.Classify(Fit));
    }

    [Fact]
    public void The_first_clause_that_holds_names_the_class()
    {
        Assert.Equal("b", PhaseRule.Parse("a: alpha < 1; b: alpha < 3; c: alpha < 5; d", Ridge).Classify(Fit));
        Assert.Equal("otherwise", PhaseRule.Parse("a: alpha < 1", Ridge).Classify(Fit));
        Assert.Equal(["a", "otherwise"], PhaseRule.Parse("a: alpha < 1", Ridge).Classes);
    }

    [Fact]
    public void Lists_are_counted_and_their_elements_compared_and_what_is_absent_compares_false()
    {
        var support = Catalogue.Default.Get("sample-covariance-support");
        var outcome = support.Create(new Dictionary<string, Value> { ["eigenvalues"] = Value.Vector([1, 10]), ["weights"] = Value.Vector([0.5, 0.5]), ["aspect_ratio"] = 0.1 }).Predict();
        string Class(string rule) => PhaseRule.Parse("yes: " + rule, support).Classify(outcome);
        Assert.Equal("yes", Class("count(edges) == 4"));
        Assert.Equal("yes", Class("edges[2] > edges[1] and eigenvalues[1] == 10"));
        Assert.Equal("otherwise", Class("edges[7] > 0"));
        Assert.Equal("otherwise", Class("edges[7] != 0"));
        Assert.Equal("otherwise", Class("exists(edges[7])"));
        Assert.Equal("yes", Class("exists(edges[3])"));
    }

    [Fact]
    public void An_absent_threshold_does_not_exist_and_a_text_is_compared_with_a_word()
    {
        var thresholds = Catalogue.Default.Get("subspace-clustering-thresholds");
        Outcome At(double rho) => thresholds.Create(new Dictionary<string, Value> { ["clusters"] = 2, ["alpha"] = 2, ["sparsity"] = rho }).Predict();
        var rule = PhaseRule.Parse("jump: exists(reduced_lambda_it); continuous", thresholds);
        Assert.Equal(("jump", "continuous"), (rule.Classify(At(0.1)), rule.Classify(At(0.3))));

        var clustering = Catalogue.Default.Get("subspace-clustering");
        var hard = clustering.Create(new Dictionary<string, Value> { ["clusters"] = 2, ["alpha"] = 2, ["sparsity"] = 0.1, ["lambda"] = 0.95, ["unit"] = "spectral" }).Predict();
        Assert.Equal("hard", PhaseRule.Default(clustering).Classify(hard));
        Assert.Equal("yes", PhaseRule.Parse("yes: phase == hard", clustering).Classify(hard));
        Assert.Equal("otherwise", PhaseRule.Parse("yes: phase != hard", clustering).Classify(hard));
        Assert.Equal("yes", PhaseRule.Parse("yes: unit == spectral and q_u_bayes > q_u", clustering).Classify(hard));
    }

    [Theory]
    [InlineData("")]
    [InlineData("test_error")]
    [InlineData("alpha")]
    [InlineData("nonsense > 1")]
    [InlineData("alpha >")]
    [InlineData("alpha > 1 > 2")]
    [InlineData("z > 1")]
    [InlineData("alpha + > 1")]
    [InlineData("exists(nothing)")]
    [InlineData("a: alpha < 1; b; c: alpha > 2")]
    [InlineData("a: alpha < 1; a: alpha > 2")]
    [InlineData("count(nothing) > 1")]
    public void A_rule_that_means_nothing_is_refused_in_one_line(string text)
    {
        var fault = Assert.Throws<InvalidInputException>(() => PhaseRule.Parse(text, Ridge));
        Assert.Equal("rule", fault.Parameter);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
