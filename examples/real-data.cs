// Theory on real data: each class of a data set is replaced by a Gaussian with its mean and covariance, and the predicted errors of ridge and logistic regression are laid beside fits on random splits.
// Run: dotnet run examples/real-data.cs
#:project ../src/Theory/Theory.csproj
#:property PublishAot=false

using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Estimation;
using Theory.Numerics.Sampling;
using Theory.Systems;
using Theory.Systems.Data;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Trials = 20;
Lay("breast-cancer.csv", "benign", y => y == 1, [60, 120, 240, 400]);
Lay("digits.csv", "digit", y => y % 2 == 1, [122, 244, 610, 1220]);

void Lay(string file, string label, Func<double, bool> isPositive, int[] sizes)
{
    var table = SampleTable.Read(Path.Combine(Folder(), "data", file));
    var columns = table.Columns.Where(c => c.Name != label).Select(c => (IEnumerable<double>)c.Numbers!.Value);
    double[] labels = [.. table[label].Numbers!.Value.Select(y => isPositive(y) ? 1.0 : -1)];
    var data = MixtureEstimate.OfClasses(DenseMatrix.OfColumns(columns), labels);
    Console.WriteLine($"{file}: {labels.Length} samples, {data.Model.Dimension} columns");
    Console.WriteLine($"{"loss",10} {"n",6} {"predicted",10} {"measured",10} {"± s.e.",8}");
    foreach (var loss in new[] { LossKind.Square, LossKind.Logistic })
    {
        foreach (var n in sizes)
        {
            var model = data.Model with { Loss = loss, Alpha = (double)n / data.Model.Dimension, Lambda = 1 };
            var measured = Measure(data, model, n);
            Console.WriteLine($"{loss.ToString().ToLowerInvariant(),10} {n,6} {model.Predict().TestError,10:f4} {measured.Mean,10:f4} {measured.StandardError,8:f4}");
        }
    }
}

// Fits on n samples drawn without replacement, tested on all others.
RunningEstimate Measure(MixtureEstimate data, LabelledMixtureModel model, int n)
{
    var (x, scale, estimate) = (data.Samples, Math.Sqrt(model.Dimension), new RunningEstimate());
    for (var trial = 0; trial < Trials; trial++)
    {
        int[] order = [.. Enumerable.Range(0, data.Labels.Length)];
        var random = new RandomStream(2026, (ulong)trial);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)(random.NextUniform() * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        var fit = LabelledMixtureExperiment.Fit(model, Rows(order[..n]), [.. order[..n].Select(i => data.Labels[i])]);
        estimate.Add(order[n..].Count(i => data.Labels[i] * (x.Row(i) * fit.Weights / scale + fit.Intercept) <= 0) / (double)(order.Length - n));
    }
    return estimate;

    Matrix<double> Rows(int[] rows) => DenseMatrix.Create(rows.Length, x.ColumnCount, (i, j) => x[rows[i], j]);
}

static string Folder() => (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
