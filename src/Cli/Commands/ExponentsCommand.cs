using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Contract;
using Theory.Exponents;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory exponents EXPR</c>: how hard a target is to learn, and what is learned when.</summary>
internal static class ExponentsCommand
{
    public static Command Create(Session session)
    {
        var expressions = new Argument<string[]>("EXPR")
        {
            Description = "a target in z1, …, z9, as in z1+z1*z2 or sign(z1*z2); several are compared in one table",
            HelpName = "EXPR",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<FileInfo?>("--file") { Description = "compares the targets of a text file, one to a line", HelpName = "FILE" };
        var activation = new Option<string?>("--activation")
        {
            Description = "activation of the student, a formula in z; orders at which its Hermite coefficient is 0 are hidden from it [default: a generic one]",
            HelpName = "SIGMA",
        };
        var latex = new Option<bool>("--latex") { Description = "prints LaTeX tables" };
        var command = new ToolCommand(
            "exponents",
            "Information exponent, leaps and generative leap of a target with their proofs, the directions learned at each step, and the samples needed.",
            "theory exponents \"z1+z1*z2+z1*z2*z3\"",
            "theory exponents \"z1+z1*z2+z1*z2*z3\" --activation \"relu(z)\"",
            "theory exponents \"He3(z)\" --format json",
            "theory exponents \"z1+He3(z2)\" --latex",
            "theory exponents \"z1*z2\" \"z1+z1*z2\" \"z1+z2+z1*z2\"")
        {
            expressions, file, activation, latex,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(expressions) is not { Length: > 0 } == result.GetValue(file) is null)
                result.AddError("give either targets EXPR or --file FILE");
        });
        command.SetAction(result =>
            Run(session, result.GetValue(file) is { } list ? Lines(list) : result.GetRequiredValue(expressions), result.GetValue(activation), result.GetValue(latex)));
        return command;
    }

    private static string[] Lines(FileInfo file)
    {
        string[] lines = [.. File.ReadLines(file.FullName).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return lines.Length > 0 ? lines : throw new InvalidInputException("file", $"{file.Name} holds no target");
    }

    private static int Run(Session session, string[] expressions, string? activation, bool isLatex)
    {
        Outcome[] outcomes = [.. expressions.Select(expression => Predict(expression, activation))];
        if (session.IsJson)
            foreach (var outcome in outcomes) session.Out.Write(PredictionJson.ToJson(outcome) + "\n");
        else if (isLatex)
            session.Out.Write(string.Join("\n", outcomes.Select(ExponentsLatex.Of)));
        else
            session.Out.Write(outcomes is [var single] ? ExponentsText.Of(single) : ExponentsTable.Of(outcomes));
        return outcomes.All(outcome => outcome.Diagnostics.IsConverged) ? ExitCode.Done : ExitCode.Failed;
    }

    private static Outcome Predict(string expression, string? activation)
    {
        var inputs = new Dictionary<string, Value> { ["expression"] = expression };
        if (activation is not null)
            inputs.Add("activation", activation);
        return LearningExponentsModel.System.Create(inputs).Predict();
    }
}
