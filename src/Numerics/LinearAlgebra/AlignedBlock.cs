using System.Runtime.InteropServices;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>
/// Numbers at an address that is a multiple of 64. Some kernels of OpenBLAS sum in an order that depends on the alignment of what they are given, and arrays of the runtime are aligned as chance has it: on them,
/// decompositions of one matrix differ in their last bits from call to call.
/// </summary>
internal unsafe ref struct AlignedBlock
{
    private const nuint Alignment = 64;

    private double* pointer;

    private AlignedBlock(double* pointer) => this.pointer = pointer;

    public readonly double* Pointer => pointer;

    public static AlignedBlock Of(long count) => new((double*)NativeMemory.AlignedAlloc(checked((nuint)Math.Max(count, 1) * sizeof(double)), Alignment));

    public static AlignedBlock Of(double[] values)
    {
        var block = Of(values.LongLength);
        values.CopyTo(new Span<double>(block.pointer, values.Length));
        return block;
    }

    public readonly void CopyTo(double[] values) => new ReadOnlySpan<double>(pointer, values.Length).CopyTo(values);

    public void Dispose()
    {
        NativeMemory.AlignedFree(pointer);
        pointer = null;
    }
}
