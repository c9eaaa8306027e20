using System.Globalization;
using Theory.Exponents;

namespace Theory.Cli.Rendering;

/// <summary>Words that all renderings of exponents share.</summary>
internal static class ExponentsWords
{
    public static string Status(LearningExponents exponents, string quantity) => Status(exponents.CertificateOf(quantity));

    public static string Status(Certificate certificate) => certificate.IsProved ? "proved" : "numerical evidence";

    public static string Whole(int? number, string none = "—") => number?.ToString(CultureInfo.InvariantCulture) ?? none;
}
