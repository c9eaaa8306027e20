using System.Collections.Immutable;
using System.Globalization;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>How SGD is simulated.</summary>
public enum SgdSimulation
{
    /// <summary>Weights and inputs as vectors in d dimensions.</summary>
    Vectors,

    /// <summary>The Markov chain of the overlaps, exact in distribution at any d (see <see cref="OverlapChain"/>).</summary>
    Overlaps,
}

/// <summary>
/// Mini-batch SGD of a two-layer network by the mean of its steps. z ~ N(0, I_d), fields l_j = w_j·z and s_r = w*_r·z, labels y = g(s) + √Δ ξ, network
/// f = (1/p) Σ_j a_j σ(l_j) with fixed a; each step adds (γ/pn) Σ_μ a_j σ′(l_jμ) E_μ z_μ to w_j, over n fresh samples, with E = y − f (square loss) or E = y (correlation loss).
/// Either one neuron h_ℓ = He_ℓ/√ℓ! on a teacher of its own kind (<see cref="HermiteOrder"/>), or any activation (<see cref="Activation"/>).
/// </summary>
public sealed partial record BatchMapModel : IModel<BatchMapModel, BatchMapPrediction>
{
    /// <summary>Largest number of steps.</summary>
    public const int MaximumSteps = 10_000_000;

    /// <summary>Hermite order ℓ of student and teacher, from 1 to 20, for one spherical neuron. <see langword="null"/>, the default, is 3 unless an activation is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public int? HermiteOrder
    {
        get;
        init => field = value is null or (>= 1 and <= EscapeStepsModel.MaximumOrder) ? value : throw Guard.OutOfRange(nameof(HermiteOrder), value, $"must be from 1 to {EscapeStepsModel.MaximumOrder}");
    }

    /// <summary>Activation σ(z), a continuous formula; <see langword="null"/> if a Hermite order is given.</summary>
    public ScalarFunction? Activation { get; init; }

    /// <summary>Target g(z1 … zk) of the teacher fields; <see langword="null"/> (the default) is the committee (1/k) Σ_r σ(s_r).</summary>
    public Expression? Target { get; init; }

    /// <summary>Overlaps Q = WWᵀ at the start, p × p. Default, when empty: the identity.</summary>
    public ImmutableArray<ImmutableArray<double>> Q0 { get; init; } = [];

    /// <summary>Overlaps M = WW*ᵀ at the start, p × k; 1 × 1 for a Hermite order.</summary>
    /// <exception cref="ArgumentException">It is empty, or its rows have different lengths.</exception>
    public required ImmutableArray<ImmutableArray<double>> M0
    {
        get;
        init
        {
            if (value.IsDefaultOrEmpty || value[0].IsDefaultOrEmpty || value.Any(row => row.Length != value[0].Length)) throw new ArgumentException("m0 must be a number or a table of p rows of k numbers", nameof(M0));
            foreach (var row in value)
                foreach (var m in row) Guard.In(m, ParameterRange.Finite);
            field = value;
        }
    }

    /// <summary>Overlaps P = W*W*ᵀ of the teachers, k × k. Default, when empty: the identity.</summary>
    public ImmutableArray<ImmutableArray<double>> P { get; init; } = [];

    /// <summary>Readout a_j, one for each student. Default, when empty: ones.</summary>
    public ImmutableArray<double> A { get; init; } = [];

    /// <summary>Input dimension d, at least 2; whole for simulations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [2, 10¹⁵].</exception>
    public required double Dimension { get; init => field = Guard.In(value, ParameterRange.Closed(2, 1e15)); }

    /// <summary>Fresh samples per step n, at least 1; not necessarily whole for the prediction; infinite for the population gradient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public required double BatchSize { get; init => field = Guard.In(value, new ParameterRange(1, true, double.PositiveInfinity, true)); }

    /// <summary>Learning rate γ, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or infinite.</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Loss. Default square.</summary>
    public SgdLoss Loss { get; init; } = SgdLoss.Square;

    /// <summary>Variance Δ of the label noise, at least 0. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or infinite.</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Number of steps, from 0 to 10⁷.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required int Steps
    {
        get;
        init => field = value is >= 0 and <= MaximumSteps ? value : throw Guard.OutOfRange(nameof(Steps), value, $"must be from 0 to {MaximumSteps}");
    }

    /// <summary>Whether every weight is normalised to 1 after every step. Default, <see langword="null"/>: for a Hermite order only.</summary>
    public bool? Spherical { get; init; }

    /// <summary>Whether the first-order terms F and G + Gᵀ are kept. Default true.</summary>
    public bool Gradient { get; init; } = true;

    /// <summary>Whether the variance of the sampled gradient, dH/n, is kept. Default true.</summary>
    public bool Variance { get; init; } = true;

    /// <summary>Whether the square of the mean gradient, (1 − 1/n) BΩ⁺Bᵀ, is kept. Default true.</summary>
    public bool Autocorrelation { get; init; } = true;

    /// <summary>Whether the variance term is exact at finite dimension, (d − r)H + H₂, or its leading order dH. Default leading.</summary>
    public bool FiniteDimension { get; init; }

    /// <summary>How the experiment simulates SGD. Default vectors.</summary>
    public SgdSimulation Simulation { get; init; } = SgdSimulation.Vectors;

    /// <summary>The Hermite order with its default filled in.</summary>
    internal int? Order => HermiteOrder ?? (Activation is null ? 3 : null);

    internal bool IsSpherical => Spherical ?? Order is not null;

    internal MapTerms Terms => new(Gradient, Variance, Autocorrelation, FiniteDimension);

    /// <summary>The overlaps and functions written out, after the checks that need several parameters at once.</summary>
    internal BatchMapSetting Setting() => BatchMapSetting.Of(this);

    /// <inheritdoc/>
    public bool Equals(BatchMapModel? other) => other is not null && HermiteOrder == other.HermiteOrder && Equals(Activation, other.Activation) && Equals(Target, other.Target)
        && Text(Q0) == Text(other.Q0) && Text(M0) == Text(other.M0) && Text(P) == Text(other.P) && Text([A]) == Text([other.A])
        && (Dimension, BatchSize, LearningRate, Loss, Noise, Steps) == (other.Dimension, other.BatchSize, other.LearningRate, other.Loss, other.Noise, other.Steps)
        && (Spherical, Terms, Simulation) == (other.Spherical, other.Terms, other.Simulation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(HermiteOrder, Activation, Dimension, BatchSize, LearningRate, Loss, Noise, Steps);

    private static string Text(ImmutableArray<ImmutableArray<double>> rows) =>
        string.Join(';', (rows.IsDefault ? [] : rows).Select(row => string.Join(',', row.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))));
}
