using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Exponents;
using Theory.Symbolics;

namespace Theory.Tests.Exponents;

/// <summary>A label without a trivial direction, a one-to-one function of labels, a rational rotation and a noise.</summary>
public sealed record RecoveryCase(string Label, string Injection, (int C, int S, int Norm) Angle, double Noise)
{
    private static readonly string[] Even =
        ["abs(z)", "z^2", "cos(z)", "He2(z)", "He4(z)", "exp(-z^2)", "max(abs(z)-1/2,0)", "min(abs(z),1)", "indicator(abs(z)<1)", "z^4-2*z^2", "1/(1+z^2)"];

    private static readonly string[] Injections = ["u^3 + u", "sigmoid(u)", "tanh(u)", "-u", "3*u - 2", "u/1000000007 + 12345", "arctan(2*u)"];

    public static Arbitrary<RecoveryCase> Any() =>
        (from label in Gen.Frequency(
            (3, Gen.Elements(Even)),
            (1, Gen.Elements("z1*z2", "sign(z1)*z2", "z1^3*sign(z2)", "sign(z1*z2)", "z1^2 + 2*z2^2", "abs(z1) + abs(z2)", "z1^2 - abs(z2)", "z1^2 + z2^2")))
         from injection in Gen.Elements(Injections)
         from angle in Gen.Elements((3, 4, 5), (5, 12, 13), (-8, 15, 17), (0, 1, 1), (20, -21, 29))
         from noise in Gen.Elements(0, 0.3, 1.7)
         select new RecoveryCase(label, injection, angle, noise)).ToArbitrary();

    /// <summary>The label, with its variables turned.</summary>
    public Expression Turned()
    {
        var (c, s, n) = Angle;
        var moved = Expression.Parse(Label).Substitute(1, Expression.OfVariable(3)).Substitute(2, Expression.OfVariable(4));
        return moved.Substitute(3, Expression.Parse($"({c}*z1 + {s}*z2)/{n}")).Substitute(4, Expression.Parse($"({-s}*z1 + {c}*z2)/{n}"));
    }

    /// <summary>A one-to-one function of the label.</summary>
    public Expression Composed() => Expression.Parse(Injection.Replace("u", $"({Label})", StringComparison.Ordinal));
}

[Properties(Arbitrary = [typeof(RecoveryCase)], MaxTest = 10)]
public sealed class WeakRecoveryPropertyTests
{
    [Property]
    public void One_to_one_functions_of_the_label_leave_the_threshold(RecoveryCase c) =>
        AssertSame(WeakRecovery.Of(Expression.Parse(c.Label)), WeakRecovery.Of(c.Composed()));

    [Property]
    public void Rotations_of_the_variables_leave_the_threshold(RecoveryCase c) =>
        AssertSame(WeakRecovery.Of(Expression.Parse(c.Label), c.Noise), WeakRecovery.Of(c.Turned(), c.Noise));

    [Property]
    public void Labels_and_noise_of_another_scale_have_the_same_threshold(RecoveryCase c) =>
        AssertSame(WeakRecovery.Of(Expression.Parse(c.Label), c.Noise), WeakRecovery.Of(Expression.Parse($"12345 - ({c.Label})/1000003"), c.Noise / 1000003 / 1000003));

    [Property]
    public void Noise_raises_the_threshold(RecoveryCase c)
    {
        var (without, with, more) = (WeakRecovery.Of(Expression.Parse(c.Label)), WeakRecovery.Of(Expression.Parse(c.Label), 0.2), WeakRecovery.Of(Expression.Parse(c.Label), 0.4));
        if (double.IsInfinity(without.Threshold)) return;
        Assert.True(without.Threshold <= with.Threshold + 4 * (without.Error + with.Error), $"{without.Threshold} {with.Threshold}");
        Assert.True(with.Threshold <= more.Threshold + 4 * (with.Error + more.Error), $"{with.Threshold} {more.Threshold}");
    }

    private static void AssertSame(WeakRecovery a, WeakRecovery b)
    {
        Assert.Equal((a.Trivial.Dimension, a.Easy.Dimension, a.Hard.Dimension), (b.Trivial.Dimension, b.Easy.Dimension, b.Hard.Dimension));
        if (double.IsInfinity(a.Threshold)) Assert.Equal(a.Threshold, b.Threshold);
        else Assert.InRange(b.Threshold - a.Threshold, -Allowed(), Allowed());

        double Allowed() => 4 * (a.Error + b.Error) + 1e-8 * (1 + a.Threshold);
    }
}
