using System.Text.Json;
using Theory.Contract;
using Theory.Systems;

namespace Theory.Tests.Features;

public class LearnedFeaturesReferenceTests
{
    public static TheoryData<string> Ids => [.. Points().Select(p => p.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id)
    {
        var point = Points().Single(p => p.GetProperty("id").GetString() == id);
        var inputs = point.GetProperty("inputs").EnumerateObject().ToDictionary(i => i.Name, i => ToValue(i.Value));
        var outcome = Catalogue.Default.Get(point.GetProperty("system").GetString()!).Create(inputs).Predict();
        var tolerances = point.GetProperty("tolerance");
        foreach (var output in point.GetProperty("outputs").EnumerateObject())
        {
            var tolerance = tolerances.TryGetProperty("outputs", out var own) && own.TryGetProperty(output.Name, out var t)
                ? t.GetDouble()
                : tolerances.GetProperty("default").GetDouble();
            Compare(output.Name, output.Value, outcome[output.Name], tolerance);
        }
    }

    private static void Compare(string name, JsonElement expected, Value actual, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            var items = Assert.IsType<Value.List>(actual).Items;
            Assert.Equal(expected.GetArrayLength(), items.Length);
            for (var i = 0; i < items.Length; i++) Compare($"{name}[{i}]", expected[i], items[i], tolerance);
            return;
        }
        var number = expected.GetDouble();
        Assert.True(Math.Abs(number - actual.ToDouble()) <= tolerance * Math.Max(1, Math.Abs(number)), $"{name}: expected {number:R}, got {actual}");
    }

    private static Value ToValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Array => Value.ListOf(json.EnumerateArray().Select(ToValue)),
        _ => json.GetDouble(),
    };

    private static List<JsonElement> Points() =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "learned-features.json"))).RootElement.EnumerateArray()];
}
