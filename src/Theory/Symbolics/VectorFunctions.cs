using System.Numerics;

namespace Theory.Symbolics;

/// <summary>A function applied to a whole vector register.</summary>
internal interface IVectorFunction
{
    static abstract Vector<double> Of(Vector<double> x);
}

/// <summary>The functions of <see cref="Elementary"/> on blocks of numbers.</summary>
internal static class VectorFunctions
{
    private static readonly Vector<double> One = Vector<double>.One;

    /// <summary>y[i] = F(x[i]); the spans may be the same.</summary>
    public static void Map<F>(ReadOnlySpan<double> x, Span<double> y)
        where F : IVectorFunction
    {
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= x.Length - width; i += width) F.Of(new Vector<double>(x[i..])).CopyTo(y[i..]);
        if (i == x.Length) return;
        Span<double> rest = stackalloc double[width];
        x[i..].CopyTo(rest);
        F.Of(new Vector<double>(rest)).CopyTo(rest);
        rest[..(x.Length - i)].CopyTo(y[i..]);
    }

    /// <summary>y[i] = F(x[i]) for what has no vector form.</summary>
    public static void MapScalar(Function function, ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < x.Length; i++) y[i] = Elementary.Call(function, x[i]);
    }

    private static Vector<double> Select(Vector<long> condition, Vector<double> yes, Vector<double> no) => Vector.ConditionalSelect(condition, yes, no);

    /// <summary>tanh by exponentials; below 0.6 by the continued fraction x/(1 + x²/(3 + x²/(5 + …))) cut at 15, exact to 1e-17 there.</summary>
    private static Vector<double> TanhOf(Vector<double> x)
    {
        var a = Vector.Abs(x);
        var y = x * x;
        var below = (((y + V(594)) * y + V(45045)) * y + V(675675)) * y;
        var over = (((y + V(630)) * y + V(51975)) * y + V(945945)) * y + V(2027025);
        var small = x - x * (below / over);
        var e = Vector.Exp(-(a + a));
        var large = Vector.AsVectorDouble(Vector.AsVectorInt64((One - e) / (One + e)) | (Vector.AsVectorInt64(x) & new Vector<long>(long.MinValue)));
        return Select(Vector.LessThan(a, V(0.6)), small, large);
    }

    /// <summary>log(1 + x); the part of x that 1 + x rounds away is put back.</summary>
    private static Vector<double> Log1POf(Vector<double> x)
    {
        var sum = One + x;
        return Vector.Log(sum) + (x - (sum - One)) / sum;
    }

    private static Vector<double> SigmoidOf(Vector<double> x)
    {
        var e = Vector.Exp(-Vector.Abs(x));
        return Select(Vector.GreaterThanOrEqual(x, Vector<double>.Zero), One, e) / (One + e);
    }

    private static Vector<double> ClampOf(Vector<double> x, double lower, double upper) =>
        Select(Vector.GreaterThan(x, V(upper)), V(upper), Select(Vector.LessThan(x, V(lower)), V(lower), x));

    private static Vector<double> V(double value) => Vector.Create(value);

    public readonly struct Relu : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => Select(Vector.LessThanOrEqual(x, Vector<double>.Zero), Vector<double>.Zero, x);
    }

    public readonly struct Step : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => Select(Vector.GreaterThan(x, Vector<double>.Zero), One, Select(Vector.Equals(x, x), Vector<double>.Zero, x));
    }

    public readonly struct Sign : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) =>
            Select(Vector.GreaterThan(x, Vector<double>.Zero), One, Select(Vector.LessThan(x, Vector<double>.Zero), -One, x));
    }

    public readonly struct Exp : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => Vector.Exp(x);
    }

    public readonly struct Cosh : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            // e^(|x|/2) squared: cosh is finite a little beyond the range of exp.
            var root = Vector.Exp(V(0.5) * Vector.Abs(x));
            var direct = Vector.Exp(Vector.Abs(x));
            return Select(Vector.LessThan(Vector.Abs(x), V(700)), V(0.5) * (direct + One / direct), (V(0.5) * root) * root);
        }
    }

    public readonly struct Tanh : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => TanhOf(x);
    }

    public readonly struct Sigmoid : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => SigmoidOf(x);
    }

    public readonly struct Softplus : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => Relu.Of(x) + Log1POf(Vector.Exp(-Vector.Abs(x)));
    }

    public readonly struct Silu : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => x * SigmoidOf(x);
    }

    public readonly struct Elu : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            var t = TanhOf(V(0.5) * x);
            return Select(Vector.GreaterThan(x, Vector<double>.Zero), x, (t + t) / (One - t));
        }
    }

    public readonly struct HardTanh : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => ClampOf(x, -1, 1);
    }

    public readonly struct Relu6 : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => ClampOf(x, 0, 6);
    }

    public readonly struct HardSwish : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => x * ClampOf(x + V(3), 0, 6) / V(6);
    }

    public readonly struct Mish : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            var e = Vector.Exp(-Vector.Abs(x));
            var right = x * (One + e + e) / (One + e + e + V(2) * e * e);
            var product = e * (e + V(2));
            var left = x * product / (product + V(2));
            return Select(Vector.GreaterThan(x, Vector<double>.Zero), right, left);
        }
    }

    public readonly struct GeluTanh : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x) => x * SigmoidOf(V(1.5957691216057307) * x * (One + V(0.044715) * x * x));
    }

    public readonly struct LogCosh : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            var a = Vector.Abs(x);
            var t = TanhOf(a);
            var near = V(-0.5) * Log1POf(-(t * t));
            var far = a - V(0.69314718055994530942) + Log1POf(Vector.Exp(-(a + a)));
            return Select(Vector.GreaterThan(a, One), far, near);
        }
    }
}
