using System.Text.Json;
using Theory.Tests.Reference;

namespace Theory.Tests.Exponents;

/// <summary>The reference values of exponents and thresholds.</summary>
internal static class ReferencePoints
{
    internal static IReadOnlyList<JsonElement> All(string system) =>
    [
        .. ReferenceFile.Read("exponents.json").EnumerateArray().Where(point => point.GetProperty("system").GetString() == system),
    ];

    internal static string Text(this JsonElement point, string name) => point.GetProperty(name).GetString()!;

    internal static string Expression(this JsonElement point) => point.GetProperty("inputs").Text("expression");

    internal static int? IntegerOrNull(this JsonElement point, string name) =>
        point.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;
}
