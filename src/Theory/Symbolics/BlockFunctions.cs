using System.Numerics;
using System.Numerics.Tensors;

namespace Theory.Symbolics;

/// <summary>The instructions of a tape that are no plain tensor primitive. Target and operands may be the same span; scratch spans may not.</summary>
internal static class BlockFunctions
{
    public static void Call(Function function, ReadOnlySpan<double> x, Span<double> y)
    {
        switch (function)
        {
            case Function.Relu: VectorFunctions.Map<VectorFunctions.Relu>(x, y); break;
            case Function.Abs: TensorPrimitives.Abs(x, y); break;
            case Function.Sign: VectorFunctions.Map<VectorFunctions.Sign>(x, y); break;
            case Function.Step: VectorFunctions.Map<VectorFunctions.Step>(x, y); break;
            case Function.Exp: VectorFunctions.Map<VectorFunctions.Exp>(x, y); break;
            case Function.Tanh: VectorFunctions.Map<VectorFunctions.Tanh>(x, y); break;
            case Function.Sigmoid: VectorFunctions.Map<VectorFunctions.Sigmoid>(x, y); break;
            case Function.Softplus: VectorFunctions.Map<VectorFunctions.Softplus>(x, y); break;
            case Function.Silu: VectorFunctions.Map<VectorFunctions.Silu>(x, y); break;
            case Function.Elu: VectorFunctions.Map<VectorFunctions.Elu>(x, y); break;
            case Function.HardTanh: VectorFunctions.Map<VectorFunctions.HardTanh>(x, y); break;
            case Function.Log: TensorPrimitives.Log(x, y); break;
            case Function.Sqrt: TensorPrimitives.Sqrt(x, y); break;
            case Function.Cosh: VectorFunctions.Map<VectorFunctions.Cosh>(x, y); break;
            case Function.Relu6: VectorFunctions.Map<VectorFunctions.Relu6>(x, y); break;
            case Function.HardSwish: VectorFunctions.Map<VectorFunctions.HardSwish>(x, y); break;
            case Function.Mish: VectorFunctions.Map<VectorFunctions.Mish>(x, y); break;
            case Function.GeluTanh: VectorFunctions.Map<VectorFunctions.GeluTanh>(x, y); break;
            // Sine and cosine too: the vector forms of the framework change their last bit when the JIT recompiles them.
            default: VectorFunctions.MapScalar(function, x, y); break;
        }
    }

    public static void Call(Function function, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++) target[i] = Elementary.Call(function, x[i], y[i]);
    }

    /// <summary>Products in which an exact zero wins over an infinity.</summary>
    public static void Multiply(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> target)
    {
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= target.Length - width; i += width)
        {
            var (a, b) = (new Vector<double>(x[i..]), new Vector<double>(y[i..]));
            var zero = Vector.Equals(a, Vector<double>.Zero) | Vector.Equals(b, Vector<double>.Zero);
            var number = Vector.Equals(a, a) & Vector.Equals(b, b);
            Vector.ConditionalSelect(zero & number, Vector<double>.Zero, a * b).CopyTo(target[i..]);
        }
        for (; i < target.Length; i++)
        {
            var (a, b) = (x[i], y[i]);
            target[i] = (a == 0 || b == 0) && !double.IsNaN(a) && !double.IsNaN(b) ? 0 : a * b;
        }
    }

    public static void Power(ReadOnlySpan<double> x, int exponent, Span<double> target, Span<double> square)
    {
        x.CopyTo(square);
        var bits = Math.Abs(exponent);
        var isFirst = true;
        while (true)
        {
            if ((bits & 1) == 1)
            {
                if (isFirst) square.CopyTo(target);
                else TensorPrimitives.Multiply(target, square, target);
                isFirst = false;
            }
            bits >>= 1;
            if (bits == 0) break;
            TensorPrimitives.Multiply(square, square, square);
        }
        if (exponent < 0) TensorPrimitives.Divide(1, target, target);
    }

    public static void RealPower(ReadOnlySpan<double> x, double exponent, Span<double> target)
    {
        if (exponent == 0.5)
        {
            TensorPrimitives.Abs(x, target);
            TensorPrimitives.Sqrt(target, target);
            return;
        }
        for (var i = 0; i < x.Length; i++) target[i] = Math.Pow(Math.Abs(x[i]), exponent);
    }

    /// <summary>He_k by its recurrence, k ≥ 2.</summary>
    public static void Hermite(int order, ReadOnlySpan<double> x, Span<double> target, Span<double> previous, Span<double> argument)
    {
        x.CopyTo(argument);
        previous.Fill(1);
        argument.CopyTo(target);
        for (var k = 1; k < order; k++)
        {
            var width = Vector<double>.Count;
            var i = 0;
            for (; i <= target.Length - width; i += width)
            {
                var current = new Vector<double>(target[i..]);
                var next = new Vector<double>(argument[i..]) * current - Vector.Create((double)k) * new Vector<double>(previous[i..]);
                current.CopyTo(previous[i..]);
                next.CopyTo(target[i..]);
            }
            for (; i < target.Length; i++) (previous[i], target[i]) = (target[i], argument[i] * target[i] - k * previous[i]);
        }
    }

    public static void Compare(Relation relation, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> target)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = double.IsNaN(x[i]) || double.IsNaN(y[i]) ? double.NaN : relation.Holds(x[i], y[i]) ? 1 : 0;
    }
}
