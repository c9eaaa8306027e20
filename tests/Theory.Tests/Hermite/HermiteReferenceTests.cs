using System.Text.Json;
using Theory.Hermite;
using Theory.Tests.Reference;

namespace Theory.Tests.Hermite;

public sealed class HermiteReferenceTests
{
    private static readonly JsonElement Points =
        ReferenceFile.Read("hermite.json");

    public static TheoryData<string> Expressions => [.. Points.EnumerateArray().Select(p => p.GetProperty("expression").GetString()!)];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Coefficients_agree_with_multiprecision_to_1e_13_of_the_norm(string text)
    {
        var point = Find(text);
        var expansion = HermiteExpansion.Of(text, 20);
        var second = point.GetProperty("second_moment").GetDouble();
        var norm = Math.Sqrt(second);
        Assert.Equal(second, expansion.SecondMoment, 1e-13 * second);
        Assert.True(expansion.IsConverged);
        var (k, factorial, rest) = (0, 1.0, second);
        foreach (var raw in point.GetProperty("coefficients").EnumerateArray())
        {
            if (k > 0) factorial *= k;
            var value = raw.GetDouble() / Math.Sqrt(factorial);
            var error = Math.Abs(expansion[k].Value - value);
            Assert.InRange(error, 0, 1e-13 * norm);
            Assert.InRange(error, 0, expansion[k].Error + 4e-16 * norm);
            Assert.Equal(raw.GetDouble(), expansion[k].Raw, 1e-13 * norm * Math.Sqrt(factorial));
            Assert.Equal(raw.GetDouble() / factorial, expansion[k].Expansion, 1e-13 * norm / Math.Sqrt(factorial));
            rest -= value * value;
            k++;
        }
        Assert.Equal(21, k);
        Assert.Equal(rest, expansion.ParsevalResidual, 1e-12 * second);
        Assert.Equal(Math.Sqrt(Math.Max(0, expansion.ParsevalResidual)), expansion.TailNorm);
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Nothing_is_called_zero_that_is_not_and_nothing_nonzero_that_is_zero(string text)
    {
        var point = Find(text);
        var expansion = HermiteExpansion.Of(text, 20);
        var zeros = point.GetProperty("zeros").EnumerateArray().Select(e => e.GetInt32()).ToHashSet();
        var (k, factorial) = (0, 1.0);
        foreach (var raw in point.GetProperty("coefficients").EnumerateArray())
        {
            if (k > 0) factorial *= k;
            var isZero = zeros.Contains(k) || raw.GetDouble() == 0;
            if (expansion[k].IsZero) Assert.True(isZero, $"{text}: c_{k} is {raw}");
            if (isZero) Assert.True(expansion[k].Status is CoefficientStatus.ExactZero or CoefficientStatus.NumericallyZero, $"{text}: c_{k} = 0 is said to be {expansion[k].Status}");
            else if (Math.Abs(raw.GetDouble()) / Math.Sqrt(factorial) > 1e-11 * Math.Sqrt(expansion.SecondMoment)) Assert.True(expansion[k].Status is CoefficientStatus.ExactNonzero or CoefficientStatus.NumericNonzero, $"{text}: c_{k} = {raw} is said to be {expansion[k].Status}");
            k++;
        }
    }

    private static JsonElement Find(string text) => Points.EnumerateArray().Single(p => p.GetProperty("expression").GetString() == text);
}
