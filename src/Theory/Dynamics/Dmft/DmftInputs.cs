using System.Runtime.CompilerServices;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Inputs that the systems of dynamical mean-field theory share.</summary>
internal static class DmftInputs
{
    public static ParameterRange Momenta { get; } = new(0, true, 1, false);

    public static ParameterRange Fractions { get; } = new(0, false, 1, true);

    public static Parameter Alpha { get; } =
        new() { Name = "alpha", Symbol = "α", Meaning = "samples per dimension n/d", Range = ParameterRange.Positive, Example = 2 };

    public static Parameter LearningRate { get; } =
        new() { Name = "learning_rate", Symbol = "η", Meaning = "learning rate of the sum over samples; with the mean loss and normalised weights it is αη", Range = ParameterRange.Positive, Example = 0.2 };

    public static Parameter Lambda { get; } =
        new() { Name = "lambda", Symbol = "λ", Meaning = "ridge of the penalty (λ/2)|W|²", Range = ParameterRange.NonNegative, Default = 0, Example = 0.1 };

    public static Parameter Noise { get; } =
        new() { Name = "noise", Symbol = "Δ", Meaning = "variance of the label noise", Range = ParameterRange.NonNegative, Default = 0, Example = 0.1 };

    public static Parameter Momentum { get; } =
        new() { Name = "momentum", Symbol = "β", Meaning = "momentum of heavy ball or Nesterov", Range = Momenta, Default = 0, Example = 0.5 };

    public static Parameter Nesterov { get; } =
        new() { Name = "nesterov", Symbol = "ν = β", Meaning = "whether gradients are taken ahead, at W + β(W − W₋), instead of at W (heavy ball)", Shape = Shape.Flag, Default = false, Example = true };

    public static Parameter BatchFraction { get; } =
        new() { Name = "batch_fraction", Symbol = "b", Meaning = "fraction of the samples in each step's minibatch; 1 is the full batch", Range = Fractions, Default = 1, Example = 0.5 };

    public static Parameter Steps(int most) =>
        new() { Name = "steps", Symbol = "T", Meaning = "number of steps", Shape = Shape.Integer, Range = new(1, true, most, true), Example = 3 };

    public static int InSteps(int value, int most, [CallerMemberName] string name = "") =>
        value >= 1 && value <= most ? value : throw Guard.OutOfRange(name, value, $"must be from 1 to {most}");

    public static int Whole(Value value) => value.ToInt64() is >= int.MinValue and <= int.MaxValue and var whole
        ? (int)whole
        : throw new FormatException($"must be a whole number of at most {int.MaxValue}; got {value}");
}
