using System.Collections.Immutable;
using Theory.Contract;
using Theory.Hermite.Tensors;
using Theory.Symbolics;
using Theory.Symbolics.Exact;

namespace Theory.Exponents;

/// <summary>
/// Every exponent that decides how hard a target f*(x) = f(z), z = Vx, with Gaussian x ∈ R^d and orthonormal rows of V, is to learn,
/// each with a statement of how it was established.
/// </summary>
public sealed partial record LearningExponents
{
    /// <summary>The target as it was given.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// min{|α| ≥ 1 : E[f He_α] ≠ 0}, the order of the first non-constant Hermite tensor (Ben Arous, Gheissari and Jagannath 2021);
    /// <see langword="null"/> for a constant.
    /// </summary>
    public required int? InformationExponent { get; init; }

    /// <summary>The leap in the given coordinates (Abbe, Boix-Adsera and Misiakiewicz 2023); 0 for a constant.</summary>
    public required int Leap { get; init; }

    /// <summary>Whether the merged-staircase property holds: <see cref="Leap"/> ≤ 1 in the given coordinates.</summary>
    public bool IsMergedStaircase => Leap <= 1;

    /// <summary>The leap in the worst orthonormal coordinates, which rules rotation-invariant algorithms; 0 for a constant.</summary>
    public required int IsoLeap { get; init; }

    /// <summary>dim V*, the number of directions on which the target depends.</summary>
    public int Dimension => Relevant.Dimension;

    /// <summary>V*, with its reduced row echelon basis over the rationals.</summary>
    public required Subspace Relevant { get; init; }

    /// <summary>
    /// The generative leap (Damian, Lee and Bruna 2025), for one variable the generative exponent (Damian et al. 2024): the isoLeap of the
    /// family of all T(f). <see langword="null"/> for a constant, and when it could not be determined (its certificate says why).
    /// </summary>
    public required int? GenerativeLeap { get; init; }

    /// <summary>E f² as an exact fraction; <see langword="null"/> for targets that are no polynomials.</summary>
    public required BigRational? SecondMoment { get; init; }

    /// <summary>The greedy flag: at each step all directions of the smallest order at which any appears. Its largest order is <see cref="IsoLeap"/>.</summary>
    public required ImmutableArray<FlagStep> Flag { get; init; }

    /// <summary>The greedy flag of the family of all T(f); its largest order is <see cref="GenerativeLeap"/>.</summary>
    public required ImmutableArray<FlagStep> GenerativeFlag { get; init; }

    /// <summary>
    /// For l = 1, 2, 3: the subspaces learned after each gradient step with a fresh batch of n = Θ(d^l) samples and a generic activation,
    /// up to the last step that adds a direction; empty when none ever does (Dandi et al. 2023; for l ≥ 2 the steps after the first are
    /// the natural extension of their theorem).
    /// </summary>
    public required ImmutableSortedDictionary<int, ImmutableArray<Subspace>> LearnedSubspaces { get; init; }

    /// <summary>The same for the activation asked for, which hides the orders at which its own coefficient is 0; otherwise <see langword="null"/>.</summary>
    public ImmutableSortedDictionary<int, ImmutableArray<Subspace>>? LearnedSubspacesWithActivation { get; init; }

    /// <summary>Dimensions learned after steps 1, 2, … with n = Θ(d^l): activation-aware when an activation was given.</summary>
    public ImmutableSortedDictionary<int, ImmutableArray<int>> LearnedDimensions => (LearnedSubspacesWithActivation ?? LearnedSubspaces)
        .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Select(step => step.Dimension).ToImmutableArray());

    /// <summary>What gradient descent learns in O(1) steps of n = Θ(d) fresh samples each: the closure of {0} at order 1.</summary>
    public required Subspace LearnedInOnePass { get; init; }

    /// <summary>What it learns in O(1) steps that reuse one batch of n = Θ(d) samples: the same closure for the family of all T(f).</summary>
    public required Subspace LearnedByReuse { get; init; }

    /// <summary>The same when the activation is odd and has no bias, so that only functions odd in (y, z_S) jointly count.</summary>
    public required Subspace LearnedByReuseWithOddActivation { get; init; }

    /// <summary>The same for the activation asked for, which may be odd, or linear and then sees the first Hermite tensor alone; otherwise <see langword="null"/>.</summary>
    public Subspace? LearnedByReuseWithActivation { get; init; }

    /// <summary>V* without what reuse learns, with the activation asked for if there is one: directions that O(1) steps on O(d) samples never learn.</summary>
    public Subspace HardUnderReuse => Relevant.Minus(LearnedByReuseWithActivation ?? LearnedByReuse);

    /// <summary>The information exponent on the hypercube (z_i = ±1, so z_i² = 1); <see langword="null"/> for a constant there, and for targets that are no polynomials.</summary>
    public required int? BooleanInformationExponent { get; init; }

    /// <summary>The leap on the hypercube; <see langword="null"/> for targets that are no polynomials.</summary>
    public required int? BooleanLeap { get; init; }

    /// <summary>How each quantity was established.</summary>
    public required ImmutableArray<Certificate> Certificates { get; init; }

    /// <summary>Whether everything is proved.</summary>
    public bool IsProved => Certificates.All(certificate => certificate.IsProved);

    /// <summary>The certificate of one quantity.</summary>
    /// <param name="quantity">Its name outside the library, as <c>iso_leap</c>.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="ArgumentException">There is no such quantity.</exception>
    public Certificate CertificateOf(string quantity) => Certificates.FirstOrDefault(certificate => certificate.Quantity == quantity)
        ?? throw new ArgumentException($"quantity must be one of {string.Join(", ", Certificates.Select(c => c.Quantity))}; got '{quantity}'.", nameof(quantity));

    /// <summary>What reuse learns with an activation without bias: E[y z] if it is linear, functions odd in (y, z_S) jointly if it is odd, else all.</summary>
    internal Subspace Reused(ScalarFunction activation) =>
        activation.Expression?.Differentiate().Simplify().VariableCount == 0 ? LearnedSubspaces[1] is [var first, ..] ? first : Subspace.Zero(Relevant.AmbientDimension)
        : activation.Parity == Parity.Odd ? LearnedByReuseWithOddActivation
        : LearnedByReuse;

    /// <summary>The same report, in which some quantities that were called proved rest on numerical evidence.</summary>
    internal LearningExponents Weaken(Func<string, bool> quantity, string reason) => this with
    {
        Certificates = [.. Certificates.Select(certificate => quantity(certificate.Quantity) && certificate.IsProved
            ? new(certificate.Quantity, ProofStatus.NumericalEvidence, reason) : certificate)],
    };

    /// <summary>The exponents of an expression.</summary>
    /// <param name="target">The target f in z1, …, z9; as many variables count as the highest index written.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The exponents.</returns>
    /// <exception cref="ArgumentException">The expression is not defined almost everywhere or not square integrable.</exception>
    /// <exception cref="UnsupportedException">No method here covers the expression, or it is too large.</exception>
    public static LearningExponents Of(Expression target, ExponentOptions? options = null) => ExponentAnalysis.Run(target, options ?? ExponentOptions.Default);

    /// <summary>The exponents of a polynomial.</summary>
    /// <param name="target">The target f.</param>
    /// <returns>The exponents, all of them exact.</returns>
    public static LearningExponents Of(MultivariatePolynomial target) => PolynomialExponents.Compute(target, target.ToString(), null);
}
