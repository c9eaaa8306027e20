using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Theory.Dynamics;
using Theory.Numerics.Sampling;
using Theory.Symbolics;

namespace Theory.Tests.Dynamics;

/// <summary>A network with explicit weights: any overlaps that can occur.</summary>
public sealed record SgdCase(int Width, int Teachers, ulong Seed, double Noise, SgdLoss Loss, string Activation)
{
    private const int Dimension = 7;

    /// <summary>Weights row by row, students first, of norms around 1.</summary>
    public double[][] Weights()
    {
        var random = new RandomStream(Seed);
        return [.. Enumerable.Range(0, Width + Teachers).Select(_ =>
        {
            var row = new double[Dimension];
            random.FillUnitSphere(row);
            var norm = 0.6 + 0.6 * random.NextUniform();
            return row.Select(x => norm * x).ToArray();
        })];
    }

    public double[] Readout()
    {
        var random = new RandomStream(Seed, 1);
        return [.. Enumerable.Range(0, Width).Select(_ => random.NextSign() * (0.5 + random.NextUniform()))];
    }

    public SgdTask Task(Expression? target = null, double? noise = null) =>
        new() { Activation = Activation, Readout = [.. Readout()], Teachers = Teachers, Target = target, Noise = noise ?? Noise, Loss = Loss };

    public SgdMoments Evaluate(Expression? target = null, double? noise = null) => Evaluate(Task(target, noise), Overlaps(Weights()));

    public static SgdMoments Evaluate(SgdTask task, double[] omega)
    {
        var moments = SgdMoments.Of(task);
        moments.Evaluate(omega);
        return moments;
    }

    public static double[] Overlaps(double[][] weights)
    {
        var n = weights.Length;
        var omega = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) omega[i * n + j] = weights[i].Zip(weights[j], (x, y) => x * y).Sum();
        return omega;
    }

    public OnlineSgdModel Model(double eta, bool spherical, params ImmutableArray<double> times)
    {
        var w = Weights();
        ImmutableArray<ImmutableArray<double>> Table(IEnumerable<double[]> a, IEnumerable<double[]> b) => [.. a.Select(x => b.Select(y => x.Zip(y, (u, v) => u * v).Sum()).ToImmutableArray())];
        return new()
        {
            Activation = Activation,
            Q0 = Table(w.Take(Width), w.Take(Width)),
            M0 = Table(w.Take(Width), w.Skip(Width)),
            P = Table(w.Skip(Width), w.Skip(Width)),
            A = [.. Readout()],
            Noise = Noise,
            Loss = Loss,
            Eta = eta,
            Spherical = spherical,
            Times = times,
        };
    }
}

/// <summary>A case whose activation is evaluated by a closed form.</summary>
public sealed record ClosedFormCase(SgdCase Case);

/// <summary>Generators for the tests of one-pass SGD.</summary>
public static class SgdCases
{
    public static Arbitrary<SgdCase> Any() => Of("erf(z/sqrt(2))", "z^2", "He3(z)/sqrt(6)", "He2(z) + z/2", "relu(z)", "leakyrelu(z, 1/5)", "tanh(z)").ToArbitrary();

    public static Arbitrary<ClosedFormCase> ClosedForms() => Of("erf(z/sqrt(2))", "z^2", "He3(z)/sqrt(6)", "He2(z) + z/2", "relu(z)", "abs(z)").Select(c => new ClosedFormCase(c)).ToArbitrary();

    private static Gen<SgdCase> Of(params string[] activations) =>
        from p in Gen.Choose(1, 2)
        from k in Gen.Choose(1, 2)
        from seed in Gen.Choose(1, int.MaxValue)
        from noise in Gen.Choose(0, 10)
        from loss in Gen.Elements(SgdLoss.Square, SgdLoss.Correlation)
        from activation in Gen.Elements(activations)
            // Smooth activations without a closed form are integrated over all fields: few of them keep the tests fast.
        let isIntegrated = activation == "tanh(z)"
        select new SgdCase(isIntegrated ? 1 : p, isIntegrated ? 1 : k, (ulong)seed, noise / 10.0, loss, activation);
}
