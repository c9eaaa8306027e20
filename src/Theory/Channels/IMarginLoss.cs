namespace Theory.Channels;

/// <summary>
/// A convex loss ℓ(u) of the margin u = y·f, the product of a label y = ±1 and a prediction f. With its proximal map
/// prox(u) = argmin_t ℓ(t) + (t − u)²/(2V) it decides what empirical risk minimisation does in high dimensions: for a label y and a field ω,
/// argmin_t ℓ(y t) + (t − ω)²/(2V) = y·prox(y ω). Implementations are immutable and hold no state.
/// </summary>
public interface IMarginLoss
{
    /// <summary>Name outside the library: <c>square</c>, <c>logistic</c>, <c>hinge</c>, <c>huber</c>, <c>hard-margin</c>; of others a formula or any text.</summary>
    string Name { get; }

    /// <summary>The loss ℓ(u); +∞ outside its domain.</summary>
    /// <param name="margin">The margin u.</param>
    /// <returns>ℓ(u) ≥ 0.</returns>
    double Value(double margin);

    /// <summary>The proximal map and what follows from it.</summary>
    /// <param name="margin">The margin u, finite.</param>
    /// <param name="variance">V &gt; 0, finite.</param>
    /// <returns>The point prox(u), the force (prox(u) − u)/V, its derivative in u, and the loss at the point.</returns>
    ProximalPoint At(double margin, double variance);

    /// <summary>Whether ℓ has a continuous derivative. Default true.</summary>
    bool IsSmooth => true;

    /// <summary>The largest number of kinks, at least two. Default 2.</summary>
    int MostKinks => 2;

    /// <summary>Margins at which the derivative of prox(u) jumps, at most <see cref="MostKinks"/>. A quadrature must be split there.</summary>
    /// <param name="variance">V &gt; 0.</param>
    /// <param name="kinks">Receives them in increasing order; has at least <see cref="MostKinks"/> places.</param>
    /// <returns>Their number.</returns>
    int Kinks(double variance, Span<double> kinks);

    /// <summary>Margins near which prox(u), though smooth, bends over a finite scale; at most two. A quadrature must resolve that scale there.</summary>
    /// <param name="variance">V &gt; 0.</param>
    /// <param name="bends">Receives the margins; has at least two places.</param>
    /// <param name="scale">The scale, in units of the margin.</param>
    /// <returns>Their number.</returns>
    int Bends(double variance, Span<double> bends, out double scale);
}

/// <summary>The proximal map of a margin loss at a margin u and a variance V.</summary>
/// <param name="Point">prox(u) = argmin_t ℓ(t) + (t − u)²/(2V), non-decreasing in u.</param>
/// <param name="Force">F(u) = (prox(u) − u)/V, which is minus a subgradient of ℓ at the point.</param>
/// <param name="Slope">F′(u), in [−1/V, 0]; one of its one-sided values at a kink.</param>
/// <param name="Loss">ℓ(prox(u)).</param>
public readonly record struct ProximalPoint(double Point, double Force, double Slope, double Loss);
