using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>A student of width 1 on a target of one direction, two steps, so that all integrals are quadrature.</summary>
public sealed record ReuseCase(string Activation, string Target, double Alpha, double Rate, double Lambda, StudentLoss Loss, double Overlap)
{
    public BatchReuseModel Model => new() { Activation = Activation, Target = Target, Alpha = Alpha, LearningRate = Rate, Lambda = Lambda, Loss = Loss, Readout = [1], Steps = 2, M0 = [[Overlap]] };
}

public static class ReuseCases
{
    public static Arbitrary<ReuseCase> Cases() =>
        (from activation in Gen.Elements("erf(z/sqrt(2))", "tanh(z)", "softplus(z)", "sin(z)")
         from target in Gen.Elements("He3(z)/sqrt(6)", "tanh(2z)", "He2(z)/2+z", "sin(2z)")
         from alpha in Gen.Elements(0.5, 1.0, 2.0)
         from rate in Gen.Elements(0.05, 0.1, 0.3)
         from lambda in Gen.Elements(0, 0.1)
         from loss in Gen.Elements(StudentLoss.Square, StudentLoss.Correlation)
         from overlap in Gen.Elements(0, 0.3)
         select new ReuseCase(activation, target, alpha, rate, lambda, loss, overlap)).ToArbitrary();
}

/// <summary>Any student: width 1 or 2, one or two directions, any loss, momentum and minibatches; its paths are few, so that it is cheap.</summary>
public sealed record AnyReuse(BatchReuseModel Model)
{
    public static Arbitrary<AnyReuse> Any() =>
        (from width in Gen.Choose(1, 2)
         from activation in Gen.Elements("erf(z/sqrt(2))", "softplus(z)", "relu(z)", "tanh(z)")
         from target in Gen.Elements("tanh(z1+z2)", "z1+z1*z2", "sin(z1)*z2", "tanh(2z1)")
         from loss in Gen.Elements(StudentLoss.Square, StudentLoss.Correlation)
         from alpha in Gen.Elements(0.5, 1.0, 3.0)
         from rate in Gen.Elements(0.05, 0.2)
         from lambda in Gen.Elements(0, 0.1)
         from noise in Gen.Elements(0, 0.2)
         from momentum in Gen.Elements(0, 0.5)
         from nesterov in Gen.Elements(false, true)
         from fraction in Gen.Elements(1, 0.5)
         from persistence in Gen.Elements<double?>(null, 3)
         from overlap in Gen.Elements(0, 0.3)
         from seed in Gen.Choose(1, 1000)
         let directions = target.Contains("z2") ? 2 : 1
         select new AnyReuse(new BatchReuseModel
         {
             Activation = activation,
             Target = target,
             Width = width,
             Loss = loss,
             Alpha = alpha,
             LearningRate = rate,
             Lambda = lambda,
             Noise = noise,
             Momentum = momentum,
             Nesterov = nesterov,
             BatchFraction = fraction,
             Persistence = persistence,
             M0 = overlap == 0 ? [] : [.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, directions).Select(j => i == j ? overlap : -overlap / 2).ToImmutable())],
             Steps = 4,
             Seed = (ulong)seed,
             Paths = 256,
             UsesQuadrature = false,
         })).ToArbitrary();
}

/// <summary>Symmetries and limits of the equations, over generated students.</summary>
[Properties(Arbitrary = [typeof(ReuseCases), typeof(AnyReuse)], MaxTest = 4)]
public class BatchReusePropertyTests
{
    private static readonly SolveOptions Return = new() { OnFailure = OnFailure.Return };

    [Property]
    public void The_first_step_is_that_of_fresh_batches_and_the_second_is_not(ReuseCase given)
    {
        var reuse = given.Model.Predict();
        var fresh = new FreshBatchModel { Activation = given.Activation, Target = given.Target, Alpha = given.Alpha, LearningRate = given.Rate, Lambda = given.Lambda, Loss = given.Loss, Readout = [1], Steps = 2, M0 = [[given.Overlap]] }.Predict();
        Assert.Equal(fresh.M[1][0][0], reuse.M[1][0][0], 1e-12);
        Assert.Equal(fresh.Q[1][0][0], reuse.Q[1][0][0], 1e-8);
        Assert.NotEqual(fresh.Q[2][0][0], reuse.Q[2][0][0], 1e-6);
    }

    [Property]
    public void Changing_the_signs_of_labels_and_readout_changes_nothing(ReuseCase given)
    {
        var (one, other) = (given.Model.Predict(), (given.Model with { Target = $"-({given.Target})", Readout = [-1] }).Predict());
        for (var t = 0; t <= 2; t++)
        {
            Assert.Equal(one.M[t][0][0], other.M[t][0][0], 1e-9);
            Assert.Equal(one.Q[t][0][0], other.Q[t][0][0], 1e-9);
        }
    }

    [Property]
    public void Without_samples_the_weights_only_shrink(ReuseCase given)
    {
        var p = (given.Model with { Alpha = 1e-12 }).Predict();
        var factor = Math.Pow(1 - given.Rate * given.Lambda, 2);
        Assert.Equal(factor * given.Overlap, p.M[2][0][0], 1e-9);
        Assert.Equal(factor * factor, p.Q[2][0][0], 1e-9);
    }

    [Property(MaxTest = 2)]
    public void A_chain_that_forgets_at_once_is_the_independent_minibatch(ReuseCase given)
    {
        var independent = given.Model with { BatchFraction = 0.5 };
        var (one, other) = (independent.Predict(), (independent with { Persistence = 2 }).Predict());
        Assert.Equal(one.M[2][0][0], other.M[2][0][0], 1e-9);
        Assert.Equal(one.Q[2][0][0], other.Q[2][0][0], 1e-8);
        Assert.NotEqual(one.Q[2][0][0], given.Model.Predict().Q[2][0][0], 1e-5);
    }

    [Property(MaxTest = 8)]
    public void Steps_are_bit_for_bit_those_of_a_longer_run(AnyReuse given)
    {
        var (shorter, longer) = ((given.Model with { Steps = 2 }).Predict(Return), given.Model.Predict(Return));
        for (var t = 0; t <= 2; t++)
        {
            Assert.Equal(shorter.M[t].SelectMany(r => r), longer.M[t].SelectMany(r => r));
            Assert.Equal(shorter.Q[t].SelectMany(r => r), longer.Q[t].SelectMany(r => r));
            Assert.Equal(shorter.GeneralizationError[t], longer.GeneralizationError[t]);
        }
        Assert.Equal(shorter.TrainLoss, longer.TrainLoss.Take(2));
    }

    [Property(MaxTest = 8)]
    public void Overlaps_are_those_of_real_vectors_and_the_noise_is_a_covariance(AnyReuse given)
    {
        var p = given.Model.Predict(Return);
        var (steps, width) = (p.M.Length - 1, given.Model.Width);
        var norms = Block(steps + 1, width, (t, i, s, j) => (s <= t ? p.Correlation[t][s][i][j] : p.Correlation[s][t][j][i]) - p.M[t][i].Zip(p.M[s][j], (a, b) => a * b).Sum());
        var noise = Block(steps, width, (t, i, s, j) => s <= t ? p.NoiseKernel[t][s][i][j] : p.NoiseKernel[s][t][j][i]);
        foreach (var matrix in new[] { norms, noise })
            Assert.True(SymmetricRoot.Split(matrix, 0).Least > -1e-9 * Enumerable.Range(0, matrix.GetLength(0)).Sum(r => Math.Abs(matrix[r, r])));
        for (var t = 0; t <= steps; t++) Assert.Equal(p.Q[t].SelectMany(r => r), p.Correlation[t][t].SelectMany(r => r));
    }

    [Property(MaxTest = 8)]
    public void Exchanging_the_neurons_exchanges_their_overlaps(AnyReuse given)
    {
        var model = given.Model with { Width = 2, Readout = [0.9, -0.4], M0 = [], Q0 = [[1, 0.2], [0.2, 0.7]], Paths = 512 };
        var (one, other) = (model.Predict(Return), (model with { Readout = [-0.4, 0.9], Q0 = [[0.7, 0.2], [0.2, 1]] }).Predict(Return));
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < one.M[4][0].Length; j++) Within(one.M[4][i][j], one.MError[4][i][j], other.M[4][1 - i][j], other.MError[4][1 - i][j]);
            for (var j = 0; j < 2; j++) Within(one.Q[4][i][j], one.QError[4][i][j], other.Q[4][1 - i][1 - j], other.QError[4][1 - i][1 - j]);
        }
    }

    [Property]
    public void Turning_the_target_turns_the_overlaps(ReuseCase given, bool mirrored)
    {
        // The directions (3, 4)/5 and (−4, 3)/5 of a function of two variables, mirrored or not, at the first step.
        var sign = mirrored ? -1 : 1;
        var model = given.Model with { Target = "tanh(z1)+z1*z2/2", M0 = [[0.3, 0.1]], Steps = 1 };
        var (one, other) = (model.Predict(), (model with
        {
            Target = $"tanh(3/5*z1+4/5*z2)+(3/5*z1+4/5*z2)*({sign})*(-4/5*z1+3/5*z2)/2",
            M0 = [[0.6 * 0.3 - 0.8 * sign * 0.1, 0.8 * 0.3 + 0.6 * sign * 0.1]],
        }).Predict());
        var (m, n) = (one.M[1][0], other.M[1][0]);
        Assert.Equal(0.6 * m[0] - 0.8 * sign * m[1], n[0], 1e-7);
        Assert.Equal(0.8 * m[0] + 0.6 * sign * m[1], n[1], 1e-7);
        Assert.Equal(one.Q[1][0][0], other.Q[1][0][0], 1e-7);
        Assert.Equal(one.TrainLoss[0], other.TrainLoss[0], 1e-7);
    }

    [Property]
    public void An_even_target_is_never_learned_from_no_overlap(ReuseCase given)
    {
        var p = (given.Model with { Target = "cos(2z)+He2(z)/4", M0 = [] }).Predict();
        Assert.All(p.M, m => Assert.Equal(0, m[0][0], 1e-10));
    }

    [Property]
    public void An_odd_student_turns_with_the_labels(ReuseCase given)
    {
        var model = given.Model with { Activation = "tanh(z)", M0 = [] };
        var (one, other) = (model.Predict(), (model with { Target = $"-({given.Target})" }).Predict());
        for (var t = 0; t <= 2; t++)
        {
            Assert.Equal(-one.M[t][0][0], other.M[t][0][0], 1e-9);
            Assert.Equal(one.Q[t][0][0], other.Q[t][0][0], 1e-9);
        }
    }

    [Property]
    public void The_first_overlap_is_linear_in_the_number_of_samples(ReuseCase given)
    {
        double First(double alpha) => (given.Model with { Alpha = alpha, Steps = 1 }).Predict().M[1][0][0];
        var shrunk = (1 - given.Rate * given.Lambda) * given.Overlap;
        Assert.Equal(2 * (First(given.Alpha) - shrunk), First(2 * given.Alpha) - shrunk, 1e-9);
    }

    private static void Within(double x, double xError, double y, double yError) => Assert.InRange(x - y, -7 * Math.Sqrt(xError * xError + yError * yError) - 1e-9, 7 * Math.Sqrt(xError * xError + yError * yError) + 1e-9);

    private static double[,] Block(int times, int width, Func<int, int, int, int, double> entry)
    {
        var matrix = new double[times * width, times * width];
        for (var r = 0; r < times * width; r++)
            for (var c = 0; c < times * width; c++) matrix[r, c] = entry(r / width, r % width, c / width, c % width);
        return matrix;
    }
}

file static class Rows
{
    public static System.Collections.Immutable.ImmutableArray<double> ToImmutable(this IEnumerable<double> numbers) => [.. numbers];
}
