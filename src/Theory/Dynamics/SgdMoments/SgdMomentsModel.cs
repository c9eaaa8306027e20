using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// A two-layer network f = (1/p) Σ_j a_j σ(w_j·z) and its target y = g(w*_1·z, …, w*_k·z) + √Δ ξ at given overlaps Q = WWᵀ, M = WW*ᵀ, P = W*W*ᵀ, z ~ N(0, I_d):
/// the moments by which one-pass SGD moves these overlaps.
/// </summary>
public sealed partial record SgdMomentsModel : IModel<SgdMomentsModel, SgdMomentsPrediction>
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

    /// <summary>Q, p × p, with a positive diagonal.</summary>
    /// <exception cref="ArgumentException">It has no rows, or rows of different lengths.</exception>
    public required ImmutableArray<ImmutableArray<double>> Q { get; init => field = SgdTables.Finite(value, nameof(Q)); }

    /// <summary>M, p × k.</summary>
    /// <exception cref="ArgumentException">It has no rows, or rows of different lengths.</exception>
    public required ImmutableArray<ImmutableArray<double>> M { get; init => field = SgdTables.Finite(value, nameof(M)); }

    /// <summary>P, k × k.</summary>
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

    /// <summary>The loss. Default square.</summary>
    public SgdLoss Loss { get; init; }

    /// <inheritdoc/>
    public bool Equals(SgdMomentsModel? other) => other is not null && Activation.Equals(other.Activation) && Equals(Target, other.Target)
        && (Noise, Loss) == (other.Noise, other.Loss) && SgdTables.Same(A, other.A)
        && SgdTables.Same(Q, other.Q) && SgdTables.Same(M, other.M) && SgdTables.Same(P, other.P);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Target, Noise, Loss, Q.Length, Q[0][0], P.Length, M[0][0]);

    internal SgdTask Task => SgdInputs.Task(Activation, Target, A, Q.Length, P.Length, Noise, Loss);
}
