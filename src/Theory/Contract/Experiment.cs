namespace Theory.Contract;

/// <summary>The same model at finite size: simulates the real thing and measures the system's observables. It shares no formula with the prediction.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TPrediction">The prediction.</typeparam>
public sealed record Experiment<TModel, TPrediction>
{
    /// <summary>
    /// Runs one trial: the model, the size d and a seed in; a value for every measured observable out.
    /// Equal arguments give equal results, on any number of threads.
    /// </summary>
    public required Func<TModel, int, ulong, IReadOnlyDictionary<string, Value>> Run { get; init; }

    /// <summary>What is simulated, in one or two sentences.</summary>
    public required string Description { get; init; }

    /// <summary>Size d used when none is asked for.</summary>
    public required int DefaultSize { get; init; }

    /// <summary>Number of trials used when none is asked for; at least 10.</summary>
    public int DefaultTrials { get; init; } = 16;

    /// <summary>Smallest size that makes sense.</summary>
    public int MinimumSize { get; init; } = 10;

    /// <summary>
    /// The constant c of the finite-size allowance c/d, for an observable (by name) of a prediction:
    /// how far the mean at size d may lie from the limit besides its statistical error.
    /// </summary>
    public required Func<TModel, TPrediction, string, double> FiniteSizeConstant { get; init; }

    /// <summary>Where the finite-size constant comes from, in one sentence.</summary>
    public required string FiniteSizeRemark { get; init; }

    /// <summary>The dimension that a model itself carries, for which a size may not be asked; <see langword="null"/> by default.</summary>
    public Func<TModel, int?> Dimension { get; init; } = static _ => null;
}
