using FsCheck;
using FsCheck.Fluent;

namespace Theory.Tests.Estimation;

/// <summary>Samples, noise, signal and ridge of a generalised linear model.</summary>
public sealed record GlmPoint(double Alpha, double Noise, double Signal, double Lambda);

/// <summary>Means, probabilities and more of a classification of K Gaussians.</summary>
public sealed record MulticlassCase(Theory.Estimation.MulticlassRidgeModel Model)
{
    public override string ToString() => string.Join(", ", Theory.Estimation.MulticlassRidgeModel.System.Parameters.Zip(Theory.Estimation.MulticlassRidgeModel.System.Wrap(Model).Inputs).Select(p => $"\"{p.First.Name}\": {p.Second}"));
}

/// <summary>Generators.</summary>
public static class GlmCases
{
    public static Arbitrary<GlmPoint> Points() =>
        (from alpha in MixtureCases.LogUniform(0.2, 6)
         from noise in MixtureCases.LogUniform(0.01, 3)
         from signal in MixtureCases.LogUniform(0.3, 3)
         from lambda in MixtureCases.LogUniform(1e-2, 3)
         select new GlmPoint(alpha, noise, signal, lambda)).ToArbitrary();

    public static Arbitrary<MulticlassCase> Multiclass() =>
        (from clusters in Gen.Choose(2, 4)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         from alpha in MixtureCases.LogUniform(0.2, 6)
         from lambda in MixtureCases.LogUniform(1e-2, 3)
         from noise in MixtureCases.LogUniform(0.1, 2)
         from intercept in Gen.Elements(true, false)
         select new MulticlassCase(Model(clusters, new Random(seed), alpha, lambda, noise, intercept))).ToArbitrary();

    private static Theory.Estimation.MulticlassRidgeModel Model(int clusters, Random random, double alpha, double lambda, double noise, bool intercept)
    {
        var vectors = Enumerable.Range(0, clusters).Select(_ => Enumerable.Range(0, clusters).Select(_ => 2 * random.NextDouble() - 1).ToArray()).ToArray();
        var weights = Enumerable.Range(0, clusters).Select(_ => 0.2 + random.NextDouble()).ToArray();
        return new()
        {
            Probabilities = [.. weights.Select(w => w / weights.Sum())],
            MeanGram = [.. vectors.Select(a => vectors.Select(b => a.Zip(b).Sum(p => p.First * p.Second)).ToArray()).Select(row => System.Collections.Immutable.ImmutableArray.Create(row))],
            Noise = noise,
            Alpha = alpha,
            Lambda = lambda,
            Intercept = intercept,
        };
    }
}
