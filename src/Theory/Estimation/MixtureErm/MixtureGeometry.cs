using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Estimation;

/// <summary>The atoms of a mixture as arrays, checked against each other, and the Gaussians that stand in for it.</summary>
internal sealed class MixtureGeometry
{
    private readonly MixtureErmModel model;
    private readonly int clusters;
    private readonly int atoms;

    public MixtureGeometry(MixtureErmModel model)
    {
        (this.model, clusters, atoms) = (model, model.Probabilities.Length, model.AtomWeights.Length);
        CheckLengths();
        for (var j = 0; j < atoms; j++) CheckGram(j);
        for (var c = 0; c < clusters; c++)
            if (model.CovarianceEigenvalues[c].All(s => s == 0)) throw new InvalidInputException("covariance_eigenvalues", $"covariance_eigenvalues[{c}] must not all be 0");
    }

    public int Clusters => clusters;

    public int Atoms => atoms;

    /// <summary>Σ w_j over the atoms that some cluster explores.</summary>
    public double Rank => Enumerable.Range(0, atoms).Where(j => model.CovarianceEigenvalues.Any(row => row[j] > 0)).Sum(j => model.AtomWeights[j]);

    public ClusterLaw[] Laws() => [.. Enumerable.Range(0, clusters).Select(c => new ClusterLaw(
        model.Probabilities[c],
        Sum(j => model.MeanTeacherOverlaps[j][c]),
        Sum(j => model.CovarianceEigenvalues[c][j] * model.TeacherPower[j])))];

    public AtomPrior Prior() => new(
        [.. model.AtomWeights], [.. model.CovarianceEigenvalues.Select(row => row.ToArray())], JointGrams());

    /// <summary>One centred Gaussian with the average covariance within clusters.</summary>
    public (AtomPrior Prior, ClusterLaw Law) Bulk()
    {
        var bulk = BulkEigenvalues();
        var grams = Enumerable.Range(0, atoms).Select(j => new[] { model.TeacherPower[j], 0, 0, 0 }).ToArray();
        return (new([.. model.AtomWeights], [bulk], grams), new(1, 0, Sum(j => bulk[j] * model.TeacherPower[j])));
    }

    /// <summary>One Gaussian with the mixture's mean and covariance.</summary>
    public (MatchedPrior Prior, ClusterLaw Law) Matched()
    {
        var bulk = BulkEigenvalues();
        var means = Laws().Select(l => l.TeacherMean).ToArray();
        var mean = Enumerable.Range(0, clusters).Sum(c => model.Probabilities[c] * means[c]);
        var spread = Enumerable.Range(0, clusters).Sum(c => model.Probabilities[c] * (means[c] - mean) * (means[c] - mean));
        return (new([.. model.AtomWeights], bulk, JointGrams(), [.. model.Probabilities], means), new(1, mean, Sum(j => bulk[j] * model.TeacherPower[j]) + spread));
    }

    /// <summary>The (K+1) × (K+1) Gram matrix of (θ, μ_1 … μ_K) on an atom, row by row.</summary>
    public double[] JointGram(int j)
    {
        var n = clusters + 1;
        var gram = new double[n * n];
        gram[0] = model.TeacherPower[j];
        for (var c = 0; c < clusters; c++)
        {
            gram[c + 1] = gram[(c + 1) * n] = model.MeanTeacherOverlaps[j][c];
            for (var e = 0; e < clusters; e++) gram[(c + 1) * n + e + 1] = model.MeanGram[j][c][e];
        }
        return gram;
    }

    /// <summary>Whether a matrix, a little more than nothing added to its diagonal, has a Cholesky root.</summary>
    private static bool IsPositive(double[] gram, int n)
    {
        double trace = 0;
        for (var i = 0; i < n; i++) trace += gram[i * n + i];
        for (var i = 0; i < n; i++) gram[i * n + i] += 1e-9 * (1 + trace);
        for (var i = 0; i < n; i++)
            for (var k = 0; k <= i; k++)
            {
                var rest = gram[i * n + k];
                for (var l = 0; l < k; l++) rest -= gram[i * n + l] * gram[k * n + l];
                if (i == k && !(rest > 0)) return false;
                gram[i * n + k] = i == k ? Math.Sqrt(rest) : rest / gram[k * n + k];
            }
        return true;
    }

    private double[] BulkEigenvalues() =>
        [.. Enumerable.Range(0, atoms).Select(j => Enumerable.Range(0, clusters).Sum(c => model.Probabilities[c] * model.CovarianceEigenvalues[c][j]))];

    private double[][] JointGrams() => [.. Enumerable.Range(0, atoms).Select(JointGram)];

    private double Sum(Func<int, double> term) => Enumerable.Range(0, atoms).Sum(j => model.AtomWeights[j] * term(j));

    private void CheckLengths()
    {
        Tables.RequireLength(clusters, model.CovarianceEigenvalues.Length, "covariance_eigenvalues", "probabilities");
        Tables.RequireLength(atoms, model.TeacherPower.Length, "teacher_power", "atom_weights");
        Tables.RequireLength(atoms, model.MeanTeacherOverlaps.Length, "mean_teacher_overlaps", "atom_weights");
        Tables.RequireLength(atoms, model.MeanGram.Length, "mean_gram", "atom_weights");
        foreach (var row in model.CovarianceEigenvalues) Tables.RequireLength(atoms, row.Length, "covariance_eigenvalues", "atom_weights");
        foreach (var row in model.MeanTeacherOverlaps) Tables.RequireLength(clusters, row.Length, "mean_teacher_overlaps", "probabilities");
        foreach (var table in model.MeanGram)
        {
            Tables.RequireLength(clusters, table.Length, "mean_gram", "probabilities");
            foreach (var row in table) Tables.RequireLength(clusters, row.Length, "mean_gram", "probabilities");
        }
    }

    private void CheckGram(int j)
    {
        for (var c = 0; c < clusters; c++)
            for (var e = 0; e < c; e++)
                if (Math.Abs(model.MeanGram[j][c][e] - model.MeanGram[j][e][c]) > 1e-9) throw new InvalidInputException("mean_gram", $"mean_gram[{j}] must be symmetric");
        if (IsPositive(JointGram(j), clusters + 1)) return;
        var gram = new DenseMatrix(clusters + 1, clusters + 1, JointGram(j));
        var least = DenseAlgebra.SymmetricEigenvalues(gram)[0];
        if (least < -1e-9 * (1 + gram.Trace()))
            throw new InvalidInputException("mean_gram", FormattableString.Invariant($"mean_gram[{j}], mean_teacher_overlaps[{j}] and teacher_power[{j}] belong to no vectors: their Gram matrix has the eigenvalue {least:g6}"));
    }
}
