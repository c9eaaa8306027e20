using System.Text.Json;
using Theory.Contract;
using Theory.Exponents;
using Theory.Systems;

namespace Theory.Tests.Exponents;

/// <summary>The systems <c>exponents</c> and <c>amp-weak-recovery</c> as the outside world sees them.</summary>
public sealed class ExponentSystemTests
{
    public static TheoryData<string, string> Points =>
    [
        .. new[] { "exponents", "amp-weak-recovery" }.SelectMany(system => ReferencePoints.All(system).Select(point => (system, point.Text("id")))),
    ];

    [Theory]
    [MemberData(nameof(Points))]
    public void Prediction_meets_the_reference_value(string system, string id)
    {
        var point = ReferencePoints.All(system).Single(p => p.Text("id") == id);
        var inputs = point.GetProperty("inputs").EnumerateObject()
            .ToDictionary(i => i.Name, i => i.Value.ValueKind == JsonValueKind.String ? (Value)i.Value.GetString()! : i.Value.GetDouble());
        var outcome = Catalogue.Default.Get(system).Create(inputs).Predict();
        var tolerance = point.GetProperty("tolerance").GetDouble();
        foreach (var output in point.GetProperty("outputs").EnumerateObject())
            AssertMeets(output.Value, outcome[output.Name], tolerance, output.Name);
    }

    [Fact]
    public void An_activation_hides_the_orders_that_it_does_not_transmit()
    {
        var generic = Predict("exponents", ("expression", "z1+z1*z2+z1*z2*z3"));
        var relu = Predict("exponents", ("expression", "z1+z1*z2+z1*z2*z3"), ("activation", "relu(z)"));
        var none = Predict("exponents", ("expression", "z1+z1*z2+z1*z2*z3"), ("activation", Value.None));
        Assert.Equal("{1: [1, 2, 3], 2: [2, 3], 3: [3]}", generic["learned_dimensions"].ToString());
        Assert.Equal("{1: [1, 2], 2: [2], 3: [2]}", relu["learned_dimensions"].ToString());
        Assert.Equal(generic["learned_dimensions"], none["learned_dimensions"]);
        Assert.Equal(generic["information_exponent"], relu["information_exponent"]);
    }

    [Theory]
    [InlineData("z", "Θ(d)", "Θ(d)", "Θ(d), in O(1) steps", "α d with any α > 0")]
    [InlineData("He2(z)", "Θ(d log d)", "Θ(d)", "Θ(d log d)", "α d above a finite α")]
    [InlineData("He3(z)", "Θ(d^2) up to logarithms", "Θ(d)", "Θ(d), in O(1) steps", "α d with any α > 0")]
    [InlineData("sign(z1*z2*z3)", "Θ(d^2) up to logarithms (conjectured, proved for some classes)", "Θ(d^(3/2))", "more than Θ(d log d)", "more than Θ(d)")]
    public void Sample_complexities_follow_from_the_exponents(string target, string online, string statistical, string reuse, string messagePassing)
    {
        var samples = new LearningExponentsModel { Expression = target }.Predict().SampleComplexities.ToDictionary(c => c.Protocol, c => c.Samples);
        Assert.Equal(online, samples["online_sgd"]);
        Assert.Equal(statistical, samples["statistical_queries"]);
        Assert.Equal(reuse, samples["batch_reuse"]);
        Assert.Equal(messagePassing, samples["amp"]);
    }

    [Theory]
    [InlineData("z1+z1*z2+z3")]
    [InlineData("He3(z1)+z1*z2")]
    [InlineData("z1+He2(z2)+sign(z1)*0")]
    public void Learned_bases_grow_to_the_relevant_directions_at_the_isoLeap(string target)
    {
        var exponents = new LearningExponentsModel { Expression = target }.Predict().Exponents;
        foreach (var (l, steps) in exponents.LearnedSubspaces)
        {
            for (var t = 1; t < steps.Length; t++)
                Assert.True(steps[t].Contains(steps[t - 1]) && steps[t].Dimension > steps[t - 1].Dimension);
            Assert.Equal(l >= exponents.IsoLeap, !steps.IsEmpty && steps[^1].Equals(exponents.Relevant));
        }
        Assert.Equal(exponents.Dimension, exponents.LearnedByReuse.Dimension + exponents.HardUnderReuse.Dimension);
    }

    [Fact]
    public void What_is_not_proved_is_named_in_the_warnings()
    {
        var proved = Predict("exponents", ("expression", "z1*z2+z3"));
        Assert.Equal(new Value.Flag(true), proved["proved"]);
        Assert.Empty(proved.Diagnostics.Warnings);

        // The upper end is a root of b φ(b) = φ(1/2)/2 to twenty digits only, so that c_2 = 0 is no theorem.
        var evidence = Predict("exponents", ("expression", "indicator(1/2<abs(z)<1.6083105988157430162)"));
        Assert.Equal(new Value.Flag(false), evidence["proved"]);
        Assert.Contains(evidence.Diagnostics.Warnings, w => w.StartsWith("information_exponent rests on numerical evidence", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("z1+z1*z2", 0, 2, 0, 0, 0)]
    [InlineData("z1*z2", 0.593751098222257, 0, 2, 0, 0)]
    [InlineData("He2(z1)", 0.5, 0, 1, 0, 0)]
    [InlineData("sign(z1*z2*z3)", double.PositiveInfinity, 0, 0, 3, 0)]
    [InlineData("z^2", 1.0550171762517053, 0, 1, 0, 4)]
    public void Directions_are_trivial_easy_or_hard(string label, double threshold, int trivial, int easy, int hard, double noise)
    {
        var outcome = Predict("amp-weak-recovery", ("expression", label), ("noise", noise));
        Assert.Equal(threshold, outcome["alpha_c"].ToDouble(), 1e-8);
        Assert.Equal([trivial, easy, hard], new[] { "trivial_dimension", "easy_dimension", "hard_dimension" }.Select(name => outcome[name].ToDouble()));
        Assert.True(outcome.Diagnostics.Residual <= 1e-8);
    }

    [Fact]
    public void Noise_raises_the_threshold()
    {
        var thresholds = new[] { 0, 0.1, 1, 3 }.Select(noise => new WeakRecoveryModel { Expression = "abs(z)", Noise = noise }.Predict().Recovery.Threshold).ToArray();
        Assert.Equal(0.5, thresholds[0], 1e-10);
        Assert.Equal(thresholds.Order(), thresholds);
        Assert.Equal(thresholds.Length, thresholds.Distinct().Count());
    }

    [Theory]
    [InlineData("exponents", "expression", "z1+(", "expression")]
    [InlineData("exponents", "expression", "exp(z^2)", "expression")]
    [InlineData("exponents", "expression", "exp(z1^2)*z2", "expression")]
    [InlineData("exponents", "activation", "z1*z2", "activation")]
    [InlineData("exponents", "activation", "exp(z^2)", "activation")]
    [InlineData("amp-weak-recovery", "expression", "exp(z^2)", "expression")]
    [InlineData("amp-weak-recovery", "noise", "-1", "noise")]
    [InlineData("amp-weak-recovery", "noise", "inf", "noise")]
    public void A_bad_input_is_named(string system, string name, string value, string parameter)
    {
        var inputs = new Dictionary<string, Value> { ["expression"] = "z^2", [name] = value == "-1" ? -1 : (Value)value };
        var e = Assert.Throws<InvalidInputException>(() => Catalogue.Default.Get(system).Create(inputs).Predict());
        Assert.Equal(parameter, e.Parameter);
        Assert.StartsWith(parameter, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static Outcome Predict(string system, params (string Name, Value Value)[] inputs) =>
        Catalogue.Default.Get(system).Create(inputs.ToDictionary(i => i.Name, i => i.Value)).Predict();

    private static void AssertMeets(JsonElement expected, Value actual, double tolerance, string name)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.True(actual is Value.Missing || actual is Value.Number { Real: double.PositiveInfinity }, $"{name} is {actual}, not absent");
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.ToDouble(), tolerance * Math.Max(1, Math.Abs(expected.GetDouble())));
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.ToText());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), actual.ToBoolean());
                break;
            case JsonValueKind.Array:
                var items = Assert.IsType<Value.List>(actual).Items;
                Assert.Equal(expected.GetArrayLength(), items.Length);
                foreach (var (element, item) in expected.EnumerateArray().Zip(items))
                    AssertMeets(element, item, tolerance, name);
                break;
            default:
                var entries = Assert.IsType<Value.Map>(actual).Entries.ToDictionary(e => e.Key, e => e.Value);
                foreach (var property in expected.EnumerateObject())
                    AssertMeets(property.Value, entries[property.Name], tolerance, $"{name}.{property.Name}");
                break;
        }
    }
}
