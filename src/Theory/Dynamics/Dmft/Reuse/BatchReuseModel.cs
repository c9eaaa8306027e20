using System.Collections.Immutable;
using Theory.Contract;
using Theory.Exponents;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// A committee learned by gradient descent that sees the same batch at every step. x_μ ~ N(0, I_d), n = αd samples, z = W⋆x/√d ∈ ℝ^k with W⋆W⋆ᵀ/d = I, y = f⋆(z) + √Δ ξ, h = Wx/√d ∈ ℝ^p, f = Σ_j a_j σ(h_j);
/// W ← W − η[Σ_μ m_μ ∂loss/∂h x_μᵀ/√d + λW], a sum over samples, not a mean; with momentum and minibatches, m_μ ∈ {0, 1/b}. Limit d → ∞ at fixed α, p, k and T.
/// </summary>
public sealed partial record BatchReuseModel : IModel<BatchReuseModel, BatchReusePrediction>
{
    /// <summary>Target f⋆(z1, …, zk), square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required Expression Target { get; init => field = Guard.NotNull(value); }

    /// <summary>Activation σ(z): a continuous formula. Where its derivative jumps (relu), responses come from Stein's lemma. Not used by the logistic loss. Default z.</summary>
    /// <exception cref="ArgumentException">It is a delegate, whose derivative is not known, or it jumps.</exception>
    public ScalarFunction Activation { get; init => field = StudentInputs.Smooth(value); } = "z";

    /// <summary>Width p of the student, from 1 to 8. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public int Width { get; init => field = value is >= 1 and <= 8 ? value : throw Guard.OutOfRange(nameof(Width), value, "must be from 1 to 8"); } = 1;

    /// <summary>Readout a, one number for each neuron; the default empty array stands for 1/√p each. Not used by the logistic loss.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public ImmutableArray<double> Readout { get; init => field = StudentInputs.Finite(value); } = [];

    /// <summary>The loss. Default square; logistic needs width 1, and has f(h) = h.</summary>
    public StudentLoss Loss { get; init; }

    /// <summary>A loss of one's own instead of <see cref="Loss"/>, of the model's width; activation and readout are then not used. Default none.</summary>
    public CustomLoss? CustomLoss { get; init; }

    /// <summary>Samples per dimension, α = n/d, in (0, ∞).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double Alpha { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Learning rate η of the sum over samples, in (0, ∞); with the mean loss and normalised weights it is αη.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, ∞).</exception>
    public required double LearningRate { get; init => field = Guard.In(value, ParameterRange.Positive); }

    /// <summary>Ridge λ of the penalty (λ/2)|W|², in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Lambda { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Variance Δ of the label noise, in [0, ∞). Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, ∞).</exception>
    public double Noise { get; init => field = Guard.In(value, ParameterRange.NonNegative); }

    /// <summary>Number of steps T, from 1 to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required int Steps { get; init => field = DmftInputs.InSteps(value, 100); }

    /// <summary>Momentum β, in [0, 1). Default 0: gradient descent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [0, 1).</exception>
    public double Momentum { get; init => field = Guard.In(value, DmftInputs.Momenta); }

    /// <summary>Whether gradients are taken at the point ahead, W + β(W − W₋) (Nesterov), instead of at W (heavy ball). Default no.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Fraction b of the samples in each step's minibatch, in (0, 1]. Default 1: the full batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1].</exception>
    public double BatchFraction { get; init => field = Guard.In(value, DmftInputs.Fractions); } = 1;

    /// <summary>Mean number of steps τ that a sample stays in the minibatch (persistent minibatches), at least 1 and at least b/(1 − b); <see langword="null"/>, the default, for independent ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1, or not finite.</exception>
    public double? Persistence { get; init => field = value is { } tau ? Guard.In(tau, new ParameterRange(1, true, double.PositiveInfinity, false)) : null; }

    /// <summary>Initial overlaps M^0, p rows of k; one single number is the overlap with z1 of a student of width 1. The default empty array stands for 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public ImmutableArray<ImmutableArray<double>> M0 { get; init => field = StudentInputs.Finite(value); } = [];

    /// <summary>Initial overlaps Q^0 of the neurons, p × p, with Q^0 − M^0 M^0ᵀ positive semi-definite; one single number stands for its multiple of the identity. The default empty array stands for the identity.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is not finite.</exception>
    public ImmutableArray<ImmutableArray<double>> Q0 { get; init => field = StudentInputs.Finite(value); } = [];

    /// <summary>Largest standard error of what is sampled, relative to the larger of 1 and the value, in [1e-6, 0.1]. Default 2e-4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in [1e-6, 0.1].</exception>
    public double Accuracy { get; init => field = Guard.In(value, ParameterRange.Closed(1e-6, 0.1)); } = 2e-4;

    /// <summary>Number of paths per replicate, a power of 2 from 256 to 2²⁰, used whatever the standard error; <see langword="null"/>, the default, for as many as <see cref="Accuracy"/> takes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a power of 2 in this range.</exception>
    public int? Paths { get; init => field = value is not { } n || (n is >= 256 and <= 1 << 20 && int.IsPow2(n)) ? value : throw Guard.OutOfRange(nameof(Paths), n, "must be a power of 2 from 256 to 1048576"); }

    /// <summary>Seed of the sampled paths. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Which directions of the target this student can learn in a finite number of steps from M^0 = 0: on fresh batches, on a reused one, or not at all.</summary>
    /// <returns>The classes with their certificate.</returns>
    /// <exception cref="ArgumentException">The target is not square integrable.</exception>
    /// <exception cref="UnsupportedException">The target is beyond what <see cref="LearningExponents"/> can analyse.</exception>
    public Learnability Learnability() => Dynamics.Learnability.Of(this);

    /// <summary>
    /// The directions of the target that can gain an overlap in a finite number of steps from M^0 = 0: all others have M^t v = 0 at every step (Dandi et al. 2024). That a generic activation and rate do learn
    /// these is known from examples.
    /// </summary>
    /// <returns>The subspace of the target's variables, <see cref="Learnability.ByReuse"/>.</returns>
    /// <exception cref="ArgumentException">The target is not square integrable.</exception>
    /// <exception cref="UnsupportedException">The target is beyond what <see cref="LearningExponents"/> can analyse.</exception>
    public Subspace LearnableDirections() => Learnability().ByReuse;

    /// <summary>Whether the first steps are integrated by quadrature.</summary>
    internal bool UsesQuadrature { get; init; } = true;

    /// <summary>The problem, after the checks that need several parameters.</summary>
    internal ReuseProblem Problem() => Student.Problem(Alpha, Noise, Steps) with
    {
        Rule = new(LearningRate, Lambda, Momentum, Nesterov),
        Masks = new(BatchFraction, Persistence is { } tau && BatchFraction < 1 ? Checked(tau) : null),
    };

    /// <summary>The student and its start.</summary>
    internal StudentInputs Student => new(Target, Activation, Width, Readout, Loss, M0, Q0) { Custom = CustomLoss };

    /// <summary>Variance of the noise in the labels of new samples: none for the square loss, whose noise would only add Δ/2.</summary>
    internal double NewNoise => Loss == StudentLoss.Square && CustomLoss is null ? 0 : Noise;

    /// <summary>The problem with the labels that new samples have.</summary>
    internal ReuseProblem NewSamples(ReuseProblem problem) => problem with { Target = new(Target, problem.Target.Directions, NewNoise) };

    private double Checked(double tau) => BatchFraction / ((1 - BatchFraction) * tau) <= 1 + 1e-12
        ? tau
        : throw new InvalidInputException("persistence", $"persistence must be at least b/(1 − b) = {BatchFraction / (1 - BatchFraction)}; got {tau}");
}
