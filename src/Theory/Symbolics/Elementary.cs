using MathNet.Numerics;

namespace Theory.Symbolics;

/// <summary>The functions of the language at one number, accurate to a few ulp: no cancellation in tails and near zero, no overflow of what is finite.</summary>
internal static class Elementary
{
    private const double RootHalf = 0.70710678118654752440;
    private const double Ln2 = 0.69314718055994530942;

    public static double Call(Function function, double u) => function switch
    {
        Function.Relu => u > 0 ? u : u <= 0 ? 0 : double.NaN,
        Function.Abs => Math.Abs(u),
        Function.Sign => u > 0 ? 1 : u < 0 ? -1 : u,
        Function.Step => u > 0 ? 1 : u <= 0 ? 0 : double.NaN,
        Function.Exp => Math.Exp(u),
        Function.Sin => Math.Sin(u),
        Function.Cos => Math.Cos(u),
        Function.Tanh => Math.Tanh(u),
        Function.Erf => SpecialFunctions.Erf(u),
        Function.Sigmoid => Sigmoid(u),
        Function.Softplus => Math.Max(u, 0) + Log1P(Math.Exp(-Math.Abs(u))),
        Function.Silu => u * Sigmoid(u),
        Function.Gelu => NormCdf(u) is var p && p == 0 ? 0 : u * p,
        Function.Elu => u > 0 ? u : ExpM1(u),
        Function.HardTanh => Math.Clamp(u, -1, 1),
        Function.NormCdf => NormCdf(u),
        Function.Log => Math.Log(u),
        Function.Sqrt => Math.Sqrt(u),
        Function.ArcTan => Math.Atan(u),
        Function.Cosh => Math.Cosh(u),
        Function.Relu6 => Math.Clamp(u, 0, 6),
        Function.HardSwish => u * Math.Clamp(u + 3, 0, 6) / 6,
        Function.Mish => Mish(u),
        Function.GeluTanh => u * Sigmoid(GeluTanhGate(u)),
        _ => throw new InvalidOperationException($"{function} has two arguments"),
    };

    public static double Call(Function function, double u, double v) => function switch
    {
        Function.Max => Math.Max(u, v),
        Function.Min => Math.Min(u, v),
        Function.LeakyRelu => u > 0 ? u : v * u,
        Function.SoftThreshold => Math.Max(u - v, 0) - Math.Max(-u - v, 0),
        _ => throw new InvalidOperationException($"{function} has one argument"),
    };

    /// <summary>He_k(u) by the recurrence He_{k+1} = u·He_k − k·He_{k−1}.</summary>
    public static double Hermite(int order, double u)
    {
        var (previous, current) = (1.0, u);
        for (var k = 1; k < order; k++) (previous, current) = (current, u * current - k * previous);
        return order == 0 ? 1 : current;
    }

    /// <summary>base^exponent by squaring.</summary>
    public static double Power(double @base, int exponent)
    {
        var result = 1.0;
        var square = @base;
        for (var bits = Math.Abs(exponent); bits > 0; bits >>= 1)
        {
            if ((bits & 1) == 1) result *= square;
            square *= square;
        }
        return exponent < 0 ? 1 / result : result;
    }

    public static double Sigmoid(double u)
    {
        var decay = Math.Exp(-Math.Abs(u));
        return (u >= 0 ? 1 : decay) / (1 + decay);
    }

    /// <summary>Φ(u) = erfc(−u/√2)/2; the rounding of u/√2, which the Gaussian would amplify in the tail, is undone.</summary>
    public static double NormCdf(double u)
    {
        var t = -u * RootHalf;
        if (t > 38) return 0;
        var value = 0.5 * SpecialFunctions.Erfc(t);
        return t > 0.5 ? value * (1 - Math.FusedMultiplyAdd(0.5 * u, u, -(t * t))) : value;
    }

    /// <summary>log cosh u.</summary>
    public static double LogCosh(double u)
    {
        var a = Math.Abs(u);
        if (a > 1) return a - Ln2 + Log1P(Math.Exp(-2 * a));
        var t = Math.Tanh(a);
        return -0.5 * Log1P(-t * t);
    }

    /// <summary>√(8/π)(u + 0.044715 u³): gelu_tanh(u) = u·sigmoid of this.</summary>
    public static double GeluTanhGate(double u) => 1.5957691216057307 * u * (1 + 0.044715 * u * u);

    /// <summary>u·tanh(log(1 + eᵘ)), with the tanh as a quotient of polynomials in e^(−|u|).</summary>
    private static double Mish(double u)
    {
        var e = Math.Exp(-Math.Abs(u));
        return u > 0 ? u * (1 + 2 * e) / (1 + 2 * e + 2 * e * e) : u * e * (e + 2) / (e * (e + 2) + 2);
    }

    /// <summary>log(1 + x); the part of x that 1 + x rounds away is put back.</summary>
    private static double Log1P(double x)
    {
        var sum = 1 + x;
        return Math.Log(sum) + (x - (sum - 1)) / sum;
    }

    /// <summary>eᵘ − 1 for u ≤ 0, as 2t/(1 − t) with t = tanh(u/2).</summary>
    private static double ExpM1(double u)
    {
        var t = Math.Tanh(0.5 * u);
        return 2 * t / (1 - t);
    }
}
