using Theory.Numerics.Sampling;

namespace Theory.Channels;

/// <summary>
/// A prior seen through a Gaussian channel: the signal x of P(x) is observed as the field B = A x + √A z with z ~ N(0, I), at signal-to-noise ratio A ≥ 0.
/// Priors of vectors have a symmetry that makes the overlap matrix E[x E[x|B]ᵀ] a multiple of the projector on their support, of rank r = <see cref="Rank"/>.
/// </summary>
/// <remarks>
/// The three quantities belong together: F(A) = E[x·E[x|B]] = E|E[x|B]|² and Ψ(A) = E log E_{x'~P} exp(B·x' − A|x'|²/2) obey Ψ(0) = 0 and Ψ′ = F/2
/// [Guo, Shamai &amp; Verdú 2005, arXiv:cs/0412108: mutual information and mean square error; Lesieur et al. 2017, arXiv:1701.00858: this form].
/// </remarks>
public interface IPriorChannel
{
    /// <summary>Number of components of x.</summary>
    int Dimension { get; }

    /// <summary>Rank r of the support: the overlap of one direction is F/r. 1 for numbers.</summary>
    int Rank { get; }

    /// <summary>E|x|², the limit of F as A → ∞.</summary>
    double SecondMoment { get; }

    /// <summary>|E x|², the value of F at A = 0; exactly 0 for centred priors.</summary>
    double SquaredMean { get; }

    /// <summary>A signal-to-noise ratio beyond which F changes no more its shape: every fold of a fixed-point curve lies below it.</summary>
    double LargestSnr { get; }

    /// <summary>The overlap F(A) = E[x·E[x|B]]: it increases from |E x|² to E|x|².</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <returns>The overlap.</returns>
    double Overlap(double snr);

    /// <summary>The free entropy Ψ(A) = E log E_{x'~P} exp(B·x' − A|x'|²/2) ≥ 0: it is convex, with Ψ(0) = 0 and Ψ′ = F/2.</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <returns>The free entropy, in nats.</returns>
    double FreeEntropy(double snr);

    /// <summary>The posterior of x given its field.</summary>
    /// <param name="snr">A, in [0, ∞).</param>
    /// <param name="field">B, as many numbers as x has components.</param>
    /// <param name="mean">Receives E[x|B].</param>
    /// <returns>The posterior variance E[|x|²|B] − |E[x|B]|² ≥ 0, summed over the components.</returns>
    double Denoise(double snr, ReadOnlySpan<double> field, Span<double> mean);

    /// <summary>Draws x from the prior.</summary>
    /// <param name="random">Where the randomness comes from.</param>
    /// <param name="x">Receives the components.</param>
    void Sample(RandomStream random, Span<double> x);
}
