using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Hermite;
using Theory.Symbolics;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory hermite EXPR</c>: the Hermite coefficients of a function.</summary>
internal static class HermiteCommand
{
    private const int DefaultOrder = 8;

    public static Command Create(Session session)
    {
        var expression = new Argument<string>("EXPR") { Description = "a function of z, as in relu(z) or erf(z/sqrt(2))", HelpName = "EXPR" };
        var order = CommonOptions.Integer("--order", 0, $"the highest order, at most {HermiteExpansion.MaximumOrder} [default: {DefaultOrder}]");
        var command = new ToolCommand(
            "hermite",
            "Expands a function of z ~ N(0, 1) in probabilists' Hermite polynomials, exactly where that can be proved.",
            "theory hermite \"relu(z)\"",
            "theory hermite \"erf(z/sqrt(2))\" --order 15 --format json")
        {
            expression, order,
        };
        command.SetAction(result => Run(session, result.GetRequiredValue(expression), order.Read(result) ?? DefaultOrder));
        return command;
    }

    private static int Run(Session session, string expression, int order)
    {
        ScalarFunction function = expression;
        var expansion = HermiteExpansion.Of(function, order);
        session.Out.Write(session.IsJson ? ValueJson.ToJson(HermiteText.Summary(expression, expansion)) + "\n" : HermiteText.Of(expansion));
        return expansion.IsConverged ? ExitCode.Done : ExitCode.Failed;
    }
}
