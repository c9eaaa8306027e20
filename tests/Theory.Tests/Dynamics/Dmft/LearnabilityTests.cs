using Theory.Contract;
using Theory.Dynamics;
using Theory.Systems;

namespace Theory.Tests.Dynamics;

/// <summary>What two steps learn, in closed form, and which directions can be learned at all.</summary>
public class LearnabilityTests
{
    private static readonly BatchReuseModel Logistic = new() { Target = "sign(z1)", Loss = StudentLoss.Logistic, Alpha = 2, LearningRate = 0.5, Lambda = 0.1, Steps = 3 };

    private static BatchReuseModel Third => new() { Target = "He3(z)/sqrt(6)", Activation = "erf(z/sqrt(2))", Readout = [1], Alpha = 2, LearningRate = 0.5, Steps = 2 };

    [Theory]
    [InlineData("He3(z)/sqrt(6)", "erf(z/sqrt(2))", 0.5, 0.0, 0.0)]
    [InlineData("tanh(z^3-3z)", "tanh(z)", 0.3, 0.1, 0.2)]
    [InlineData("z1+z1*z2", "softplus(z)", 0.3, 0.05, 0.0)]
    public void Two_steps_are_those_of_the_closed_form(string target, string activation, double rate, double lambda, double overlap)
    {
        var model = new BatchReuseModel { Target = target, Activation = activation, Readout = [0.9], Alpha = 2, LearningRate = rate, Lambda = lambda, Steps = 2, M0 = overlap == 0 ? [] : [[overlap]] };
        var (p, closed) = (model.Predict(), TwoSteps.Of(model));
        for (var j = 0; j < closed.First.Length; j++)
        {
            Assert.Equal(closed.First[j], p.M[1][0][j], 1e-6);
            Assert.Equal(closed.Second[j], p.M[2][0][j], 1e-6);
        }
        Assert.Equal(closed.FirstNorm, p.Q[1][0][0], 1e-6);
        Assert.Equal(closed.Response, p.ResponseKernel!.Value[0][0][0][0], 1e-6);
        Assert.Equal(closed.Noise, p.NoiseKernel[0][0][0][0], 1e-6);
    }

    [Fact]
    public void The_closed_form_of_two_steps_names_what_it_does_not_cover()
    {
        Assert.Equal("noise", Assert.Throws<InvalidInputException>(() => TwoSteps.Of(Third with { Noise = 1 })).Parameter);
        Assert.Equal("activation", Assert.Throws<InvalidInputException>(() => TwoSteps.Of(Third with { Activation = "relu(z)" })).Parameter);
        Assert.Equal("width", Assert.Throws<InvalidInputException>(() => TwoSteps.Of(Third with { Width = 2, Readout = [1, 1] })).Parameter);
    }

    [Theory]
    [InlineData("He3(z1)", "erf(z1)", 1, 1)]
    [InlineData("He2(z1)+He4(z1)", "softplus(z)", 1, 0)]
    [InlineData("z1*z2", "softplus(z)", 2, 0)]
    [InlineData("z1+z1*z2", "softplus(z)", 2, 2)]
    [InlineData("z1+z1*z2", "erf(z)", 2, 1)]
    [InlineData("z1+He3(z2)", "softplus(z)", 2, 2)]
    [InlineData("z1*z2+He3(z1)", "softplus(z)", 2, 2)]
    [InlineData("He2(z1)+He3(z2)", "softplus(z)", 2, 1)]
    [InlineData("z1+z2*z3", "softplus(z)", 3, 1)]
    [InlineData("z1*z2+z1*z2*z3", "softplus(z)", 3, 1)]
    [InlineData("z1+z2+z1*z2*z3", "softplus(z)", 3, 2)]
    public void Directions_that_can_be_learned_are_those_of_the_closure(string target, string activation, int directions, int learnable)
    {
        var subspace = (Third with { Target = target, Activation = activation }).LearnableDirections();
        Assert.Equal((directions, learnable), (subspace.AmbientDimension, subspace.Dimension));
    }

    [Theory]
    [InlineData("z1+z1*z2+z1*z2*z3", "softplus(z+1/2)", 3, 0, 0)]
    [InlineData("z1+z1*z2+z1*z2*z3", "softplus(z)", 2, 1, 0)]
    [InlineData("z1+He3(z2)", "softplus(z)", 1, 1, 0)]
    [InlineData("z1+z2*z3", "softplus(z)", 1, 0, 2)]
    [InlineData("He3(z1)+z1*z2*z3", "erf(z)", 0, 1, 2)]
    [InlineData("z1+z1*z2", "erf(z)", 1, 0, 1)]
    [InlineData("z1+He3(z2)", "z", 1, 0, 1)]
    public void Directions_fall_into_those_of_one_pass_those_of_reuse_and_hard_ones(string target, string activation, int fresh, int reuse, int hard)
    {
        var learnability = (Third with { Target = target, Activation = activation }).Learnability();
        Assert.Equal((fresh, reuse, hard), (learnability.ByFreshBatches.Dimension, learnability.OnlyByReuse.Dimension, learnability.Hard.Dimension));
        Assert.True(learnability.Certificate.IsProved);
        Assert.True(learnability.ByReuse.Contains(learnability.ByFreshBatches));
    }

    [Fact]
    public void A_logistic_student_never_finds_what_only_even_functions_of_the_label_tell()
    {
        var model = Logistic with { Target = "z1+z1*z2", Steps = 2 };
        var learnability = model.Learnability();
        Assert.Equal((1, 1), (learnability.ByReuse.Dimension, learnability.Hard.Dimension));
        Assert.Contains("odd", learnability.Restriction);
        Assert.Equal(0, (model with { Paths = 4096, UsesQuadrature = false }).Predict().M[2][0][1], 3e-2);
    }

    [Fact]
    public void Hard_directions_have_no_overlap_and_learnable_ones_have()
    {
        var p = new BatchReuseModel { Target = "z1*z2+He3(z1)/6", Activation = "softplus(z)", Readout = [1], Alpha = 2, LearningRate = 0.4, Steps = 1 }.Predict();
        Assert.Equal(0, p.M[1][0][1], 1e-9);
        var closed = TwoSteps.Of(new BatchReuseModel { Target = "z1*z2+He3(z1)/6", Activation = "softplus(z)", Readout = [1], Alpha = 2, LearningRate = 0.4, Steps = 2 });
        Assert.True(Math.Abs(closed.Second[0]) > 1e-4 && Math.Abs(closed.Second[1]) > 1e-5);
        var parity = TwoSteps.Of(new BatchReuseModel { Target = "z1*z2", Activation = "softplus(z)", Readout = [1], Alpha = 2, LearningRate = 0.4, Steps = 2 });
        Assert.All(parity.Second, m => Assert.Equal(0, m, 1e-10));
    }
}
