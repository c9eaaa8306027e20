using System.Numerics;
using Theory.Hermite.Tensors;

namespace Theory.Exponents;

/// <summary>
/// The family f, f², f³, … of a polynomial: generative detection. What it finds is exact; that order 1 finds nothing more is proved by a
/// symmetry of the label, and otherwise only supported by two more powers that change nothing.
/// </summary>
internal sealed class PowerDetector : IDetector
{
    /// <summary>With three powers z₁z₂ + z₁z₂z₃z₄ hides z₃ − z₄ at order 2; four show it.</summary>
    internal const int LeastPowers = 4;

    private readonly IntegerPolynomial polynomial;
    private readonly LabelSymmetries symmetries;
    private readonly int mostPowers;
    private readonly bool jointlyOddOnly;
    private readonly Dictionary<Subspace, State> states = [];

    /// <param name="target">The label f.</param>
    /// <param name="relevant">V*.</param>
    /// <param name="mostPowers">The largest power ever used.</param>
    /// <param name="jointlyOddOnly">Keep only test functions odd under (y, z_S) → (−y, −z_S): what odd bias-free activations can see.</param>
    internal PowerDetector(MultivariatePolynomial target, Subspace relevant, int mostPowers = 8, bool jointlyOddOnly = false)
    {
        polynomial = target.Numerators;
        Relevant = relevant;
        this.jointlyOddOnly = jointlyOddOnly;
        this.mostPowers = Math.Min(mostPowers, MultiIndex.MaxExponent / Math.Max(1, target.Degree));
        symmetries = LabelSymmetries.Of(polynomial, target.VariableCount);
    }

    public Subspace Relevant { get; }

    /// <summary>
    /// Given z_S, a polynomial that depends on z_⊥ is unbounded, and |y| large forces |z_⊥| large: E[|z_⊥|² | y, z_S] cannot be constant.
    /// </summary>
    public int MaxOrder => 2;

    public Detection Detect(Subspace learned, int order)
    {
        if (!states.TryGetValue(learned, out var state))
            states.Add(learned, state = new(polynomial, new(learned, Relevant)));
        var basis = state.Basis;
        if (IsLastDirectionFound(state, order))
            return new(Relevant, ProofStatus.Proved, "every direction is found");
        var bound = order == 1 ? state.Bound ??= Bound(learned, state) : new(Relevant.Minus(learned), "");
        var impossible = basis.Rest.Length - bound.Invariant.Dimension;
        var undetected = new Annihilator(basis.Rest.Length);
        var last = int.MaxValue;
        for (var power = 1; power <= mostPowers && undetected.Dimension > impossible; power++)
        {
            if (power > LeastPowers && power % 2 == 1)
            {
                // Two more powers have changed nothing.
                if (undetected.Dimension == last)
                    break;
                last = undetected.Dimension;
            }
            if (!state.TryPower(power, out var moments))
                break;
            var m = power;
            moments.Impose(undetected, order, jointlyOddOnly ? monomial => (m + monomial.Degree) % 2 == 1 : null);
        }
        var complete = undetected.Dimension == impossible;
        return new(
            PolynomialDetector.Extend(learned, Relevant, basis, undetected),
            complete ? ProofStatus.Proved : ProofStatus.NumericalEvidence,
            impossible == 0 ? "every direction is found" : complete ? bound.Reason
                : $"exactly 0 for all powers of the label tried, without a symmetry that proves it for all functions of it");
    }

    /// <summary>
    /// One direction t is left and every function of the label is allowed: order 2 always finds it. Order 1 does unless f(s, ·) is even. For large |y|
    /// the label has one branch t(y), and E[t; y] dy = ∓dφ(t) ≠ 0; or two, and if E[t | y] = 0 then φ(t₊) − φ(t₋) is constant, hence 0,
    /// t₋ = −t₊ and f is even (Lee, Oko, Suzuki and Wu 2024, arXiv:2406.01581, for one variable).
    /// </summary>
    private bool IsLastDirectionFound(State state, int order) => !jointlyOddOnly && state.Basis.Rest.Length == 1
        && (order == 2 || state.Label.Keys.Any(key => new MultiIndex(key)[state.Basis.Learned.Length] % 2 == 1));

    private SymmetryBound Bound(Subspace learned, State state) =>
        symmetries.Bound(learned, Relevant.Minus(learned), jointlyOddOnly
            ? [.. AdaptedFlips(state), .. Reversal(state), .. symmetries.HiddenFromOdd(learned)]
            : AdaptedFlips(state));

    /// <summary>The same as <see cref="LabelSymmetries.HiddenFromOdd"/> in the adapted coordinates, all of s flipped.</summary>
    private static IEnumerable<(BigInteger[] Reversed, string Text)> Reversal(State state)
    {
        var (basis, learned) = (state.Basis, state.Basis.Learned.Length);
        var parities = state.Label.Keys.Select(key => new MultiIndex(key).Parity).ToHashSet();
        var flip = SignFlips.Solve([.. parities, .. Enumerable.Range(0, learned).Select(i => 1 << i)], [], learned + basis.Rest.Length);
        for (var a = 0; a < basis.Rest.Length && flip is not null; a++)
        {
            if ((flip.Value >> (learned + a) & 1) == 0)
                yield return (basis.Rest[a], $"a reflection that leaves ({string.Join(",", basis.Rest[a])}) alone turns the label into its negative");
        }
    }

    /// <summary>Flips of the adapted coordinates t_a, the reflection I − 2P_⊥ among them.</summary>
    private static IEnumerable<(BigInteger[] Reversed, string Text)> AdaptedFlips(State state)
    {
        var (basis, learned) = (state.Basis, state.Basis.Learned.Length);
        var parities = state.Label.Keys.Select(key => new MultiIndex(key).Parity >> learned).Distinct();
        foreach (var flip in SignFlips.Preserving(parities, basis.Rest.Length))
        {
            for (var a = 0; a < basis.Rest.Length; a++)
            {
                if ((flip >> a & 1) == 1)
                    yield return (basis.Rest[a], $"reflection that reverses {Describe(basis, flip)}");
            }
        }
    }

    private static string Describe(AdaptedBasis basis, int flip) => string.Join(", ", Enumerable.Range(0, basis.Rest.Length)
        .Where(a => (flip >> a & 1) == 1).Select(a => "(" + string.Join(",", basis.Rest[a]) + ")"));

    private sealed class State(IntegerPolynomial polynomial, AdaptedBasis basis)
    {
        private readonly List<(IntegerPolynomial Power, ConditionalMoments Moments)> powers = [];

        internal AdaptedBasis Basis { get; } = basis;

        internal IntegerPolynomial Label => field ??= Basis.Express(polynomial);

        internal SymmetryBound? Bound { get; set; }

        internal bool TryPower(int power, out ConditionalMoments moments)
        {
            while (powers.Count < power)
            {
                // Dense products beyond this are left to the certificate.
                if (powers.Count > 0 && (long)powers[^1].Power.Count * Label.Count > 4L * IntegerPolynomial.MaxTerms)
                {
                    moments = null!;
                    return false;
                }
                var next = powers.Count == 0 ? Label : powers[^1].Power.Multiply(Label);
                powers.Add((next, new(next, Basis)));
            }
            moments = powers[power - 1].Moments;
            return true;
        }
    }
}
