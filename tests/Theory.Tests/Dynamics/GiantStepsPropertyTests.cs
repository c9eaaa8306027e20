using FsCheck.Xunit;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Numerics.Quadrature;
using Theory.Symbolics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>Symmetries and limits of the map of giant steps.</summary>
[Properties(Arbitrary = [typeof(GiantStepsCases)], MaxTest = 40)]
public class GiantStepsPropertyTests
{
    [Property]
    public void Rotating_the_target_and_the_start_rotates_the_overlaps(PlaneCase plane)
    {
        // f(Rz) with R = ((3/5, 4/5), (−4/5, 3/5)) has its directions turned by Rᵀ.
        var (rotated, straight) = (
            plane.Model("3/5*z1 + 4/5*z2", "-4/5*z1 + 3/5*z2", 0.6 * plane.U1 - 0.8 * plane.U2, 0.8 * plane.U1 + 0.6 * plane.U2).Predict(),
            plane.Model().Predict());
        for (var t = 0; t < straight.Overlaps.Length; t++)
        {
            var (u, v) = (straight.Overlaps[t], rotated.Overlaps[t]);
            Assert.Equal(0.6 * u[0] - 0.8 * u[1], v[0], 1e-7);
            Assert.Equal(0.8 * u[0] + 0.6 * u[1], v[1], 1e-7);
            Assert.Equal(1, (1 + straight.SquaredNorm[t]) / (1 + rotated.SquaredNorm[t]), 1e-6);
        }
    }

    [Property]
    public void Flipping_a_coordinate_of_target_and_start_flips_its_overlap_only(PlaneCase plane)
    {
        var (flipped, straight) = (plane.Model("z1", "-z2", plane.U1, -plane.U2).Predict(), plane.Model().Predict());
        for (var t = 0; t < straight.Overlaps.Length; t++)
        {
            Assert.Equal(straight.Overlaps[t][0], flipped.Overlaps[t][0], 1e-9);
            Assert.Equal(-straight.Overlaps[t][1], flipped.Overlaps[t][1], 1e-9);
            Assert.Equal(1, (1 + straight.SquaredOverlaps[t][1]) / (1 + flipped.SquaredOverlaps[t][1]), 1e-8);
        }
    }

    [Property]
    public void Flipping_target_and_learning_rate_changes_nothing(PlaneCase plane)
    {
        var other = plane with { A = -plane.A, B = -plane.B, C = -plane.C, E = -plane.E, Rate = -plane.Rate };
        var (left, right) = (plane.Model().Predict(), other.Model().Predict());
        for (var t = 0; t < left.Overlaps.Length; t++)
            Assert.Equal(left.Overlaps[t][0], right.Overlaps[t][0], 1e-9);
    }

    [Property]
    public void Overlaps_stay_inside_the_unit_ball(PlaneCase plane) =>
        Assert.All(plane.Model().Predict().Overlaps, row => Assert.InRange(row.Sum(u => u * u), 0, 1 + 1e-12));

    [Property]
    public void A_learning_rate_of_zero_leaves_the_overlaps_where_they_are(PlaneCase plane)
    {
        var prediction = (plane with { Rate = 0 }).Model().Predict();
        Assert.All(prediction.Overlaps, row => Assert.Equal(plane.U1, row[0], 1e-14));
        Assert.All(prediction.Overlaps, row => Assert.Equal(plane.U2, row[1], 1e-14));
        Assert.All(prediction.NoiseFloor, row => Assert.All(row, floor => Assert.Equal(0, floor)));
    }

    [Fact]
    public void The_noise_floor_closes_like_the_root_of_the_batch()
    {
        var model = GiantStepsCases.Staircase("z1 + z1*z2") with { Steps = 2, BatchSize = 100_000_000 };
        var (few, many) = (model.Predict(), (model with { BatchSize = 400_000_000 }).Predict());
        Assert.All(many.NoiseFloor, row => Assert.All(row, floor => Assert.InRange(floor, 0, 1e-3)));
        Assert.Equal(2, few.NoiseFloor[2][1] / many.NoiseFloor[2][1], 1e-3);
    }

    [Fact]
    public void A_step_is_the_gradient_integrated_over_inputs()
    {
        const double u1 = 0.3, u2 = -0.2, rate = 1.5;
        const int d = 50, n = 700;
        ScalarFunction slope = Expression.Parse("tanh(z + 1/3)").Differentiate();
        var (rule, b) = (GaussHermite.Rule(50), Math.Sqrt(1 - u1 * u1 - u2 * u2));
        double g1 = 0, g2 = 0, outside = 0, v = 0, c11 = 0, c12 = 0, c22 = 0;
        for (var i = 0; i < 50; i++)
        {
            for (var j = 0; j < 50; j++)
            {
                for (var k = 0; k < 50; k++)
                {
                    var (z1, z2, z3) = (rule.Nodes[i], rule.Nodes[j], rule.Nodes[k]);
                    var weight = rule.Weights[i] * rule.Weights[j] * rule.Weights[k];
                    var y = (z1 + z1 * z2) * slope.Evaluate(u1 * z1 + u2 * z2 + b * z3);
                    (g1, g2, outside) = (g1 + weight * y * z1, g2 + weight * y * z2, outside + weight * y * z3);
                    (v, c11, c12, c22) = (v + weight * y * y, c11 + weight * y * y * z1 * z1, c12 + weight * y * y * z1 * z2, c22 + weight * y * y * z2 * z2);
                }
            }
        }
        var (a1, a2, a3) = (u1 + rate * g1, u2 + rate * g2, b + rate * outside);
        var length = Math.Sqrt(a1 * a1 + a2 * a2 + a3 * a3 + rate * rate * (d - 2) * v / n);
        var prediction = new GiantStepsModel
        {
            Target = "z1 + z1*z2",
            Activation = "tanh(z + 1/3)",
            LearningRate = rate,
            Dimension = d,
            BatchSize = n,
            Steps = 1,
            InitialOverlaps = [u1, u2],
        }.Predict();
        Assert.Equal(a1 / length, prediction.Overlaps[1][0], 1e-8);
        Assert.Equal(a2 / length, prediction.Overlaps[1][1], 1e-8);

        // Noise of the gradient, through the derivative (1 − u′u′ᵀ)/N of the normalisation.
        var (p1, p2) = ((1 - a1 / length * (a1 / length)) / length, -a1 / length * (a2 / length) / length);
        var variance = rate * rate / n * (p1 * p1 * (c11 - g1 * g1) + 2 * p1 * p2 * (c12 - g1 * g2) + p2 * p2 * (c22 - g2 * g2));
        Assert.Equal(Math.Sqrt(variance), prediction.NoiseFloor[1][0], 1e-8);
    }

    [Fact]
    public void Noise_travels_by_the_derivative_of_the_map()
    {
        // With Σ the covariance after one step, the second step adds J Σ Jᵀ; the correlation in Σ is unknown here but lies in [−1, 1].
        var model = GiantStepsCases.Staircase("z1 + z1*z2") with { Steps = 2, BatchSize = 2_000_000_000, InitialOverlaps = [0.4, 0.3] };
        var two = model.Predict();
        var middle = model with { Steps = 1, InitialOverlaps = two.Overlaps[1] };
        var fresh = middle.Predict().NoiseFloor[1];
        const double h = 1e-5;
        for (var i = 0; i < 2; i++)
        {
            var (along1, along2) = (
                Math.Abs(After(middle, 0, h)[i] - After(middle, 0, -h)[i]) / (2 * h) * two.NoiseFloor[1][0],
                Math.Abs(After(middle, 1, h)[i] - After(middle, 1, -h)[i]) / (2 * h) * two.NoiseFloor[1][1]);
            var transported = Math.Sqrt(two.NoiseFloor[2][i] * two.NoiseFloor[2][i] - fresh[i] * fresh[i]);
            Assert.InRange(transported, Math.Abs(along1 - along2) * (1 - 1e-3), (along1 + along2) * (1 + 1e-3));
        }
    }

    [Fact]
    public void Without_a_bias_relu_never_learns_the_third_direction_and_with_one_it_does()
    {
        var (without, with) = (GiantStepsCases.Staircase("z1 + z1*z2 + z1*z2*z3", "relu(z)").Predict(), GiantStepsCases.Staircase("z1 + z1*z2 + z1*z2*z3").Predict());
        Assert.All(without.Overlaps, row => Assert.InRange(Math.Abs(row[2]), 0, 1.5 / Math.Sqrt(400)));
        Assert.InRange(Math.Abs(without.Overlaps[4][2]), 0, 0.01);
        Assert.True(Math.Abs(with.Overlaps[4][2]) > 5 * Math.Abs(without.Overlaps[4][2]));
    }

    [Fact]
    public void Without_a_stair_the_second_direction_is_not_learned()
    {
        // At fixed t the overlap times √d stays bounded when d doubles.
        foreach (var target in new[] { "z1 + z2*z3", "z1 + He3(z2)" })
        {
            double Scaled(int d) => Math.Abs((GiantStepsCases.Staircase(target, dimension: d) with { Steps = 3 }).Predict().Overlaps[3][1]) * Math.Sqrt(d);
            Assert.InRange(Scaled(4000) / Scaled(2000), 0.9, 1.1);
        }
    }

    [Fact]
    public void Illegal_inputs_are_named()
    {
        var model = GiantStepsCases.Staircase("z1 + z1*z2");
        Assert.Contains("polynomial", Assert.Throws<ArgumentException>(() => model with { Target = "tanh(z1)" }).Message);
        Assert.Contains("jumps at 0", Assert.Throws<ArgumentException>(() => model with { Activation = "sign(z)" }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { LearningRate = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Dimension = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { InitialOverlaps = [1.5, 0] });
        Assert.Equal("initial_overlaps", Assert.Throws<InvalidInputException>(() => (model with { InitialOverlaps = [0.1] }).Predict()).Parameter);
        Assert.Equal("initial_overlaps", Assert.Throws<InvalidInputException>(() => (model with { InitialOverlaps = [0.9, 0.9] }).Predict()).Parameter);
        Assert.Equal("dimension", Assert.Throws<InvalidInputException>(() => (model with { Dimension = 2 }).Predict()).Parameter);
    }

    private static IReadOnlyList<double> After(GiantStepsModel model, int j, double shift) =>
        (model with { InitialOverlaps = model.InitialOverlaps.SetItem(j, model.InitialOverlaps[j] + shift) }).Predict().Overlaps[1];
}
