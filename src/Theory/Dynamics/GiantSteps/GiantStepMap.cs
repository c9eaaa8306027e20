using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Hermite;
using Theory.Hermite.Tensors;

namespace Theory.Dynamics;

/// <summary>
/// One giant step in the plane of the target: u′ = [u(1 + ηs) + η g_V]/N with g_V = Σ_k (μ_{k+1}/k!) C_{k+1}[u^{⊗k}, ·], s = Σ_k (μ_{k+2}/k!) C_k[u^{⊗k}],
/// N² = |u(1 + ηs) + ηg_V|² + (1 − |u|²)(1 + ηs)² + η²(d − r) v/n and v = E[f² σ′²]; besides its linearisation and the covariance of its noise.
/// </summary>
internal sealed class GiantStepMap
{
    private readonly double rate;
    private readonly int r, dimension, batch;

    // g_V = ∇ of the potential Σ_α h_α μ_|α| u^α, because C_{k+1}[u^{⊗k}, ·] = ∇ C_{k+1}[u^{⊗(k+1)}]/(k + 1).
    private readonly ContractedSeries potential, stretch, noise;
    private readonly ContractedSeries[,] covariance;

    public GiantStepMap(GiantStepsModel model)
    {
        (rate, dimension, batch) = (model.LearningRate, model.Dimension, model.BatchSize);
        var target = model.Polynomial;
        r = target.VariableCount;
        var activation = model.Activation.Hermite(target.Degree + 2);
        potential = new(target, r, activation);
        stretch = new(target, r, activation, shift: 2);

        var square = target * target;
        var slopeSquared = model.SquaredSlope.Hermite(square.Degree + 2);
        noise = new(square, r, slopeSquared);
        covariance = new ContractedSeries[r, r];
        for (var i = 0; i < r; i++)
        {
            for (var j = i; j < r; j++)
            {
                var moment = square * MultivariatePolynomial.Variable(i + 1) * MultivariatePolynomial.Variable(j + 1);
                covariance[i, j] = covariance[j, i] = new(moment, r, slopeSquared);
            }
        }
    }

    /// <summary>The step from a state: the new overlaps, and the covariance of the overlaps around them.</summary>
    public (double[] Overlaps, DenseMatrix Covariance) Step(double[] u, DenseMatrix spread)
    {
        var gain = 1 + rate * stretch.At(u);
        var drift = new double[r];
        for (var i = 0; i < r; i++) drift[i] = u[i] * gain + rate * potential.Derivative(u, i);
        var outside = 1 - Dot(u, u);
        var perDirection = rate * rate / batch;
        var length = Math.Sqrt(Dot(drift, drift) + outside * gain * gain + perDirection * (dimension - r) * noise.At(u));

        var next = new double[r];
        for (var i = 0; i < r; i++) next[i] = drift[i] / length;
        var jacobian = Jacobian(u, drift, gain, outside, length);
        var injected = Projected(Noise(u, drift), next, length);
        var transported = (DenseMatrix)(jacobian * spread * jacobian.Transpose());
        return (next, transported + injected);
    }

    /// <summary>∂u′_i/∂u_j = (∂_j a_i)/N − a_i (∂_j N²)/(2N³), a = u(1 + ηs) + ηg_V.</summary>
    private DenseMatrix Jacobian(double[] u, double[] drift, double gain, double outside, double length)
    {
        var slope = new DenseMatrix(r, r);
        var lengthSlope = new double[r];
        for (var j = 0; j < r; j++)
        {
            var gainSlope = rate * stretch.Derivative(u, j);
            for (var i = 0; i < r; i++)
            {
                slope[i, j] = u[i] * gainSlope + (i == j ? gain : 0) + rate * potential.Derivative(u, i, j);
                lengthSlope[j] += 2 * drift[i] * slope[i, j];
            }
            lengthSlope[j] += 2 * outside * gain * gainSlope - 2 * u[j] * gain * gain
                + rate * rate / batch * (dimension - r) * noise.Derivative(u, j);
        }
        return DenseMatrix.Create(r, r, (i, j) => slope[i, j] / length - drift[i] * lengthSlope[j] / (2 * length * length * length));
    }

    /// <summary>η² Cov(g) inside V: η²(E[f² σ′² z zᵀ] − E g E gᵀ)/n, with ηE g = a − u.</summary>
    private DenseMatrix Noise(double[] u, double[] drift) => DenseMatrix.Create(r, r, (i, j) =>
        (rate * rate * covariance[i, j].At(u) - (drift[i] - u[i]) * (drift[j] - u[j])) / batch);

    /// <summary>Noise in the weight becomes noise in the overlaps through the derivative (1 − u′u′ᵀ)/N of the normalisation.</summary>
    private DenseMatrix Projected(DenseMatrix added, double[] next, double length)
    {
        var projection = DenseMatrix.Create(r, r, (i, j) => ((i == j ? 1 : 0) - next[i] * next[j]) / length);
        return (DenseMatrix)(projection * added * projection);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);
}
