using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// What a two-layer network learns from: z ~ N(0, I_d), local fields l_j = w_j·z and s_r = w*_r·z, labels y = g(s) + √Δ ξ, network f = (1/p) Σ_j a_j σ(l_j) with a fixed readout.
/// The overlaps Ω = [[Q, M], [Mᵀ, P]] of all p + k weight vectors, students first, are what changes while it learns.
/// </summary>
public sealed record SgdTask
{
    /// <summary>Activation σ(z), a continuous formula with a derivative almost everywhere.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">It is a delegate, whose derivative is not known, or it jumps.</exception>
    public required ScalarFunction Activation
    {
        get;
        init
        {
            field = Guard.NotNull(value);
            Slope = SlopeOf(value);
        }
    }

    /// <summary>Readout a_1 … a_p, finite; its length is the width p.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public required ImmutableArray<double> Readout
    {
        get;
        init
        {
            if (value.IsDefaultOrEmpty) throw new ArgumentException("readout must have at least one element", nameof(Readout));
            foreach (var a in value) Guard.In(a, ParameterRange.Finite);
            field = value;
        }
    }

    /// <summary>Number k of teacher directions, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public required int Teachers { get; init => field = Guard.AtLeast(value, 1); }

    /// <summary>Target g(z1 … zk), square integrable; <see langword="null"/> (the default) is the committee (1/k) Σ_r σ(s_r).</summary>
    public Expression? Target { get; init; }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>The loss. Default <see cref="SgdLoss.Square"/>.</summary>
    public SgdLoss Loss { get; init; }

    /// <summary>The width p.</summary>
    public int Width => Readout.Length;

    /// <summary>Number p + k of local fields.</summary>
    public int Fields => Width + Teachers;

    /// <summary>σ′.</summary>
    internal ScalarFunction Slope { get; private init; } = null!;

    /// <inheritdoc/>
    public bool Equals(SgdTask? other) => other is not null && Activation.Equals(other.Activation) && Equals(Target, other.Target)
        && (Teachers, Noise, Loss) == (other.Teachers, other.Noise, other.Loss) && Readout.AsSpan().SequenceEqual(other.Readout.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Target, Teachers, Noise, Loss, Readout.Length, Readout[0]);

    /// <summary>Checks what needs several parts at once.</summary>
    internal void Check()
    {
        if (Target is { } g && g.VariableCount > Teachers)
            throw new InvalidInputException("target", $"target {g} has {g.VariableCount} variables, but there are {Teachers} teacher directions (rows of p)");
        if (Target is null && Activation.IsSquareIntegrable is false)
            throw new InvalidInputException("activation", $"activation {Activation.Text} must be square integrable");
    }

    internal static ScalarFunction SlopeOf(ScalarFunction activation)
    {
        var formula = activation.Expression
            ?? throw new ArgumentException($"activation must be a formula, so that its derivative is known; got the delegate {activation.Text}", nameof(Activation));
        foreach (var point in activation.Breakpoints)
        {
            if (!(Math.Abs(activation.Jump(point)) <= 1e-12)) throw new ArgumentException($"activation must be continuous; {activation.Text} jumps at {point:g6}", nameof(Activation));
        }

        return ScalarFunction.Of(formula.Differentiate());
    }
}
