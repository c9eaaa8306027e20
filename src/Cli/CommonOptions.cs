using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Theory.Cli;

/// <summary>Options that several commands take, each created anew for its command.</summary>
internal static class CommonOptions
{
    public const string Text = "text";
    public const string Json = "json";

    public static Option<string> Format() => new Option<string>("--format")
    {
        Description = "text for people, json for programs (then errors are JSON too, on standard error)",
        HelpName = "text|json",
        Recursive = true,
        DefaultValueFactory = _ => Text,
    }.AcceptOnlyFromAmong(Text, Json);

    public static ParsedOption<int?> Threads()
    {
        var option = Integer("--threads", 1, "number of threads; all cores if not given. Results do not depend on it");
        option.Recursive = true;
        return option;
    }

    public static ParsedOption<int?> Trials() => Integer("--trials", 1, "number of independent trials at each size");

    public static ParsedOption<ulong> Seed() => new(
        "--seed", "S", "seed of the experiment; equal seeds give equal results on any number of threads [default: 1]", "--seed must be a whole number in [0, 2^64)", 1,
        (string text, out ulong seed) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed));

    public static ParsedOption<ImmutableArray<int>> Sizes() => new(
        "--size", "D[,D…]", "size d of the experiment; several sizes, as in 100,200,400, also fit the finite-size law c/d",
        "--size must be positive whole numbers separated by commas", [], TryParseSizes);

    public static ParsedOption<int?> Integer(string name, int least, string description) => new(
        name, "N", description, $"{name} must be a whole number of at least {least}", null, (string text, out int? number) =>
        {
            number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least ? n : null;
            return number is not null;
        });

    private static bool TryParseSizes(string text, out ImmutableArray<int> sizes)
    {
        sizes = [];
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size) || size < 1) return false;
            sizes = sizes.Add(size);
        }
        return true;
    }
}

/// <summary>Reads the text of an option.</summary>
internal delegate bool OptionParser<T>(string text, out T value);

/// <summary>
/// An option whose text is parsed here: a wrong one gives one line that says what is allowed. As a text option it costs no generic instantiation
/// over a value type inside System.CommandLine, which would be compiled anew at every start.
/// </summary>
internal sealed class ParsedOption<T> : Option<string?>
{
    private readonly T whenAbsent;
    private readonly OptionParser<T> parser;

    public ParsedOption(string name, string helpName, string description, string requirement, T whenAbsent, OptionParser<T> parser)
        : base(name)
    {
        (this.whenAbsent, this.parser) = (whenAbsent, parser);
        HelpName = helpName;
        Description = description;
        Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !parser(result.Tokens[^1].Value, out _)) result.AddError($"{requirement}; got {result.Tokens[^1].Value}");
        });
    }

    /// <summary>The value given, or the one for an option that is absent.</summary>
    public T Read(ParseResult result) =>
        result.GetResult(this) is OptionResult { Tokens: [.., var token] } && parser(token.Value, out var value) ? value : whenAbsent;
}
