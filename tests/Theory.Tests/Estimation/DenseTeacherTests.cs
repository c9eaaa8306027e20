using System.Collections.Immutable;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Estimation;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Estimation;

/// <summary>Teachers of any link on mixtures given as matrices: rotations, atoms, and Gaussian covariates.</summary>
[Properties(Arbitrary = [typeof(TurnedMixture)], MaxTest = 8)]
public class DenseTeacherTests
{
    [Property]
    public void A_rotation_of_means_covariances_and_teacher_together_changes_nothing(TurnedMixture x)
    {
        foreach (var (loss, link) in Pairs)
        {
            var atoms = OnAtoms(x, loss, link).Predict();
            var dense = Turned(x, loss, link).Predict();
            Near(atoms.TestError, dense.TestError, 1e-8);
            Near(atoms.TrainLoss, dense.TrainLoss, 1e-8);
            Near(atoms.Q[0], dense.Q[0], 1e-7);
            Near(atoms.H[1], dense.H[1], 1e-7);
        }
    }

    [Property(MaxTest = 4)]
    public void What_the_features_do_not_tell_of_the_teacher_is_noise(TurnedMixture x)
    {
        // v = u in the first coordinates, nothing of the others: their field is noise.
        const int K = 8;
        const int P = 4;
        var psi = DiagonalMatrix.OfDiagonal(K, K, Enumerable.Range(1, K).Select(i => 0.3 * i));
        double[] theta = [.. Enumerable.Range(0, K).Select(i => i % 2 == 0 ? 1 : -0.5)];
        var model = CovariateModel.Create(psi, psi.SubMatrix(0, P, 0, P), psi.SubMatrix(0, K, 0, P), theta, "sign(z)", 0.2) with { Loss = LossKind.Logistic, Alpha = x.Alpha, Lambda = x.Lambda };
        var hidden = Enumerable.Range(P, K - P).Sum(i => psi[i, i] * theta[i] * theta[i]) / K;
        Near(0.2 + hidden, model.Noise, 1e-12);
        Assert.All(Enumerable.Range(0, P), i => Near(Math.Sqrt((double)P / K) * theta[i], model.Teacher!.Value[i], 1e-12));
        Assert.True(model.Predict().TestError < 0.5);
    }

    [Theory]
    [InlineData(LossKind.Logistic, "sign(z)")]
    [InlineData(LossKind.Square, "z")]
    public void Real_fits_on_covariates_behave_as_predicted(LossKind loss, string link)
    {
        // v = F u + noise with a random F, sampled as it is said, without the map to one cluster.
        const int K = 90;
        const int P = 60;
        var (random, samples) = (new RandomStream(12), 150);
        var f = Gaussian(P, K, random) / Math.Sqrt(K);
        double[] theta = [.. Enumerable.Range(0, K).Select(_ => random.NextGaussian())];
        var model = CovariateModel.Create(DenseMatrix.CreateIdentity(K), f * f.Transpose() + 0.3 * DenseMatrix.CreateIdentity(P), f.Transpose(), theta, link, 0.1) with
        {
            Loss = loss,
            Alpha = (double)samples / P,
            Lambda = 0.2,
        };
        var error = new RunningEstimate();
        for (var trial = 0; trial < 20; trial++)
        {
            var (x, y) = Sample(samples);
            var (weights, _) = LabelledMixtureExperiment.Fit(model, x, y);
            var (fresh, labels) = Sample(2000);
            var fields = fresh * weights / Math.Sqrt(P);
            error.Add(Enumerable.Range(0, 2000).Average(i => loss == LossKind.Square ? Math.Pow(labels[i] - fields[i], 2) : labels[i] * fields[i] < 0 ? 1 : 0));
        }
        var predicted = model.Predict().TestError;
        Assert.True(Math.Abs(error.Mean - predicted) < 4 * error.StandardError + 5 * predicted / P, $"{predicted} against {error.Mean} ± {error.StandardError}");

        (Matrix<double> X, double[] Y) Sample(int n)
        {
            var u = Gaussian(n, K, random);
            var v = u * f.Transpose() + Math.Sqrt(0.3) * Gaussian(n, P, random);
            var tau = u * new DenseVector(theta) / Math.Sqrt(K);
            return (v, [.. tau.Select(t => t + Math.Sqrt(0.1) * random.NextGaussian()).Select(t => loss == LossKind.Square ? t : Math.Sign(t))]);
        }
    }

    [Theory]
    [InlineData("huber", "relu(z)")]
    [InlineData("hinge", "sign(z)")]
    [InlineData("custom", "z")]
    public void Real_fits_of_links_behave_as_predicted(string loss, string link) => EstimationVerificationTests.Passes(
        (Turned(new(5, LossKind.Square, 2, 0.3, 0.4, 1.2, 0.5, 1.5, true), MarginLosses.Named(loss), link) with { CustomLoss = loss == "custom" ? ConvexLoss.Of("abs(z)") : null }).Verify(size: 96, trials: 12, seed: 3));

    [Fact]
    public void Features_that_tell_more_than_there_is_are_refused()
    {
        var one = DenseMatrix.CreateIdentity(3);
        Assert.Equal("crossCovariance", Assert.Throws<InvalidInputException>(() => CovariateModel.Create(one, one, 2 * one, [1, 1, 1], "z")).Parameter);
        Assert.Equal("link", Assert.Throws<InvalidInputException>(() => CovariateModel.Create(one, one, one, [1, 1, 1], "relu(z)")).Parameter);
        Assert.Equal("crossCovariance", Assert.Throws<InvalidInputException>(() => CovariateModel.Create(one, one, DenseMatrix.CreateIdentity(2), [1, 1, 1], "z")).Parameter);
    }

    private static (LossKind Loss, string Link)[] Pairs => [(LossKind.Square, "relu(z)"), (LossKind.Logistic, "sign(z)"), (LossKind.Hinge, "sign(z - 1/4)"), (LossKind.Huber, "2*z + 1")];

    private static double[] Theta => [0.3, -0.5, 0.7, 0.9, -1.1, 1.3, 1.5, 0.2];

    private static double[] Mean(TurnedMixture x) => [.. Enumerable.Range(0, 8).Select(i => Math.Sqrt(x.MeanPower / 8) * (i % 3 == 0 ? 1 : -1))];

    private static double[] Spectrum(TurnedMixture x, int cluster) => [.. Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? x.First : x.Second) * (cluster == 0 ? 1 : 1 + 0.1 * i))];

    private static MixtureErmModel OnAtoms(TurnedMixture x, LossKind loss, string link) => new()
    {
        AtomWeights = [.. Enumerable.Repeat(0.125, 8)],
        CovarianceEigenvalues = [[.. Spectrum(x, 0)], [.. Spectrum(x, 1)]],
        TeacherPower = [.. Theta.Select(t => t * t)],
        MeanTeacherOverlaps = [.. Theta.Zip(Mean(x)).Select(p => ImmutableArray.Create(Math.Sqrt(8) * p.First * p.Second, -Math.Sqrt(8) * p.First * p.Second))],
        MeanGram = [.. Mean(x).Select(m => 8 * m * m).Select(g => ImmutableArray.Create(ImmutableArray.Create(g, -g), ImmutableArray.Create(-g, g)))],
        Probabilities = [x.Probability, 1 - x.Probability],
        Loss = loss,
        Teacher = link,
        Alpha = x.Alpha,
        Lambda = x.Lambda,
        Noise = 0.2,
        Intercept = x.Intercept,
    };

    private static LabelledMixtureModel Turned(TurnedMixture x, LossKind loss, string link)
    {
        var rotation = TurnedMixture.Rotation(8, x.Seed);
        ImmutableArray<ImmutableArray<double>> Covariance(int c) => TurnedMixture.Rows(rotation * DiagonalMatrix.OfDiagonal(8, 8, Spectrum(x, c)) * rotation.Transpose());
        var mean = rotation * new DenseVector(Mean(x));
        return new()
        {
            Probabilities = [x.Probability, 1 - x.Probability],
            Labels = [1, -1],
            Means = [[.. mean], [.. -mean]],
            Covariances = [Covariance(0), Covariance(1)],
            Teacher = [.. rotation * new DenseVector(Theta)],
            Link = link,
            Noise = 0.2,
            Loss = loss,
            Alpha = x.Alpha,
            Lambda = x.Lambda,
            Intercept = x.Intercept,
        };
    }

    private static Matrix<double> Gaussian(int rows, int columns, RandomStream random) => DenseMatrix.Create(rows, columns, (_, _) => random.NextGaussian());

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");
}
