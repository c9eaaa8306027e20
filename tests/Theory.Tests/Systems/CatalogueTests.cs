using Theory.Contract;
using Theory.Systems;

namespace Theory.Tests.Systems;

public class CatalogueTests
{
    private static readonly Dictionary<string, Value> Inputs = new()
    {
        ["activation"] = "relu(z)",
        ["target"] = "tanh(z)",
        ["alpha"] = 2,
        ["beta"] = 1,
        ["lambda"] = 0.01,
    };

    [Fact]
    public void Defaults_are_filled_in_and_inputs_come_back()
    {
        var problem = Catalogue.Default.Get("random-features").Create(Inputs);
        Assert.Equal(["relu(z)", "tanh(z)", 2.0, 1.0, 0.01, 0.0], problem.Inputs.Select(v => (object)(v is Value.Text t ? t.Content : v.ToDouble())));
    }

    [Fact]
    public void Changing_one_parameter_gives_what_creating_anew_gives()
    {
        var system = Catalogue.Default.Get("random-features");
        var changed = system.Create(Inputs).With("alpha", 3).Predict();
        var anew = system.Create(new Dictionary<string, Value>(Inputs) { ["alpha"] = 3 }).Predict();
        Assert.Equal(anew.Outputs.AsEnumerable(), changed.Outputs);
    }

    [Theory]
    [InlineData("alpha", -1.0, "alpha must be in (0, ∞); got -1")]
    [InlineData("lambda", double.NaN, "lambda: must be a number, got NaN")]
    [InlineData("activation", "relu(z", "activation: ")]
    [InlineData("beta", "wide", "beta: expected a number")]
    [InlineData("gamma", 1.0, "random-features has no parameter gamma")]
    public void Illegal_inputs_are_named_in_one_line(string name, object value, string message)
    {
        var inputs = new Dictionary<string, Value>(Inputs) { [name] = value is double d ? d : (string)value };
        var e = Assert.Throws<InvalidInputException>(() => Catalogue.Default.Get("random-features").Create(inputs));
        Assert.Equal(name, e.Parameter);
        Assert.StartsWith(message, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Missing_inputs_are_named()
    {
        var inputs = new Dictionary<string, Value>(Inputs);
        inputs.Remove("beta");
        var e = Assert.Throws<InvalidInputException>(() => Catalogue.Default.Get("random-features").Create(inputs));
        Assert.Equal("beta", e.Parameter);
    }

    [Theory]
    [InlineData("exp(z^2)")]
    [InlineData("7")]
    public void Functions_that_do_not_serve_are_named_when_predicting(string activation)
    {
        var problem = Catalogue.Default.Get("random-features").Create(new Dictionary<string, Value>(Inputs) { ["activation"] = activation });
        var e = Assert.Throws<InvalidInputException>(() => problem.Predict());
        Assert.Equal("activation", e.Parameter);
        Assert.StartsWith("activation", e.Message);
        Assert.DoesNotContain("(Parameter", e.Message);
    }

    [Fact]
    public void Unknown_systems_are_answered_with_the_known_ones()
    {
        var e = Assert.Throws<InvalidInputException>(() => Catalogue.Default.Get("random-forests"));
        Assert.Contains("random-features", e.Message);
    }

    [Fact]
    public void BibTeX_has_balanced_braces_and_every_field()
    {
        foreach (var source in Catalogue.Default.Systems.SelectMany(s => s.Sources))
        {
            var text = source.ToBibTeX();
            Assert.Equal(text.Count(c => c == '{'), text.Count(c => c == '}'));
            Assert.Contains($"year = {{{source.Year}}}", text);
            Assert.Contains(source.Authors[0], text);
        }
    }
}
