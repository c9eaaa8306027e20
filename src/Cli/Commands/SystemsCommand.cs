using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory systems [ID]</c>: lists the systems, or describes one.</summary>
internal static class SystemsCommand
{
    public static Command Create(Session session)
    {
        var id = ProblemOptions.SystemArgument(session.Catalogue);
        id.Arity = ArgumentArity.ZeroOrOne;
        var command = new ToolCommand(
            "systems", "Lists the systems, or describes one: inputs, outputs, standing, sources.", "theory systems", "theory systems random-features")
        {
            id,
        };
        command.SetAction(result => session.Out.Write(result.GetValue(id) is { } name ? Describe(session, name) : List(session)));
        return command;
    }

    private static string List(Session session) =>
        session.IsJson ? SystemJson.ToJson(session.Catalogue) + "\n" : SystemText.List(session.Catalogue);

    private static string Describe(Session session, string id)
    {
        var system = session.Catalogue.Get(id);
        return session.IsJson ? SystemJson.ToJson(system) + "\n" : SystemText.Describe(system);
    }
}
