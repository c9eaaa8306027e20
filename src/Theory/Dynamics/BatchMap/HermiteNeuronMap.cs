namespace Theory.Dynamics;

/// <summary>Which terms of the mean step are kept.</summary>
/// <param name="Gradient">The first-order terms F and G + Gᵀ.</param>
/// <param name="Variance">The sampling noise dH/n.</param>
/// <param name="Autocorrelation">The square of the mean gradient, BΩ⁺Bᵀ.</param>
/// <param name="FiniteDimension">The exact sampling noise (d − r)H + H₂ in place of its leading dH.</param>
internal readonly record struct MapTerms(bool Gradient = true, bool Variance = true, bool Autocorrelation = true, bool FiniteDimension = false);

/// <summary>
/// The mean step of one unit neuron h_ℓ(l) on a teacher h_ℓ(s), |w| = |w*| = 1, normalised after every step. With x = 1 for the square loss and 0 for the correlation loss
/// F = ℓ(m^{ℓ−1} − xm), G = ℓ(m^ℓ − x), and H(m) = ℓ[Σ_j C(ℓ,j)C(ℓ−1,j)C(2j,j)(m^{2j} + x(1 − 2m^ℓ)) + Δ] is a polynomial.
/// </summary>
internal sealed class HermiteNeuronMap
{
    private readonly int order;
    private readonly double x, rate, batch, gradient, variance, autocorrelation;
    private readonly double[] noise;

    public HermiteNeuronMap(int order, SgdLoss loss, double dimension, double batch, double rate, double labelNoise, MapTerms terms)
    {
        (this.order, this.rate, this.batch) = (order, rate, batch);
        x = loss == SgdLoss.Square ? 1 : 0;
        (gradient, variance, autocorrelation) = (terms.Gradient ? 1 : 0, terms.Variance ? 1 : 0, terms.Autocorrelation ? 1 : 0);
        noise = Noise(order, x, labelNoise, out var second);
        for (var k = 0; k < noise.Length; k++) noise[k] = terms.FiniteDimension ? (dimension - 2) * noise[k] + second[k] : dimension * noise[k];
    }

    /// <summary>m′ − m, without cancellation down to the smallest overlaps.</summary>
    public double Drift(double m)
    {
        var power = Power(m, order - 1);
        var transverse = 1 - m * m;
        var towards = order * power * transverse;                    // F − mG
        var radial = order * (power * m - x);                        // G
        var mean = 1 + gradient * rate * radial;
        var kept = autocorrelation * (1 - 1 / batch);
        // q′ − (1 + γG)²
        var excess = rate * rate * (variance * Polynomial(noise, m) / batch + kept * order * power * towards + (kept - gradient) * radial * radial);
        var norm = Math.Sqrt(mean * mean + excess);
        var loss = mean > 0 ? excess / (norm + mean) : norm - mean;
        return (gradient * rate * towards - m * loss) / norm;
    }

    /// <summary>H and H₂ = E[σ′² (e² + Δ) xᵀΩ⁺x] as polynomials in m. With independent unit (l, u), E[f(l² + u²)] = 2E f + E ∇²f.</summary>
    private static double[] Noise(int order, double x, double labelNoise, out double[] second)
    {
        double[] one = [1], unit = HermiteSeries.Single(order), slope = HermiteSeries.Derivative(unit);
        double[] square = HermiteSeries.Product(unit, unit), slopes = HermiteSeries.Product(slope, slope);
        (double[] Teacher, double[] Student, double Factor)[] products =
        [
            (square, slopes, 1), (unit, HermiteSeries.Product(unit, slopes), -2 * x), (one, HermiteSeries.Product(square, slopes), x), (one, slopes, labelNoise),
        ];
        double[] first = new double[2 * order + 1];
        second = new double[2 * order + 1];
        foreach (var (f, g, factor) in products)
        {
            HermiteSeries.AddOverlap(f, g, factor, first);
            double[] f1 = HermiteSeries.Derivative(f), g1 = HermiteSeries.Derivative(g);
            HermiteSeries.AddOverlap(f, g, 2 * factor, second);
            HermiteSeries.AddOverlap(HermiteSeries.Derivative(f1), g, factor, second);
            HermiteSeries.AddOverlap(f, HermiteSeries.Derivative(g1), factor, second);
            HermiteSeries.AddOverlap(f1, g1, 2 * factor, second, shift: 1);
        }
        return first;
    }

    private static double Polynomial(double[] coefficients, double m)
    {
        var sum = 0.0;
        for (var k = coefficients.Length - 1; k >= 0; k--) sum = sum * m + coefficients[k];
        return sum;
    }

    private static double Power(double m, int exponent)
    {
        var result = 1.0;
        for (var i = 0; i < exponent; i++) result *= m;
        return result;
    }
}
