using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Theory.Channels;
using Theory.Estimation;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>A mixture with a teacher and a loss that go together.</summary>
public sealed record MixtureCase(MixtureErmModel Model)
{
    public override string ToString() => MixtureCases.Print(Model);
}

/// <summary>A mixture whose clusters share their covariance.</summary>
public sealed record HomoscedasticCase(MixtureErmModel Model)
{
    public override string ToString() => MixtureCases.Print(Model);
}

/// <summary>Generators of mixtures.</summary>
public static class MixtureCases
{
    private static readonly (LossKind Loss, string Teacher)[] Pairs =
    [
        (LossKind.Square, "z"), (LossKind.Square, "relu(z)"), (LossKind.Square, "sign(z)"), (LossKind.Square, "1 + tanh(2z)"), (LossKind.Huber, "2z - 1"), (LossKind.Huber, "sign(z)"),
        (LossKind.Logistic, "sign(z)"), (LossKind.Logistic, "logit"), (LossKind.Hinge, "sign(z)"), (LossKind.Hinge, "logit"), (LossKind.Logistic, "sign(z - 1/3)"),
    ];

    public static Arbitrary<MixtureCase> Mixtures() =>
        (from clusters in Gen.Choose(1, 3)
         from atoms in Gen.Choose(1, 2)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         from pair in Gen.Elements(Pairs)
         from alpha in LogUniform(0.2, 8)
         from lambda in LogUniform(1e-3, 3)
         from noise in Gen.Choose(0, 100)
         from intercept in Gen.Elements(true, false)
         select new MixtureCase(Model(clusters, atoms, new Random(seed), false, pair.Loss, pair.Teacher, alpha, lambda, pair.Teacher == "logit" ? 0 : noise / 100.0, intercept))).ToArbitrary();

    public static Arbitrary<HomoscedasticCase> Homoscedastic() =>
        (from clusters in Gen.Choose(2, 3)
         from atoms in Gen.Choose(1, 2)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         from alpha in LogUniform(0.2, 8)
         from lambda in LogUniform(1e-3, 3)
         from noise in Gen.Choose(0, 100)
         from intercept in Gen.Elements(true, false)
         select new HomoscedasticCase(Model(clusters, atoms, new Random(seed), true, LossKind.Square, "z", alpha, lambda, noise / 100.0, intercept))).ToArbitrary();

    public static Gen<double> LogUniform(double from, double to) => Gen.Choose(0, 1_000_000).Select(i => from * Math.Pow(to / from, i / 1e6));

    /// <summary>The model as a batch line of the tool would give it.</summary>
    public static string Print(MixtureErmModel model) =>
        string.Join(", ", MixtureErmModel.System.Parameters.Zip(model.AsProblem().Inputs).Select(p => $"\"{p.First.Name}\": {(p.Second is Theory.Contract.Value.Text ? $"\"{p.Second}\"" : p.Second)}"));

    private static MixtureErmModel Model(
        int clusters, int atoms, Random random, bool shared, LossKind loss, string teacher, double alpha, double lambda, double noise, bool intercept)
    {
        var (overlaps, grams, powers) = (new List<ImmutableArray<double>>(), new List<ImmutableArray<ImmutableArray<double>>>(), new List<double>());
        for (var j = 0; j < atoms; j++)
        {
            // Vectors in as many dimensions as there are: any Gram matrix.
            var vectors = Enumerable.Range(0, clusters + 1).Select(_ => Enumerable.Range(0, clusters + 1).Select(_ => 2 * random.NextDouble() - 1).ToArray()).ToArray();
            double Dot(int a, int b) => vectors[a].Zip(vectors[b]).Sum(p => p.First * p.Second);
            powers.Add(0.2 + Dot(0, 0));
            overlaps.Add([.. Enumerable.Range(1, clusters).Select(c => Dot(0, c))]);
            grams.Add([.. Enumerable.Range(1, clusters).Select(c => Enumerable.Range(1, clusters).Select(e => Dot(c, e)).ToImmutableArray())]);
        }
        var eigenvalues = Enumerable.Range(0, clusters).Select(_ => Enumerable.Range(0, atoms).Select(_ => 0.2 + 2 * random.NextDouble()).ToImmutableArray()).ToArray();
        if (shared) Array.Fill(eigenvalues, eigenvalues[0]);
        return new()
        {
            AtomWeights = Law(atoms, random),
            CovarianceEigenvalues = [.. eigenvalues],
            TeacherPower = [.. powers],
            MeanTeacherOverlaps = [.. overlaps],
            MeanGram = [.. grams],
            Probabilities = Law(clusters, random),
            Loss = loss,
            HuberDelta = 0.3 + random.NextDouble(),
            Teacher = teacher == "logit" ? null : (Theory.Symbolics.ScalarFunction)teacher,
            InverseTemperature = 0.5 + 3 * random.NextDouble(),
            Alpha = alpha,
            Lambda = lambda,
            Noise = noise,
            Intercept = intercept,
        };
    }

    private static ImmutableArray<double> Law(int count, Random random)
    {
        var weights = Enumerable.Range(0, count).Select(_ => 0.2 + random.NextDouble()).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
