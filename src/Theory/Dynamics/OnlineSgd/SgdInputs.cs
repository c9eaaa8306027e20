using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>What the systems of one-pass SGD have in common: parameters, observables, and the judgement of a cubature.</summary>
internal static class SgdInputs
{
    /// <summary>Estimated relative error of moments above which a prediction must not be trusted.</summary>
    public const double LargestError = 1e-6;

    public static Parameter Activation { get; } = new()
    {
        Name = "activation",
        Symbol = "σ(z)",
        Meaning = "activation of the students, a continuous formula in z",
        Shape = Shape.Expression,
        Example = "erf(z/sqrt(2))",
    };

    public static Parameter Target { get; } = new()
    {
        Name = "target",
        Symbol = "g(z1, …, zk)",
        Meaning = "target as a function of the teacher's fields; none means the committee (1/k) Σ σ(z_r)",
        Shape = Shape.Expression,
        Default = Value.None,
        Example = "tanh(z1) + z1*z2",
    };

    public static Parameter A { get; } = new()
    {
        Name = "a",
        Symbol = "a",
        Meaning = "readout, one number per student; none means ones",
        Shape = Shape.Vector,
        Range = ParameterRange.Finite,
        Default = Value.None,
        Example = Value.Vector([1, 1]),
    };

    public static Parameter P { get; } = new()
    {
        Name = "p",
        Symbol = "P = W*W*ᵀ",
        Meaning = "overlaps of the teacher's directions, k × k",
        Shape = Shape.Matrix,
        Range = ParameterRange.Finite,
        Example = Table([[1, 0], [0, 1]]),
    };

    public static Parameter Noise { get; } = new()
    {
        Name = "noise",
        Symbol = "Δ",
        Meaning = "variance of the label noise",
        Range = ParameterRange.NonNegative,
        Default = 0,
        Example = 0.1,
    };

    public static Parameter Loss { get; } = new()
    {
        Name = "loss",
        Symbol = "ℓ",
        Meaning = "square: the error y − f drives the update; correlation: the label y alone",
        Shape = Shape.Text,
        Choices = ["square", "correlation"],
        Default = "square",
        Example = "square",
    };

    public static Parameter Q(string name, string symbol) => new()
    {
        Name = name,
        Symbol = symbol,
        Meaning = "overlaps of the students, p × p",
        Shape = Shape.Matrix,
        Range = ParameterRange.Finite,
        Example = Table([[1, 0.2], [0.2, 0.8]]),
    };

    public static Parameter M(string name, string symbol) => new()
    {
        Name = name,
        Symbol = symbol,
        Meaning = "overlaps of students and teacher, p × k",
        Shape = Shape.Matrix,
        Range = ParameterRange.Finite,
        Example = Table([[0.3, -0.1], [0.05, 0.4]]),
    };

    public static Value TextOf(SgdLoss loss) => loss == SgdLoss.Square ? "square" : "correlation";

    public static SgdLoss LossOf(Value value) => value.ToText() switch
    {
        "square" => SgdLoss.Square,
        "correlation" => SgdLoss.Correlation,
        var other => throw new FormatException($"must be square or correlation; got {other}"),
    };

    public static Value TextOf(Expression? target) => target is null ? Value.None : target.ToString();

    public static Expression? TargetOf(Value value) => value is Value.Missing ? null : Expression.Parse(value.ToText());

    public static Value ListOf(ImmutableArray<double> numbers) => numbers.IsEmpty ? Value.None : Value.Vector(numbers.AsSpan());

    public static ImmutableArray<double> NumbersOf(Value value) => value is Value.Missing ? [] : value.ToVector();

    public static Value Table(double[][] rows) => Value.ListOf(rows.Select(row => Value.Vector(row)));

    public static SgdTask Task(ScalarFunction activation, Expression? target, ImmutableArray<double> readout, int width, int teachers, double noise, SgdLoss loss)
    {
        if (!readout.IsEmpty && readout.Length != width)
            throw new InvalidInputException("a", $"a must have one number for each of the {width} students; got {readout.Length}");
        var task = new SgdTask
        {
            Activation = activation,
            Target = target,
            Readout = readout.IsEmpty ? [.. Enumerable.Repeat(1.0, width)] : readout,
            Teachers = teachers,
            Noise = noise,
            Loss = loss,
        };
        task.Check();
        return task;
    }

    /// <summary>The diagnostics of moments that were just refined.</summary>
    public static Diagnostics Judge(SgdMoments moments, string system, SolveOptions options)
    {
        if (moments.IsExact) return Diagnostics.ClosedForm;
        var diagnostics = new Diagnostics(moments.Error <= LargestError ? SolverStatus.Converged : SolverStatus.BudgetExhausted, moments.Error, 0, null, []);
        if (moments.Error > 1e-8)
            diagnostics = diagnostics.Warn(FormattableString.Invariant($"the cubature is only known to a relative error of {moments.Error:g2}: too many fields, or kinks that the formula does not show"));
        return diagnostics.IsConverged || options.OnFailure == OnFailure.Return ? diagnostics : throw new NotConvergedException(system, diagnostics);
    }
}
