using FsCheck.Xunit;
using Theory.Symbolics;

namespace Theory.Tests.Symbolics;

// Functions out of this generator may be steeper than double precision resolves: the default suite keeps to one stream of them.
[Properties(Arbitrary = [typeof(ExpressionGenerators)], MaxTest = 300, Replay = "(20261122,4937)")]
public sealed class ScalarFunctionPropertyTests
{
    [Property]
    public void Functions_of_known_parity_have_it_at_every_point(AnyFunction any, int seed)
    {
        if (any.Value.Parity == Parity.None) return;
        var sign = any.Value.Parity == Parity.Odd ? -1 : 1;
        foreach (var z in Points(seed, any.Value)) AssertClose(any.Value, z, -z, (right, left) => right - sign * left);
    }

    [Property]
    public void Functions_that_are_linear_plus_even_have_that_odd_part(AnyFunction any, int seed)
    {
        if (any.Value.LinearPlusEven is not { } slope) return;
        foreach (var z in Points(seed, any.Value)) AssertClose(any.Value, z, -z, (right, left) => (right - left) / 2 - slope.Evaluate([]) * z);
    }

    [Property]
    public void Polynomial_parts_are_the_even_and_odd_parts(AnyFunction any, int seed)
    {
        if (any.Value.Parts is not { } parts) return;
        foreach (var z in Points(seed, any.Value))
        {
            if (parts.Even is { } even) AssertClose(any.Value, z, -z, (right, left) => (right + left) / 2 - At(even, z), Scale(even, z));
            if (parts.Odd is { } odd) AssertClose(any.Value, z, -z, (right, left) => (right - left) / 2 - At(odd, z), Scale(odd, z));
        }
    }

    [Property]
    public void Between_breakpoints_functions_are_smooth(AnyFunction any, int seed)
    {
        var f = any.Value;
        foreach (var z in Points(seed, f))
        {
            if (f.Breakpoints.Any(b => Math.Abs(b - z) < 0.02)) continue;
            // A kink or a jump within the stencil would make the odd fourth-order differences of neighbouring scales disagree grossly.
            var (a, b, c) = (Bend(f, z, 4e-3), Bend(f, z, 2e-3), Bend(f, z, 1e-3));
            if (!a.IsUsable || !b.IsUsable || !c.IsUsable) continue;
            var noise = 10 * (a.Error + b.Error + c.Error);
            var scale = Math.Abs(RunningError.Of(f.Expression!, [z]).Value) + Math.Abs(f.Evaluate(z + 4e-3)) + Math.Abs(f.Evaluate(z - 4e-3));
            var isWild = Math.Abs(a.Value) > 1e-4 * scale;
            if (!isWild) Assert.True(Math.Abs(c.Value) <= 0.4 * Math.Abs(b.Value) + noise + 1e-12 * scale || Math.Abs(b.Value) <= 0.4 * Math.Abs(a.Value) + noise + 1e-12 * scale, $"{f.Text} bends at {z:R}");
        }
    }

    [Property]
    public void Branches_agree_with_the_function_on_their_piece(AnyFunction any, int seed)
    {
        var f = any.Value;
        var simplified = f.Expression!.Simplify();
        foreach (var z in Points(seed, f))
        {
            var branch = Branches.At(simplified, z);
            var expected = RunningError.Of(simplified, [z]);
            var got = RunningError.Of(branch, [z]);
            if (expected.IsUsable && got.IsUsable) Assert.Equal(expected.Value, branch.Evaluate(z), 10 * (expected.Error + got.Error) + 1e-300);
        }
    }

    [Property]
    public void Enclosures_contain_all_values(AnyFunction any, int seed)
    {
        var range = any.Value.Expression!.Simplify().Enclosure;
        foreach (var z in Points(seed, any.Value))
        {
            var value = RunningError.Of(any.Value.Expression!, [z]);
            if (!value.IsUsable) continue;
            Assert.True(value.Value >= range.Lower - value.Error - 1e-12 * Math.Abs(range.Lower), $"{any} at {z} is {value.Value}, below {range.Lower}");
            Assert.True(value.Value <= range.Upper + value.Error + 1e-12 * Math.Abs(range.Upper), $"{any} at {z} is {value.Value}, above {range.Upper}");
        }
    }

    private static IEnumerable<double> Points(int seed, ScalarFunction f)
    {
        var random = new Random(seed);
        for (var i = 0; i < 12; i++)
        {
            var z = 6 * random.NextDouble() - 3;
            if (f.Breakpoints.All(b => Math.Abs(b - z) > 1e-6 && Math.Abs(b + z) > 1e-6)) yield return z;
        }
    }

    private static void AssertClose(ScalarFunction f, double z, double w, Func<double, double, double> difference, double extra = 0)
    {
        var (right, left) = (RunningError.Of(f.Expression!, [z]), RunningError.Of(f.Expression!, [w]));
        if (right.IsUsable && left.IsUsable)
            Assert.Equal(0, difference(right.Value, left.Value), 10 * (right.Error + left.Error) + 1e-13 * (Math.Abs(right.Value) + Math.Abs(left.Value) + extra) + 1e-300);
    }

    private static double At(ConstantPolynomial p, double z) => p.Coefficients.Sum(c => c.Value.Evaluate([]) * Math.Pow(z, c.Key));

    private static double Scale(ConstantPolynomial p, double z) => p.Coefficients.Sum(c => Math.Abs(c.Value.Evaluate([]) * Math.Pow(z, c.Key)));

    /// <summary>f(z−2h) − 4f(z−h) + 6f(z) − 4f(z+h) + f(z+2h): of order h⁴ where f is smooth, h at a kink, 1 at a jump.</summary>
    private static RunningError Bend(ScalarFunction f, double z, double h)
    {
        double[] weights = [1, -4, 6, -4, 1];
        var (sum, error) = (0.0, 0.0);
        for (var i = 0; i < 5; i++)
        {
            var value = RunningError.Of(f.Expression!, [z + (i - 2) * h]);
            if (!value.IsUsable) return new(double.NaN, 0);
            sum += weights[i] * value.Value;
            error += Math.Abs(weights[i]) * value.Error;
        }
        return new(sum, Math.Min(error, 1e-6 * Math.Abs(sum) + error));
    }
}
