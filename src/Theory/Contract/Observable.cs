namespace Theory.Contract;

/// <summary>What theory predicts and an experiment may measure: one output of a system, as seen from outside.</summary>
public sealed record Observable
{
    /// <summary>Name outside the library, in snake case: <c>test_error</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Symbol in the equations.</summary>
    public required string Symbol { get; init; }

    /// <summary>Meaning in one sentence, with normalisation.</summary>
    public required string Meaning { get; init; }

    /// <summary>Its shape.</summary>
    public Shape Shape { get; init; } = Shape.Scalar;

    /// <summary>Whether the system's experiment measures it.</summary>
    public bool IsMeasured { get; init; }
}

/// <summary>An observable together with the way to read it from a prediction.</summary>
/// <typeparam name="TPrediction">The prediction.</typeparam>
/// <param name="Info">The observable as seen from outside.</param>
/// <param name="Get">Reads it; <see cref="Value.None"/> when it does not exist.</param>
/// <param name="Uncertainty">Reads the uncertainty of a stochastic backend (same shape), or <see langword="null"/> for deterministic systems.</param>
public sealed record Observable<TPrediction>(Observable Info, Func<TPrediction, Value> Get, Func<TPrediction, Value>? Uncertainty = null);
