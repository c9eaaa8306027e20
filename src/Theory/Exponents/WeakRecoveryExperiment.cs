using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Exponents;

/// <summary>
/// The optimal spectral method on samples: draws inputs and labels, weighs every sample by T(y) = G/(1 + G), and measures how much of the top eigenvector of (1/n) Σ T(y) x xᵀ
/// lies along the label's directions. G(y) is tabulated from the definition of a conditional mean on a grid.
/// </summary>
public static class WeakRecoveryExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model, with an α.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>spectral_overlap</c>.</returns>
    /// <exception cref="InvalidInputException">The model has no α.</exception>
    /// <exception cref="UnsupportedException">E[zzᵀ − I | y] is no multiple of the identity.</exception>
    public static IReadOnlyDictionary<string, Value> Run(WeakRecoveryModel model, int size, ulong seed)
    {
        if (model.Alpha is not { } alpha) throw new InvalidInputException("alpha", "alpha must be given for the experiment: a threshold alone is no mean of anything measured at finite d");
        var posterior = LabelPosterior.Of(model) ?? throw new UnsupportedException(
            $"there is no experiment for {model.Expression}: the spectral method here needs a label of one direction, or a function of |z|");
        var random = new RandomStream(seed);
        var n = Math.Max(1, (int)Math.Round(alpha * size));
        var inputs = new DenseMatrix(n, size);
        random.FillGaussian(inputs.Values);

        // Inputs are isotropic: the label's directions may be the first axes.
        var directions = model.Expression.VariableCount;
        var labels = new double[n];
        model.Expression.Evaluate(inputs.Values.AsSpan(0, directions * n), labels);
        for (var mu = 0; mu < n; mu++) labels[mu] += Math.Sqrt(model.Noise) * random.NextGaussian();

        var weighted = (DenseMatrix)inputs.Clone();
        for (var mu = 0; mu < n; mu++)
        {
            var weight = 1 - 1 / posterior.SecondMoment(labels[mu]);
            for (var i = 0; i < size; i++) weighted.Values[i * n + mu] *= weight;
        }

        var (values, vectors) = DenseAlgebra.SymmetricEigen(Symmetrised(DenseAlgebra.Multiply(inputs, weighted, transposeA: true)));
        var top = vectors.Column(values.MaximumIndex());
        return new Dictionary<string, Value> { ["spectral_overlap"] = posterior.Directions.Sum(v => Math.Pow(v.Select((x, i) => x * top[i]).Sum(), 2)) };
    }

    private static Matrix<double> Symmetrised(Matrix<double> matrix) => (matrix + matrix.Transpose()) / 2;
}
