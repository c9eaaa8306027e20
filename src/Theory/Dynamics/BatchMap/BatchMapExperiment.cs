using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Trains the network by mini-batch SGD, with vectors in d dimensions or by the Markov chain of the overlaps, and measures its overlaps and its risk.</summary>
public static class BatchMapExperiment
{
    // Fresh samples for the risk.
    private const int Fresh = 20_000;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model, with whole d and n.</param>
    /// <param name="size">Not used: the model carries its own dimension.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>m</c>, <c>q</c> and <c>risk</c>.</returns>
    /// <exception cref="InvalidInputException">The parameters do not go together, or dimension or batch size are not whole.</exception>
    public static IReadOnlyDictionary<string, Value> Run(BatchMapModel model, int size, ulong seed)
    {
        var setting = model.Setting();
        var run = SgdRun.Start(model, setting, new RandomStream(seed));
        List<double> path = [run.Overlap];
        for (var t = 0; t < model.Steps; t++)
        {
            run.Step();
            if (model.Order is not null) path.Add(run.Overlap);
        }
        var (q, m) = (run.Students(), run.Teachers());
        return new Dictionary<string, Value>
        {
            ["m"] = model.Order is null ? Rows(m) : Value.Vector([.. path]),
            ["q"] = Rows(q),
            ["risk"] = Risk(setting, q, m, new RandomStream(seed).Substream(1)),
        };
    }

    /// <summary>½ mean (g − f)² on fresh samples, by their fields.</summary>
    private static double Risk(BatchMapSetting setting, Matrix<double> q, Matrix<double> m, RandomStream random)
    {
        var (p, k) = (m.RowCount, m.ColumnCount);
        var (factor, label, frame) = (OverlapFactor.Of(q, m, setting.P), setting.Label, p + k);
        double[] x = new double[frame], fields = new double[frame];
        var sum = 0.0;
        for (var sample = 0; sample < Fresh; sample++)
        {
            random.FillGaussian(x);
            for (var i = 0; i < frame; i++)
            {
                fields[i] = 0;
                for (var a = 0; a <= i; a++) fields[i] += factor[i * frame + a] * x[a];
            }
            var error = label.Evaluate(fields.AsSpan(0, k));
            for (var j = 0; j < p; j++) error -= setting.Readout[j] / p * setting.Activation.Evaluate(fields[k + j]);
            sum += error * error;
        }
        return sum / Fresh / 2;
    }

    private static Value Rows(Matrix<double> matrix) => Value.ListOf(matrix.EnumerateRows().Select(row => Value.Vector(row.AsArray() ?? row.ToArray())));
}
