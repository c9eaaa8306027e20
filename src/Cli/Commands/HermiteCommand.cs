using System.CommandLine;
using Theory.Cli.Rendering;
using Theory.Contract;
using Theory.Hermite;
using Theory.Systems;
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
        var latex = new Option<bool>("--latex") { Description = "prints a LaTeX table" };
        var command = new ToolCommand(
            "hermite",
            "Expands a function of z ~ N(0, 1) in probabilists' Hermite polynomials, exactly where that can be proved.",
            "theory hermite \"relu(z)\"",
            "theory hermite \"erf(z/sqrt(2))\" --order 15 --format json",
            "theory hermite \"gelu(z)\" --latex")
        {
            expression, order, latex,
        };
        command.SetAction(result => Run(session, result.GetRequiredValue(expression), order.Read(result) ?? DefaultOrder, result.GetValue(latex)));
        return command;
    }

    private static int Run(Session session, string expression, int order, bool isLatex)
    {
        var outcome = new HermiteCoefficientsModel { Expression = expression, Order = order }.AsProblem().Predict(new() { OnFailure = OnFailure.Return });
        var expansion = ((HermiteCoefficientsPrediction)outcome.Prediction).Expansion;
        session.Out.Write(isLatex ? HermiteText.Latex(expansion) : session.IsJson ? PredictionJson.ToJson(outcome) + "\n" : HermiteText.Of(expansion));
        return expansion.IsConverged ? ExitCode.Done : ExitCode.Failed;
    }
}
