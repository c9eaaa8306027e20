using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Channels;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;

namespace Theory.Tests.Channels;

/// <summary>Mean and variance of a teacher's field.</summary>
public sealed record FieldCase(double Mean, double Variance, double Parameter);

public static class FieldCases
{
    public static Arbitrary<FieldCase> Fields() =>
        (from mean in Gen.Choose(-4000, 4000)
         from variance in LossCases.LogUniform(1e-6, 1e3)
         from parameter in LossCases.LogUniform(1e-2, 1e2)
         select new FieldCase(mean / 1000.0, variance, parameter)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(FieldCases)])]
public class TeacherTests
{
    [Property]
    public void The_logit_teacher_is_its_integral_over_the_field(FieldCase field)
    {
        var teacher = new LogitTeacher(field.Parameter);
        var root = Math.Sqrt(field.Variance);
        var (probability, slope) = teacher.At(1, field.Mean, field.Variance);
        double[] breaks = [-field.Mean / root, (-field.Mean - 20 / field.Parameter) / root, (-field.Mean + 20 / field.Parameter) / root];
        var expected = GaussianExpectation.Of(z => 1 / (1 + Math.Exp(-field.Parameter * (field.Mean + root * z))), breaks);
        Assert.Equal(expected.Value, probability, 1e-11);
        var bend = GaussianExpectation.Of(z => field.Parameter / Math.Pow(2 * Math.Cosh(0.5 * field.Parameter * (field.Mean + root * z)), 2), breaks);
        Assert.True(Math.Abs(bend.Value - slope) <= 1e-10 * (1 + field.Parameter), $"{bend.Value} {slope}");
    }

    [Property]
    public void Labels_have_total_probability_one_and_opposite_slopes(FieldCase field)
    {
        foreach (var teacher in (IBinaryTeacher[])[new LogitTeacher(field.Parameter), ThresholdTeacher.Sign(field.Parameter), ThresholdTeacher.TryCreate("sign(z^3 - z)", field.Parameter)!])
        {
            var (plus, up) = teacher.At(1, field.Mean, field.Variance);
            var (minus, down) = teacher.At(-1, field.Mean, field.Variance);
            Assert.Equal(1, plus + minus, 1e-12);
            Assert.Equal(0, up + down, 1e-10 * (1 + Math.Abs(up)));
        }
    }

    [Property]
    public void The_slope_is_the_derivative_of_the_probability(FieldCase field)
    {
        foreach (var teacher in (IBinaryTeacher[])[new LogitTeacher(field.Parameter), ThresholdTeacher.TryCreate("-sign(z^3 - z)", field.Parameter)!])
        {
            var variance = field.Variance + 0.01;
            const double Step = 1e-4;
            var difference = (teacher.At(1, field.Mean + Step, variance).Probability - teacher.At(1, field.Mean - Step, variance).Probability) / (2 * Step);
            Assert.Equal(difference, teacher.At(1, field.Mean, variance).Slope, 1e-5);
        }
    }

    [Theory]
    [InlineData("sign(z)", 1)]
    [InlineData("-sign(z - 2)", 1)]
    [InlineData("sign(z^3 - z)", 3)]
    [InlineData("2*step(z) - 1", 1)]
    public void Functions_with_values_of_one_and_minus_one_are_recognised(string formula, int thresholds)
    {
        ScalarFunction g = formula;
        var teacher = ThresholdTeacher.TryCreate(g, 0)!;
        Assert.Equal(thresholds, teacher.StepCount);
        foreach (var z in (double[])[-3, -0.7, -0.2, 0.3, 0.8, 1.7, 5]) Assert.Equal(g.Evaluate(z), teacher.Label(z));
    }

    [Theory]
    [InlineData("tanh(z)")]
    [InlineData("z")]
    [InlineData("2*sign(z)")]
    [InlineData("step(z)")]
    public void Other_functions_are_not(string formula) => Assert.Null(ThresholdTeacher.TryCreate(formula, 0));
}
