using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Estimation;

/// <summary>The Gaussian mixture of a data set: probabilities, means and covariances of its clusters, and labels.</summary>
public sealed record MixtureEstimate
{
    /// <summary>The model, at as many samples per dimension as there are, with logistic (clusters of labels ±1) or square loss (real labels), λ = 1 and an intercept.</summary>
    public required LabelledMixtureModel Model { get; init; }

    /// <summary>The numbers n_c of samples in the clusters.</summary>
    public required ImmutableArray<int> Counts { get; init; }

    /// <summary>The columns used, by their place in the data: those that are not constant.</summary>
    public required ImmutableArray<int> Columns { get; init; }

    /// <summary>The samples as the model sees them, n × d: columns used, centred and scaled if that was asked for.</summary>
    public required Matrix<double> Samples { get; init; }

    /// <summary>The labels of the samples.</summary>
    public required ImmutableArray<double> Labels { get; init; }

    /// <summary>Estimates a mixture whose clusters have labels ±1.</summary>
    /// <param name="samples">The samples, n × d.</param>
    /// <param name="labels">Their labels, ±1, the same for all samples of a cluster.</param>
    /// <param name="clusters">Their clusters; the labels make two if <see langword="null"/>.</param>
    /// <param name="standardise">Whether to subtract from every column its mean and to divide it by its standard deviation.</param>
    /// <returns>The mixture. Covariances are those of maximum likelihood, with 1/n_c.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite, labels are not ±1 or differ within a cluster, or no column varies.</exception>
    public static MixtureEstimate OfClasses(Matrix<double> samples, IReadOnlyList<double> labels, IReadOnlyList<int>? clusters = null, bool standardise = true)
    {
        var (x, columns) = Prepare(samples, labels, standardise);
        if (labels.Any(y => y is not (1 or -1))) throw new ArgumentException("labels must be 1 or -1", nameof(labels));
        clusters ??= [.. labels.Select(y => y > 0 ? 0 : 1)];
        if (clusters.Count != labels.Count) throw new ArgumentException($"clusters must be as many as labels, {labels.Count}; got {clusters.Count}", nameof(clusters));
        int[][] members = [.. Enumerable.Range(0, labels.Count).GroupBy(i => clusters[i]).OrderBy(g => g.Key).Select(g => g.ToArray())];
        if (members.Any(m => m.Any(i => labels[i] != labels[m[0]]))) throw new ArgumentException("samples of one cluster must have one label", nameof(clusters));
        var parts = Array.ConvertAll(members, rows => MeanAndCovariance(Rows(x, rows)));
        return new()
        {
            Model = ModelOf(parts, [.. members.Select(m => (double)m.Length / labels.Count)], [.. members.Select(m => labels[m[0]])], labels.Count) with { Loss = LossKind.Logistic },
            Counts = [.. members.Select(m => m.Length)],
            Columns = columns,
            Samples = x,
            Labels = [.. labels],
        };
    }

    /// <summary>Estimates one Gaussian and a linear teacher, by least squares, with the variance that it leaves as noise.</summary>
    /// <param name="samples">The samples, n × d.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="standardise">Whether to subtract from every column its mean and to divide it by its standard deviation.</param>
    /// <returns>The mixture of one cluster. The noise is the residual variance n/(n − d − 1) times that of the fit, which asks for n > d + 1.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite, no column varies, or samples are too few.</exception>
    public static MixtureEstimate OfRegression(Matrix<double> samples, IReadOnlyList<double> labels, bool standardise = true)
    {
        var (x, columns) = Prepare(samples, labels, standardise);
        var (n, d) = (x.RowCount, x.ColumnCount);
        if (n <= d + 1) throw new ArgumentException($"samples must be more than columns + 1, {d + 1}, to estimate a teacher; got {n}", nameof(samples));
        var part = MeanAndCovariance(x);
        var centred = DenseMatrix.Create(n, d, (i, j) => x[i, j] - part.Mean[j]);
        var mean = labels.Average();
        var residual = new DenseVector([.. labels.Select(y => y - mean)]);
        var slope = DenseAlgebra.RidgeSolve(centred, residual, 0);
        var left = residual - centred * slope;
        return new()
        {
            Model = ModelOf([part], [1], [mean], n) with
            {
                Teacher = [.. slope * Math.Sqrt(d)],
                Noise = left * left / (n - d - 1),
                Loss = LossKind.Square,
            },
            Counts = [n],
            Columns = columns,
            Samples = x,
            Labels = [.. labels],
        };
    }

    private static LabelledMixtureModel ModelOf((Vector<double> Mean, Matrix<double> Covariance)[] parts, ImmutableArray<double> probabilities, ImmutableArray<double> labels, int samples) => new()
    {
        Probabilities = probabilities,
        Labels = labels,
        Means = [.. parts.Select(p => p.Mean.ToImmutableArray())],
        Covariances = [.. parts.Select(p => p.Covariance.EnumerateRows().Select(row => row.ToImmutableArray()).ToImmutableArray())],
        Loss = LossKind.Square,
        Alpha = (double)samples / parts[0].Mean.Count,
        Lambda = 1,
        Intercept = true,
    };

    private static (Matrix<double> Samples, ImmutableArray<int> Columns) Prepare(Matrix<double> samples, IReadOnlyList<double> labels, bool standardise)
    {
        Guard.NotNull(samples);
        Guard.NotNull(labels);
        if (labels.Count != samples.RowCount) throw new ArgumentException($"labels must be as many as rows of samples, {samples.RowCount}; got {labels.Count}", nameof(labels));
        if (samples.Enumerate().Concat(labels).Any(value => !double.IsFinite(value))) throw new ArgumentException("samples and labels must be finite", nameof(samples));
        int[] columns = [.. Enumerable.Range(0, samples.ColumnCount).Where(j => samples.Column(j) is var column && column.Minimum() < column.Maximum())];
        if (columns.Length == 0) throw new ArgumentException("samples must have a column that is not constant", nameof(samples));
        var used = DenseMatrix.OfColumnVectors(columns.Select(samples.Column));
        for (var j = 0; standardise && j < columns.Length; j++)
        {
            var column = used.Column(j) - used.Column(j).Average();
            used.SetColumn(j, column / Math.Sqrt(column * column / column.Count));
        }
        return (used, [.. columns]);
    }

    private static Matrix<double> Rows(Matrix<double> x, int[] rows) => DenseMatrix.Create(rows.Length, x.ColumnCount, (i, j) => x[rows[i], j]);

    private static (Vector<double> Mean, Matrix<double> Covariance) MeanAndCovariance(Matrix<double> x)
    {
        var mean = x.ColumnSums() / x.RowCount;
        var centred = DenseMatrix.Create(x.RowCount, x.ColumnCount, (i, j) => x[i, j] - mean[j]);
        return (mean, DenseAlgebra.Gram(centred) / x.RowCount);
    }
}
