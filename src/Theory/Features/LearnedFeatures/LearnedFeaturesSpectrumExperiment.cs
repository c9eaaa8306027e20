using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;
using Theory.Spectra;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>Eigenvalues of the features of real samples, with weights that have been moved along a direction.</summary>
public static class LearnedFeaturesSpectrumExperiment
{
    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="size">The dimension d; n = αd and p = βd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>stieltjes</c> and <c>atom_at_zero</c>.</returns>
    public static IReadOnlyDictionary<string, Value> Run(LearnedFeaturesSpectrumModel model, int size, ulong seed)
    {
        var p = LearnedWeights.AtLeastOne(model.Beta * size);
        var eigenvalues = Eigenvalues(model.Activation, model.Fractions, model.Spikes, size, LearnedWeights.AtLeastOne(model.Alpha * size), p, new RandomStream(seed));
        var zeros = p - eigenvalues.Length + eigenvalues.Count(e => e <= 1e-10 * eigenvalues[^1]);
        return new Dictionary<string, Value>
        {
            ["stieltjes"] = Value.ListOf(model.Z.Select(z => SpectralInputs.Pair(SampleMatrix.StieltjesTransform(eigenvalues, p, z)))),
            ["atom_at_zero"] = zeros / (double)p,
        };
    }

    /// <summary>The eigenvalues of ΦᵀΦ/p that are not zero by rank, ascending.</summary>
    internal static double[] Eigenvalues(ScalarFunction activation, ImmutableArray<double> fractions, ImmutableArray<double> spikes, int d, int n, int p, RandomStream random)
    {
        VocabularyInputs.Require(fractions, spikes);
        var direction = new double[d];
        random.FillUnitSphere(direction);
        var weights = LearnedWeights.Draw(fractions, spikes, p, direction, random);
        var inputs = new DenseMatrix(n, d);
        random.FillGaussian(inputs.Values);
        var features = ReadoutTrial.Apply(activation, ((DenseMatrix)DenseAlgebra.Multiply(inputs, weights)).Values);
        var scale = 1 / Math.Sqrt(p);
        for (var i = 0; i < features.Length; i++) features[i] *= scale;
        return SampleMatrix.Eigenvalues(new DenseMatrix(n, p, features));
    }
}
