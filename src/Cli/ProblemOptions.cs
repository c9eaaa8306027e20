using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Theory.Contract;
using Theory.Systems.Json;

namespace Theory.Cli;

/// <summary>How a system and its parameters are given: <c>ID [--set NAME=VALUE]… [--model FILE]</c>.</summary>
internal sealed class ProblemOptions
{
    private readonly Session session;

    public ProblemOptions(Session session)
    {
        this.session = session;
        Id = SystemArgument(session);
        Id.Arity = ArgumentArity.ZeroOrOne;
        Set.CompletionSources.Add(ParameterNames);
    }

    public Argument<string?> Id { get; }

    public Option<string[]> Set { get; } = SetOption();

    public Option<string?> Model { get; } = new("--model")
    {
        Description = "reads inputs from a JSON file (- for standard input): {\"alpha\": 2, …}, or {\"system\": …, \"inputs\": {…}}, "
            + "or what predict --format json wrote; --set goes before it",
        HelpName = "FILE|-",
    };

    public static Option<string[]> SetOption() => new("--set")
    {
        Description = "sets an input. A value that is a JSON number, true, false, null, list, object or quoted text is that; "
            + "anything else, such as relu(z), is text",
        HelpName = "NAME=VALUE",
    };

    public static Argument<string?> SystemArgument(Session session)
    {
        var argument = new Argument<string?>("ID") { Description = "the system's id; theory systems lists them", HelpName = "ID" };
        argument.CompletionSources.Add(_ => session.Catalogue.Systems.Select(s => s.Id));
        return argument;
    }

    public void AddTo(Command command)
    {
        command.Add(Id);
        command.Add(Set);
        command.Add(Model);
    }

    /// <summary>The problem that the command line describes.</summary>
    /// <exception cref="InvalidInputException">It describes none.</exception>
    public IProblem Read(ParseResult result)
    {
        var (system, inputs) = ReadInputs(result);
        return system.Create(inputs);
    }

    /// <summary>The system and the inputs that the command line describes.</summary>
    /// <exception cref="InvalidInputException">There is no such system or file, or an input is set twice.</exception>
    public (ISystem System, IReadOnlyDictionary<string, Value> Inputs) ReadInputs(ParseResult result)
    {
        var document = result.GetValue(Model) is { } path ? ModelDocument.Parse(session.ReadAll(path), path == "-" ? "standard input" : path) : new(null, []);
        var id = result.GetValue(Id) ?? document.System ?? throw new InvalidInputException("system", "no system given (theory systems lists them)");
        var system = session.Catalogue.Get(id);
        if (document.System is { } other && other != id) throw new InvalidInputException("system", $"the model is of system {other}, not {id}");

        var given = ParseSettings(result.GetValue(Set));
        return (system, ProblemInputs.Collect(system, document.Inputs.Where(i => !given.ContainsKey(i.Key)).Concat(given)));
    }

    /// <summary>Reads all settings.</summary>
    /// <exception cref="InvalidInputException">One cannot be read, or a name is set twice.</exception>
    public static IReadOnlyDictionary<string, Value> ParseSettings(string[]? settings)
    {
        var given = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var setting in settings ?? [])
        {
            var (name, value) = ParseSetting(setting);
            if (!given.TryAdd(name, value)) throw new InvalidInputException(name, $"{name} is set twice");
        }
        return given;
    }

    /// <summary>Splits <c>NAME=VALUE</c> and reads the value: JSON if it is JSON, else text.</summary>
    private static (string Name, Value Value) ParseSetting(string setting)
    {
        var equals = setting.IndexOf('=');
        return equals > 0
            ? (setting[..equals].Trim(), ParseValue(setting[(equals + 1)..].Trim()))
            : throw new InvalidInputException(null, $"--set takes NAME=VALUE; got {setting}");
    }

    private static Value ParseValue(string text)
    {
        switch (text)
        {
            case "true": return true;
            case "false": return false;
            case "null": return Value.None;
        }
        if (text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'e' or 'E')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        if (text is not ['[' or '{' or '"', ..]) return text;
        try
        {
            return ValueJson.Parse(text);
        }
        catch (InvalidInputException)
        {
            return text;
        }
    }

    /// <summary>What may follow <c>--set</c>; the parser believes that options follow too, since such an option may be repeated.</summary>
    public IEnumerable<string> ParameterNames(CompletionContext context)
    {
        if (context.WordToComplete.StartsWith('-'))
        {
            var command = context.ParseResult.CommandResult.Command;
            return command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options.Where(o => o.Recursive))).Select(o => o.Name);
        }
        return context.ParseResult.GetValue(Id) is { } id && session.Catalogue.Find(id) is { } system ? system.Parameters.Select(p => p.Name + "=") : [];
    }
}
