using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Systems.Json;

namespace Theory.Cli.Tests;

[Properties(Arbitrary = [typeof(ValueJsonTests)])]
public sealed class ValueJsonTests
{
    public static Arbitrary<Value> Values() => Gen.Sized(Tree).ToArbitrary();

    [Property]
    public bool A_value_written_as_an_input_reads_back_to_the_same_value(Value value) => ValueJson.Parse(ValueJson.ToJson(value)).Equals(value);

    [Property]
    public bool A_finite_number_reads_back_to_the_same_bits(NormalFloat number) =>
        BitConverter.DoubleToInt64Bits(((Value.Number)ValueJson.Parse(ValueJson.ToJson(number.Get))).Real) == BitConverter.DoubleToInt64Bits(number.Get);

    [Property]
    public bool The_json_of_any_value_is_json_to_others(Value value) => JsonDocument.Parse(ValueJson.ToJson(value)) is not null;

    [Theory]
    [InlineData(double.PositiveInfinity, "\"inf\"")]
    [InlineData(double.NegativeInfinity, "\"-inf\"")]
    [InlineData(1e12, "1000000000000")]
    [InlineData(0.1, "0.1")]
    public void A_number_is_written_in_its_shortest_form(double number, string json)
    {
        Assert.Equal(json, ValueJson.ToJson(number));
        Assert.Equal(number, ValueJson.Parse(json).ToDouble());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1,")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("1e400")]
    [InlineData("nul")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1 2")]
    public void What_is_no_single_value_is_refused(string json) => Assert.Throws<InvalidInputException>(() => ValueJson.Parse(json));

    // A text with half a surrogate pair is no Unicode and has no JSON.
    private static Gen<string> Text() =>
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(s => s.Get).Where(s => !s.EnumerateRunes().Contains(Rune.ReplacementChar));

    private static Gen<Value> Tree(int size)
    {
        var leaf = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(x => (Value)x.Get),
            ArbMap.Default.GeneratorFor<int>().Select(x => (Value)(double)x),
            Text().Select(x => (Value)x),
            ArbMap.Default.GeneratorFor<bool>().Select(x => (Value)x),
            Gen.Constant(Value.None));
        if (size <= 1) return leaf;
        var inner = Tree(size / 3);
        return Gen.OneOf(
            leaf,
            inner.ListOf().Select(items => Value.ListOf(items)),
            Text().Zip(inner).ListOf().Select(entries => (Value)new Value.Map([.. entries.Select(e => KeyValuePair.Create(e.Item1, e.Item2)).DistinctBy(e => e.Key)])));
    }
}
