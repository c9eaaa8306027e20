using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>Labels and losses of a real committee, one sample after the other, for <see cref="TrainingRun"/>.</summary>
internal sealed class CommitteeTraining(StudentInputs inputs, double noise)
{
    private readonly ScalarFunction slope = inputs.Activation.Expression!.Differentiate();
    private readonly double[] a = [.. inputs.Weights()];

    /// <summary>A run at dimension d with the given samples per dimension; steps and rule are still to be set.</summary>
    public TrainingRun Run(int dimension, double alpha) => new()
    {
        Dimension = dimension >= inputs.Directions + inputs.Width
            ? dimension
            : throw new InvalidInputException("size", $"size must be at least k + p = {inputs.Directions + inputs.Width}; got {dimension}"),
        Samples = Math.Max(1, (int)Math.Round(alpha * dimension)),
        Steps = 1,
        Rule = default,
        Labels = Label,
        Loss = inputs.Custom is not null ? Custom : inputs.Loss == StudentLoss.Logistic ? Logistic : Committee,
    };

    public static Value OverT(double[][,] matrices, bool isVector) => Value.ListOf(matrices.Select(matrix => matrix.GetLength(0) > 1
        ? Value.ListOf(Enumerable.Range(0, matrix.GetLength(0)).Select(i => Row(matrix, i)))
        : isVector ? Row(matrix, 0) : matrix[0, 0]));

    public static Value Rows(double[,] matrix) => Value.ListOf(Enumerable.Range(0, matrix.GetLength(0)).Select(i => Row(matrix, i)));

    private static Value Row(double[,] matrix, int i) => Value.Vector([.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j])]);

    private void Label(double[][] z, double[] labels, Numerics.Sampling.RandomStream random)
    {
        inputs.Target.Evaluate([.. z.SelectMany(row => row)], labels.AsSpan());
        if (noise == 0) return;
        for (var mu = 0; mu < labels.Length; mu++) labels[mu] += Math.Sqrt(noise) * random.NextGaussian();
    }

    private double Committee(double[][] h, double[] labels, double[][] gradient)
    {
        var total = 0.0;
        for (var mu = 0; mu < labels.Length; mu++)
        {
            var output = 0.0;
            for (var j = 0; j < a.Length; j++) output += a[j] * inputs.Activation.Evaluate(h[j][mu]);
            var isSquare = inputs.Loss == StudentLoss.Square;
            var outer = isSquare ? output - labels[mu] : -labels[mu];
            total += isSquare ? outer * outer / 2 : outer * output;
            for (var j = 0; j < a.Length; j++) gradient[j][mu] = outer * a[j] * slope.Evaluate(h[j][mu]);
        }
        return total / labels.Length;
    }

    private double Custom(double[][] h, double[] labels, double[][] gradient)
    {
        var (total, p) = (0.0, h.Length);
        double[] fields = new double[p], slopes = new double[p];
        for (var mu = 0; mu < labels.Length; mu++)
        {
            for (var j = 0; j < p; j++) fields[j] = h[j][mu];
            total += inputs.Custom!.Value(fields, labels[mu]);
            inputs.Custom.Gradient(fields, labels[mu], slopes);
            for (var j = 0; j < p; j++) gradient[j][mu] = slopes[j];
        }
        return total / labels.Length;
    }

    private static double Logistic(double[][] h, double[] labels, double[][] gradient)
    {
        var total = 0.0;
        for (var mu = 0; mu < labels.Length; mu++)
        {
            var margin = labels[mu] * h[0][mu];
            total += margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
            gradient[0][mu] = -labels[mu] / (1 + Math.Exp(margin));
        }
        return total / labels.Length;
    }
}
