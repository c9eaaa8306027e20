using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>A run of SGD, whichever way it is simulated.</summary>
internal sealed record SgdRun(Action Step, Func<Matrix<double>> Students, Func<Matrix<double>> Teachers, Func<double> First)
{
    // A step of vectors needs p + 64 of them.
    private const double LargestDimension = 2e6;

    /// <summary>M_11 now.</summary>
    public double Overlap => First();

    public static SgdRun Start(BatchMapModel model, BatchMapSetting setting, RandomStream random)
    {
        var batch = Whole(model.BatchSize, int.MaxValue, "batch_size");
        var rule = model.Order is { } order
            ? CoefficientRules.Hermite(order, model.Noise, model.Loss)
            : CoefficientRules.Of(setting.Activation, setting.Label, setting.Readout.AsSpan(), model.Noise, model.Loss);
        if (model.Simulation == SgdSimulation.Overlaps)
        {
            var chain = new OverlapChain(setting.Q, setting.M, setting.P, Whole(model.Dimension, 1e15, "dimension"), (int)batch, model.LearningRate, rule, model.IsSpherical, random);
            return new(chain.Step, chain.StudentOverlaps, chain.TeacherOverlaps, () => chain.Overlap(0, 0));
        }
        var sgd = new ExplicitSgd(setting.Q, setting.M, setting.P, (int)Whole(model.Dimension, LargestDimension, "dimension"), (int)batch, model.LearningRate, rule, model.IsSpherical, random);
        return new(sgd.Step, sgd.StudentOverlaps, sgd.TeacherOverlaps, () => sgd.TeacherOverlaps()[0, 0]);
    }

    private static double Whole(double value, double most, string name) => value == Math.Floor(value) && value <= most
        ? value
        : throw new InvalidInputException(name, FormattableString.Invariant($"{name} must be whole and at most {most:g} for this simulation; got {value}"));
}
