using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Symbolics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>The Markov chain of the overlaps beside explicit SGD, its own mean map, and its limits.</summary>
public class OverlapChainTests
{
    private static readonly DenseMatrix Q = DenseMatrix.OfArray(new[,] { { 1, 0.2 }, { 0.2, 1 } });
    private static readonly DenseMatrix M = DenseMatrix.OfArray(new[,] { { 0.3, -0.1 }, { 0, 0.4 } });
    private static readonly DenseMatrix P = DenseMatrix.OfArray(new[,] { { 1, 0.1 }, { 0.1, 0.8 } });

    public static TheoryData<string, string, SgdLoss, int, bool> Laws => new()
    {
        { "erf(z/sqrt(2))", "erf(z1)/2 + erf(z2)/2", SgdLoss.Square, 1, false },
        { "erf(z/sqrt(2))", "erf(z1)/2 + erf(z2)/2", SgdLoss.Square, 3, true },
        { "relu(z)", "z1*z2", SgdLoss.Correlation, 1, true },
        { "relu(z)", "relu(z1) - z2", SgdLoss.Square, 80, false },
        { "tanh(z) + z/2", "z1^2 + z2", SgdLoss.Correlation, 4, false },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_chain_has_the_law_of_explicit_SGD(string activation, string target, SgdLoss loss, int batch, bool spherical)
    {
        var runs = batch > 10 ? 400 : 3000;
        const int Dimension = 12, Steps = 6;
        double[] a = [1, -0.7];
        SampleCoefficients Rule() => CoefficientRules.Of(activation, Expression.Parse(target), a, 0.2, loss);
        var (chain, explicitly) = (
            ParallelTrials.Run(runs, 11, (_, random) =>
            {
                var run = new OverlapChain(Q, M, P, Dimension, batch, 0.8, Rule(), spherical, random);
                for (var t = 0; t < Steps; t++) run.Step();
                return Overlaps(run.StudentOverlaps(), run.TeacherOverlaps());
            }, threads: 1),
            ParallelTrials.Run(runs, 12, (_, random) =>
            {
                var run = new ExplicitSgd(Q, M, P, Dimension, batch, 0.8, Rule(), spherical, random);
                for (var t = 0; t < Steps; t++) run.Step();
                return Overlaps(run.StudentOverlaps(), run.TeacherOverlaps());
            }, threads: 1));
        for (var i = 0; i < 7; i++)
        {
            double[] x = [.. chain.Select(row => row[i]).Order()], y = [.. explicitly.Select(row => row[i]).Order()];
            if (x[^1] - x[0] < 1e-9) continue;   // the norms of spherical weights
            var (left, right) = (RunningEstimate.Of(x), RunningEstimate.Of(y));
            var error = Math.Sqrt(left.Variance / runs + right.Variance / runs);
            Assert.True(Math.Abs(left.Mean - right.Mean) <= 4.5 * error, $"overlap {i}: {left} against {right}");
            // Kolmogorov–Smirnov at p = 1e-4.
            Assert.True(Distance(x, y) <= 2.23 * Math.Sqrt(2.0 / runs), $"overlap {i}: distance {Distance(x, y)}");
        }
    }

    [Theory]
    [InlineData("erf(z/sqrt(2))", SgdLoss.Square, 3)]
    [InlineData("He2(z)/2", SgdLoss.Square, 1)]
    [InlineData("He2(z)/2", SgdLoss.Correlation, 4)]
    public void The_mean_of_a_step_is_the_map_exact_at_finite_dimension(string activation, SgdLoss loss, int batch)
    {
        const int Runs = 100_000;
        var model = new BatchMapModel { Activation = activation, Q0 = Rows(Q), M0 = Rows(M), P = Rows(P), A = [1, -0.7], Dimension = 12, BatchSize = batch, LearningRate = 0.4, Noise = 0.2, Loss = loss, Steps = 1, FiniteDimension = true };
        var prediction = model.Predict();
        double[] expected = [prediction.Q[0][0], prediction.Q[0][1], prediction.Q[1][1], prediction.M[0][0], prediction.M[0][1], prediction.M[1][0], prediction.M[1][1]];
        var means = expected.Select(_ => new RunningEstimate()).ToArray();
        var target = Expression.Parse(activation);
        target = target.Substitute(1, Expression.OfVariable(1)) * Expression.OfRational(new(1, 2)) + target.Substitute(1, Expression.OfVariable(2)) * Expression.OfRational(new(1, 2));
        var (rule, random) = (CoefficientRules.Of(activation, target, [1, -0.7], 0.2, loss), new RandomStream(5));
        for (var i = 0; i < Runs; i++)
        {
            var chain = new OverlapChain(Q, M, P, 12, batch, 0.4, rule, false, random);
            chain.Step();
            var overlaps = Overlaps(chain.StudentOverlaps(), chain.TeacherOverlaps());
            for (var k = 0; k < 7; k++) means[k].Add(overlaps[k]);
        }
        for (var k = 0; k < 7; k++) Assert.True(Math.Abs(means[k].Mean - expected[k]) <= 4.5 * means[k].StandardError, $"overlap {k}: {means[k]} against {expected[k]}");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(1, true)]
    public void In_a_billion_dimensions_the_chain_follows_its_mean(int batch, bool spherical)
    {
        var model = new BatchMapModel { Activation = "erf(z/sqrt(2))", Q0 = Rows(Q), M0 = Rows(M), P = Rows(P), A = [1, 0.5], Dimension = 1e9, BatchSize = batch, LearningRate = 2e-9, Steps = 50, Spherical = spherical };
        // A step moves nothing visible: compare the change itself, of which the noise is a part 1/√50 of the square.
        var chain = new OverlapChain(Q, M, P, 1e9, batch, 2e-9, CoefficientRules.Of("erf(z/sqrt(2))", Expression.Parse("erf(z1/sqrt(2))/2 + erf(z2/sqrt(2))/2"), [1, 0.5], 0, SgdLoss.Square), spherical, new RandomStream(3));
        for (var t = 0; t < 50; t++) chain.Step();
        Assert.Equal(1, chain.StudentOverlap(0, 0), spherical ? 1e-12 : 1e-5);
        Assert.Equal(model.Predict().M[0][0], chain.Overlap(0, 0), 1e-6);
    }

    [Fact]
    public void The_short_cut_for_single_neurons_is_the_general_step()
    {
        // The same law: means of 20,000 short runs, where the general step is forced by a batch of one in two halves of rate.
        var (one, two) = (new RunningEstimate(), new RunningEstimate());
        var unit = DenseMatrix.CreateIdentity(1);
        var rule = CoefficientRules.Hermite(2, 0.3, SgdLoss.Square);
        SampleCoefficients first = (fields, noise, c) =>
        {
            Span<double> pair = [fields[0], fields[2]];
            rule(pair, noise, c[..1]);
            c[1] = 0;
        };
        var (random, m) = (new RandomStream(8), DenseMatrix.Create(1, 1, 0.4));
        for (var i = 0; i < 20_000; i++)
        {
            var single = new OverlapChain(unit, m, unit, 20, 1, 0.05, rule, true, random);
            // A second student of no consequence; γ/p is what counts.
            var pair = new OverlapChain(DenseMatrix.CreateIdentity(2), DenseMatrix.OfArray(new[,] { { 0.4 }, { 0 } }), unit, 20, 1, 0.1, first, true, random);
            for (var t = 0; t < 5; t++)
            {
                single.Step();
                pair.Step();
            }
            one.Add(single.Overlap(0, 0));
            two.Add(pair.Overlap(0, 0));
        }
        Assert.Equal(one.Mean, two.Mean, 4.5 * Math.Sqrt(one.Variance / 20_000 + two.Variance / 20_000));
        Assert.Equal(1, one.StandardDeviation / two.StandardDeviation, 0.04);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var chain = new OverlapChain(DenseMatrix.CreateIdentity(1), DenseMatrix.Create(1, 1, 0.1), DenseMatrix.CreateIdentity(1), 1e6, 1, 1e-6, CoefficientRules.Hermite(3, 0, SgdLoss.Square), true, new RandomStream(1));
        for (var t = 0; t < 100; t++) chain.Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var t = 0; t < 1000; t++) chain.Step();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Overlaps_of_no_vectors_are_refused()
    {
        var rule = CoefficientRules.Hermite(3, 0, SgdLoss.Square);
        var unit = DenseMatrix.CreateIdentity(1);
        Assert.Throws<ArgumentException>(() => new OverlapChain(unit, DenseMatrix.Create(1, 1, 1.2), unit, 100, 1, 0.1, rule, true, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OverlapChain(unit, unit, unit, 2, 1, 0.1, rule, true, new RandomStream(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OverlapChain(unit, unit, unit, 100, 0, 0.1, rule, true, new RandomStream(1)));
    }

    private static double[] Overlaps(Matrix<double> q, Matrix<double> m) => [q[0, 0], q[0, 1], q[1, 1], m[0, 0], m[0, 1], m[1, 0], m[1, 1]];

    private static System.Collections.Immutable.ImmutableArray<System.Collections.Immutable.ImmutableArray<double>> Rows(Matrix<double> matrix) =>
        [.. matrix.ToRowArrays().Select(row => System.Collections.Immutable.ImmutableArray.Create(row))];

    private static double Distance(double[] x, double[] y)
    {
        var (i, j, worst) = (0, 0, 0.0);
        while (i < x.Length && j < y.Length)
        {
            if (x[i] <= y[j]) i++;
            else j++;
            worst = Math.Max(worst, Math.Abs(i / (double)x.Length - j / (double)y.Length));
        }
        return worst;
    }
}
