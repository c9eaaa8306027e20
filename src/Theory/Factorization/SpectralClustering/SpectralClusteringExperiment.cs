using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>Two clusters by principal components and by their rivals, on real instances.</summary>
public static class SpectralClusteringExperiment
{
    internal const string AllowanceRemark = "c = 12, as for message passing on the same instances. Next to the threshold the law is slower than 1/d and no c is enough.";

    /// <summary>Runs one trial of principal components.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 2.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>q_u</c>, <c>q_v</c>, <c>label_accuracy</c> and <c>label_accuracy_known_means</c>.</returns>
    /// <exception cref="NotConvergedException">The leading singular vector was not found.</exception>
    public static IReadOnlyDictionary<string, Value> Run(SpectralClusteringModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var instance = Instance(model, size, random);
        var left = LeadingComponent.Left(instance.Data, random, SpectralClusteringModel.System.Id);
        var right = Project(instance.Data, left);
        var (u, v) = (new DenseVector(instance.TrueU.ToArray()), new DenseVector(instance.TrueV.ToArray()));
        return new Dictionary<string, Value>
        {
            ["q_u"] = SquaredCosine(right, u),
            ["q_v"] = SquaredCosine(left, v),
            ["label_accuracy"] = Accuracy(right, u),
            ["label_accuracy_known_means"] = Accuracy(Project(instance.Data, v), u),
        };
    }

    /// <summary>Divides the same instance by five methods. Sparse methods are told the number ρd of relevant features.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 2.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The fraction of labels that each method finds.</returns>
    /// <exception cref="NotConvergedException">A method did not settle.</exception>
    public static ClusteringComparison Compare(SpectralClusteringModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var instance = Instance(model, size, random);
        var (x, u, v) = (instance.Data, new DenseVector(instance.TrueU.ToArray()), new DenseVector(instance.TrueV.ToArray()));
        var (active, id) = (v.Values.Count(e => e != 0), SpectralClusteringModel.System.Id);
        var passing = new DenseVector(instance.Run(informed: false, id, random).U);
        var principal = LeadingComponent.Left(x, random, id);
        var diagonal = SparseComponents.DiagonalThresholding(x, active, random, id);
        var sparse = SparseComponents.TruncatedPower(x, active, [principal, diagonal], id);
        return new(
            Accuracy(passing, u), Accuracy(Project(x, principal), u), Accuracy(Project(x, sparse), u), Accuracy(Project(x, diagonal), u), Accuracy(Project(x, v), u));
    }

    private static RectangularMessagePassing Instance(SpectralClusteringModel model, int size, RandomStream random) => new(
        PointPrior.Simplex(2), new SparseRowPrior(model.Sparsity, 1), model.SignalToNoise / model.Sparsity, Math.Max(2, (int)Math.Round(model.Alpha * size)), size, random);

    private static DenseVector Project(DenseMatrix x, DenseVector direction) => (DenseVector)DenseAlgebra.Multiply(x, direction, transpose: true);

    private static double SquaredCosine(DenseVector a, DenseVector b) => Math.Pow(a.DotProduct(b), 2) / (a.DotProduct(a) * b.DotProduct(b));

    /// <summary>Fraction of equal signs. Which sign is which cluster is told by the other half of the samples: signs that say nothing would fit their own by chance.</summary>
    private static double Accuracy(DenseVector estimate, DenseVector truth)
    {
        var half = truth.Count / 2;
        int[] equal = [0, 0];
        for (var mu = 0; mu < truth.Count; mu++)
            if (Math.Sign(estimate[mu]) == Math.Sign(truth[mu])) equal[mu < half ? 0 : 1]++;
        var (first, second) = (2 * equal[0] >= half, 2 * equal[1] >= truth.Count - half);
        return ((second ? equal[0] : half - equal[0]) + (first ? equal[1] : truth.Count - half - equal[1])) / (double)truth.Count;
    }
}

/// <summary>Fraction of labels of two clusters found on one instance by each method, up to the names of the clusters.</summary>
/// <param name="MessagePassing">Message passing from nothing, which knows the model.</param>
/// <param name="PrincipalComponent">The leading principal component.</param>
/// <param name="SparsePrincipalComponent">The truncated power method.</param>
/// <param name="DiagonalThresholding">The leading component of the features of largest variance.</param>
/// <param name="KnownMeans">The direction of the means itself: the ceiling.</param>
public sealed record ClusteringComparison(double MessagePassing, double PrincipalComponent, double SparsePrincipalComponent, double DiagonalThresholding, double KnownMeans);
