using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>A Monte Carlo of the definition: explicit weights, Gaussian inputs, and averages of the gradients.</summary>
public static class SgdMomentsExperiment
{
    private const int Samples = 50_000;
    private const int Block = 500;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d, at least p + k.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>f</c>, <c>g</c>, <c>h</c> and <c>risk</c>.</returns>
    /// <exception cref="InvalidInputException">The parts do not fit together, or the dimension is less than p + k.</exception>
    public static IReadOnlyDictionary<string, Value> Run(SgdMomentsModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var run = new ExplicitNetwork(model.Task, SgdTables.Join(model.Q, model.M, model.P), size, random);
        var (p, k) = (run.Width, run.Teachers);
        var (f, g, h, risk) = (new double[p * k], new double[p * p], new double[p * p], 0.0);
        for (var done = 0; done < Samples; done += Block)
        {
            run.Draw(Block, random);
            for (var mu = 0; mu < Block; mu++)
            {
                risk += 0.5 * run.Excess[mu] * run.Excess[mu];
                for (var j = 0; j < p; j++)
                {
                    var gradient = run.Gradient(j, mu);
                    for (var r = 0; r < k; r++) f[j * k + r] += gradient * run.TeacherField(r, mu);
                    for (var b = 0; b < p; b++)
                    {
                        g[j * p + b] += gradient * run.StudentField(b, mu);
                        h[j * p + b] += gradient * run.Gradient(b, mu);
                    }
                }
            }
        }

        return new Dictionary<string, Value>
        {
            ["f"] = Averages(f, p, k),
            ["g"] = Averages(g, p, p),
            ["h"] = Averages(h, p, p),
            ["risk"] = risk / Samples,
        };
    }

    private static Value Averages(double[] sums, int rows, int columns)
    {
        for (var i = 0; i < sums.Length; i++) sums[i] /= Samples;
        return SgdTables.ToValue(SgdTables.Rows(sums, rows, columns));
    }
}
