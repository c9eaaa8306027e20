using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Theory.Plotting;

/// <summary>
/// The faces that all text is drawn in: Inter (© The Inter Project Authors, SIL Open Font License 1.1), carried along so that
/// pictures are the same everywhere and have text where no font is installed.
/// </summary>
internal static class Typefaces
{
    private const string Resource = "Inter";

    // The faces are read once and never change; the plotting library keeps its list of font sources process-wide.
    static Typefaces()
    {
        var faces = ReadFaces();
        Regular = faces["Inter-Regular.ttf"];
        SemiBold = faces["Inter-SemiBold.ttf"];
        Fonts.FontResolvers.Insert(0, new Resolver());
    }

    /// <summary>The family's name. No constant: reading it makes sure that the faces are known to the plotting library, which remembers names it failed to find.</summary>
    public static string Family { get; } = "Inter";

    public static SKTypeface Regular { get; }

    public static SKTypeface SemiBold { get; }

    /// <summary>Replaces the few mathematical characters that Inter lacks by ones that it has.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Regular.GetGlyph(rune.Value) != 0) printable.Append(rune);
            else printable.Append(Substitutes.GetValueOrDefault(rune.Value, rune.ToString()));
        }
        return printable.ToString();
    }

    private static ImmutableDictionary<int, string> Substitutes { get; } = new Dictionary<int, string>
    {
        ['∈'] = "in",
        ['ℝ'] = "R",
        [0x1D53C] = "E",
        ['⟨'] = "‹",
        ['⟩'] = "›",
        ['∝'] = "~",
        ['∇'] = "grad ",
        ['ᵀ'] = "'",
        ['⋆'] = "*",
        ['∗'] = "*",
        ['∥'] = "‖",
    }.ToImmutableDictionary();

    /// <summary>Reads the font files in the assembly of the font package: one resource that holds an index (version 2) and then the files.</summary>
    private static Dictionary<string, SKTypeface> ReadFaces()
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream(Resource)!;
        using var assembly = new PEReader(stream);
        var metadata = assembly.GetMetadataReader();
        var resources = assembly.GetSectionData(assembly.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        var handle = metadata.ManifestResources.Single(r => metadata.GetString(metadata.GetManifestResource(r).Name) == "!AvaloniaResources");
        var reader = resources.GetReader();
        reader.Offset = (int)metadata.GetManifestResource(handle).Offset;
        var bytes = reader.ReadBytes(reader.ReadInt32());

        using var index = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var start = sizeof(int) + index.ReadInt32();
        if (index.ReadInt32() is var version and not 2) throw new InvalidDataException($"The font package has an index of the unknown version {version}.");
        var faces = new Dictionary<string, SKTypeface>();
        for (var count = index.ReadInt32(); count > 0; count--)
        {
            var (path, offset, length) = (index.ReadString(), index.ReadInt32(), index.ReadInt32());
            if (!path.EndsWith(".ttf", StringComparison.Ordinal)) continue;
            using var data = SKData.CreateCopy(bytes.AsSpan(start + offset, length));
            faces[path[(path.LastIndexOf('/') + 1)..]] = SKTypeface.FromData(data);
        }
        return faces;
    }

    private sealed class Resolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName != Family ? null : weight >= FontWeight.SemiBold ? SemiBold : Regular;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName != Family ? null : bold ? SemiBold : Regular;
    }
}
