using System.Numerics;

namespace Theory.Spectra;

/// <summary>
/// The function h(ω) = −1/m(ω) − ω of a discrete law in partial fractions, −μ + Σ_k τ_k/(b_k − ω): the poles b_k lie one between each two neighbouring atoms, and Σ τ_k is the variance.
/// In this form nothing cancels at large ω, and at an atom t, where m has a pole, it is the finite number −t.
/// </summary>
internal sealed class PartialFractions
{
    private readonly double[] poles, residues;
    private readonly double floor;

    /// <summary>Decomposes a law, its atoms shifted by −shift and then divided by unit.</summary>
    public PartialFractions(DiscreteLaw law, double shift, double unit)
    {
        var (atoms, weights) = law.Merged();
        (poles, residues) = (new double[atoms.Length - 1], new double[atoms.Length - 1]);
        floor = atoms[0] > 0 ? 1 / atoms.Zip(weights, (t, w) => w * unit / t).Sum() : 0;
        for (var k = 0; k < poles.Length; k++)
        {
            var (anchor, offset) = Root(atoms, weights, k);
            var slope = 0.0;
            for (var l = 0; l < atoms.Length; l++)
            {
                var distance = (atoms[l] - atoms[anchor] - offset) / unit;
                slope += weights[l] / (distance * distance);
            }
            poles[k] = (atoms[anchor] - shift + offset) / unit;
            residues[k] = 1 / slope;
        }
    }

    /// <summary>Σ τ/(b − ω) and Σ τ/(b − ω)².</summary>
    public (Complex Value, Complex Slope) At(Complex omega)
    {
        var (value, slope) = (Complex.Zero, Complex.Zero);
        for (var k = 0; k < poles.Length; k++)
        {
            var ratio = 1 / (poles[k] - omega);
            value += residues[k] * ratio;
            slope += residues[k] * ratio * ratio;
        }
        return (value, slope);
    }

    /// <summary>
    /// −h(−1/e) for a law on [0, ∞) and its derivative by e, 1/Σ(w/t) + Σ (τ/b)/(1 + be): terms of one sign for e &gt; 0, the first of them 0 if there is an atom at 0.
    /// </summary>
    public (Complex Value, Complex Slope) AtInverse(Complex e)
    {
        var (value, slope) = ((Complex)floor, Complex.Zero);
        for (var k = 0; k < poles.Length; k++)
        {
            var ratio = 1 / (1 + poles[k] * e);
            value += residues[k] / poles[k] * ratio;
            slope -= residues[k] * ratio * ratio;
        }
        return (value, slope);
    }

    /// <summary>The root of Σ w/(t − b) between atoms k and k + 1 by bisection, as an offset from the nearer of them, so that no digits are lost beside a light atom.</summary>
    private static (int Anchor, double Offset) Root(double[] atoms, double[] weights, int k)
    {
        var width = atoms[k + 1] - atoms[k];
        var anchor = Transform(atoms, weights, k, 0.5 * width) > 0 ? k : k + 1;
        // The transform grows from −∞ beside atom k to ∞ beside atom k + 1.
        var (low, high) = anchor == k ? (0.0, 0.5 * width) : (-0.5 * width, 0.0);
        for (var middle = 0.5 * (low + high); middle != low && middle != high; middle = 0.5 * (low + high))
        {
            if (Transform(atoms, weights, anchor, middle) > 0) high = middle;
            else low = middle;
        }
        return (anchor, anchor == k ? high : low);
    }

    private static double Transform(double[] atoms, double[] weights, int anchor, double offset)
    {
        var sum = 0.0;
        for (var l = 0; l < atoms.Length; l++) sum += weights[l] / (atoms[l] - atoms[anchor] - offset);
        return sum;
    }
}
