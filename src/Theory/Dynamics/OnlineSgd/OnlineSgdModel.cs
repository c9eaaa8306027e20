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

    /// <summary>Q(0), p × p, with a positive diagonal; empty (the default) is the identity, or that of a random start if <see cref="M0"/> is empty too.</summary>
    /// <exception cref="ArgumentException">It has rows of different lengths.</exception>
    public ImmutableArray<ImmutableArray<double>> Q0 { get; init => field = value.IsDefaultOrEmpty ? [] : SgdTables.Finite(value, nameof(Q0)); } = [];

    /// <summary>M(0), p × k; empty (the default) is a random start: students uniform on the unit sphere of <see cref="Dimension"/> dimensions, drawn from <see cref="Seed"/>.</summary>
    /// <exception cref="ArgumentException">It has rows of different lengths.</exception>
    public ImmutableArray<ImmutableArray<double>> M0 { get; init => field = value.IsDefaultOrEmpty ? [] : SgdTables.Finite(value, nameof(M0)); } = [];

    /// <summary>P, k × k, with a positive diagonal; empty (the default) is the identity.</summary>
    /// <exception cref="ArgumentException">It has rows of different lengths.</exception>
    public ImmutableArray<ImmutableArray<double>> P { get; init => field = value.IsDefaultOrEmpty ? [] : SgdTables.Finite(value, nameof(P)); } = [];

    /// <summary>Number p of students of a random start, in [1, 1000]. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [1, 1000].</exception>
    public int Width { get; init => field = value is >= 1 and <= 1000 ? value : throw Guard.OutOfRange(nameof(Width), value, "must be from 1 to 1000"); } = 1;

    /// <summary>Dimension d of the space from which a random start is drawn, at least p + k; <see langword="null"/> (the default) for a given start, or 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [2, 10¹⁵].</exception>
    public double? Dimension { get; init => field = value is { } d ? Guard.In(d, ParameterRange.Closed(2, 1e15)) : null; }

    /// <summary>Seed of a random start, at least 0. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Seed { get; init => field = Guard.AtLeast(value, 0); } = 1;

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

    /// <summary>Times τ at which the overlaps are wanted, not decreasing, in [0, ∞). Empty (the default): <see cref="Time"/> alone, or 1.</summary>
    /// <exception cref="ArgumentException">They decrease.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, ∞).</exception>
    public ImmutableArray<double> Times
    {
        get;
        init
        {
            field = value.IsDefault ? [] : value;
            for (var t = 0; t < field.Length; t++)
            {
                Guard.In(field[t], ParameterRange.NonNegative);
                if (t > 0 && field[t] < field[t - 1]) throw new ArgumentException("times must not decrease", nameof(Times));
            }
        }
    } = [];

    /// <summary>One time τ in [0, ∞) for sweeps, in place of <see cref="Times"/>; <see langword="null"/> (the default) if these are given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double? Time { get; init => field = value is { } time ? Guard.In(time, ParameterRange.NonNegative) : null; }

    /// <summary>Weak recovery is when max |M_jr|/√(Q_jj P_rr) first reaches this, in (0, 1). Default 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double WeakRecovery { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 0.5;

    /// <summary>Escape is when (R(0) − R)/R(0) first reaches this, in (0, 1); <see langword="null"/> (the default) does not look for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double? RiskDrop { get; init => field = value is { } drop ? Guard.In(drop, ParameterRange.Between(0, 1)) : null; }

    /// <summary>The run ends when all |dX/dτ| are below this, in (0, ∞); <see langword="null"/> (the default) goes on to the last time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public double? Steady { get; init => field = value is { } rate ? Guard.In(rate, ParameterRange.Positive) : null; }

    /// <summary>Recovery of the subspace is when the mean squared cosine of the teacher's span with the students' first reaches this, in (0, 1); <see langword="null"/> (the default) does not look for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double? SubspaceRecovery { get; init => field = value is { } overlap ? Guard.In(overlap, ParameterRange.Between(0, 1)) : null; }

    /// <summary>Samples n per step of the experiment, at least 1; the prediction depends on n through η only. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BatchSize { get; init => field = Guard.AtLeast(value, 1); } = 1;

    /// <summary>Displacement ρ₀ of repeated samples (see <see cref="SgdDisplacedModel"/>), finite; other than 0 only for one student and the square loss, with one teacher or, for relu, up to three orthogonal ones. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double Displacement { get; init => field = Guard.In(value, ParameterRange.Finite); }

    /// <inheritdoc/>
    public bool Equals(OnlineSgdModel? other) => other is not null && Activation.Equals(other.Activation) && Equals(Target, other.Target)
        && (Noise, Eta, Spherical, Loss, WeakRecovery, RiskDrop, Steady) == (other.Noise, other.Eta, other.Spherical, other.Loss, other.WeakRecovery, other.RiskDrop, other.Steady)
        && (BatchSize, Displacement, Width, Dimension, Seed, Time, SubspaceRecovery)
            == (other.BatchSize, other.Displacement, other.Width, other.Dimension, other.Seed, other.Time, other.SubspaceRecovery)
        && SgdTables.Same(A, other.A) && SgdTables.Same(Times, other.Times) && SgdTables.Same(Q0, other.Q0) && SgdTables.Same(M0, other.M0) && SgdTables.Same(P, other.P);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Target, Noise, Eta, Spherical, Loss, M0.Length, Seed);

    /// <summary>The model with its overlaps and times filled in.</summary>
    /// <exception cref="InvalidInputException">Start or times are missing or given twice.</exception>
    internal OnlineSgdModel Resolve()
    {
        var times = (Times.IsEmpty, Time) switch
        {
            (true, { } time) => [time],
            (false, null) => Times,
            (false, not null) => throw new InvalidInputException("time", "time and times exclude each other"),
            _ => [1.0],
        };
        if (!M0.IsEmpty)
        {
            if (Dimension is not null) throw new InvalidInputException("dimension", "dimension is that of a random start: it excludes m0");
            return this with { Times = times, Time = null, Q0 = Q0.IsEmpty ? Identity(M0.Length) : Q0, P = P.IsEmpty ? Identity(M0[0].Length) : P };
        }

        if (!Q0.IsEmpty) throw new InvalidInputException("m0", "m0 must be given with q0");
        var dimension = Dimension ?? 1000;
        var teachers = !P.IsEmpty ? P.Length : Target?.VariableCount is > 0 and { } variables ? variables : Width;
        if (!P.IsEmpty && P.Where((row, r) => row.Length != teachers || row.Where((x, t) => x != (r == t ? 1 : 0)).Any()).Any())
            throw new InvalidInputException("p", "p must be the identity for a random start");
        if (dimension < Width + teachers) throw new InvalidInputException("dimension", FormattableString.Invariant($"dimension must be at least p + k = {Width + teachers}; got {dimension}"));
        var (q, m) = RandomStart.Draw(Width, teachers, dimension, (ulong)Seed);
        return this with { Times = times, Time = null, Q0 = q, M0 = m, P = Identity(teachers), Dimension = null };
    }

    internal SgdTask Task
    {
        get
        {
            if (Displacement != 0 && (Q0.Length > 1 || P.Length > 3 || Loss != SgdLoss.Square))
                throw new InvalidInputException("displacement", $"displacement other than 0 needs one student, at most three teachers and the square loss; got {Q0.Length} and {P.Length}, {Loss}");
            return SgdInputs.Task(Activation, Target, A, Q0.Length, P.Length, Noise, Loss);
        }
    }

    internal double[] Omega => SgdTables.Join(Q0, M0, P, "q0", "m0");

    private static ImmutableArray<ImmutableArray<double>> Identity(int n) => [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0.0).ToImmutableArray())];
}
