using Theory.Hermite;
using Theory.Hermite.Tensors;

namespace Theory.Dynamics;

/// <summary>
/// Σ_α p_α m_{|α|+s} w^α = Σ_k (m_{k+s}/k!) C_k[w^{⊗k}] for a polynomial p = Σ_α p_α He_α with Hermite tensors C_k and raw Hermite coefficients m_k
/// of a function τ. At shift s = 0 and |w| = 1 this is E[p(z) τ(⟨w, z⟩)].
/// </summary>
internal sealed class ContractedSeries
{
    private readonly (double Coefficient, int[] Exponents)[] terms;

    public ContractedSeries(MultivariatePolynomial polynomial, int variables, HermiteExpansion function, int shift = 0) =>
        terms = [.. from pair in polynomial.HermiteTerms
                    let coefficient = pair.Value.ToDouble() * function[pair.Key.Degree + shift].Raw
                    where coefficient != 0
                    select (coefficient, Enumerable.Range(0, variables).Select(i => pair.Key[i]).ToArray())];

    public double At(ReadOnlySpan<double> w) => Differentiated(w, -1, -1);

    public double Derivative(ReadOnlySpan<double> w, int i) => Differentiated(w, i, -1);

    public double Derivative(ReadOnlySpan<double> w, int i, int j) => Differentiated(w, i, j);

    private double Differentiated(ReadOnlySpan<double> w, int first, int second)
    {
        var sum = 0.0;
        foreach (var (coefficient, exponents) in terms)
        {
            var product = coefficient;
            for (var k = 0; k < exponents.Length && product != 0; k++)
            {
                var power = exponents[k];
                if (k == first) product *= power--;
                if (k == second) product *= power--;
                if (power > 0) product *= Math.Pow(w[k], power);
            }
            sum += product;
        }
        return sum;
    }
}
