namespace Theory.Factorization;

/// <summary>What all copies of a model that differ only elsewhere share: computed once, when first needed. It does not count in comparisons.</summary>
/// <typeparam name="T">What is shared; immutable as seen from outside.</typeparam>
internal sealed class Shared<T>
    where T : class
{
    private T? value;

    public T Get(Func<T> create) => value ?? Interlocked.CompareExchange(ref value, create(), null) ?? value;

    public override bool Equals(object? obj) => obj is Shared<T>;

    public override int GetHashCode() => 0;
}
