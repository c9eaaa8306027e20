using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Laws of samples that share a mixture's teacher.</summary>
internal enum SampleLaw
{
    /// <summary>The mixture.</summary>
    Mixture,

    /// <summary>One Gaussian with its mean and covariance.</summary>
    MatchedGaussian,

    /// <summary>The centred Gaussian with its average covariance within clusters.</summary>
    BulkGaussian,
}

/// <summary>A teacher and cluster means at finite dimension, with exactly the overlaps of a model on every atom, and samples of the mixture.</summary>
internal sealed class MixtureVectors
{
    private readonly double[] theta;
    private readonly double[][] means;
    private readonly double[][] deviations;

    private MixtureVectors(double[] theta, double[][] means, double[][] deviations) => (this.theta, this.means, this.deviations) = (theta, means, deviations);

    public static MixtureVectors Draw(MixtureErmModel model, int size, RandomStream random)
    {
        var geometry = new MixtureGeometry(model);
        var (k, counts) = (geometry.Clusters, Counts(model, size));
        var (theta, means, deviations) = (new double[size], Rows(k, size), Rows(k, size));
        for (int j = 0, first = 0; j < geometry.Atoms; first += counts[j++])
        {
            var vectors = GramVectors.Draw(new DenseMatrix(k + 1, k + 1, geometry.JointGram(j)), counts[j], random);
            vectors[0].CopyTo(theta, first);
            for (var c = 0; c < k; c++)
            {
                vectors[c + 1].CopyTo(means[c], first);
                Array.Fill(deviations[c], Math.Sqrt(model.CovarianceEigenvalues[c][j]), first, counts[j]);
            }
        }
        return new(theta, means, deviations);
    }

    /// <summary>Inputs x/√d in rows, and labels, of the mixture or of a Gaussian that could stand in for it.</summary>
    public (DenseMatrix X, double[] Y) Sample(MixtureErmModel model, int samples, RandomStream random, SampleLaw law = SampleLaw.Mixture) =>
        law == SampleLaw.Mixture ? FromMixture(model, samples, random) : FromGaussian(model, samples, random, law == SampleLaw.MatchedGaussian);

    private (DenseMatrix X, double[] Y) FromGaussian(MixtureErmModel model, int samples, RandomStream random, bool hasMeans)
    {
        var (d, k) = (theta.Length, means.Length);
        var (x, y, scale) = (new DenseMatrix(samples, d), new double[samples], Math.Sqrt(d));
        var (gaussians, bulk, centre, along) = (new double[d], new double[d], new double[d], new double[k]);
        for (var j = 0; j < d; j++)
            for (var c = 0; c < k; c++)
            {
                bulk[j] += model.Probabilities[c] * deviations[c][j] * deviations[c][j];
                if (hasMeans) centre[j] += model.Probabilities[c] * means[c][j];
            }
        for (var i = 0; i < samples; i++)
        {
            random.FillGaussian(gaussians);
            for (var c = 0; c < k; c++) along[c] = hasMeans ? Math.Sqrt(model.Probabilities[c]) * random.NextGaussian() : 0;
            double field = 0;
            for (var j = 0; j < d; j++)
            {
                var mean = centre[j];
                for (var c = 0; c < k && hasMeans; c++) mean += along[c] * (means[c][j] - centre[j]);
                var coordinate = (mean / scale + Math.Sqrt(bulk[j]) * gaussians[j]) / scale;
                x.Values[j * samples + i] = coordinate;
                field += theta[j] * coordinate;
            }
            y[i] = Label(model, field, random);
        }
        return (x, y);
    }

    private (DenseMatrix X, double[] Y) FromMixture(MixtureErmModel model, int samples, RandomStream random)
    {
        var d = theta.Length;
        var (x, y, scale) = (new DenseMatrix(samples, d), new double[samples], Math.Sqrt(d));
        var gaussians = new double[d];
        for (var i = 0; i < samples; i++)
        {
            var c = Cluster(model, random.NextUniform());
            random.FillGaussian(gaussians);
            double field = 0;
            for (var j = 0; j < d; j++)
            {
                var coordinate = (means[c][j] / scale + deviations[c][j] * gaussians[j]) / scale;
                x.Values[j * samples + i] = coordinate;
                field += theta[j] * coordinate;
            }
            y[i] = Label(model, field, random);
        }
        return (x, y);
    }

    /// <summary>wᵀΣ_c w/d, wᵀΣ_c θ/d and μ_c·w/d.</summary>
    public (double Q, double M, double H) Overlaps(int c, Vector<double> w)
    {
        double q = 0, m = 0, h = 0;
        for (var j = 0; j < theta.Length; j++)
        {
            var variance = deviations[c][j] * deviations[c][j];
            q += variance * w[j] * w[j];
            m += variance * w[j] * theta[j];
            h += means[c][j] * w[j];
        }
        return (q / theta.Length, m / theta.Length, h / theta.Length);
    }

    private static double Label(MixtureErmModel model, double field, RandomStream random)
    {
        if (model.Teacher is null) return random.NextUniform() * (1 + Math.Exp(-model.InverseTemperature * field)) < 1 ? 1 : -1;
        var noise = model.Noise > 0 ? Math.Sqrt(model.Noise) * random.NextGaussian() : 0;
        return Theory.Channels.ThresholdTeacher.TryCreate(model.Teacher, model.Noise) is { } threshold
            ? threshold.Label(field + noise)
            : model.Teacher.Evaluate(field) + noise;
    }

    private static int Cluster(MixtureErmModel model, double uniform)
    {
        var c = 0;
        while (c < model.Probabilities.Length - 1 && uniform >= model.Probabilities[c]) uniform -= model.Probabilities[c++];
        return c;
    }

    /// <summary>Whole numbers of coordinates, each enough for its vectors.</summary>
    private static int[] Counts(MixtureErmModel model, int size)
    {
        var counts = new int[model.AtomWeights.Length];
        double sum = 0;
        for (var j = 0; j < counts.Length; j++)
        {
            var from = (int)Math.Round(sum * size);
            sum += model.AtomWeights[j];
            counts[j] = (int)Math.Round(sum * size) - from;
            if (counts[j] < model.Probabilities.Length + 1)
                throw new InvalidInputException("atom_weights", $"atom {j} has {counts[j]} of {size} coordinates, too few for the teacher and {model.Probabilities.Length} means: choose a larger size");
        }
        return counts;
    }

    private static double[][] Rows(int rows, int length) => [.. Enumerable.Range(0, rows).Select(_ => new double[length])];
}
