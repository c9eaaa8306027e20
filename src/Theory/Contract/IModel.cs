namespace Theory.Contract;

/// <summary>What the theorist chooses, as an immutable record that knows which system it belongs to.</summary>
/// <typeparam name="TModel">The model itself.</typeparam>
/// <typeparam name="TPrediction">What theory says about it.</typeparam>
public interface IModel<TModel, TPrediction>
    where TModel : class, IModel<TModel, TPrediction>
    where TPrediction : class, IPrediction
{
    /// <summary>The system that the model belongs to.</summary>
    static abstract SystemDefinition<TModel, TPrediction> System { get; }
}
