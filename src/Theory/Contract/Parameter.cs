namespace Theory.Contract;

/// <summary>What a theorist chooses: one input of a system, as seen from outside.</summary>
public sealed record Parameter
{
    /// <summary>Name outside the library, in snake case: <c>alpha</c>, <c>learning_rate</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Symbol in the equations, such as <c>α = n/d</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>Meaning in one sentence, with unit or normalisation.</summary>
    public required string Meaning { get; init; }

    /// <summary>Its shape.</summary>
    public Shape Shape { get; init; } = Shape.Scalar;

    /// <summary>Allowed range of numbers (each element's, for vectors), or <see langword="null"/> for texts and formulas.</summary>
    public ParameterRange? Range { get; init; }

    /// <summary>The texts allowed, for a choice out of a list; else empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The value when none is given; <see langword="null"/> means that it must be given.</summary>
    public Value? Default { get; init; }

    /// <summary>A typical value, used by help texts and examples.</summary>
    public required Value Example { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired => Default is null;
}

/// <summary>A parameter together with the way to read it from and set it on a model.</summary>
/// <typeparam name="TModel">The model, an immutable record.</typeparam>
/// <param name="Info">The parameter as seen from outside.</param>
/// <param name="Get">Reads it; <see cref="Value.None"/> when an optional one is not set.</param>
/// <param name="Set">A copy of the model with the value set; throws on an illegal one.</param>
public sealed record Parameter<TModel>(Parameter Info, Func<TModel, Value> Get, Func<TModel, Value, TModel> Set);
