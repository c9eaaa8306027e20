namespace Theory.Symbolics.Exact;

/// <summary>Smooth named functions at exact numbers.</summary>
internal static class ExactConstants
{
    /// <summary>The value; null for functions that are rewritten before they come here.</summary>
    /// <exception cref="ArithmeticException">A sign that is needed cannot be decided.</exception>
    public static ExactNumber? At(Function function, ExactNumber x) => function switch
    {
        Function.Exp => ExactNumber.Exp(x),
        Function.Sin => ExactNumber.Sin(x),
        Function.Cos => ExactNumber.Cos(x),
        Function.Tanh => Tanh(x),
        Function.Erf => ExactNumber.Erf(x),
        Function.ArcTan => ExactNumber.Atan(x),
        Function.Sigmoid => Sigmoid(x),
        Function.Softplus => ExactNumber.Ln(1 + ExactNumber.Exp(x)),
        Function.Silu => x * Sigmoid(x),
        Function.Mish => x * Tanh(ExactNumber.Ln(1 + ExactNumber.Exp(x))),
        Function.GeluTanh => x / 2 * (1 + Tanh(ExactNumber.Sqrt(2 / ExactNumber.Pi) * (x + (BigRational.Parse("0.044715") * (x * x * x))))),
        _ => null,
    };

    private static ExactNumber Sigmoid(ExactNumber x) => x.IsZero ? BigRational.Half : 1 / (1 + ExactNumber.Exp(-x));

    private static ExactNumber Tanh(ExactNumber x) => x.IsZero ? x : 1 - (2 / (1 + ExactNumber.Exp(2 * x)));
}
