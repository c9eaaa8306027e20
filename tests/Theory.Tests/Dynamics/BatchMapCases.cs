using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Theory.Dynamics;

namespace Theory.Tests.Dynamics;

/// <summary>One neuron of a Hermite order under mini-batch SGD.</summary>
public sealed record NeuronCase(int Order, SgdLoss Loss, double M0, double Dimension, double BatchSize, double LearningRate, double Noise)
{
    public BatchMapModel Model(int steps = 6) => new()
    {
        HermiteOrder = Order,
        Loss = Loss,
        M0 = [[M0]],
        Dimension = Dimension,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Noise = Noise,
        Steps = steps,
    };

    public EscapeStepsModel Escape(double threshold = 0.5) => new()
    {
        HermiteOrder = Order,
        Loss = Loss,
        M0 = M0,
        Dimension = Dimension,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Noise = Noise,
        Threshold = threshold,
    };
}

/// <summary>Two students and two teachers with random unit vectors in four dimensions.</summary>
public sealed record PairCase(ImmutableArray<ImmutableArray<double>> Q, ImmutableArray<ImmutableArray<double>> M, ImmutableArray<double> A, SgdLoss Loss, double Dimension, double BatchSize, double LearningRate, double Noise, bool Spherical)
{
    public BatchMapModel Model(string activation = "erf(z/sqrt(2))", int steps = 5) => new()
    {
        Activation = activation,
        Q0 = Q,
        M0 = M,
        A = A,
        Loss = Loss,
        Dimension = Dimension,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Noise = Noise,
        Spherical = Spherical,
        Steps = steps,
    };
}

/// <summary>Generators for the tests of mini-batch SGD.</summary>
public static class BatchMapCases
{
    public static Arbitrary<NeuronCase> Neurons() =>
        (from order in Gen.Choose(1, 5)
         from loss in Gen.Elements(SgdLoss.Square, SgdLoss.Correlation)
         from m0 in Gen.Choose(1, 80)
         from d in Gen.Choose(10, 5000)
         from n in Gen.Choose(10, 100_000)
         from rate in Gen.Choose(1, 100)
         from noise in Gen.Choose(0, 3)
         select new NeuronCase(order, loss, m0 / 100.0, d, n / 10.0, rate / 100.0 * 0.5 / order * Math.Min(1, n / 10.0 / d), noise / 4.0)).ToArbitrary();

    public static Arbitrary<PairCase> Pairs() =>
        (from angles in Gen.Choose(0, 628).Select(x => x / 100.0).ArrayOf(6)
         from a1 in Gen.Choose(-3, 3)
         from a2 in Gen.Choose(1, 3)
         from loss in Gen.Elements(SgdLoss.Square, SgdLoss.Correlation)
         from d in Gen.Choose(8, 2000)
         from n in Gen.Choose(2, 2000)
         from rate in Gen.Choose(1, 100)
         from noise in Gen.Choose(0, 2)
         from spherical in Gen.Elements(false, true)
         select Pair(angles, [a1 / 2.0, a2 / 2.0], loss, d, n / 2.0, rate / 100.0 * Math.Min(1, n / 2.0 / d), noise / 4.0, spherical)).ToArbitrary();

    /// <summary>A unit vector in four dimensions, of which the teachers take the first two.</summary>
    private static double[] Unit(double a, double b, double c) => [Math.Sin(a) * Math.Cos(b), Math.Sin(a) * Math.Sin(b), Math.Cos(a) * Math.Cos(c), Math.Cos(a) * Math.Sin(c)];

    private static PairCase Pair(double[] angles, ImmutableArray<double> a, SgdLoss loss, double d, double n, double rate, double noise, bool spherical)
    {
        double[][] w = [Unit(angles[0], angles[1], angles[2]), Unit(angles[3], angles[4], angles[5])];
        var cross = w[0].Zip(w[1], (x, y) => x * y).Sum();
        return new([[1, cross], [cross, 1]], [[w[0][0], w[0][1]], [w[1][0], w[1][1]]], a, loss, d, n, rate, noise, spherical);
    }
}
