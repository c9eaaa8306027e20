using System.Collections.Immutable;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>Random starts, the cone of overlaps, and the subspace that students span.</summary>
[Properties(Arbitrary = [typeof(SgdCases)], MaxTest = 25)]
public class OnlineSgdStartTests
{
    [Property]
    public void Random_students_are_unit_vectors_of_their_space(int seed)
    {
        var random = new RandomStream((ulong)(uint)seed);
        var (p, k) = (1 + (int)(4 * random.NextUniform()), 1 + (int)(3 * random.NextUniform()));
        var d = p + k + Math.Floor(50 * random.NextUniform());
        var (q, m) = RandomStart.Draw(p, k, d, (ulong)(uint)seed);
        Assert.All(Enumerable.Range(0, p), j => Assert.Equal(1, q[j][j]));
        var omega = SgdTables.Join(q, m, Identity(k));
        Assert.True(SgdTables.Least(omega, p + k) >= -1e-12);
    }

    [Fact]
    public void Random_students_have_squared_overlaps_of_one_over_the_dimension()
    {
        const int Draws = 4000;
        const double Dimension = 40;
        var (teacher, student) = (0.0, 0.0);
        for (var seed = 0; seed < Draws; seed++)
        {
            var (q, m) = RandomStart.Draw(2, 1, Dimension, (ulong)seed);
            teacher += m[1][0] * m[1][0] / Draws;
            student += q[0][1] * q[0][1] / Draws;
        }

        Assert.Equal(1, Dimension * teacher, 0.1);
        Assert.Equal(1, Dimension * student, 0.1);
    }

    [Fact]
    public void A_start_from_a_seed_is_the_start_from_its_overlaps()
    {
        var seeded = new OnlineSgdModel { Activation = "erf(z/sqrt(2))", Target = "erf(z1/sqrt(2)) + erf(z2/sqrt(2))", Width = 3, Dimension = 1e6, Seed = 7, Eta = 0.1, Time = 2 };
        var (q, m) = RandomStart.Draw(3, 2, 1e6, 7);
        var given = seeded with { Dimension = null, Q0 = q, M0 = m, P = Identity(2), Time = null, Times = [2] };
        Assert.Equal(given.Predict().Risk[0], seeded.Predict().Risk[0]);
        Assert.True(Math.Abs(m[0][0]) < 0.01);
    }

    [Fact]
    public void Starts_that_are_missing_or_given_twice_are_named()
    {
        var model = new OnlineSgdModel { Activation = "relu(z)", Eta = 0, Time = 1 };
        string? Fault(OnlineSgdModel m) => Assert.Throws<InvalidInputException>(() => m.Predict()).Parameter;
        Assert.Equal("m0", Fault(model with { Q0 = [[1]] }));
        Assert.Equal("dimension", Fault(model with { M0 = [[0.1]], Dimension = 10 }));
        Assert.Equal("dimension", Fault(model with { Width = 5, Dimension = 8 }));
        Assert.Equal("time", Fault(model with { M0 = [[0.1]], Times = [1] }));
        Assert.Equal("p", Fault(model with { Dimension = 10, P = [[2]] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => model with { Width = 0 });
    }

    [Property]
    public void Overlaps_stay_those_of_weights(ClosedFormCase closed)
    {
        var c = closed.Case with { Activation = closed.Case.Activation == "He3(z)/sqrt(6)" ? "He2(z)/4" : closed.Case.Activation };
        var model = c.Model(0.1, c.Noise > 0.5, [0.1, 0.3]);
        var prediction = model.Predict();
        for (var t = 0; t < prediction.Q.Length; t++)
            Assert.True(SgdTables.Least(SgdTables.Join(prediction.Q[t], prediction.M[t], model.P), c.Width + c.Teachers) >= -1e-9);
    }

    [Property]
    public void Projection_restores_positivity_and_keeps_what_it_must(SgdCase any)
    {
        var c = any with { Width = 2, Teachers = 2 };
        var weights = c.Weights();
        // The second student lies in the span of the first and the teachers, less a little.
        weights[1] = [.. weights[0].Zip(weights[2], (x, y) => 0.6 * x - 0.5 * y)];
        var omega = SgdCase.Overlaps(weights);
        var spherical = c.Noise > 0.5;
        double[] state = [omega[0], omega[1], omega[5] - 1e-8, omega[2], omega[3], omega[6], omega[7]];
        var (cone, before) = (new OverlapCone(omega, 2, 2, spherical), state.ToArray());
        Assert.True(cone.Project(0, state));
        Assert.InRange(cone.Worst, -1e-6, -1e-10);
        for (var i = 0; i < state.Length; i++) Assert.Equal(before[i], state[i], 3e-8);
        if (spherical) Assert.Equal((before[0], before[2]), (state[0], state[2]), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
        else Assert.Equal(before[3..], state[3..]);
        Assert.False(cone.Project(0, state));
    }

    [Property]
    public void Students_that_span_the_teachers_have_overlap_one(SgdCase any)
    {
        var c = any with { Width = 2, Teachers = 2 };
        var weights = c.Weights();
        double[] Mix(double x, double y) => [.. weights[2].Zip(weights[3], (a, b) => x * a + y * b)];
        (weights[0], weights[1]) = (Mix(1, 0.4), Mix(-0.3, 1));
        var omega = SgdCase.Overlaps(weights);
        double[] state = [omega[0], omega[1], omega[5], omega[2], omega[3], omega[6], omega[7]];
        Assert.Equal(1, new OverlapCone(omega, 2, 2, false).Overlap(state), 1e-9);
        // A single student covers half of a plane.
        double[] one = [omega[0], omega[2], omega[3]];
        var single = SgdCase.Overlaps([weights[0], weights[2], weights[3]]);
        Assert.Equal(0.5, new OverlapCone(single, 1, 2, false).Overlap(one), 1e-9);
    }

    [Fact]
    public void The_subspace_is_recovered_once_the_students_have_specialised()
    {
        var p = new OnlineSgdModel
        {
            Activation = "erf(z/sqrt(2))",
            Q0 = [[0.5, 0], [0, 0.3]],
            M0 = [[0.05, 0], [0, 0.05]],
            P = Identity(2),
            Eta = 0.3,
            Times = [0, 200],
            SubspaceRecovery = 0.9,
        }.Predict();
        Assert.InRange(p.SubspaceTime!.Value, 1, 200);
        Assert.True(p.SubspaceOverlap[0] < 0.02 && p.SubspaceOverlap[1] > 0.9);
        Assert.True(p.WeakRecoveryTime < p.SubspaceTime);
    }

    /// <summary>Normalised steps follow the spherical equation, and so do tangential ones: (1 − hcl)w + hcz is, up to its length, w + hc/(1 − hcl) z.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tangential_and_normalised_steps_have_the_same_limit(bool tangential)
    {
        const double Dimension = 4000, Eta = 0.5, Noise = 0.1;
        const double Rate = Eta / Dimension;
        var model = new OnlineSgdModel { Activation = "erf(z/sqrt(2))", M0 = [[0.3]], Eta = Eta, Noise = Noise, Spherical = true, Times = [2] };
        var (expected, unit) = (model.Predict().M[0][0][0], DenseMatrix.CreateIdentity(1));
        var plain = CoefficientRules.Of("erf(z/sqrt(2))", global::Theory.Symbolics.Expression.Parse("erf(z1/sqrt(2))"), [1], Noise, SgdLoss.Square);
        SampleCoefficients rule = (fields, xi, c) =>
        {
            plain(fields, xi, c);
            if (tangential) c[0] /= 1 - Rate * c[0] * fields[0];
        };
        var runs = Enumerable.Range(1, 16).Select(seed =>
        {
            var chain = new OverlapChain(unit, DenseMatrix.Create(1, 1, 0.3), unit, Dimension, 1, Rate, rule, true, new RandomStream((ulong)seed));
            for (var t = 0; t < 2 / Rate; t++) chain.Step();
            return chain.TeacherOverlaps()[0, 0];
        }).ToArray();
        var mean = runs.Average();
        var error = Math.Sqrt(runs.Sum(x => (x - mean) * (x - mean)) / (16 * 15));
        Assert.True(Math.Abs(mean - expected) <= 4 * error + 5 / Dimension, $"{mean} ± {error} against {expected}");
    }

    private static ImmutableArray<ImmutableArray<double>> Identity(int n) => [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0.0).ToImmutableArray())];
}
