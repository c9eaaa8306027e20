using System.Globalization;
using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>How the parts of an exact number are written.</summary>
internal abstract class ExactNotation
{
    /// <summary>Plain text that the expression grammar reads.</summary>
    public static ExactNotation Text { get; } = new TextNotation();

    /// <summary>LaTeX for mathematics mode.</summary>
    public static ExactNotation Latex { get; } = new LatexNotation();

    public abstract string Pi { get; }

    public abstract string EulerGamma { get; }

    public string Integer(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    public abstract string Parenthesis(string inner);

    public abstract string Exponential(string exponent);

    public abstract string Root(string inner);

    public abstract string Power(string atom, BigRational exponent);

    public abstract string Function(string name, string argument);

    public abstract string Fraction(List<string> top, List<string> bottom);

    private sealed class TextNotation : ExactNotation
    {
        public override string Pi => "pi";

        public override string EulerGamma => "EulerGamma";

        public override string Parenthesis(string inner) => $"({inner})";

        public override string Exponential(string exponent) => $"exp({exponent})";

        public override string Root(string inner) => IsWrapped(inner) ? $"sqrt{inner}" : $"sqrt({inner})";

        public override string Power(string atom, BigRational exponent) =>
            exponent.IsOne ? atom : exponent.IsInteger ? $"{atom}^{exponent}" : $"{atom}^({exponent})";

        public override string Function(string name, string argument) => $"{name}({argument})";

        public override string Fraction(List<string> top, List<string> bottom)
        {
            string over = top.Count == 0 ? "1" : string.Join('*', top);
            return bottom.Count switch
            {
                0 => over,
                1 => $"{over}/{bottom[0]}",
                _ => $"{over}/({string.Join('*', bottom)})",
            };
        }

        private static bool IsWrapped(string text) =>
            text.Length > 1 && text[0] == '(' && text[^1] == ')' && text[1..^1].IndexOfAny(['(', ')']) < 0;
    }

    private sealed class LatexNotation : ExactNotation
    {
        private const string Open = @"\left(", Close = @"\right)";

        public override string Pi => @"\pi";

        public override string EulerGamma => @"\gamma";

        public override string Parenthesis(string inner) => Open + inner + Close;

        public override string Exponential(string exponent) => $"e^{{{exponent}}}";

        public override string Root(string inner) => $@"\sqrt{{{(IsWrapped(inner) ? inner[Open.Length..^Close.Length] : inner)}}}";

        public override string Power(string atom, BigRational exponent) => exponent.IsOne ? atom : $"{{{atom}}}^{{{exponent}}}";

        public override string Function(string name, string argument) => Name(name) + Parenthesis(argument);

        public override string Fraction(List<string> top, List<string> bottom)
        {
            string over = top.Count == 0 ? "1" : Join(top);
            return bottom.Count == 0 ? over : $@"\frac{{{over}}}{{{Join(bottom)}}}";
        }

        private static bool IsWrapped(string text) => text.StartsWith(Open, StringComparison.Ordinal)
            && text.EndsWith(Close, StringComparison.Ordinal) && text.LastIndexOf(Open, StringComparison.Ordinal) == 0;

        // A thin space keeps two integers, or a command and a letter, apart.
        private static string Join(List<string> factors) => string.Join(@"\,", factors);

        private static string Name(string function) => function switch
        {
            "gamma" => @"\Gamma",
            "normcdf" => @"\Phi",
            "erf" => @"\operatorname{erf}",
            _ => @"\" + function,
        };
    }
}
