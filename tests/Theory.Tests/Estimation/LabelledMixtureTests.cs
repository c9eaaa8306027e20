using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Two clusters of the same covariance with means ±m that are as long on every eigenvalue, turned by a random rotation.</summary>
public sealed record TurnedMixture(ulong Seed, LossKind Loss, double Alpha, double Lambda, double Probability, double MeanPower, double First, double Second, bool Intercept)
{
    private const int Dimension = 8;

    public static Arbitrary<TurnedMixture> Any() =>
        (from seed in Gen.Choose(1, 1 << 20)
         from loss in Gen.Elements(LossKind.Square, LossKind.Logistic, LossKind.Hinge)
         from alpha in Gen.Choose(3, 50)
         from lambda in Gen.Choose(1, 30)
         from p in Gen.Choose(2, 8)
         from power in Gen.Choose(1, 20)
         from first in Gen.Choose(1, 20)
         from second in Gen.Choose(1, 20)
         from intercept in Gen.Elements(true, false)
         select new TurnedMixture((ulong)seed, loss, 0.1 * alpha, 0.1 * lambda, 0.1 * p, 0.1 * power, 0.1 * first, 0.1 * second, intercept)).ToArbitrary();

    public MixtureClassificationModel OnAtoms => new()
    {
        AtomWeights = [0.5, 0.5],
        CovarianceEigenvalues = [First, Second],
        MeanPower = MeanPower,
        Probability = Probability,
        Loss = Loss,
        Alpha = Alpha,
        Lambda = Lambda,
        Intercept = Intercept,
    };

    public LabelledMixtureModel Dense
    {
        get
        {
            var rotation = Rotation(Dimension, Seed);
            var mean = rotation * DenseVector.Create(Dimension, i => Math.Sqrt(MeanPower / Dimension) * (i % 3 == 0 ? 1 : -1));
            var covariance = rotation * DiagonalMatrix.OfDiagonal(Dimension, Dimension, Enumerable.Range(0, Dimension).Select(i => i % 2 == 0 ? First : Second)) * rotation.Transpose();
            return new()
            {
                Probabilities = [Probability, 1 - Probability],
                Labels = [1, -1],
                Means = [[.. mean], [.. -mean]],
                Covariances = [Rows(covariance), Rows(covariance)],
                Loss = Loss,
                Alpha = Alpha,
                Lambda = Lambda,
                Intercept = Intercept,
            };
        }
    }

    internal static Matrix<double> Rotation(int dimension, ulong seed)
    {
        var gaussian = new DenseMatrix(dimension, dimension);
        new RandomStream(seed).FillGaussian(gaussian.Values);
        return gaussian.QR().Q;
    }

    internal static ImmutableArray<ImmutableArray<double>> Rows(Matrix<double> matrix) => [.. matrix.EnumerateRows().Select(row => row.ToImmutableArray())];
}

[Properties(Arbitrary = [typeof(TurnedMixture)], MaxTest = 20)]
public sealed class LabelledMixtureTests
{
    [Property]
    public void A_common_covariance_gives_what_its_spectrum_gives(TurnedMixture x)
    {
        var (atoms, dense) = (x.OnAtoms.Predict(), x.Dense.Predict());
        Assert.Equal(atoms.TestError, dense.TestError, 1e-8);
        Assert.Equal(atoms.TrainLoss, dense.TrainLoss, 1e-8 * (1 + atoms.TrainLoss));
        Assert.Equal(atoms.Q, dense.Q[0], 1e-7 * (1 + atoms.Q));
        Assert.Equal(atoms.M, dense.H[0], 1e-7 * (1 + Math.Abs(atoms.M)));
        Assert.Equal(dense.Q[0], dense.Q[1], 1e-9 * (1 + atoms.Q));
    }

    [Property]
    public void Clusters_may_come_in_any_order_and_be_split(TurnedMixture x)
    {
        var model = x.Dense;
        var split = model with
        {
            Probabilities = [model.Probabilities[1], 0.3 * model.Probabilities[0], 0.7 * model.Probabilities[0]],
            Labels = [-1, 1, 1],
            Means = [model.Means[1], model.Means[0], model.Means[0]],
            Covariances = [model.Covariances[1], model.Covariances[0], model.Covariances[0]],
        };
        Assert.Equal(model.Predict().TestError, split.Predict().TestError, 1e-8);
    }

    [Property]
    public void A_linear_teacher_gives_what_a_mixture_of_one_cluster_gives(TurnedMixture x)
    {
        var (rotation, theta) = (TurnedMixture.Rotation(8, x.Seed), new double[8]);
        for (var i = 0; i < 8; i++) theta[i] = 0.3 + 0.2 * i;
        var spectrum = Enumerable.Range(0, 8).Select(i => x.First + 0.3 * i * x.Second).ToArray();
        var atoms = new MixtureErmModel
        {
            AtomWeights = [.. Enumerable.Repeat(0.125, 8)],
            CovarianceEigenvalues = [[.. spectrum]],
            TeacherPower = [.. theta.Select(t => t * t)],
            MeanTeacherOverlaps = [.. Enumerable.Repeat(ImmutableArray.Create(0.0), 8)],
            MeanGram = [.. Enumerable.Repeat(ImmutableArray.Create(ImmutableArray.Create(0.0)), 8)],
            Probabilities = [1],
            Loss = LossKind.Square,
            Teacher = "z",
            Alpha = x.Alpha,
            Lambda = x.Lambda,
            Noise = x.MeanPower,
        };
        var dense = new LabelledMixtureModel
        {
            Probabilities = [1],
            Labels = [0],
            Means = [[.. new double[8]]],
            Covariances = [TurnedMixture.Rows(rotation * DiagonalMatrix.OfDiagonal(8, 8, spectrum) * rotation.Transpose())],
            Teacher = [.. rotation * new DenseVector(theta)],
            Noise = x.MeanPower,
            Loss = LossKind.Square,
            Alpha = x.Alpha,
            Lambda = x.Lambda,
        };
        var (a, b) = (atoms.Predict(), dense.Predict());
        Assert.Equal(a.TestError, b.TestError, 1e-9 * (1 + a.TestError));
        Assert.Equal(a.TrainLoss, b.TrainLoss, 1e-9 * (1 + a.TrainLoss));
    }

    [Theory]
    [InlineData(LossKind.Square, true)]
    [InlineData(LossKind.Logistic, true)]
    [InlineData(LossKind.Hinge, false)]
    public void Fits_of_samples_behave_as_predicted(LossKind loss, bool intercept) => EstimationVerificationTests.Passes((Unlike with { Loss = loss, Intercept = intercept }).Verify(size: 96, trials: 12, seed: 5));

    [Fact]
    public void Ridge_on_a_teacher_behaves_as_predicted() =>
        EstimationVerificationTests.Passes((Unlike with { Loss = LossKind.Square, Teacher = [1, -0.5, 2], Noise = 0.4, Intercept = true }).Verify(size: 96, trials: 12, seed: 6));

    [Fact]
    public void Moments_of_samples_are_recovered()
    {
        var (x, y) = Samples(3000);
        var estimate = MixtureEstimate.OfClasses(x, y, standardise: false);
        Assert.Equal([0, 1, 2], estimate.Columns);
        foreach (var (c, label) in new[] { 1.0, -1 }.Index())
        {
            int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => y[i] == label)];
            Assert.Equal((double)rows.Length / y.Length, estimate.Model.Probabilities[c], 1e-15);
            Assert.Equal(rows.Average(i => x[i, 1]), estimate.Model.Means[c][1], 1e-12);
            Assert.Equal(rows.Average(i => x[i, 1] * x[i, 2]) - rows.Average(i => x[i, 1]) * rows.Average(i => x[i, 2]), estimate.Model.Covariances[c][1][2], 1e-10);
        }
    }

    [Fact]
    public void Columns_are_centred_scaled_and_left_out_when_constant()
    {
        var (x, y) = Samples(500);
        var estimate = MixtureEstimate.OfClasses(x.Append(DenseMatrix.Create(500, 1, 7)), y);
        Assert.Equal([0, 1, 2], estimate.Columns);
        Assert.All(estimate.Samples.EnumerateColumns(), c => Assert.Equal((0.0, 1.0), (Math.Round(c.Average(), 12), Math.Round(c * c / 500, 12))));
        var again = MixtureEstimate.OfClasses(x * 3 + 5, y);
        Assert.Equal(estimate.Model.Predict().TestError, again.Model.Predict().TestError, 1e-10);
    }

    [Fact]
    public void A_teacher_is_found_by_least_squares()
    {
        var (x, _) = Samples(4000);
        var random = new RandomStream(9);
        double[] y = [.. Enumerable.Range(0, 4000).Select(i => 2 + 0.5 * x[i, 0] - x[i, 2] + 0.3 * random.NextGaussian())];
        var estimate = MixtureEstimate.OfRegression(x, y, standardise: false);
        Assert.Equal(0.09, estimate.Model.Noise, 0.09 * 4 * Math.Sqrt(2.0 / 4000));
        Assert.All(new[] { 0.5, 0, -1 }.Index(), t => Assert.Equal(t.Item * Math.Sqrt(3), estimate.Model.Teacher!.Value[t.Index], 0.05));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_by_name()
    {
        Assert.Equal("labels", Assert.Throws<InvalidInputException>(() => (Unlike with { Labels = [1, 0] }).Predict()).Parameter);
        Assert.Equal("covariances", Assert.Throws<InvalidInputException>(() => (Unlike with { Covariances = [Unlike.Covariances[0], [[1, 2, 0], [2, 1, 0], [0, 0, 1]]] }).Predict()).Parameter);
        Assert.Equal("covariances", Assert.Throws<InvalidInputException>(() => (Unlike with { Covariances = [Unlike.Covariances[0], [[1, 0.1, 0], [0, 1, 0], [0, 0, 1]]] }).Predict()).Parameter);
        Assert.Equal("means", Assert.Throws<InvalidInputException>(() => (Unlike with { Means = [[1, 2, 3], [1, 2]] }).Predict()).Parameter);
        Assert.Equal("loss", Assert.Throws<InvalidInputException>(() => (Unlike with { Teacher = [1, 2, 3], Loss = LossKind.Logistic }).Predict()).Parameter);
        Assert.Equal("noise", Assert.Throws<InvalidInputException>(() => (Unlike with { Noise = 1 }).Predict()).Parameter);
        Assert.Throws<ArgumentOutOfRangeException>(() => Unlike with { Lambda = 0 });
        var (x, y) = Samples(20);
        Assert.Throws<ArgumentException>("labels", () => MixtureEstimate.OfClasses(x, [.. y.Select(v => 2 * v)]));
        Assert.Throws<ArgumentException>("clusters", () => MixtureEstimate.OfClasses(x, y, [.. y.Select((_, i) => i % 2)]));
    }

    private static LabelledMixtureModel Unlike => new()
    {
        Probabilities = [0.4, 0.6],
        Labels = [1, -1],
        Means = [[0.8, 0.1, 0.3], [-0.5, 0.4, 0]],
        Covariances = [[[1, 0.3, 0], [0.3, 0.8, 0], [0, 0, 0.5]], [[0.6, 0, 0.2], [0, 1, 0], [0.2, 0, 1.2]]],
        Loss = LossKind.Logistic,
        Alpha = 3,
        Lambda = 0.1,
    };

    private static (Matrix<double> X, double[] Y) Samples(int count)
    {
        var (random, x, y) = (new RandomStream(3), new DenseMatrix(count, 3), new double[count]);
        for (var i = 0; i < count; i++)
        {
            y[i] = i % 5 < 2 ? 1 : -1;
            for (var j = 0; j < 3; j++) x[i, j] = y[i] * 0.5 * j + random.NextGaussian() + (j > 0 ? 0.4 * x[i, 0] : 0);
        }
        return (x, y);
    }
}
