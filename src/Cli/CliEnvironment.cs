using Theory.Systems;

namespace Theory.Cli;

/// <summary>The world as one run of the tool sees it.</summary>
public sealed record CliEnvironment
{
    /// <summary>Standard input, opened when first asked for.</summary>
    public Lazy<TextReader> In { get; init; } = new(() => TextReader.Null);

    /// <summary>Receives results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Receives errors and progress.</summary>
    public required TextWriter Err { get; init; }

    /// <summary>Whether somebody watches standard error.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>The systems on offer.</summary>
    public Catalogue Catalogue { get; init; } = Catalogue.Default;
}
