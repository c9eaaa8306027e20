using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;

namespace Theory.Estimation;

/// <summary>Generalised approximate message passing on real instances.</summary>
public static class BayesOptimalGlmExperiment
{
    /// <summary>Fresh samples per dimension on which a trial is tested.</summary>
    public const int TestSamplesPerDimension = 10;

    internal const string AllowanceRemark = "c = 40ρ for q and its error, 40 times the test error. Next to a threshold the law is slower than 1/d and no c is enough.";

    private const int MaxIterations = 300;

    /// <summary>Part of each step that is taken: at finite size whole ones may oscillate.</summary>
    private const double Damping = 0.6;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model; the branch <see cref="BayesBranch.Uninformed"/> starts from nothing, the others from the truth.</param>
    /// <param name="size">The dimension d; n = αd rounded, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The measured <c>q</c>, <c>mmse</c> and <c>test_error</c>; of even teachers up to the sign of θ, which no label shows.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together.</exception>
    public static IReadOnlyDictionary<string, Value> Run(BayesOptimalGlmModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var deviations = Deviations(model, size);
        var posterior = new FieldPosterior(model.Teacher, model.Noise, model.InverseTemperature, model.Signal * deviations.Sum(s => s * s) / size);
        var theta = Signal(model, size, random);
        var (x, y) = Sample(posterior, theta, deviations, Math.Max(1, (int)Math.Round(model.Alpha * size)), random);
        var (estimate, unknown) = Pass(model, posterior, x, y, deviations, theta, random);

        double q = 0, error = 0;
        for (var i = 0; i < size; i++) q += deviations[i] * deviations[i] * estimate[i] * theta[i] / size;
        var sign = model.Teacher?.Parity == Symbolics.Parity.Even && q < 0 ? -1 : 1;
        for (var i = 0; i < size; i++) error += deviations[i] * deviations[i] * Math.Pow(sign * estimate[i] - theta[i], 2) / size;

        var (freshX, freshY) = Sample(posterior, theta, deviations, TestSamplesPerDimension * size, random);
        var fields = DenseAlgebra.Multiply(freshX, estimate);
        double test = 0;
        for (var i = 0; i < freshY.Length; i++)
        {
            var guess = posterior.Guess(fields[i], unknown);
            test += posterior.IsBinary ? (guess * freshY[i] <= 0 ? 1 : 0) : Math.Pow(guess - freshY[i], 2);
        }
        return new Dictionary<string, Value> { ["q"] = sign * q, ["mmse"] = error, ["test_error"] = test / freshY.Length };
    }

    internal static double Allowance(BayesOptimalGlmModel model, BayesOptimalGlmPrediction p, string observable) =>
        observable == "test_error" ? 40 * p.TestError + 1e-6 : 40 * p.Rho;

    /// <summary>ω = Xθ̂ − V g, g = (E[τ|y, ω] − ω)/V, and θ̂ the mean of its Gaussian posterior.</summary>
    private static (DenseVector Estimate, double Unknown) Pass(
        BayesOptimalGlmModel model, FieldPosterior posterior, DenseMatrix x, double[] y, double[] deviations, double[] theta, RandomStream random)
    {
        var (n, d) = (x.RowCount, x.ColumnCount);
        var rho = deviations.Sum(s => s * s) * model.Signal / d;
        var informed = model.Branch != BayesBranch.Uninformed;
        // From the truth, but for a little uncertainty; from nothing, but for what breaks the symmetry of even teachers.
        var start = informed ? 1e-6 : 1;
        var (estimate, before, force) = (new DenseVector(d), new DenseVector(d), new DenseVector(n));
        for (var i = 0; i < d; i++) estimate[i] = informed ? theta[i] : 0.1 * Math.Sqrt(model.Signal) * random.NextGaussian();
        var (unknown, precision) = (start * rho, 0.0);
        for (var iteration = 0; iteration < MaxIterations && unknown > 1e-9 * rho; iteration++)
        {
            var weight = iteration == 0 ? 1 : Damping;
            var fields = DenseAlgebra.Multiply(x, estimate) - unknown * force;
            double stiffness = 0;
            for (var i = 0; i < n; i++)
            {
                var (mean, spread) = posterior.Of(y[i], fields[i], unknown);
                var next = (mean - fields[i]) / unknown;
                force[i] += weight * (next - force[i]);
                stiffness += (1 - spread / unknown) / unknown / d;
            }
            precision += weight * (Math.Max(0, stiffness) - precision);
            var pull = DenseAlgebra.Multiply(x, force, transpose: true);
            (before, estimate, unknown) = (estimate, new DenseVector(d), 0);
            for (var i = 0; i < d; i++)
            {
                var strength = precision * deviations[i] * deviations[i];
                var variance = 1 / (1 / model.Signal + strength);
                estimate[i] = before[i] + weight * (variance * (pull[i] + strength * before[i]) - before[i]);
                unknown += deviations[i] * deviations[i] * variance / d;
            }
            if (iteration > 20 && (estimate - before).L2Norm() <= 1e-7 * estimate.L2Norm()) break;
        }
        return (estimate, unknown);
    }

    private static double[] Deviations(BayesOptimalGlmModel model, int size)
    {
        var deviations = new double[size];
        for (var i = 0; i < size; i++)
        {
            var (position, j) = ((i + 0.5) / size, 0);
            while (j < model.AtomWeights.Length - 1 && position >= model.AtomWeights[j]) position -= model.AtomWeights[j++];
            deviations[i] = Math.Sqrt(model.CovarianceEigenvalues[j]);
        }
        return deviations;
    }

    /// <summary>θ of exactly its power: that fluctuation would be the largest of all.</summary>
    private static double[] Signal(BayesOptimalGlmModel model, int size, RandomStream random)
    {
        var theta = new double[size];
        random.FillUnitSphere(theta);
        for (var i = 0; i < size; i++) theta[i] *= Math.Sqrt(model.Signal * size);
        return theta;
    }

    private static (DenseMatrix X, double[] Y) Sample(FieldPosterior posterior, double[] theta, double[] deviations, int samples, RandomStream random)
    {
        var d = theta.Length;
        var (x, y, fields) = (new DenseMatrix(samples, d), new double[samples], new double[samples]);
        random.FillGaussian(x.Values);
        for (var j = 0; j < d; j++)
            for (var i = 0; i < samples; i++)
            {
                x.Values[j * samples + i] *= deviations[j] / Math.Sqrt(d);
                fields[i] += theta[j] * x.Values[j * samples + i];
            }
        for (var i = 0; i < samples; i++) y[i] = posterior.Draw(fields[i], random);
        return (x, y);
    }
}
