using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// One-pass SGD of a two-layer network in high dimension: w_j ← w_j + (γ/p) a_j (1/n) Σ_μ σ′(l_j^μ) E^μ z^μ on fresh batches of n samples z ~ N(0, I_d), with E = y − f (square loss)
/// or E = y (correlation loss), labels y = g(W* z) + √Δ ξ, f = (1/p) Σ_j a_j σ(l_j). Time τ = (γ/p)·steps; limit γ → 0, d → ∞ at fixed η = γd/(pn).
/// </summary>
public sealed partial record OnlineSgdModel : IModel<OnlineSgdModel, OnlineSgdPrediction>
{
    /// <summary>Activation σ(z) of the students, a continuous formula.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">It is a delegate, or it jumps.</exception>
    public required ScalarFunction Activation
    {
        get;
        init
        {
            SgdTask.SlopeOf(Guard.NotNull(value));
            field = value;
        }
    }

    /// <summary>Target g(z1 … zk); <see langword="null"/> (the default) is the committee (1/k) Σ_r σ(s_r).</summary>
    public Expression? Target { get; init; }

    /// <summary>Q(0), p × p, with a positive diagonal.</summary>
    /// <exception cref="ArgumentException">It has no rows, or rows of different lengths.</exception>
    public required ImmutableArray<ImmutableArray<double>> Q0 { get; init => field = SgdTables.Finite(value, nameof(Q0)); }

    /// <summary>M(0), p × k.</summary>
    /// <exception cref="ArgumentException">It has no rows, or rows of different lengths.</exception>
    public required ImmutableArray<ImmutableArray<double>> M0 { get; init => field = SgdTables.Finite(value, nameof(M0)); }

    /// <summary>P, k × k, with a positive diagonal.</summary>
    /// <exception cref="ArgumentException">It has no rows, or rows of different lengths.</exception>
    public required ImmutableArray<ImmutableArray<double>> P { get; init => field = SgdTables.Finite(value, nameof(P)); }

    /// <summary>Readout a, p numbers; the default empty array stands for ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public ImmutableArray<double> A
    {
        get;
        init
        {
            foreach (var a in value.IsDefault ? [] : value) Guard.In(a, ParameterRange.Finite);
            field = value.IsDefault ? [] : value;
        }
    } = [];

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Noise strength η = γd/(pn), in [0, ∞); 0 is gradient flow on the population risk.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public required double Eta { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Whether the rows of the students keep their norms (by normalising after each step, or tangential gradients: the limit is the same). Default false.</summary>
    public bool Spherical { get; init; }

    /// <summary>The loss. Default square.</summary>
    public SgdLoss Loss { get; init; }

    /// <summary>Times τ at which the overlaps are wanted, at least one, not decreasing, in [0, ∞).</summary>
    /// <exception cref="ArgumentException">There is none, or they decrease.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public required ImmutableArray<double> Times
    {
        get;
        init
        {
            if (value.IsDefaultOrEmpty) throw new ArgumentException("times must have at least one element", nameof(Times));
            for (var t = 0; t < value.Length; t++)
            {
                Guard.In(value[t], ParameterRange.NonNegative);
                if (t > 0 && value[t] < value[t - 1]) throw new ArgumentException("times must not decrease", nameof(Times));
            }

            field = value;
        }
    }

    /// <summary>Weak recovery is when max |M_jr|/√(Q_jj P_rr) first reaches this, in (0, 1). Default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double WeakRecovery { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 0.5;

    /// <summary>Escape is when (R(0) − R)/R(0) first reaches this, in (0, 1); <see langword="null"/> (the default) does not look for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double? RiskDrop { get; init => field = value is { } drop ? Guard.In(drop, ParameterRange.Between(0, 1)) : null; }

    /// <summary>The run ends when all |dX/dτ| are below this, in (0, ∞); <see langword="null"/> (the default) goes on to the last time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double? Steady { get; init => field = value is { } rate ? Guard.In(rate, ParameterRange.Positive) : null; }

    /// <summary>Samples n per step of the experiment, at least 1; the prediction depends on n through η only. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BatchSize { get; init => field = Guard.AtLeast(value, 1); } = 1;

    /// <summary>Displacement ρ₀ of repeated samples (see <see cref="SgdDisplacedModel"/>), finite; other than 0 only for one student, one teacher and the square loss. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double Displacement { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <inheritdoc/>
    public bool Equals(OnlineSgdModel? other) => other is not null && Activation.Equals(other.Activation) && Equals(Target, other.Target)
        && (Noise, Eta, Spherical, Loss, WeakRecovery, RiskDrop, Steady, BatchSize, Displacement)
            == (other.Noise, other.Eta, other.Spherical, other.Loss, other.WeakRecovery, other.RiskDrop, other.Steady, other.BatchSize, other.Displacement)
        && SgdTables.Same(A, other.A) && SgdTables.Same(Times, other.Times) && SgdTables.Same(Q0, other.Q0) && SgdTables.Same(M0, other.M0) && SgdTables.Same(P, other.P);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Target, Noise, Eta, Spherical, Loss, Q0[0][0], M0[0][0]);

    internal SgdTask Task
    {
        get
        {
            if (Displacement != 0 && (Q0.Length > 1 || P.Length > 1 || Loss != SgdLoss.Square))
                throw new InvalidInputException("displacement", $"displacement other than 0 needs one student, one teacher and the square loss; got {Q0.Length} and {P.Length}, {Loss}");
            return SgdInputs.Task(Activation, Target, A, Q0.Length, P.Length, Noise, Loss);
        }
    }

    internal double[] Omega => SgdTables.Join(Q0, M0, P, "q0", "m0");
}
