using System.Text.Json;
using Theory.Contract;
using Theory.Systems;

namespace Theory.Tests.Reference;

/// <summary>Files of reference values.</summary>
internal static class ReferenceFile
{
    /// <summary>The contents of a file.</summary>
    public static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file))).RootElement;

    /// <summary>The ids of the points whose system is in the catalogue.</summary>
    public static TheoryData<string> Ids(params string[] files) =>
        [.. Points(files).Where(p => Catalogue.Default.Find(p.GetProperty("system").GetString()!) is not null).Select(p => p.GetProperty("id").GetString()!)];

    /// <summary>Predicts a point and compares every output within its tolerance, relative to the larger of 1 and its size.</summary>
    public static void Check(string id, params string[] files)
    {
        var point = Points(files).Single(p => p.GetProperty("id").GetString() == id);
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

    private static IEnumerable<JsonElement> Points(string[] files) => files.SelectMany(f => Read(f).EnumerateArray());

    private static void Compare(string name, JsonElement expected, Value actual, double tolerance)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.Equal(Value.None, actual);
                break;
            case JsonValueKind.Array:
                var items = Assert.IsType<Value.List>(actual).Items;
                Assert.Equal(expected.GetArrayLength(), items.Length);
                for (var i = 0; i < items.Length; i++) Compare($"{name}[{i}]", expected[i], items[i], tolerance);
                break;
            default:
                var number = expected.GetDouble();
                Assert.True(Math.Abs(number - actual.ToDouble()) <= tolerance * Math.Max(1, Math.Abs(number)), $"{name}: expected {number:R}, got {actual}");
                break;
        }
    }

    private static Value ToValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Array => Value.ListOf(json.EnumerateArray().Select(ToValue)),
        _ => json.GetDouble(),
    };
}
