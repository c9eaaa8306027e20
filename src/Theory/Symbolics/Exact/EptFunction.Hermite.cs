using System.Collections.Immutable;

namespace Theory.Symbolics.Exact;

public sealed partial class EptFunction
{
    /// <summary>
    /// The raw Hermite coefficients c_k = E[f(z) He_k(z)], z ~ N(0, 1), He_k the probabilists' Hermite polynomials (E He_j He_k = k! δ_jk),
    /// in closed form.
    /// </summary>
    /// <param name="order">The greatest k wanted, not negative.</param>
    /// <returns>
    /// c_0, …, c_order; <see langword="null"/> where the ring has no closed form (such as sin z on a half-line), unless the symmetry
    /// of the function proves a coefficient to be 0, and where E|f| is infinite.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
    /// <exception cref="ArithmeticException">A sign that is needed cannot be decided.</exception>
    public ImmutableArray<ExactNumber?> Coefficients(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ExactNumber?[] direct = Direct(order);
        if (Array.TrueForAll(direct, c => c is not null))
            return [.. direct];
        // What is unknown in one parity must not hide what is known in the other.
        EptFunction reflected = Compose(-1, ExactNumber.Zero);
        ExactNumber?[] even = ((this + reflected) * Of((ExactNumber)BigRational.Half)).Direct(order);
        ExactNumber?[] odd = ((this - reflected) * Of((ExactNumber)BigRational.Half)).Direct(order);
        return [.. direct.Select((c, k) => c ?? (k % 2 == 0 ? even[k] : odd[k]))];
    }

    /// <summary>One raw Hermite coefficient, see <see cref="Coefficients"/>.</summary>
    /// <param name="k">The order, not negative.</param>
    /// <returns>c_k, or <see langword="null"/> without a closed form.</returns>
    public ExactNumber? Coefficient(int k) => Coefficients(k)[k];

    /// <summary>The mean E f(z) = c_0.</summary>
    /// <returns>The mean, or <see langword="null"/> without a closed form.</returns>
    public ExactNumber? Mean() => Coefficients(0)[0];

    /// <summary>The second moment E f(z)².</summary>
    /// <returns>The moment, or <see langword="null"/> without a closed form.</returns>
    /// <exception cref="ArithmeticException">The function is not square integrable at 0, or a sign that is needed cannot be decided.</exception>
    public ExactNumber? SecondMoment() => (this * this).Mean();

    private ExactNumber?[] Direct(int order)
    {
        int degree = _terms.Values.Select(polynomial => polynomial.Degree).DefaultIfEmpty(0).Max();
        var sequences = new EptSequences(order + 1 + degree);
        var sum = CoefficientSequence.StartingWith(ExactNumber.Zero, order + 1);
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in _terms)
        {
            CoefficientSequence product = sequences.Of(kernel).Times(polynomial);
            for (int k = 0; k <= order; k++)
                sum.AddMultiple(k, ExactNumber.One, product, k);
        }
        // Equal monomials become one object, which evaluates its enclosure once for all coefficients.
        var shared = new Dictionary<Monomial, Monomial>();
        var coefficients = new ExactNumber?[order + 1];
        for (int k = 0; k <= order; k++)
            coefficients[k] = sum[k]?.Share(shared);
        return coefficients;
    }
}
