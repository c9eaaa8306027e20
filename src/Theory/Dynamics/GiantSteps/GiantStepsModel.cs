using System.Collections.Immutable;
using Theory.Contract;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// One neuron under large-batch gradient steps. Inputs x ~ N(0, I_d), labels y = f(z) with z = Vx the first r directions; a unit weight w with overlaps u = Vw.
/// Each of T steps draws n fresh samples and sets w ← (w + ηg)/|w + ηg| with g = (1/n) Σ_ν y_ν σ′(w·x_ν) x_ν, the ascent direction of the
/// correlation y σ(w·x): the step of a network whose output starts at zero.
/// </summary>
public sealed partial record GiantStepsModel : IModel<GiantStepsModel, GiantStepsPrediction>
{
    /// <summary>Most directions that a target may have.</summary>
    public const int MaximumDirections = 8;

    private readonly MultivariatePolynomial? polynomial;
    private readonly ScalarFunction? squaredSlope, slope;

    /// <summary>Target f(z1, …, z_r): a polynomial with rational coefficients in at least one and at most eight variables (He_k counts as a polynomial).</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">It is no such polynomial.</exception>
    public required Expression Target
    {
        get;
        init
        {
            field = Guard.NotNull(value);
            polynomial = PolynomialConversion.TryConvert(value)
                ?? throw new ArgumentException($"target must be a polynomial with rational coefficients; got {value}", nameof(Target));
            if (polynomial.VariableCount is < 1 or > MaximumDirections)
                throw new ArgumentException($"target must have 1 to {MaximumDirections} variables; {value} has {polynomial.VariableCount}", nameof(Target));
        }
    }

    /// <summary>Activation σ(z): a formula, continuous, with a derivative σ′ for which σ′² is square integrable under N(0, 1).</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">It is a delegate, whose derivative is not known, or it jumps.</exception>
    public required ScalarFunction Activation
    {
        get;
        init
        {
            field = Guard.NotNull(value);
            var formula = value.Expression ?? throw new ArgumentException($"activation must be a formula, so that its derivative is known; got the delegate {value.Text}", nameof(Activation));
            foreach (var point in value.Breakpoints)
                if (!(Math.Abs(value.Jump(point)) <= 1e-12)) throw new ArgumentException($"activation must be continuous; {value.Text} jumps at {point}", nameof(Activation));
            var derivative = formula.Differentiate();
            slope = ScalarFunction.Of(derivative);
            squaredSlope = ScalarFunction.Of(derivative * derivative);
        }
    }

    /// <summary>Learning rate η of the neuron, finite; it includes the readout a/√p, whose sign it may carry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <summary>Dimension d of the inputs, at least 2, and larger than the number of directions r.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2.</exception>
    public required int Dimension { get; init => field = Guard.AtLeast(value, 2); }

    /// <summary>Fresh samples n per step, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public required int BatchSize { get; init => field = Guard.AtLeast(value, 1); }

    /// <summary>Number of steps T, from 1 to 10,000. Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public int Steps
    {
        get;
        init => field = value is >= 1 and <= 10_000 ? value : throw Guard.OutOfRange(nameof(Steps), value, "must be from 1 to 10000");
    } = 3;

    /// <summary>Overlaps u = Vw of the initial unit weight, one for each direction of the target, with |u| ≤ 1; the default empty array stands for 1/√d each, the size of a random weight's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is outside [−1, 1].</exception>
    public ImmutableArray<double> InitialOverlaps
    {
        get;
        init
        {
            foreach (var overlap in value.IsDefault ? [] : value) Guard.In(overlap, ParameterRange.Closed(-1, 1));
            field = value.IsDefault ? [] : value;
        }
    } = [];

    internal MultivariatePolynomial Polynomial => polynomial!;

    /// <summary>σ′.</summary>
    internal ScalarFunction Slope => slope!;

    /// <summary>σ′².</summary>
    internal ScalarFunction SquaredSlope => squaredSlope!;

    /// <summary>The initial overlaps written out, after the checks that need several parameters at once.</summary>
    internal double[] StartingPoint()
    {
        var r = Polynomial.VariableCount;
        if (Dimension <= r) throw new InvalidInputException("dimension", $"dimension must exceed the {r} directions of the target; got {Dimension}");
        if (InitialOverlaps.IsEmpty) return [.. Enumerable.Repeat(1 / Math.Sqrt(Dimension), r)];
        if (InitialOverlaps.Length != r)
            throw new InvalidInputException("initial_overlaps", $"initial_overlaps must have {r} numbers, one for each direction of the target; got {InitialOverlaps.Length}");
        var length = InitialOverlaps.Sum(u => u * u);
        return length <= 1 + 1e-12
            ? [.. InitialOverlaps]
            : throw new InvalidInputException("initial_overlaps", $"initial_overlaps must have a norm of at most 1; got {Math.Sqrt(length)}");
    }
}
