using System.Text.Json;
using Theory.Contract;
using Theory.Systems;

namespace Theory.Tests.Factorization;

public class FactorizationReferenceTests
{
    public static TheoryData<string> Ids => [.. Points().Where(p => Catalogue.Default.Find(p.GetProperty("system").GetString()!) is not null).Select(p => p.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id)
    {
        var point = Points().Single(p => p.GetProperty("id").GetString() == id);
        var inputs = point.GetProperty("inputs").EnumerateObject()
            .ToDictionary(i => i.Name, i => i.Value.ValueKind == JsonValueKind.String ? (Value)i.Value.GetString()! : i.Value.GetDouble());
        var outcome = Catalogue.Default.Get(point.GetProperty("system").GetString()!).Create(inputs).Predict();

        var tolerances = point.GetProperty("tolerance");
        foreach (var output in point.GetProperty("outputs").EnumerateObject())
        {
            var tolerance = tolerances.TryGetProperty("outputs", out var own) && own.TryGetProperty(output.Name, out var t)
                ? t.GetDouble()
                : tolerances.GetProperty("default").GetDouble();
            if (output.Value.ValueKind == JsonValueKind.Null)
            {
                Assert.Equal(Value.None, outcome[output.Name]);
                continue;
            }

            var expected = output.Value.GetDouble();
            Assert.Equal(expected, outcome[output.Name].ToDouble(), tolerance * Math.Max(1, Math.Abs(expected)));
        }
    }

    private static List<JsonElement> Points() =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "factorization.json"))).RootElement.EnumerateArray()];
}
