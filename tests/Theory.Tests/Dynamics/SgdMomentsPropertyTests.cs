using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Numerics.LinearAlgebra;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>Laws of the moments of one-pass SGD.</summary>
[Properties(Arbitrary = [typeof(SgdCases)], MaxTest = 25)]
public class SgdMomentsPropertyTests
{
    [Property]
    public void The_variance_is_positive_semi_definite(SgdCase c)
    {
        var h = c.Evaluate().H.ToArray();
        var p = c.Width;
        var least = DenseAlgebra.SymmetricEigenvalues(DenseMatrix.Create(p, p, (i, j) => h[i * p + j]))[0];
        Assert.True(least >= -1e-9 * h.Max(Math.Abs));
    }

    [Property]
    public void Label_noise_enters_the_variance_only_and_linearly(SgdCase c)
    {
        var (none, one, two) = (c.Evaluate(noise: 0), c.Evaluate(noise: 1), c.Evaluate(noise: 2));
        Near(none.F, one.F);
        Near(none.G, one.G);
        Near([none.Risk], [two.Risk]);
        Near([.. none.H.ToArray().Zip(two.H.ToArray(), (x, y) => (x + y) / 2)], one.H);
    }

    [Property]
    public void Permuting_students_and_teachers_permutes_the_moments(SgdCase c)
    {
        var (p, k) = (c.Width, c.Teachers);
        var (moments, weights) = (c.Evaluate(), c.Weights());
        double[][] turned = [.. weights.Take(p).Reverse(), .. weights.Skip(p).Reverse()];
        var other = SgdCase.Evaluate(c.Task() with { Readout = [.. c.Readout().Reverse()] }, SgdCase.Overlaps(turned));
        Near(moments.F.ToArray().Reverse().ToArray(), other.F);
        Near(moments.G.ToArray().Reverse().ToArray(), other.G);
        Near(moments.H.ToArray().Reverse().ToArray(), other.H);
        Near([moments.Risk], [other.Risk]);
        Assert.Equal(p * k, moments.F.Length);
    }

    [Property]
    public void Students_that_are_the_teacher_have_no_drift_and_the_variance_of_the_noise(ClosedFormCase closed)
    {
        var c = closed.Case with { Loss = SgdLoss.Square };
        var teachers = c.Weights().Skip(c.Width).ToArray();
        var task = c.Task() with { Readout = [.. teachers.Select(_ => 1.0)] };
        var omega = SgdCase.Overlaps([.. teachers, .. teachers]);
        var (moments, clean) = (SgdCase.Evaluate(task with { Noise = 1 }, omega), SgdCase.Evaluate(task with { Noise = 0 }, omega));
        Near(new double[moments.F.Length], moments.F, 1e-7);
        Near(new double[moments.G.Length], moments.G, 1e-7);
        Near([0], [moments.Risk], 1e-9);
        Near(new double[moments.H.Length], clean.H, 1e-7);
        Assert.All(moments.H.ToArray().Where((_, i) => i % (teachers.Length + 1) == 0), x => Assert.True(x > 0));
    }

    [Property(MaxTest = 15)]
    public void Closed_forms_are_what_cubature_gives(ClosedFormCase closed)
    {
        var c = closed.Case with { Width = 1, Teachers = 1 };
        var (task, omega) = (c.Task(), SgdCase.Overlaps(c.Weights()));
        var (exact, values) = (SgdCase.Evaluate(task, omega), new MomentValues(1, 1));
        Assert.True(exact.IsExact);
        var error = CubatureMoments.Create(task).Refine(omega, 1e-9, values);
        Assert.True(error <= 1e-8, $"{error}");
        Near(exact.F, values.F, 1e-7);
        Near(exact.G, values.G, 1e-7);
        Near(exact.H, values.H, 1e-7);
        Near([exact.Risk], [values.Risk], 1e-7);
    }

    [Property]
    public void Flipping_a_student_and_its_readout_changes_nothing_for_odd_activations(SgdCase any)
    {
        var c = any with { Activation = any.Teachers == 1 ? "erf(z/sqrt(2))" : "He3(z)" };
        var (moments, weights, readout) = (c.Evaluate(), c.Weights(), c.Readout());
        weights[0] = [.. weights[0].Select(x => -x)];
        readout[0] = -readout[0];
        var flipped = SgdCase.Evaluate(c.Task() with { Readout = [.. readout] }, SgdCase.Overlaps(weights));
        Near([moments.Risk], [flipped.Risk]);
        for (var r = 0; r < c.Teachers; r++) Near([moments.F[r]], [-flipped.F[r]]);
        Near([moments.G[0], moments.H[0]], [flipped.G[0], flipped.H[0]]);
    }

    [Property]
    public void The_correlation_loss_sees_no_other_student(ClosedFormCase closed)
    {
        var c = closed.Case with { Loss = SgdLoss.Correlation, Width = 2 };
        var (weights, task) = (c.Weights(), c.Task());
        var before = SgdCase.Evaluate(task, SgdCase.Overlaps(weights)).F.ToArray();
        weights[1] = [.. weights[1].Select((x, i) => 0.3 * x + 0.1 * i)];
        var after = SgdCase.Evaluate(task, SgdCase.Overlaps(weights)).F.ToArray();
        Near(before.AsSpan(0, c.Teachers), after.AsSpan(0, c.Teachers));
    }

    [Property]
    public void An_isotropic_target_does_not_see_a_rotation_of_the_teacher(SgdCase any)
    {
        var c = any with { Teachers = 2, Width = 2, Activation = any.Activation == "tanh(z)" ? "relu(z)" : any.Activation };
        var (weights, turned) = (c.Weights(), c.Weights());
        var (cos, sin) = (Math.Cos(0.7), Math.Sin(0.7));
        for (var i = 0; i < weights[2].Length; i++)
            (turned[2][i], turned[3][i]) = (cos * weights[2][i] - sin * weights[3][i], sin * weights[2][i] + cos * weights[3][i]);
        var task = c.Task("z1^2 + z2^2 - 1/2");
        var (one, other) = (SgdCase.Evaluate(task, SgdCase.Overlaps(weights)), SgdCase.Evaluate(task, SgdCase.Overlaps(turned)));
        Near(one.G, other.G);
        Near(one.H, other.H);
        Near([one.Risk], [other.Risk]);
    }

    [Property]
    public void The_drift_along_a_student_is_minus_the_gradient_of_the_risk(ClosedFormCase closed)
    {
        // dR/dε of w_0 → w_0 + ε v is −(1/p) a_0 E[σ′(l_0) e v·z].
        var c = closed.Case with { Loss = SgdLoss.Square };
        var (weights, moments) = (c.Weights(), c.Evaluate());
        const double Step = 1e-4;
        double RiskAt(double epsilon)
        {
            double[][] moved = [.. weights];
            moved[0] = [.. weights[0].Zip(weights[c.Width], (x, v) => x + epsilon * v)];
            return SgdCase.Evaluate(c.Task(), SgdCase.Overlaps(moved)).Risk;
        }

        Near([-moments.F[0] / c.Width], [(8 * (RiskAt(Step) - RiskAt(-Step)) - (RiskAt(2 * Step) - RiskAt(-2 * Step))) / (12 * Step)], 1e-7);
    }

    [Property]
    public void The_variance_at_finite_dimension_of_a_linear_student_is_known(int seed)
    {
        var c = new SgdCase(1, 1, (ulong)Math.Abs((long)seed), 0, SgdLoss.Square, "z");
        var (moments, variance) = (SgdMoments.Of(c.Task("z1")), new double[1]);
        moments.EvaluateVariance(SgdCase.Overlaps(c.Weights()), 50, variance);
        // e is Gaussian and linear: E[e² xᵀΩ⁺x] = (r + 2) E e².
        Near([52 * moments.H[0]], variance, 1e-9);
    }

    [Theory]
    [InlineData("softplus(z)", "z1 + z1*z2")]
    [InlineData("relu(z)", "z1 + z1*z2")]
    [InlineData("relu(z)", "relu(z1) - relu(z2)")]
    [InlineData("relu(z - 1/2)", "z1 + He2(z2)")]
    [InlineData("sigmoid(z)", "sign(z1*z2)")]
    [InlineData("sigmoid(z)", "relu(z1 + z2) + cos(z1)")]
    public void Averages_over_explicit_samples_are_the_moments(string activation, string target)
    {
        var report = Example(activation, target).Verify(trials: 12, seed: 5);
        Assert.All(report.Rows, row => Assert.True(row.Agrees, $"{row.Observable}[{row.Element}]: {row.Mean} ± {row.StandardError} against {row.Predicted}"));
    }

    [Theory]
    [InlineData("He2(z) + z/2")]
    [InlineData("erf(z/sqrt(2))")]
    public void Conditional_series_give_the_closed_forms(string activation)
    {
        var c = new SgdCase(2, 2, 3, 0.3, SgdLoss.Square, activation);
        var (task, omega) = (c.Task(), SgdCase.Overlaps(c.Weights()));
        var (exact, values) = (SgdCase.Evaluate(task, omega), new MomentValues(2, 2));
        var error = AdditiveMoments.TryCreate(task, AdditiveForm.Of(task))!.Refine(omega, 1e-9, values);
        Assert.True(exact.IsExact && error <= 1e-8, $"{error}");
        Near(exact.F, values.F, 1e-8);
        Near(exact.G, values.G, 1e-8);
        Near(exact.H, values.H, 1e-8);
        Near([exact.Risk], [values.Risk], 1e-8);
    }

    [Fact]
    public void Overlaps_of_no_weights_are_refused()
    {
        var model = Example("relu(z)", "z1") with { M = [[3, 0], [0, 0]] };
        Assert.Equal("m", Assert.Throws<InvalidInputException>(() => model.Predict()).Parameter);
    }

    [Fact]
    public void Near_perfect_recovery_half_line_moments_stay_exact()
    {
        var task = new SgdTask { Activation = "relu(z)", Readout = [1, 1], Teachers = 2 };
        const double Gap = 1e-7;
        var moments = SgdCase.Evaluate(task, [1, 0, 1 - Gap, 0, 0, 1, 0, 1, 1 - Gap, 0, 1, 0, 0, 1, 0, 1]);
        Assert.InRange(moments.Risk, 0, 1e-7);
        Assert.InRange(moments.H[0], 0, 1e-7);
    }

    private static SgdMomentsModel Example(string activation, string target) => new()
    {
        Activation = activation,
        Target = target,
        Q = [[1, 0.2], [0.2, 0.8]],
        M = [[0.3, -0.1], [0.05, 0.4]],
        P = [[1, 0.1], [0.1, 1]],
        A = [1, -0.7],
        Noise = 0.2,
    };

    internal static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance = 1e-8)
    {
        Assert.Equal(expected.Length, actual.Length);
        var size = 1.0;
        foreach (var x in expected) size = Math.Max(size, Math.Abs(x));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * size, $"[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
    }
}
