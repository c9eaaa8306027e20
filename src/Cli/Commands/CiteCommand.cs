using System.CommandLine;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory cite ID</c>: BibTeX of what a system rests on.</summary>
internal static class CiteCommand
{
    public static Command Create(Session session)
    {
        var id = ProblemOptions.SystemArgument(session.Catalogue);
        id.Arity = ArgumentArity.ExactlyOne;
        var command = new ToolCommand("cite", "Prints the BibTeX entries of a system's sources.", "theory cite random-features >> references.bib")
        {
            id,
        };
        command.SetAction(result =>
        {
            var sources = session.Catalogue.Get(result.GetValue(id)!).Sources;
            session.Out.Write(session.IsJson
                ? ValueJson.ToJson(Contract.Value.ListOf(sources.Select(s => (Contract.Value)s.ToBibTeX()))) + "\n"
                : string.Join("\n", sources.Select(s => s.ToBibTeX())));
        });
        return command;
    }
}
