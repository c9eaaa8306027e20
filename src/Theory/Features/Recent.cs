namespace Theory.Features;

/// <summary>What was made for the last few requests. Safe to use from several threads.</summary>
/// <typeparam name="TRequest">What is asked for, compared by value.</typeparam>
/// <typeparam name="TResult">What is made of it.</typeparam>
internal sealed class Recent<TRequest, TResult>
    where TRequest : class
{
    private const int Capacity = 8;
    private volatile KeyValuePair<TRequest, TResult>[] entries = [];

    /// <summary>The result for a request, made if it is not among the last ones.</summary>
    public TResult Get(TRequest request, Func<TRequest, TResult> make)
    {
        var known = entries;
        foreach (var entry in known)
            if (entry.Key.Equals(request)) return entry.Value;
        var result = make(request);
        entries = [new(request, result), .. known.Take(Capacity - 1)];
        return result;
    }
}
