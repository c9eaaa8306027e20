using System.Globalization;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Estimation;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Cli.Rendering;

/// <summary>What was estimated from data, for people.</summary>
internal static class MixtureEstimateText
{
    public static string Of(MixtureEstimate estimate)
    {
        var model = estimate.Model;
        var table = new TextTable(
            TextTable.Right("cluster"), TextTable.Right("label"), TextTable.Right("samples"), TextTable.Right("share"), TextTable.Right("|mean|/√d"), TextTable.Right("trace/d"),
            TextTable.Right("largest eigenvalue"), TextTable.Right("rank"));
        for (var c = 0; c < model.Probabilities.Length; c++)
        {
            var rows = model.Covariances[c];
            var values = DenseAlgebra.SymmetricEigenvalues(DenseMatrix.Create(rows.Length, rows.Length, (i, j) => rows[i][j]));
            table.Add(
                Text(c + 1), Text(model.Labels[c]), Text(estimate.Counts[c]), Text(model.Probabilities[c]), Text(new DenseVector([.. model.Means[c]]).L2Norm() / Math.Sqrt(model.Dimension)),
                Text(values.Average()), Text(values[^1]), Text(values.Count(x => x > 1e-10 * values[^1])));
        }
        var teacher = model.Teacher is null ? "" : $"teacher by least squares, noise of variance {Text(model.Noise)}\n";
        return $"{estimate.Labels.Length} samples of {model.Dimension} columns that vary\n\n{table.Render()}\n{teacher}";
    }

    private static string Text(double value) => value.ToString("g5", CultureInfo.InvariantCulture);
}
