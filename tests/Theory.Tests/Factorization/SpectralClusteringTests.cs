using FsCheck.Xunit;
using Theory.Channels;
using Theory.Factorization;
using Theory.Numerics.Sampling;
using Theory.Systems;

namespace Theory.Tests.Factorization;

[Properties(Arbitrary = [typeof(PriorCases)])]
public class SpectralClusteringTests
{
    [Theory]
    [InlineData(2, 2.4, 0.3561, 0.4608, 0.7714)]
    [InlineData(0.5, 5, 0.4857, 0.3778, 0.8345)]
    public void Singular_vectors_have_the_tabulated_overlaps(double alpha, double lambda, double qu, double qv, double accuracy)
    {
        var p = new SpectralClusteringModel { Alpha = alpha, Lambda = lambda }.Predict();
        Assert.Equal(qu, p.QU, 5e-5);
        Assert.Equal(qv, p.QV, 5e-5);
        Assert.Equal(accuracy, p.LabelAccuracy, 1e-3);
    }

    [Property]
    public void Singular_vectors_overlap_as_much_as_Gaussian_factors_of_message_passing(ClusteringCase c)
    {
        var model = new SpectralClusteringModel { Alpha = c.Alpha, Lambda = c.ReducedLambda, Unit = SignalUnit.Spectral };
        var p = model.Predict();
        var gaussian = new RectangularFactorization(new GaussianPrior(), new GaussianPrior(), c.Alpha);
        var gamma = model.SignalToNoise / 2;
        var (u, v) = gaussian.Overlaps(gaussian.Reached(gamma, FactorizationStart.Informative).Snr, gamma);
        Assert.Equal(u, p.QU, 1e-8);
        Assert.Equal(v, p.QV, 1e-8);
    }

    [Property]
    public void Message_passing_finds_at_least_the_labels_of_principal_components_and_known_means_at_least_those_of_both(ClusteringCase c)
    {
        var principal = new SpectralClusteringModel { Alpha = c.Alpha, Lambda = c.ReducedLambda, Unit = SignalUnit.Spectral }.Predict();
        var passing = new SubspaceClusteringModel { Clusters = 2, Alpha = c.Alpha, Sparsity = c.Sparsity, Lambda = c.ReducedLambda, Unit = SignalUnit.Spectral }.Predict();
        // At the threshold itself both overlaps are the root of rounding.
        Assert.InRange(passing.LabelAccuracy, principal.LabelAccuracy - 1e-8, principal.LabelAccuracyKnownMeans + 1e-8);
    }

    [Theory]
    [InlineData(2, 2.6, 0.3)]
    [InlineData(0.5, 5, 1)]
    [InlineData(1, 1, 0.2)]
    public void Principal_components_behave_as_predicted(double alpha, double lambda, double rho) =>
        SpikedWignerTests.Passes(new SpectralClusteringModel { Alpha = alpha, Lambda = lambda, Sparsity = rho }.Verify(size: 300, trials: 10, seed: 51));

    [Fact]
    public void With_very_few_features_sparse_methods_find_labels_that_message_passing_and_principal_components_miss()
    {
        // Below the spectral threshold. Own Monte Carlo elsewhere, at n = 2000 and d = 1000: overlap 2·accuracy − 1 is 0.42 ± 0.04 with 3 features, 0.11 with 30; the ceiling is 0.4479.
        var few = Compare(3, 0.5, 10);
        var many = Compare(30, 0.5, 10);
        Assert.Equal(0.4479, Overlap(few, c => c.KnownMeans), 0.02);
        Assert.InRange(Overlap(few, c => c.DiagonalThresholding), 0.3, 0.4479);
        Assert.InRange(Overlap(few, c => c.SparsePrincipalComponent), 0.3, 0.46);
        Assert.InRange(Overlap(few, c => c.PrincipalComponent), -0.1, 0.1);
        Assert.InRange(Overlap(few, c => c.MessagePassing), -0.1, 0.1);
        Assert.InRange(Overlap(many, c => c.DiagonalThresholding), 0, 0.22);
    }

    [Fact]
    public void With_a_fraction_of_all_features_message_passing_finds_most()
    {
        var all = Compare(50, 1.5, 10);
        var passing = Overlap(all, c => c.MessagePassing);
        Assert.True(passing > Overlap(all, c => c.PrincipalComponent) + 0.1 && passing > Overlap(all, c => c.DiagonalThresholding) + 0.1);
        Assert.True(passing <= Overlap(all, c => c.KnownMeans) + 0.02);
        Assert.Equal(2 * new SubspaceClusteringModel { Clusters = 2, Alpha = 2, Sparsity = 0.1, Lambda = 1.5, Unit = SignalUnit.Spectral }.Predict().LabelAccuracy - 1, passing, 0.05);
    }

    [Fact]
    public void The_leading_component_is_that_of_a_complete_decomposition()
    {
        var random = new RandomStream(9);
        var x = new MathNet.Numerics.LinearAlgebra.Double.DenseMatrix(60, 90);
        random.FillGaussian(x.Values);
        var exact = x.Svd().U.Column(0);
        Assert.Equal(1, Math.Abs(exact.DotProduct(LeadingComponent.Left(x, random, "spectral-clustering"))), 1e-10);
    }

    [Fact]
    public void Illegal_models_name_the_parameter() =>
        Assert.Equal("Sparsity", Assert.Throws<ArgumentOutOfRangeException>(() => new SpectralClusteringModel { Alpha = 1, Lambda = 1, Sparsity = 0 }).ParamName);

    private static ClusteringComparison[] Compare(int features, double reduced, int trials)
    {
        var size = features == 50 ? 500 : 1000;
        var model = new SpectralClusteringModel { Alpha = 2, Lambda = reduced, Unit = SignalUnit.Spectral, Sparsity = features / (double)size };
        return [.. Enumerable.Range(0, trials).Select(t => SpectralClusteringExperiment.Compare(model, size, 60UL + (ulong)t))];
    }

    private static double Overlap(ClusteringComparison[] trials, Func<ClusteringComparison, double> method) => trials.Average(t => 2 * method(t) - 1);
}
