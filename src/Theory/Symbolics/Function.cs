namespace Theory.Symbolics;

/// <summary>The named functions of the expression language, Hermite polynomials and indicators aside.</summary>
public enum Function
{
    /// <summary><c>relu(u)</c> = max(u, 0).</summary>
    Relu,

    /// <summary><c>leakyrelu(u, s)</c> = s·u + (1 − s)·relu(u): u for u &gt; 0, s·u below.</summary>
    LeakyRelu,

    /// <summary><c>abs(u)</c> = |u|.</summary>
    Abs,

    /// <summary><c>sign(u)</c>, with sign(0) = 0.</summary>
    Sign,

    /// <summary><c>step(u)</c> = 1 for u &gt; 0, else 0.</summary>
    Step,

    /// <summary><c>max(u, v)</c>.</summary>
    Max,

    /// <summary><c>min(u, v)</c>.</summary>
    Min,

    /// <summary><c>exp(u)</c>.</summary>
    Exp,

    /// <summary><c>sin(u)</c>.</summary>
    Sin,

    /// <summary><c>cos(u)</c>.</summary>
    Cos,

    /// <summary><c>tanh(u)</c>.</summary>
    Tanh,

    /// <summary><c>erf(u)</c> = (2/√π) ∫₀ᵘ exp(−t²) dt.</summary>
    Erf,

    /// <summary><c>sigmoid(u)</c> = 1/(1 + exp(−u)).</summary>
    Sigmoid,

    /// <summary><c>softplus(u)</c> = log(1 + exp(u)).</summary>
    Softplus,

    /// <summary><c>silu(u)</c>, also <c>swish(u)</c>, = u·sigmoid(u).</summary>
    Silu,

    /// <summary><c>gelu(u)</c> = u·normcdf(u).</summary>
    Gelu,

    /// <summary><c>elu(u)</c> = u for u &gt; 0, exp(u) − 1 below.</summary>
    Elu,

    /// <summary><c>hardtanh(u)</c>: u clipped to [−1, 1].</summary>
    HardTanh,

    /// <summary><c>normcdf(u)</c> = (1 + erf(u/√2))/2, the standard normal distribution function.</summary>
    NormCdf,

    /// <summary><c>log(u)</c>, also <c>ln(u)</c>: the natural logarithm.</summary>
    Log,

    /// <summary><c>sqrt(u)</c>.</summary>
    Sqrt,

    /// <summary><c>arctan(u)</c>.</summary>
    ArcTan,

    /// <summary><c>cosh(u)</c>.</summary>
    Cosh,

    /// <summary><c>relu6(u)</c>: u clipped to [0, 6].</summary>
    Relu6,

    /// <summary><c>hardswish(u)</c> = u·relu6(u + 3)/6.</summary>
    HardSwish,

    /// <summary><c>softthreshold(u, b)</c> = relu(u − b) − relu(−u − b).</summary>
    SoftThreshold,

    /// <summary><c>mish(u)</c> = u·tanh(softplus(u)).</summary>
    Mish,

    /// <summary><c>gelu_tanh(u)</c> = (u/2)(1 + tanh(√(2/π)(u + 0.044715 u³))).</summary>
    GeluTanh,
}

/// <summary>Names and arities of the functions, as the grammar writes them.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Function> ByName = new()
    {
        ["relu"] = Function.Relu,
        ["leakyrelu"] = Function.LeakyRelu,
        ["abs"] = Function.Abs,
        ["sign"] = Function.Sign,
        ["step"] = Function.Step,
        ["max"] = Function.Max,
        ["min"] = Function.Min,
        ["exp"] = Function.Exp,
        ["sin"] = Function.Sin,
        ["cos"] = Function.Cos,
        ["tanh"] = Function.Tanh,
        ["erf"] = Function.Erf,
        ["sigmoid"] = Function.Sigmoid,
        ["softplus"] = Function.Softplus,
        ["silu"] = Function.Silu,
        ["swish"] = Function.Silu,
        ["gelu"] = Function.Gelu,
        ["elu"] = Function.Elu,
        ["hardtanh"] = Function.HardTanh,
        ["normcdf"] = Function.NormCdf,
        ["log"] = Function.Log,
        ["ln"] = Function.Log,
        ["sqrt"] = Function.Sqrt,
        ["arctan"] = Function.ArcTan,
        ["cosh"] = Function.Cosh,
        ["relu6"] = Function.Relu6,
        ["hardswish"] = Function.HardSwish,
        ["softthreshold"] = Function.SoftThreshold,
        ["mish"] = Function.Mish,
        ["gelu_tanh"] = Function.GeluTanh,
    };

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["atan"] = "arctan",
        ["heaviside"] = "step",
        ["theta"] = "step",
        ["sgn"] = "sign",
        ["phi"] = "normcdf",
        ["logistic"] = "sigmoid",
        ["clip"] = "hardtanh",
        ["hermite"] = "He2",
        ["he"] = "He2",
        ["probit"] = "normcdf",
        ["sqr"] = "z^2",
        ["power"] = "z^2",
    };

    private static readonly string[] Names = NamesInOrder();

    private static readonly string[] Words = [.. ByName.Keys, "indicator", "pi", "e", "z"];

    public static int Count => Names.Length;

    public static bool TryGet(string name, out Function function) => ByName.TryGetValue(name, out function);

    public static string Name(Function function) => Names[(int)function];

    public static int Arity(Function function) =>
        function is Function.LeakyRelu or Function.Max or Function.Min or Function.SoftThreshold ? 2 : 1;

    /// <summary>The known word nearest to an unknown one, or <see langword="null"/> when none is near.</summary>
    public static string? Nearest(string name)
    {
        if (OtherNames.TryGetValue(name, out var other)) return other;
        if (Words.FirstOrDefault(w => w.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } same) return same;
        if (name.Length is < 3 or > 24) return null;
        var best = Words.Where(w => w.Length > 2).MinBy(w => EditDistance(name.ToLowerInvariant(), w))!;
        return EditDistance(name.ToLowerInvariant(), best) <= (name.Length > 5 ? 2 : 1) ? best : null;
    }

    private static string[] NamesInOrder()
    {
        var names = new string[Enum.GetValues<Function>().Length];
        foreach (var (name, function) in ByName) names[(int)function] ??= name;
        names[(int)Function.Silu] = "silu";
        names[(int)Function.Log] = "log";
        return names;
    }

    private static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
