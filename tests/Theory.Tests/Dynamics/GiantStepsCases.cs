using FsCheck;
using FsCheck.Fluent;
using Theory.Dynamics;

namespace Theory.Tests.Dynamics;

/// <summary>f = a z1 + b z2 + c z1 z2 + e He3(z1) as a formula of two given arguments, with starting overlaps, rate and sizes.</summary>
public sealed record PlaneCase(int A, int B, int C, int E, double U1, double U2, double Rate, int Dimension, int BatchSize, string Activation)
{
    public GiantStepsModel Model(string z1, string z2, double u1, double u2) => new()
    {
        Target = $"{A}*({z1}) + {B}*({z2}) + {C}*({z1})*({z2}) + {E}*He3({z1})",
        Activation = Activation,
        LearningRate = Rate,
        Dimension = Dimension,
        BatchSize = BatchSize,
        InitialOverlaps = [u1, u2],
    };

    public GiantStepsModel Model() => Model("z1", "z2", U1, U2);
}

/// <summary>Generators for the tests of giant steps.</summary>
public static class GiantStepsCases
{
    public static Arbitrary<PlaneCase> Planes() =>
        (from a in Gen.Choose(-2, 2)
         from b in Gen.Choose(-2, 2)
         from c in Gen.Choose(1, 2)
         from e in Gen.Choose(-1, 1)
         from u1 in Gen.Choose(-60, 60)
         from u2 in Gen.Choose(-60, 60)
         from rate in Gen.Choose(-50, 50)
         from d in Gen.Choose(4, 1000)
         from n in Gen.Choose(10, 100_000)
         from activation in Gen.Elements("relu(z - 1/2)", "tanh(z + 1/3)", "He2(z) + z", "softplus(z)")
         select new PlaneCase(a, b, c, e, u1 / 100.0, u2 / 100.0, rate / 10.0, d, n, activation)).ToArbitrary();

    /// <summary>The network of the reference simulations: relu(z − bias), n = 20d, η = 4.</summary>
    public static GiantStepsModel Staircase(string target, string activation = "relu(z - 1/2)", int dimension = 400, int samplesPerDimension = 20) => new()
    {
        Target = target,
        Activation = activation,
        LearningRate = 4,
        Dimension = dimension,
        BatchSize = samplesPerDimension * dimension,
        Steps = 4,
    };
}
