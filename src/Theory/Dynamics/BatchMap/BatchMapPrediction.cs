using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Dynamics;

/// <summary>Overlaps along mini-batch SGD by the mean of its steps [Arnaboldi, Dandi, Krzakala, Loureiro, Pesce &amp; Stephan 2024, arXiv:2406.02157].</summary>
public sealed record BatchMapPrediction : IPrediction
{
    /// <summary>Overlaps M after the last step, p × k.</summary>
    public required ImmutableArray<ImmutableArray<double>> M { get; init; }

    /// <summary>Overlaps Q after the last step, p × p.</summary>
    public required ImmutableArray<ImmutableArray<double>> Q { get; init; }

    /// <summary>For a Hermite order the overlap m(t) for t = 0 … T; else <see langword="null"/>.</summary>
    public required ImmutableArray<double>? Path { get; init; }

    /// <summary>The risk ½ E(g − f)² after the last step, without the label noise.</summary>
    public required double Risk { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Iterates the mean step.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Tolerance of the moments, relative to the largest of each kind, not below 1e-10.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">The parameters do not go together.</exception>
    /// <exception cref="UnsupportedException">The weights diverge, or there are more fields than the moments can be computed for.</exception>
    /// <exception cref="NotConvergedException">The moments are not as accurate as asked for.</exception>
    public static BatchMapPrediction Solve(BatchMapModel model, SolveOptions? options = null)
    {
        var setting = model.Setting();
        return model.Order is { } order ? SolveHermite(model, order) : SolveNetwork(model, setting, options ?? SolveOptions.Default);
    }

    private static BatchMapPrediction SolveHermite(BatchMapModel model, int order)
    {
        var map = new HermiteNeuronMap(order, model.Loss, model.Dimension, model.BatchSize, model.LearningRate, model.Noise, model.Terms);
        var path = new double[model.Steps + 1];
        var m = path[0] = model.M0[0][0];
        for (var t = 1; t <= model.Steps; t++)
        {
            m = path[t] = m + map.Drift(m);
            if (!double.IsFinite(m)) throw new UnsupportedException($"step {t} annihilates the weight, so that it cannot be normalised");
        }
        return new()
        {
            M = [[m]],
            Q = [[1.0]],
            Path = [.. path],
            Risk = 1 - Math.Pow(m, order),
            Diagnostics = Diagnostics.ClosedForm,
        };
    }

    private static BatchMapPrediction SolveNetwork(BatchMapModel model, BatchMapSetting setting, SolveOptions options)
    {
        var tolerance = Math.Max(options.Tolerance, 1e-10);
        var map = new NetworkMap(model, setting, tolerance);
        // The accuracy of the moments is chosen anew at steps 0, 1, 2, 4, …: the overlaps change on a logarithmic scale of time.
        for (var t = 0; t < model.Steps; t++) map.Step(refine: (t & (t - 1)) == 0);
        var risk = map.Risk();
        var (p, k) = (setting.M.RowCount, setting.M.ColumnCount);
        var isResolved = map.Error <= tolerance * 100;
        var diagnostics = new Diagnostics(isResolved ? SolverStatus.Converged : SolverStatus.BudgetExhausted, map.Error, model.Steps, null, []);
        if (!isResolved && options.OnFailure == OnFailure.Throw) throw new NotConvergedException("sgd-batch-map", diagnostics);
        return new()
        {
            M = Rows(p, k, map.M),
            Q = Rows(p, p, map.Q),
            Path = null,
            Risk = risk,
            Diagnostics = diagnostics,
        };
    }

    private static ImmutableArray<ImmutableArray<double>> Rows(int rows, int columns, Func<int, int, double> entry) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => entry(i, j)).ToImmutableArray())];
}
