using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Cli.Tests.Support;

/// <summary>A small system with every kind of input and output, whose answers can be checked by hand.</summary>
public sealed record GaugeModel : IModel<GaugeModel, GaugePrediction>
{
    public double Alpha { get; init => field = Guard.In(value, ParameterRange.PositiveOrInfinite); } = 1;

    public double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    public string Formula { get; init; } = "z";

    public string Branch { get; init; } = "lower";

    public double? Cutoff { get; init; }

    public ImmutableArray<double> Weights { get; init; } = [1];

    /// <summary>How often a formula was looked at: shared by all models that descend from one.</summary>
    public FormulaLog Log { get; init; } = new();

    public static SystemDefinition<GaugeModel, GaugePrediction> System { get; } = Define("gauge", Standing.Derived);

    public static SystemDefinition<GaugeModel, GaugePrediction> Define(string id, Standing standing, FiniteSizeFlaw flaw = FiniteSizeFlaw.None) => new()
    {
        Id = id,
        Title = "A gauge for tests",
        Summary = "Sums the weights, divides by α, and says how long the formula is. The experiment adds noise of variance 1/d to the ratio.",
        Family = "tests",
        Standing = standing,
        Sources =
        [
            new("Gauge1999", ["Gauge, Ada", "Rule, Bo"], "On gauges", 1999, "9901.00001", null, "equation (1)"),
            new("Rod2001", ["Rod, Cy"], "Rods & gauges", 2001, null, "J. Rods", "the remark"),
        ],
        Template = new GaugeModel(),
        ParameterBindings =
        [
            new(new() { Name = "alpha", Symbol = "α", Meaning = "The divisor.", Range = ParameterRange.PositiveOrInfinite, Example = 2 }, m => m.Alpha, (m, v) => m with { Alpha = v.ToDouble() }),
            new(new() { Name = "lambda", Symbol = "λ", Meaning = "Added to the sum.", Range = ParameterRange.NonNegative, Default = 0, Example = 0.5 }, m => m.Lambda, (m, v) => m with { Lambda = v.ToDouble() }),
            new(new() { Name = "formula", Symbol = "f", Meaning = "Any text.", Shape = Shape.Expression, Default = "z", Example = "relu(z)" }, m => m.Formula, (m, v) => m with { Formula = Balanced(v.ToText()), Log = new() }),
            new(new() { Name = "branch", Symbol = "b", Meaning = "Which sign.", Shape = Shape.Text, Choices = ["lower", "upper"], Default = "lower", Example = "upper" }, m => m.Branch, (m, v) => m with { Branch = v.ToText() }),
            new(new() { Name = "cutoff", Symbol = "x₀", Meaning = "Optional.", Default = Value.None, Example = 3 }, m => m.Cutoff, (m, v) => m with { Cutoff = v.ToDouble() }),
            new(new() { Name = "weights", Symbol = "w", Meaning = "The summands.", Shape = Shape.Vector, Default = Value.Vector([1]), Example = Value.Vector([1, 2]) }, m => Value.Vector(m.Weights.AsSpan()), (m, v) => m with { Weights = v.ToVector() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "ratio", Symbol = "r̂", Meaning = "(Σw + λ)/α.", IsMeasured = true }, p => p.Ratio),
            new(new() { Name = "length", Symbol = "ℓ", Meaning = "Length of the formula.", Shape = Shape.Integer }, p => (double)p.Length),
            new(new() { Name = "inverse", Symbol = "1/λ", Meaning = "Infinite at λ = 0." }, p => p.Inverse),
            new(new() { Name = "threshold", Symbol = "t", Meaning = "The cutoff, if any." }, p => p.Threshold),
            new(new() { Name = "multiples", Symbol = "k·r", Meaning = "Ten multiples.", Shape = Shape.Series }, p => Value.Vector(p.Multiples.AsSpan())),
        ],
        Solve = GaugePrediction.Solve,
        Experiment = new()
        {
            Run = (model, size, seed) => Measure(model, size, seed, flaw),
            Description = "Adds noise.",
            DefaultSize = 100,
            DefaultTrials = 12,
            FiniteSizeConstant = (_, _, _) => 0.1,
            FiniteSizeRemark = "The noise is centred; the constant covers nothing but rounding.",
        },
    };

    private static Dictionary<string, Value> Measure(GaugeModel model, int size, ulong seed, FiniteSizeFlaw flaw)
    {
        var noise = new Random((int)(seed % int.MaxValue)).NextDouble() - 0.5;
        var bias = flaw == FiniteSizeFlaw.Biased ? 1.0 : 0;
        return new() { ["ratio"] = GaugePrediction.Solve(model, SolveOptions.Default).Ratio + noise / size + bias };
    }

    private static string Balanced(string formula)
    {
        var open = formula.IndexOf('(');
        return open < 0 || formula.Contains(')') ? formula : throw new FormatException($"unbalanced parenthesis at column {open + 1}");
    }
}

public enum FiniteSizeFlaw
{
    None,
    Biased,
}

public sealed class FormulaLog
{
    private int looks;

    public int Looks => looks;

    public void Add() => Interlocked.Increment(ref looks);
}

public sealed record GaugePrediction : IPrediction
{
    public required double Ratio { get; init; }

    public required int Length { get; init; }

    public required double Inverse { get; init; }

    public required double? Threshold { get; init; }

    public required ImmutableArray<double> Multiples { get; init; }

    public required Diagnostics Diagnostics { get; init; }

    public static GaugePrediction Solve(GaugeModel model, SolveOptions options)
    {
        model.Log.Add();
        var diagnostics = new Diagnostics(SolverStatus.Converged, 1e-13, 3, model.Branch, model.Lambda > 10 ? ["λ is large."] : []);
        switch (model.Formula)
        {
            case "stuck": throw new NotConvergedException("gauge", diagnostics with { Status = SolverStatus.BudgetExhausted });
            case "unknown theory": throw new UnsupportedException("no theory for this formula");
            case "overflow": throw new OverflowException("the sum overflows");
            case "bug": throw new InvalidOperationException("an index went astray\nsecond line");
            case "poor": return new() { Ratio = 0, Length = 0, Inverse = 0, Threshold = null, Multiples = [], Diagnostics = diagnostics with { Status = SolverStatus.FloatingPointLimit } };
            case "slow": Thread.Sleep(40); break;
        }
        if (model.Weights.IsEmpty) throw Guard.OutOfRange(nameof(GaugeModel.Weights), "[]", "must not be empty");
        var ratio = (model.Weights.Sum() + model.Lambda) / model.Alpha * (model.Branch == "upper" ? 1 : -1);
        return new()
        {
            Ratio = ratio,
            Length = model.Formula.Length,
            Inverse = 1 / model.Lambda,
            Threshold = model.Cutoff,
            Multiples = [.. Enumerable.Range(1, 10).Select(k => k * ratio)],
            Diagnostics = diagnostics,
        };
    }
}

public static class SystemDefinitionExtensions
{
    /// <summary>The same system with other equations.</summary>
    public static SystemDefinition<GaugeModel, GaugePrediction> WithSolve(
        this SystemDefinition<GaugeModel, GaugePrediction> system, Func<GaugeModel, SolveOptions, GaugePrediction> solve) => new()
        {
            Id = system.Id,
            Title = system.Title,
            Summary = system.Summary,
            Family = system.Family,
            Standing = system.Standing,
            Sources = system.Sources,
            Template = system.Template,
            ParameterBindings = system.ParameterBindings,
            ObservableBindings = system.ObservableBindings,
            Solve = solve,
            Experiment = system.Experiment,
        };
}
