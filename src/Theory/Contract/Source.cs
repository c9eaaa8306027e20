using System.Collections.Immutable;
using System.Text;

namespace Theory.Contract;

/// <summary>A publication that a prediction rests on.</summary>
/// <param name="Key">Citation key, such as <c>MeiMontanari2022</c>.</param>
/// <param name="Authors">Authors in order, as "Family, Given".</param>
/// <param name="Title">Title of the publication.</param>
/// <param name="Year">Year of publication.</param>
/// <param name="ArXiv">arXiv identifier, such as <c>1908.05355</c>, or <see langword="null"/>.</param>
/// <param name="Venue">Journal or conference, or <see langword="null"/>.</param>
/// <param name="Usage">What is taken from it: equation or theorem numbers, or a phrase.</param>
public sealed record Source(string Key, ImmutableArray<string> Authors, string Title, int Year, string? ArXiv, string? Venue, string Usage)
{
    /// <summary>One-line form: family names, year and arXiv number, as in "Mei &amp; Montanari 2022, arXiv:1908.05355".</summary>
    public string Short
    {
        get
        {
            var families = Authors.Select(a => a.Split(',')[0].Trim()).ToArray();
            var names = families.Length switch
            {
                1 => families[0],
                2 => $"{families[0]} & {families[1]}",
                _ => $"{families[0]} et al.",
            };
            return ArXiv is null ? $"{names} {Year}" : $"{names} {Year}, arXiv:{ArXiv}";
        }
    }

    /// <summary>The entry in BibTeX: an <c>@article</c> when a venue is known, else <c>@misc</c> with the arXiv number.</summary>
    /// <returns>A complete BibTeX entry ending in a newline.</returns>
    public string ToBibTeX()
    {
        var text = new StringBuilder();
        text.Append(Venue is null ? "@misc{" : "@article{").Append(Key).Append(",\n");
        text.Append("  author = {").AppendJoin(" and ", Authors).Append("},\n");
        text.Append("  title = {").Append(Title).Append("},\n");
        if (Venue is not null) text.Append("  journal = {").Append(Venue).Append("},\n");
        if (ArXiv is not null) text.Append("  eprint = {").Append(ArXiv).Append("},\n  archivePrefix = {arXiv},\n");
        text.Append("  year = {").Append(Year).Append("},\n");
        text.Append("  note = {").Append(Usage).Append("}\n}\n");
        return text.ToString();
    }
}
