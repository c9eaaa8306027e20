using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Inputs and outputs of the systems that train a committee, as seen from outside.</summary>
internal static class StudentBindings
{
    public static Parameter Target { get; } =
        new() { Name = "target", Symbol = "f⋆(z1, …, zk)", Meaning = "target, a formula in z1 … zk", Shape = Shape.Expression, Example = "He3(z)/sqrt(6)" };

    public static Parameter Activation { get; } =
        new() { Name = "activation", Symbol = "σ(z)", Meaning = "activation, a continuous formula in z; not used by the logistic loss", Shape = Shape.Expression, Default = "z", Example = "erf(z/sqrt(2))" };

    public static Parameter Readout { get; } =
        new() { Name = "readout", Symbol = "a", Meaning = "readout, one number for each neuron; none means 1/√p each", Shape = Shape.Vector, Range = ParameterRange.Finite, Default = Value.None, Example = Value.Vector([1.0]) };

    public static Parameter Width { get; } =
        new() { Name = "width", Symbol = "p", Meaning = "number of neurons of the student", Shape = Shape.Integer, Range = new(1, true, 8, true), Default = 1, Example = 1 };

    public static Parameter Loss { get; } =
        new() { Name = "loss", Symbol = "loss(h, y)", Meaning = "square ½(f − y)², correlation −y f, or logistic log(1 + e^{−y h}) of width 1", Shape = Shape.Text, Choices = ["square", "correlation", "logistic"], Default = "square", Example = "square" };

    public static Parameter M0 { get; } =
        new() { Name = "m0", Symbol = "M⁰", Meaning = "initial overlaps with the target's directions, p rows of k; a number is the overlap with z1 at width 1", Shape = Shape.Matrix, Range = ParameterRange.Finite, Default = 0, Example = 0.1 };

    public static Parameter Q0 { get; } =
        new() { Name = "q0", Symbol = "Q⁰", Meaning = "initial overlaps of the neurons, p × p; a number is its multiple of the identity", Shape = Shape.Matrix, Range = ParameterRange.Finite, Default = 1, Example = 1 };

    public static Parameter Accuracy { get; } =
        new() { Name = "accuracy", Symbol = "ε", Meaning = "largest standard error of what is sampled, relative to the larger of 1 and the value", Range = ParameterRange.Closed(1e-6, 0.1), Default = 2e-4, Example = 1e-3 };

    public static Parameter Paths { get; } =
        new() { Name = "paths", Symbol = "N", Meaning = "paths per replicate, a power of 2, whatever their standard error; none for as many as the accuracy takes", Shape = Shape.Integer, Range = new(256, true, 1 << 20, true), Default = Value.None, Example = 4096 };

    public static Parameter Seed { get; } =
        new() { Name = "seed", Symbol = "—", Meaning = "seed of the sampled paths", Shape = Shape.Integer, Range = ParameterRange.NonNegative, Default = 1, Example = 1 };

    public static Observable M { get; } =
        new() { Name = "m", Symbol = "M^t", Meaning = "overlaps WW⋆ᵀ/d for t = 0 … T: k numbers each at width 1, else p rows of k", Shape = Shape.Series, IsMeasured = true };

    public static Observable Q { get; } =
        new() { Name = "q", Symbol = "Q(t,t)", Meaning = "overlaps WWᵀ/d of the neurons for t = 0 … T: a number each at width 1, else p × p", Shape = Shape.Series, IsMeasured = true };

    public static Observable FinalM { get; } =
        new() { Name = "final_m", Symbol = "M^T", Meaning = "overlaps WW⋆ᵀ/d after the last step, p rows of k", Shape = Shape.Matrix, IsMeasured = true };

    public static Observable FinalQ { get; } =
        new() { Name = "final_q", Symbol = "Q(T,T)", Meaning = "overlaps WWᵀ/d of the neurons after the last step, p × p", Shape = Shape.Matrix, IsMeasured = true };

    public static string Name(StudentLoss loss) => loss.ToString().ToLowerInvariant();

    public static StudentLoss LossOf(Value value) => Enum.Parse<StudentLoss>(value.ToText(), ignoreCase: true);

    /// <summary>Matrices over time; at width 1 rows (or numbers).</summary>
    public static Value OverT(IEnumerable<ImmutableArray<ImmutableArray<double>>> matrices, bool isVector) => Value.ListOf(matrices.Select(matrix => matrix.Length > 1
        ? Value.ListOf(matrix.Select(row => Value.Vector(row.AsSpan())))
        : isVector ? Value.Vector(matrix[0].AsSpan()) : matrix[0][0]));

    public static Value Rows(ImmutableArray<ImmutableArray<double>> matrix) => Value.ListOf(matrix.Select(row => Value.Vector(row.AsSpan())));

    public static double Allowance(ImmutableArray<ImmutableArray<ImmutableArray<double>>> m, ImmutableArray<ImmutableArray<ImmutableArray<double>>> q, ImmutableArray<double> train, string name)
    {
        var values = name switch
        {
            "m" or "final_m" => m.SelectMany(x => x).SelectMany(x => x),
            "q" or "final_q" => q.SelectMany(x => x).SelectMany(x => x),
            _ => train,
        };
        return 3 * (1 + values.Max(Math.Abs));
    }
}
