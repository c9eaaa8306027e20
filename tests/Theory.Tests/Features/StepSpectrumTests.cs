using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;
using Theory.Features;
using Theory.Numerics.Sampling;

namespace Theory.Tests.Features;

/// <summary>The covariance that a first batch gives to the rows, against its trace and against real matrices.</summary>
public class StepSpectrumTests
{
    [Theory]
    [InlineData("relu(z)", "tanh(z)", 2, 2, 0)]
    [InlineData("tanh(z)", "sin(z)", 3, 0.5, 0.3)]
    [InlineData("softplus(z)", "relu(z)", -1, 4, 0)]
    [InlineData("He2(z)/2 + z", "sign(z)", 0.7, 1, 1)]
    public void Its_trace_is_the_length_of_the_rows(string activation, string target, double rate, double batch, double noise)
    {
        var model = Model(activation, target, rate, batch, noise);
        var at = StepSpectrum.Of(model).At(0);
        Assert.Equal(Step(model).Bulk, at.Phi, 1e-8 * at.Phi);
    }

    [Theory]
    [InlineData("relu(z)", "tanh(z)", 2, 2, 0, 1.3)]
    [InlineData("tanh(z)", "sin(z)", 3, 0.5, 0.3, 0.4)]
    public void Its_resolvent_is_that_of_real_batches(string activation, string target, double rate, double batch, double noise, double tau)
    {
        var model = Model(activation, target, rate, batch, noise);
        var at = StepSpectrum.Of(model).At(tau);
        var (kVv, kVz) = (1 / (1 + tau * at.N.Vv), -tau * at.N.Vz / (1 + tau * at.N.Vv));
        var kZz = 1 - tau * at.N.Zz + kVz * kVz / kVv;
        // v·X(I + τΓ)⁻¹v, v·X(I + τΓ)⁻¹ζ and v·X(I + τΓ)⁻¹X v with X = I + aM, the rows before the step.
        var (own, square) = (kVv * at.N.Vu, at.N.Uu - tau * kVv * at.N.Vu * at.N.Vu);
        var across = at.N.Zu + kVz * at.N.Vu;
        var (t, vv, vz, zz) = (new RunningMean(), new RunningMean(), new RunningMean(), new RunningMean());
        var (vu, zu, uu) = (new RunningMean(), new RunningMean(), new RunningMean());
        for (var trial = 0UL; trial < 12; trial++)
        {
            var sample = Sample(model, 120, tau, trial);
            t.Add(sample.Trace);
            vv.Add(sample.Vv);
            vz.Add(sample.Vz);
            zz.Add(sample.Zz);
            vu.Add(sample.Vu);
            zu.Add(sample.Zu);
            uu.Add(sample.Uu);
        }
        Assert.Equal(1 - tau * at.Phi, t.Mean, 4 * t.Error + 0.01);
        Assert.Equal(kVv, vv.Mean, 4 * vv.Error + 0.015);
        Assert.Equal(kVz, vz.Mean, 4 * vz.Error + 0.015);
        Assert.Equal(kZz, zz.Mean, 4 * zz.Error + 0.015);
        Assert.Equal(own, vu.Mean, 4 * vu.Error + 0.015);
        Assert.Equal(across, zu.Mean, 4 * zu.Error + 0.015);
        Assert.Equal((1 - square) / tau, uu.Mean, 4 * uu.Error + 0.015);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-3)]
    [InlineData(0.7)]
    [InlineData(40)]
    public void Derivatives_are_those_of_the_functions(double tau)
    {
        var spectrum = StepSpectrum.Of(Model("relu(z)", "tanh(z)", 2, 2, 0));
        var (below, at, above) = (spectrum.At(tau * 0.999), spectrum.At(tau), spectrum.At(tau * 1.001));
        Assert.Equal(at.PhiSlope, (above.Phi - below.Phi) / (0.002 * tau), 1e-5 * Math.Abs(at.PhiSlope) + 1e-12 / tau);
        Assert.Equal(at.NSlope.Vv, (above.N.Vv - below.N.Vv) / (0.002 * tau), 1e-5 * Math.Abs(at.PhiSlope) + 1e-12 / tau);
        Assert.Equal(at.NSlope.Zz, (above.N.Zz - below.N.Zz) / (0.002 * tau), 1e-5 * Math.Abs(at.PhiSlope) + 1e-12 / tau);
    }

    [Theory]
    [InlineData(1, 0.5, 0.4)]
    [InlineData(0.01, 2, 3)]
    [InlineData(5, 0.1, 1)]
    public void Averages_over_the_bulk_keep_their_identities_and_are_derivatives(double z, double a, double beta)
    {
        var model = Model("relu(z)", "tanh(z)", 2, 2, 0);
        var bulk = new RefinedBulk(StepSpectrum.Of(model), Step(model), beta);
        var m = bulk.At(z, a);
        Assert.Equal(1, z * m.M01 + a * m.M11, 1e-12);
        Assert.Equal(m.M01, z * m.M02 + a * m.M12, 1e-11 * m.M01);
        Assert.Equal(m.M11, z * m.M12 + a * m.M22, 1e-11 * m.M11);
        const double Step1 = 1e-4;
        var (up, down) = (bulk.At(z * (1 + Step1), a), bulk.At(z * (1 - Step1), a));
        Assert.Equal(m.M12, -(up.M11 - down.M11) / (2 * Step1 * z), 1e-6 * m.M12);
        Assert.Equal(m.A2.Vv, -(up.A1.Vv - down.A1.Vv) / (2 * Step1 * z), 1e-6 * m.A2.Vv);
        Assert.Equal(m.A2.Zz, -(up.A1.Zz - down.A1.Zz) / (2 * Step1 * z), 1e-6 * m.A2.Zz);
        (up, down) = (bulk.At(z, a * (1 + Step1)), bulk.At(z, a * (1 - Step1)));
        Assert.Equal(m.M22, -(up.M11 - down.M11) / (2 * Step1 * a), 1e-6 * m.M22);
        Assert.Equal(m.B2.Vv, -(up.A1.Vv - down.A1.Vv) / (2 * Step1 * a), 1e-6 * m.B2.Vv);
        Assert.Equal(m.B2.Vz, -(up.A1.Vz - down.A1.Vz) / (2 * Step1 * a), 1e-6 * m.B2.Vv);
    }

    [Theory]
    [InlineData(1.2, 0.3, 0.1)]
    [InlineData(0.7, 2, 1e-6)]
    [InlineData(1, 1, 1e-10)]
    public void Susceptibilities_obey_their_sum_rule(double alpha, double beta, double lambda)
    {
        var projection = SpikeProjection.Of("tanh(z)", "sin(z)", 1.2, 1.3, 0.8);
        var (p, diagnostics) = SpikedFixedPoint.Solve(projection, new IsotropicBulk(1.3, beta), alpha / beta, lambda, SolveOptions.Default);
        Assert.True(diagnostics.IsConverged);
        Assert.Equal(1, (lambda + p.Vh2) * p.V2 + p.Vh1 * p.V1, 1e-11);
    }

    private static OneStepNetworkModel Model(string activation, string target, double rate, double batch, double noise) =>
        new() { Activation = activation, Target = target, LearningRate = rate, BatchRatio = batch, Noise = noise, Alpha = 1, Beta = 1, Lambda = 1 };

    private static FirstStep Step(OneStepNetworkModel m) => FirstStep.Of(m.Activation, m.Target, m.LearningRate, m.BatchRatio, m.Noise);

    // Γ = (I + aM)² + bQ of one batch in d dimensions.
    private static (double Trace, double Vv, double Vz, double Zz, double Vu, double Zu, double Uu) Sample(OneStepNetworkModel model, int d, double tau, ulong seed)
    {
        var (step, random, n) = (Step(model), new RandomStream(seed), (int)(model.BatchRatio * d));
        var inputs = new DenseMatrix(n, d);
        random.FillGaussian(inputs.Values);
        var residual = new double[n];
        for (var i = 0; i < n; i++) residual[i] = model.Target.Evaluate(inputs[i, 0]) + Math.Sqrt(model.Noise) * random.NextGaussian() - step.Output;
        var weighted = DenseMatrix.Create(n, d, (i, j) => residual[i] * inputs[i, j]);
        var gradient = inputs.Transpose() * new DenseVector(residual) / n;
        var stretch = DenseMatrix.CreateIdentity(d) + step.Stretch / n * (inputs.Transpose() * weighted);
        var gamma = stretch * stretch + step.Roughness * d / n / n * (weighted.Transpose() * weighted);
        var resolvent = (DenseMatrix.CreateIdentity(d) + tau * gamma).Inverse();
        Vector<double> v = gradient / gradient.L2Norm();
        var theta = DenseVector.Create(d, i => i == 0 ? 1 : 0);
        var overlap = theta * v;
        var zeta = (theta - overlap * v).Normalize(2);
        var before = stretch * v;
        return (resolvent.Trace() / d, v * resolvent * v, v * resolvent * zeta, zeta * resolvent * zeta, before * resolvent * v, before * resolvent * zeta, before * resolvent * before);
    }

    private sealed class RunningMean
    {
        private readonly List<double> values = [];

        public double Mean => values.Average();

        public double Error => Math.Sqrt(values.Sum(x => Math.Pow(x - Mean, 2)) / (values.Count - 1) / values.Count);

        public void Add(double value) => values.Add(value);
    }
}
