using System.Collections.Immutable;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Systems;
using Theory.Tests.Reference;

namespace Theory.Tests.Dynamics;

/// <summary>Reference values, symmetries and limits of the mean map of mini-batch SGD.</summary>
[Properties(Arbitrary = [typeof(BatchMapCases)], MaxTest = 40)]
public class BatchMapPropertyTests
{
    public static TheoryData<string> Ids => ReferenceFile.Ids("online-batch.json");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "online-batch.json");

    [Property(MaxTest = 20)]
    public void The_polynomials_of_a_Hermite_neuron_are_the_moments_of_its_activation(NeuronCase neuron)
    {
        if (neuron.Order > 4) return;
        long[] factorial = [1, 1, 2, 6, 24];
        foreach (var finite in new[] { false, true })
        {
            var closed = neuron.Model() with { FiniteDimension = finite };
            var general = closed with { HermiteOrder = null, Activation = $"He{neuron.Order}(z)/sqrt({factorial[neuron.Order]})", Spherical = true };
            var (left, right) = (closed.Predict(), general.Predict());
            Assert.Equal(left.M[0][0], right.M[0][0], 1e-8);
            Assert.Equal(left.Risk, right.Risk, 1e-8);
        }
    }

    [Property]
    public void The_exact_variance_tends_to_its_leading_order_as_the_dimension_grows(NeuronCase neuron)
    {
        double Gap(double d) => Math.Abs(((neuron with { Dimension = d }).Model(1) with { FiniteDimension = true }).Predict().M[0][0] - (neuron with { Dimension = d }).Model(1).Predict().M[0][0]);
        var still = neuron with { BatchSize = 1e4, LearningRate = 1e-3 };
        neuron = still;
        Assert.Equal(Gap(1e3), Gap(2e3), 0.2 * Gap(1e3) + 1e-12);   // the difference H₂ − 2H does not depend on d
    }

    [Property]
    public void Infinite_batches_make_a_step_of_gradient_descent(NeuronCase neuron)
    {
        var (m, l) = (neuron.M0, neuron.Order);
        var x = neuron.Loss == SgdLoss.Square ? 1 : 0;
        var step = (neuron with { BatchSize = double.PositiveInfinity }).Model(1).Predict();
        // w + γ(F − mG)/(1 − m²)(w* − mw) + γGw in the plane of w and w*.
        var (along, across) = (1 + neuron.LearningRate * l * (Math.Pow(m, l) - x), neuron.LearningRate * l * Math.Pow(m, l - 1));
        var (w, t) = (along - across * m, across);
        Assert.Equal((w * m + t) / Math.Sqrt(w * w + 2 * w * t * m + t * t), step.M[0][0], 1e-13);
    }

    [Property]
    public void The_overlap_of_unit_vectors_never_exceeds_one(NeuronCase neuron) =>
        Assert.All(neuron.Model(200).Predict().Path!.Value, m => Assert.InRange(m, -1 - 1e-12, 1 + 1e-12));

    [Property]
    public void Exchanging_the_students_exchanges_their_overlaps(PairCase pair)
    {
        var swapped = pair with { M = [pair.M[1], pair.M[0]], A = [pair.A[1], pair.A[0]] };
        var (left, right) = (pair.Model().Predict(), swapped.Model().Predict());
        for (var r = 0; r < 2; r++)
            for (var j = 0; j < 2; j++) Assert.Equal(left.M[j][r], right.M[1 - j][r], 1e-9);
        Assert.Equal(left.Q[0][0], right.Q[1][1], 1e-9);
        Assert.Equal(left.Risk, right.Risk, 1e-9);
    }

    [Property]
    public void For_an_odd_activation_turning_a_readout_is_turning_its_weight(PairCase pair)
    {
        ImmutableArray<ImmutableArray<double>> turned = [[.. pair.M[0].Select(m => -m)], pair.M[1]], q = [[1, -pair.Q[0][1]], [-pair.Q[0][1], 1]];
        var (left, right) = (pair.Model().Predict(), (pair with { M = turned, Q = q, A = [-pair.A[0], pair.A[1]] }).Model().Predict());
        Assert.Equal(left.M[0][0], -right.M[0][0], 1e-9);
        Assert.Equal(left.M[1][1], right.M[1][1], 1e-9);
        Assert.Equal(left.Q[0][1], -right.Q[0][1], 1e-9);
    }

    [Property(MaxTest = 10)]
    public void Small_steps_follow_the_order_parameter_equations(PairCase pair)
    {
        const double Eta = 0.3, Time = 0.5;
        double Gap(double rate)
        {
            // γ/p per step; η = γd/(pn).
            var model = (pair with { Dimension = 2 * Eta * 10 / rate, BatchSize = 10, LearningRate = rate }).Model(steps: (int)Math.Round(Time * 2 / rate));
            var flow = new OnlineSgdModel
            {
                Activation = "erf(z/sqrt(2))",
                Q0 = pair.Q,
                M0 = pair.M,
                P = [[1, 0], [0, 1]],
                A = pair.A,
                Noise = pair.Noise,
                Loss = pair.Loss,
                Eta = Eta,
                Spherical = pair.Spherical,
                Times = [Time],
            };
            var (steps, limit) = (model.Predict(), flow.Predict());
            return Math.Max(Math.Abs(steps.M[0][0] - limit.M[0][0][0]), Math.Abs(steps.Q[0][1] - limit.Q[0][0][1]));
        }
        // An error of first order in γ.
        Assert.InRange(Gap(1e-3), 0, 0.6 * Gap(2e-3) + 1e-9);
        Assert.InRange(Gap(1e-3), 0, 0.02);
    }

    [Property]
    public void Without_any_term_nothing_moves(PairCase pair)
    {
        var still = (pair.Model() with { Gradient = false, Variance = false, Autocorrelation = false }).Predict();
        Assert.Equal(pair.M[0][1], still.M[0][1], 1e-14);
        Assert.Equal(pair.Q[0][1], still.Q[0][1], 1e-14);
    }

    [Fact]
    public void The_regimes_of_the_published_figure_come_out_of_the_full_map()
    {
        // ½R + ½Δ after 10, 100, 1000, 10000 steps: d = 10⁴, two erf students and teachers, from M = 0.
        (double N, double Rate, double[] Values)[] regimes = [(10, 0.09487, [0.1124, 0.1205, 0.1205, 0.1205]), (100, 0.08, [0.0798, 0.0401, 0.0184, 0.0184]), (100, 0.001, [0.08827, 0.08657, 0.0707, 0.0122])];
        foreach (var (n, rate, values) in regimes)
        {
            for (var i = 0; i < 4; i++)
            {
                var model = new BatchMapModel { Activation = "erf(z/sqrt(2))", M0 = [[0, 0], [0, 0]], Q0 = [[1, 0.00305], [0.00305, 1]], Dimension = 1e4, BatchSize = n, LearningRate = rate, Noise = 0.01, Spherical = true, Steps = (int)Math.Pow(10, i + 1) };
                Assert.Equal(values[i], model.Predict().Risk / 2 + 0.005, 2e-4);
            }
        }
    }

    [Fact]
    public void Keeping_the_variance_alone_gives_the_published_plateau_of_the_noise_regime()
    {
        var model = new BatchMapModel { Activation = "erf(z/sqrt(2))", M0 = [[0, 0], [0, 0]], Q0 = [[1, 0.00305], [0.00305, 1]], Dimension = 1e4, BatchSize = 10, LearningRate = 0.09487, Noise = 0.01, Spherical = true, Steps = 1000, Gradient = false, Autocorrelation = false };
        Assert.Equal(0.13, model.Predict().Risk / 2 + 0.005, 1e-4);
    }

    [Fact]
    public void Illegal_inputs_are_named()
    {
        var model = new BatchMapModel { HermiteOrder = 3, M0 = [[0.1]], Dimension = 100, BatchSize = 10, LearningRate = 0.1, Steps = 3 };
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { HermiteOrder = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Dimension = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { BatchSize = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Steps = -1 });
        Assert.Equal("activation", Assert.Throws<InvalidInputException>(() => (model with { Activation = "tanh(z)" }).Predict()).Parameter);
        Assert.Equal("m0", Assert.Throws<InvalidInputException>(() => (model with { M0 = [[0.1, 0.2]] }).Predict()).Parameter);
        Assert.Equal("m0", Assert.Throws<InvalidInputException>(() => (model with { M0 = [[1.1]] }).Predict()).Parameter);
        var network = model with { HermiteOrder = null, Activation = "tanh(z)" };
        Assert.Equal("q0", Assert.Throws<InvalidInputException>(() => (network with { Q0 = [[2]], Spherical = true }).Predict()).Parameter);
        Assert.Equal("q0", Assert.Throws<InvalidInputException>(() => (network with { M0 = [[2]] }).Predict()).Parameter);
        Assert.Equal("a", Assert.Throws<InvalidInputException>(() => (network with { A = [1, 1] }).Predict()).Parameter);
        Assert.Equal("target", Assert.Throws<InvalidInputException>(() => (network with { Target = Theory.Symbolics.Expression.Parse("z1*z2") }).Predict()).Parameter);
        Assert.Equal("batch_size", Assert.Throws<InvalidInputException>(() => BatchMapExperiment.Run(model with { BatchSize = 2.5 }, 0, 1)).Parameter);
    }
}
