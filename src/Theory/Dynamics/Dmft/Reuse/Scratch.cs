using System.Buffers;

namespace Theory.Dynamics;

/// <summary>Rented memory.</summary>
internal readonly ref struct Scratch(int length)
{
    private readonly double[] array = ArrayPool<double>.Shared.Rent(length);

    public Span<double> Span => array.AsSpan(0, length);

    public void Dispose() => ArrayPool<double>.Shared.Return(array);
}
