using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Contract;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory predict</c>: one prediction, or a batch of them.</summary>
internal static class PredictCommand
{
    public static Command Create(Session session)
    {
        var problem = new ProblemOptions(session);
        var batch = new Option<string?>("--batch")
        {
            Description = "answers every line {\"id\": …, \"system\": …, \"inputs\": {…}} of a file (- for standard input) by one line of JSON, in the same order; "
                + "a bad line gets its error and the rest goes on",
            HelpName = "FILE|-",
        };
        var command = new ToolCommand(
            "predict",
            "Says what theory predicts.",
            "theory predict ridge-regression --set alpha=2 --set lambda=0.01 --set noise=0.25",
            "theory predict random-features --model model.json --set alpha=3 --format json",
            "theory predict --batch requests.jsonl > answers.jsonl");
        problem.AddTo(command);
        command.Add(batch);
        command.SetAction(result => result.GetValue(batch) is { } path ? Batch(session, problem, result, path) : Single(session, problem.Read(result)));
        return command;
    }

    private static int Single(Session session, IProblem problem)
    {
        var outcome = problem.Predict();
        session.Out.Write(session.IsJson ? PredictionJson.ToJson(outcome) + "\n" : PredictionText.Of(outcome));
        return outcome.Diagnostics.IsConverged ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Batch(Session session, ProblemOptions problem, ParseResult result, string path)
    {
        if (result.GetResult(problem.Id) is { Tokens.Count: > 0 } || result.GetResult(problem.Set) is not null || result.GetResult(problem.Model) is not null)
            throw new InvalidInputException(null, "--batch takes systems and inputs from its file: ID, --set and --model must not be given");
        using var input = session.Open(path);
        var summary = new BatchPredictor(session.Catalogue, new BatchOptions { Threads = session.Threads }).Run(input, session.Out, session.Token);
        return summary.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
