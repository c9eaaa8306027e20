using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Escape from mediocrity in phase retrieval: students f = (1/p) Σ_j (w_j·z)² on the sphere |w_j| = 1 learn y = (w*·z)² + √Δ ξ, |w*| = 1, by one-pass SGD with normalisation,
/// w_j ← w_j + (γ_c/(pd)) ∂, from small overlaps m_j = w_j·w* and otherwise orthogonal students, w_j·w_l = m_j m_l. Time t = steps·γ_c/(pd), samples n = t p d/γ_c.
/// </summary>
public sealed partial record PhaseRetrievalEscapeModel : IModel<PhaseRetrievalEscapeModel, PhaseRetrievalEscapePrediction>
{
    /// <summary>Width p, at least 1, at most 400.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required int Width { get; init => field = value is >= 1 and <= 400 ? value : throw Guard.OutOfRange(nameof(Width), value, "must be from 1 to 400"); }

    /// <summary>Learning rate γ_c in the √d normalisation (γ = γ_c/d), in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Dimension d, at least 2; it sets the number of samples and the averages over random starts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 2, or infinite.</exception>
    public required double Dimension { get; init => field = Guard.In(value, new(2, true, double.PositiveInfinity, false)); }

    /// <summary>Initial overlaps m_j, p numbers in (−1, 1), not all 0.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is outside (−1, 1).</exception>
    public required ImmutableArray<double> M0
    {
        get;
        init
        {
            if (value.IsDefaultOrEmpty) throw new ArgumentException("m0 must have at least one element", nameof(M0));
            foreach (var m in value) Guard.In(m, ParameterRange.Between(-1, 1));
            field = value;
        }
    }

    /// <summary>Escape is when (R(0) − R)/R(0) first reaches this, in (0, 1). Default 0.05.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public double Threshold { get; init => field = Guard.In(value, ParameterRange.Between(0, 1)); } = 0.05;

    /// <inheritdoc/>
    public bool Equals(PhaseRetrievalEscapeModel? other) => other is not null
        && (Width, LearningRate, Noise, Dimension, Threshold) == (other.Width, other.LearningRate, other.Noise, other.Dimension, other.Threshold) && SgdTables.Same(M0, other.M0);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, LearningRate, Noise, Dimension, Threshold, M0[0]);

    internal void Check()
    {
        if (M0.Length != Width) throw new InvalidInputException("m0", $"m0 must have one number for each of the {Width} students; got {M0.Length}");
    }

    internal SgdTask Task => new() { Activation = "z^2", Readout = [.. Enumerable.Repeat(1.0, Width)], Teachers = 1, Noise = Noise };

    /// <summary>Ω at the start.</summary>
    internal double[] Omega
    {
        get
        {
            var (p, n) = (Width, Width + 1);
            var omega = new double[n * n];
            for (var j = 0; j < p; j++)
            {
                for (var b = 0; b < p; b++) omega[j * n + b] = j == b ? 1 : M0[j] * M0[b];
                omega[j * n + p] = omega[p * n + j] = M0[j];
            }

            omega[n * n - 1] = 1;
            return omega;
        }
    }
}
