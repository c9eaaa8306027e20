namespace Theory.Numerics.Tests.LinearAlgebra;

/// <summary>Tests that change or observe MathNet's process-wide settings: run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWideState
{
    public const string Name = "process-wide state";
}
