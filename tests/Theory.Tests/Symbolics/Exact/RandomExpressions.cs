namespace Theory.Tests.Symbolics.Exact;

/// <summary>Random texts of expressions in z.</summary>
internal sealed class RandomExpressions(int seed)
{
    private static readonly string[] Functions =
    [
        "relu", "abs", "sign", "step", "exp", "sin", "cos", "tanh", "erf", "sigmoid", "softplus", "silu", "gelu", "elu", "hardtanh", "normcdf",
        "log", "sqrt", "arctan", "cosh", "relu6", "hardswish", "mish", "gelu_tanh",
    ];

    private static readonly string[] Constants = ["0", "1/3", "0.7", "pi", "e", "sqrt(2)", "ln(3)", "2", "-1", "-3/2"];

    private readonly Random _random = new(seed);

    public string Next(int depth)
    {
        if (depth == 0 || _random.Next(6) == 0)
            return _random.Next(3) == 0 ? $"({Constant()})" : "z";
        return _random.Next(12) switch
        {
            0 or 1 => $"({Next(depth - 1)}+{Next(depth - 1)})",
            2 => $"({Next(depth - 1)}-{Next(depth - 1)})",
            3 or 4 => $"({Next(depth - 1)}*{Next(depth - 1)})",
            5 => $"({Next(depth - 1)})^{_random.Next(4)}",
            6 => $"({Next(depth - 1)})/({Next(depth - 1)})",
            7 => $"max({Next(depth - 1)},{Next(depth - 1)})",
            8 => $"abs({Next(depth - 1)})^({_random.Next(1, 7)}/{_random.Next(1, 5)})",
            9 => $"indicator({Constant()}<{Next(depth - 1)}<={Constant()})",
            _ => $"{Functions[_random.Next(Functions.Length)]}({Next(depth - 1)})",
        };
    }

    private string Constant() => Constants[_random.Next(Constants.Length)];
}
