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
        var expression = new Argument<string>("EXPR") { Description = "a target in z1, …, z9, as in z1+z1*z2 or sign(z1*z2)", HelpName = "EXPR" };
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
            "theory exponents \"z1+He3(z2)\" --latex")
        {
            expression, activation, latex,
        };
        command.SetAction(result => Run(session, result.GetRequiredValue(expression), result.GetValue(activation), result.GetValue(latex)));
        return command;
    }

    private static int Run(Session session, string expression, string? activation, bool isLatex)
    {
        var inputs = new Dictionary<string, Value> { ["expression"] = expression };
        if (activation is not null)
            inputs.Add("activation", activation);
        var outcome = LearningExponentsModel.System.Create(inputs).Predict();
        session.Out.Write(isLatex ? ExponentsLatex.Of(outcome) : session.IsJson ? PredictionJson.ToJson(outcome) + "\n" : ExponentsText.Of(outcome));
        return outcome.Diagnostics.IsConverged ? ExitCode.Done : ExitCode.Failed;
    }
}
