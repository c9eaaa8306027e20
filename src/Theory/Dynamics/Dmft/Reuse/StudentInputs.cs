using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>What systems with a committee and a multi-index target have in common, and the checks that need several of them.</summary>
internal readonly record struct StudentInputs(
    Expression Target, ScalarFunction Activation, int Width, ImmutableArray<double> Readout, StudentLoss Loss, ImmutableArray<ImmutableArray<double>> M0, ImmutableArray<ImmutableArray<double>> Q0)
{
    /// <summary>A loss instead of <see cref="Loss"/>, or <see langword="null"/>.</summary>
    public CustomLoss? Custom { get; init; }

    /// <summary>Number k of directions of the target, at least 1.</summary>
    public int Directions => Math.Max(1, Target.VariableCount);

    /// <summary>The problem; step size and minibatches are still to be set.</summary>
    public ReuseProblem Problem(double alpha, double noise, int steps)
    {
        if (Custom is not null && Custom.Width != Width) throw new InvalidInputException("width", $"width must be that of the custom loss, {Custom.Width}; got {Width}");
        if (Loss == StudentLoss.Logistic && Width != 1) throw new InvalidInputException("width", $"width must be 1 with the logistic loss; got {Width}");
        if (Directions == 1 && ScalarFunction.Of(Target).IsSquareIntegrable == false) throw new InvalidInputException("target", $"target must be square integrable under N(0, 1); got {Target}");
        var m0 = InitialOverlaps();
        return new()
        {
            Loss = Custom is not null ? new DelegateLoss(Custom) : SampleLoss.Of(Loss, Activation, Weights()),
            Target = new(Target, Directions, noise),
            Alpha = alpha,
            Steps = steps,
            M0 = m0,
            QPerp0 = Orthogonal(m0),
            Rule = default,
            Masks = new(1, null),
        };
    }

    /// <summary>The readout written out.</summary>
    public ImmutableArray<double> Weights()
    {
        if (Readout.IsEmpty) return [.. Enumerable.Repeat(1 / Math.Sqrt(Width), Width)];
        return Readout.Length == Width || Loss == StudentLoss.Logistic
            ? Readout
            : throw new InvalidInputException("readout", $"readout must have {Width} numbers, one for each neuron; got {Readout.Length}");
    }

    /// <summary>M^0 written out.</summary>
    public double[,] InitialOverlaps()
    {
        var m = new double[Width, Directions];
        if (M0 is [[var single]] && (Width == 1 || single == 0))
        {
            m[0, 0] = single;
        }
        else if (!M0.IsEmpty)
        {
            var k = Directions;
            if (M0.Length != Width || M0.Any(row => row.Length != k)) throw new InvalidInputException("m0", $"m0 must have {Width} rows of {k} numbers; got {M0.Length} rows of {M0[0].Length}");
            for (var i = 0; i < Width; i++)
                for (var j = 0; j < k; j++) m[i, j] = M0[i][j];
        }
        return m;
    }

    private double[,] Orthogonal(double[,] m)
    {
        var q = new double[Width, Width];
        var isScalar = Q0.IsEmpty || Q0 is [[_]];
        var width = Width;
        if (!isScalar && (Q0.Length != width || Q0.Any(row => row.Length != width))) throw new InvalidInputException("q0", $"q0 must have {Width} rows of {Width} numbers; got {Q0.Length} rows of {Q0[0].Length}");
        var scale = 0.0;
        for (var i = 0; i < Width; i++)
        {
            for (var j = 0; j < Width; j++)
            {
                q[i, j] = isScalar ? i == j ? Q0.IsEmpty ? 1 : Q0[0][0] : 0 : Q0[i][j];
                if (!isScalar && Q0[i][j] != Q0[j][i]) throw new InvalidInputException("q0", $"q0 must be symmetric; got {Q0[i][j]} and {Q0[j][i]}");
                scale = Math.Max(scale, Math.Abs(q[i, j]));
                for (var l = 0; l < m.GetLength(1); l++) q[i, j] -= m[i, l] * m[j, l];
            }
        }
        var least = SymmetricRoot.Split(q, 0).Least;
        return least >= -1e-12 * Math.Max(scale, 1) ? q : throw new InvalidInputException("q0", $"q0 − m0 m0ᵀ must be positive semi-definite; its least eigenvalue is {least:g3}");
    }

    public static ScalarFunction Smooth(ScalarFunction value, [CallerMemberName] string name = "")
    {
        Guard.NotNull(value, name);
        if (value.Expression is null) throw new ArgumentException($"activation must be a formula, so that its derivatives are known; got the delegate {value.Text}", name);
        foreach (var point in value.Breakpoints)
            if (!(Math.Abs(value.Jump(point)) <= 1e-9)) throw new ArgumentException($"activation must be continuous; {value.Text} jumps at {point}", name);
        return value;
    }

    public static ImmutableArray<double> Finite(ImmutableArray<double> values, [CallerMemberName] string name = "")
    {
        if (values.IsDefault) return [];
        foreach (var value in values) Guard.In(value, ParameterRange.Finite, name);
        return values;
    }

    public static ImmutableArray<ImmutableArray<double>> Finite(ImmutableArray<ImmutableArray<double>> rows, [CallerMemberName] string name = "") =>
        rows.IsDefault ? [] : [.. rows.Select(row => Finite(row, name))];

    /// <summary>A number, rows of numbers, or one row.</summary>
    public static ImmutableArray<ImmutableArray<double>> Matrix(Value value) => value switch
    {
        Value.List { Items: [Value.Number, ..] } => [value.ToVector()],
        Value.List list => [.. list.Items.Select(row => row.ToVector())],
        _ => [[value.ToDouble()]],
    };

    /// <summary>The value that <see cref="Matrix"/> reads; a default where it is empty.</summary>
    public static Value Shown(ImmutableArray<ImmutableArray<double>> rows, double otherwise) => rows switch
    {
        [] => otherwise,
        [[var single]] => single,
        _ => Value.ListOf(rows.Select(row => Value.Vector(row.AsSpan()))),
    };
}
