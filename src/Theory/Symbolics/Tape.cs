using System.Buffers;
using System.Numerics.Tensors;

namespace Theory.Symbolics;

/// <summary>What an instruction does to a block.</summary>
internal enum Operation
{
    Fill,
    Add,
    AddConstant,
    Scale,
    MultiplyAdd,
    Multiply,
    IntegerPower,
    RealPower,
    Unary,
    LogCosh,
    Max,
    Min,
    LeakyRelu,
    SoftThreshold,
    Hermite,
    Compare,
}

/// <summary>One instruction: target ← operation(first, second, constant, detail). Operands ≥ 0 are registers, −1 … −9 the variables.</summary>
internal readonly record struct Instruction(Operation Operation, int Target, int First, int Second, double Constant, int Detail);

/// <summary>A compiled expression: straight-line code over registers of one block each.</summary>
internal sealed class Tape(Instruction[] code, int registers, int result)
{
    private const int Block = 256;

    public void Run(ReadOnlySpan<double> columns, Span<double> results)
    {
        var count = results.Length;
        var width = Math.Min(Block, count);
        var buffer = ArrayPool<double>.Shared.Rent(Math.Max(1, (registers + 2) * width));
        try
        {
            for (var start = 0; start < count; start += width)
            {
                var frame = new Frame(columns, count, start, Math.Min(width, count - start), buffer, width, registers);
                foreach (ref readonly var instruction in code.AsSpan()) Execute(in instruction, in frame);
                frame.Operand(result).CopyTo(results[start..]);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    private static void Execute(in Instruction i, in Frame frame)
    {
        var target = frame.Register(i.Target);
        var x = i.Operation == Operation.Fill ? default : frame.Operand(i.First);
        switch (i.Operation)
        {
            case Operation.Fill:
                target.Fill(i.Constant);
                break;
            case Operation.Add:
                TensorPrimitives.Add(x, frame.Operand(i.Second), target);
                break;
            case Operation.AddConstant:
                TensorPrimitives.Add(x, i.Constant, target);
                break;
            case Operation.Scale:
                TensorPrimitives.Multiply(x, i.Constant, target);
                break;
            case Operation.MultiplyAdd:
                TensorPrimitives.MultiplyAdd(x, i.Constant, frame.Operand(i.Second), target);
                break;
            case Operation.Multiply:
                BlockFunctions.Multiply(x, frame.Operand(i.Second), target);
                break;
            case Operation.IntegerPower:
                BlockFunctions.Power(x, i.Detail, target, frame.Scratch);
                break;
            case Operation.RealPower:
                BlockFunctions.RealPower(x, i.Constant, target);
                break;
            case Operation.Unary:
                BlockFunctions.Call((Function)i.Detail, x, target);
                break;
            case Operation.LogCosh:
                VectorFunctions.Map<VectorFunctions.LogCosh>(x, target);
                break;
            case Operation.Max:
                TensorPrimitives.Max(x, frame.Operand(i.Second), target);
                break;
            case Operation.Min:
                TensorPrimitives.Min(x, frame.Operand(i.Second), target);
                break;
            case Operation.LeakyRelu:
            case Operation.SoftThreshold:
                BlockFunctions.Call(i.Operation == Operation.LeakyRelu ? Function.LeakyRelu : Function.SoftThreshold, x, frame.Operand(i.Second), target);
                break;
            case Operation.Hermite:
                BlockFunctions.Hermite(i.Detail, x, target, frame.Scratch, frame.SecondScratch);
                break;
            case Operation.Compare:
                BlockFunctions.Compare((Relation)i.Detail, x, frame.Operand(i.Second), target);
                break;
        }
    }

    /// <summary>The registers and inputs of one block.</summary>
    private readonly ref struct Frame(ReadOnlySpan<double> columns, int stride, int start, int length, Span<double> buffer, int width, int registers)
    {
        private readonly ReadOnlySpan<double> columns = columns;
        private readonly Span<double> buffer = buffer;

        public Span<double> Scratch => buffer.Slice(registers * width, length);

        public Span<double> SecondScratch => buffer.Slice((registers + 1) * width, length);

        public Span<double> Register(int index) => buffer.Slice(index * width, length);

        public ReadOnlySpan<double> Operand(int index) => index >= 0 ? Register(index) : columns.Slice((-1 - index) * stride + start, length);
    }
}
