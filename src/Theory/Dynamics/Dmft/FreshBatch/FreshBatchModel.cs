using System.Collections.Immutable;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// A committee learned by gradient descent with n = αd new samples at every step: the comparison for <see cref="BatchReuseModel"/>, whose conventions it shares.
/// W ← W − η[Σ_μ ∂loss/∂h x_μᵀ/√d + λW]. Limit d → ∞ at fixed α, p, k and T.
/// </summary>
public sealed partial record FreshBatchModel : IModel<FreshBatchModel, FreshBatchPrediction>
{
    /// <summary>Target f⋆(z1, …, zk), square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required Expression Target { get; init => field = Guard.NotNull(value); }

    /// <summary>Activation σ(z), a continuous formula. Not used by the logistic loss. Default z.</summary>
    /// <exception cref="ArgumentException">It is a delegate, whose derivative is not known, or it jumps.</exception>
    public ScalarFunction Activation { get; init => field = StudentInputs.Smooth(value); } = "z";

    /// <summary>Width p of the student, from 1 to 8. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public int Width { get; init => field = value is >= 1 and <= 8 ? value : throw Guard.OutOfRange(nameof(Width), value, "must be from 1 to 8"); } = 1;

    /// <summary>Readout a, one number for each neuron; the default empty array stands for 1/√p each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public ImmutableArray<double> Readout { get; init => field = StudentInputs.Finite(value); } = [];

    /// <summary>The loss. Default square; logistic needs width 1, and has f(h) = h.</summary>
    public StudentLoss Loss { get; init; }

    /// <summary>Samples of each step per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Learning rate η of the sum over samples, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of the penalty (λ/2)|W|², in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Number of steps T, from 1 to 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required int Steps { get; init => field = DmftInputs.InSteps(value, 1000); }

    /// <summary>Initial overlaps M^0, p rows of k; one single number is the overlap with z1 of a student of width 1. The default empty array stands for 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public ImmutableArray<ImmutableArray<double>> M0 { get; init => field = StudentInputs.Finite(value); } = [];

    /// <summary>Initial overlaps Q^0 of the neurons, p × p; one single number stands for its multiple of the identity. The default empty array stands for the identity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public ImmutableArray<ImmutableArray<double>> Q0 { get; init => field = StudentInputs.Finite(value); } = [];

    /// <summary>Largest standard error of what is sampled, relative to the larger of 1 and the value, in [1e-6, 0.1]. Default 2e-4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [1e-6, 0.1].</exception>
    public double Accuracy { get; init => field = Guard.In(value, ParameterRange.Closed(1e-6, 0.1)); } = 2e-4;

    /// <summary>Seed of the sampled paths, where the integrals have too many dimensions for quadrature. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The problem of one step, after the checks that need several parameters.</summary>
    internal ReuseProblem Problem() => new StudentInputs(Target, Activation, Width, Readout, Loss, M0, Q0).Problem(Alpha, Noise, 1) with { Rule = new(LearningRate, Lambda, 0, false) };
}
