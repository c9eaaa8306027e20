using System.Numerics;
using System.Text.Json;
using Theory.Exponents;
using Theory.Hermite.Tensors;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Exponents;

public sealed class PolynomialReferenceTests
{
    public static TheoryData<string> Polynomials() => [.. Points().Select(point => point.Text("id"))];

    [Theory]
    [MemberData(nameof(Polynomials))]
    public void Exponents_of_a_polynomial_are_those_of_the_reference(string id)
    {
        var point = Points().Single(p => p.Text("id") == id);
        var outputs = point.GetProperty("outputs");
        var exponents = LearningExponents.Of(ExponentCases.Polynomial(point.Expression()));
        Assert.Equal(outputs.IntegerOrNull("information_exponent"), exponents.InformationExponent);
        Assert.Equal(outputs.IntegerOrNull("leap"), exponents.Leap);
        Assert.Equal(outputs.GetProperty("merged_staircase").GetBoolean(), exponents.IsMergedStaircase);
        Assert.Equal(outputs.IntegerOrNull("iso_leap"), exponents.IsoLeap);
        Assert.Equal(outputs.IntegerOrNull("dimension"), exponents.Dimension);
        Assert.Equal(outputs.IntegerOrNull("generative_leap"), exponents.GenerativeLeap);
        Assert.Equal(outputs.Text("second_moment"), exponents.SecondMoment.ToString());
        Assert.Equal(Rows(outputs.GetProperty("subspace_basis")), Rows(exponents.Relevant!));
        foreach (var dimensions in outputs.GetProperty("learned_dimensions").EnumerateObject())
            Assert.Equal(dimensions.Value.EnumerateArray().Select(d => d.GetInt32()), exponents.LearnedDimensions[int.Parse(dimensions.Name)]);
        Assert.True(exponents.IsProved, string.Join("\n", exponents.Certificates));
        if (!point.TryGetProperty("flag", out var flag) || flag.ValueKind != JsonValueKind.Array)
            return;
        Assert.Equal(Flag(flag), exponents.Flag.Select(step => (step.Order, Rows(step.Learned))));
        // The recorded generative flags stop at few powers of the label: ours may see more at once, never less.
        foreach (var (expected, actual) in point.GetProperty("generative_flag").EnumerateArray().Zip(exponents.GenerativeFlag))
        {
            Assert.Equal(expected.GetProperty("k").GetInt32(), actual.Order);
            Assert.True(actual.Learned.Contains(Read(expected.GetProperty("basis"), actual.Learned.AmbientDimension)));
        }
    }

    [Theory]
    [MemberData(nameof(Polynomials))]
    public void Hermite_coefficients_and_learned_bases_are_those_of_the_reference(string id)
    {
        var point = Points().Single(p => p.Text("id") == id);
        var f = ExponentCases.Polynomial(point.Expression());
        // Keys are multi-indices, as "1,0,2"; the mean is listed only where it is not 0.
        var expected = point.GetProperty("hermite").EnumerateObject().ToDictionary(
            h => MultiIndex.Of(h.Name.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray()), h => Fraction(h.Value.GetString()!));
        Assert.Equal(expected, f.HermiteTerms.ToDictionary());
        var exponents = LearningExponents.Of(f);
        foreach (var bases in point.GetProperty("learned_bases").EnumerateObject())
            Assert.Equal(bases.Value.ValueKind == JsonValueKind.Null ? [] : bases.Value.EnumerateArray().Select(Rows), exponents.LearnedSubspaces[int.Parse(bases.Name)].Select(Rows));
    }

    private static IReadOnlyList<JsonElement> Points() => [.. ReferencePoints.All("exponents").Where(p => p.Text("id").StartsWith("poly"))];

    private static IEnumerable<(int, string)> Flag(JsonElement flag) =>
        flag.EnumerateArray().Select(step => (step.GetProperty("k").GetInt32(), Rows(step.GetProperty("basis"))));

    private static Subspace Read(JsonElement rows, int variables) => Subspace.Span(
        variables, rows.EnumerateArray().Select(row => row.EnumerateArray().Select(e => Fraction(e.GetString()!)).ToList()));

    private static BigRational Fraction(string text)
    {
        var parts = text.Split('/');
        return new(BigInteger.Parse(parts[0]), parts.Length > 1 ? BigInteger.Parse(parts[1]) : 1);
    }

    private static string Rows(JsonElement rows) =>
        string.Join(" ", rows.EnumerateArray().Select(row => string.Join(",", row.EnumerateArray().Select(e => e.GetString()))));

    private static string Rows(Subspace subspace) => string.Join(" ", subspace.Basis.Select(row => string.Join(",", row)));
}
