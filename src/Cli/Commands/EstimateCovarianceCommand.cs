using System.CommandLine;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Cli.Rendering;
using Theory.Contract;
using Theory.Estimation;
using Theory.Systems;
using Theory.Systems.Data;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory estimate-covariance FILE</c>: the Gaussian mixture of a data set, as a model for predictions.</summary>
internal static class EstimateCovarianceCommand
{
    public static Command Create(Session session)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "samples: CSV with a header, or Parquet; a row each", HelpName = "FILE" };
        var label = new Option<string>("--label") { Description = "the column of labels", HelpName = "COLUMN", Required = true };
        var positive = new Option<string?>("--positive")
        {
            Description = "values of the label, separated by commas, that count as +1; the others as -1 [default: the larger of two values]",
            HelpName = "VALUES",
        };
        var cluster = new Option<string?>("--cluster") { Description = "a column of clusters, which may be the label's; by default the labels +1 and -1 are the clusters", HelpName = "COLUMN" };
        var regression = new Option<bool>("--regression") { Description = "takes labels as real numbers, and a linear teacher by least squares" };
        var raw = new Option<bool>("--raw") { Description = "takes columns as they are instead of centring and scaling each" };
        var output = new Option<string?>("--out") { Description = "writes the model there, for --model of predict, sweep and verify", HelpName = "FILE" };
        var command = new ToolCommand(
            "estimate-covariance",
            "Builds from a data set the model labelled-mixture: probabilities, means and covariances of its clusters, and labels or a teacher.",
            "theory estimate-covariance breast-cancer.csv --label benign --out model.json",
            "theory estimate-covariance digits.csv --label digit --positive 1,3,5,7,9 --cluster digit --out model.json",
            "theory predict --model model.json --set alpha=4 --set loss=square")
        {
            file, label, positive, cluster, regression, raw, output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(regression) && (result.GetValue(positive) ?? result.GetValue(cluster)) is not null)
                result.AddError("--regression goes with neither --positive nor --cluster");
        });
        command.SetAction(result =>
        {
            var estimate = Estimate(
                result.GetRequiredValue(file), result.GetRequiredValue(label), result.GetValue(positive), result.GetValue(cluster), result.GetValue(regression), !result.GetValue(raw));
            return Run(session, estimate, result.GetValue(output));
        });
        return command;
    }

    private static int Run(Session session, MixtureEstimate estimate, string? output)
    {
        var model = ModelDocument.ToJson(estimate.Model.AsProblem()) + "\n";
        if (output is not null) File.WriteAllText(output, model);
        session.Out.Write(session.IsJson ? model : MixtureEstimateText.Of(estimate));
        return ExitCode.Done;
    }

    private static MixtureEstimate Estimate(FileInfo file, string label, string? positive, string? cluster, bool isRegression, bool standardise)
    {
        var table = SampleTable.Read(file.FullName);
        try
        {
            var labelled = table[label];
            var samples = Samples(table, label, cluster);
            if (isRegression)
                return MixtureEstimate.OfRegression(samples, labelled.Numbers ?? throw new InvalidInputException("label", $"label must be a column of numbers; {label} holds text"), standardise);
            var labels = Signs(labelled.Texts, positive);
            return MixtureEstimate.OfClasses(samples, labels, cluster is null ? null : Indices(table[cluster].Texts), standardise);
        }
        catch (ArgumentException e) when (e is not InvalidInputException)
        {
            throw new InvalidInputException(e.ParamName, e.Message, e);
        }
    }

    private static DenseMatrix Samples(SampleTable table, string label, string? cluster)
    {
        SampleColumn[] columns = [.. table.Columns.Where(c => c.Name != label && c.Name != cluster)];
        foreach (var column in columns)
        {
            if (column.Numbers is not { } numbers) throw new InvalidInputException("file", $"column {column.Name} holds text; samples are numbers");
            if (numbers.Index().FirstOrDefault(e => !double.IsFinite(e.Item), (-1, 0)) is ( >= 0 and var row, _))
                throw new InvalidInputException("file", $"column {column.Name} has no finite number in row {row + 1}");
        }
        return DenseMatrix.Create(table.RowCount, columns.Length, (i, j) => columns[j].Numbers!.Value[i]);
    }

    private static double[] Signs(IReadOnlyList<string> labels, string? positive)
    {
        string[] values = [.. labels.Distinct().Order(Comparer<string>.Create(Compare))];
        if (positive is null && values.Length != 2)
            throw new InvalidInputException("positive", $"--positive must say which labels count as +1: there are {values.Length}");
        string[] chosen = positive?.Split(',', StringSplitOptions.TrimEntries) ?? [values[1]];
        if (chosen.FirstOrDefault(c => !values.Contains(c)) is { } unknown) throw new InvalidInputException("positive", $"--positive: no label is {unknown}; there are {string.Join(", ", values)}");
        if (chosen.Distinct().Count() == values.Length) throw new InvalidInputException("positive", "--positive must leave a label that counts as -1");
        return [.. labels.Select(y => chosen.Contains(y) ? 1.0 : -1)];
    }

    private static int Compare(string a, string b) =>
        double.TryParse(a, System.Globalization.CultureInfo.InvariantCulture, out var x) && double.TryParse(b, System.Globalization.CultureInfo.InvariantCulture, out var y) ? x.CompareTo(y) : string.CompareOrdinal(a, b);

    private static int[] Indices(IReadOnlyList<string> values)
    {
        string[] distinct = [.. values.Distinct().Order(Comparer<string>.Create(Compare))];
        return [.. values.Select(v => Array.IndexOf(distinct, v))];
    }
}
