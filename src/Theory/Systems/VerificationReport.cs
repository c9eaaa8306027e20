using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Systems;

/// <summary>How to run a verification.</summary>
public sealed record VerificationOptions
{
    /// <summary>The sizes d; the system's default if empty. Several sizes give a fit of the finite-size constant.</summary>
    public ImmutableArray<int> Sizes { get; init; } = [];

    /// <summary>Trials at each size, at least 10; the system's default if <see langword="null"/>.</summary>
    public int? Trials { get; init; }

    /// <summary>The seed; equal seeds give equal results on any number of threads.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of threads; all cores if <see langword="null"/>.</summary>
    public int? Threads { get; init; }
}

/// <summary>One number of a prediction beside its measurement at one size.</summary>
public sealed record VerificationRow
{
    /// <summary>The observable's name.</summary>
    public required string Observable { get; init; }

    /// <summary>The element's index in a vector, matrix or series (row by row); −1 for a scalar.</summary>
    public required int Element { get; init; }

    /// <summary>The size d.</summary>
    public required int Size { get; init; }

    /// <summary>The number of trials.</summary>
    public required int Trials { get; init; }

    /// <summary>What theory says.</summary>
    public required double Predicted { get; init; }

    /// <summary>The mean over trials.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard error of that mean.</summary>
    public required double StandardError { get; init; }

    /// <summary>The finite-size allowance c/d, and what rounding may add to it.</summary>
    public required double Allowance { get; init; }

    /// <summary>How many standard errors are allowed: 4, more when several numbers are compared.</summary>
    public required double AllowedErrors { get; init; }

    /// <summary>Mean minus prediction.</summary>
    public double Gap => Mean - Predicted;

    /// <summary>The gap in standard errors (finite-size allowance not taken off).</summary>
    public double ZScore => Gap == 0 ? 0 : Gap / StandardError;

    /// <summary>Whether |mean − prediction| ≤ allowed errors · s.e. + c/d.</summary>
    public bool Agrees => Math.Abs(Gap) <= AllowedErrors * StandardError + Allowance;
}

/// <summary>A prediction beside its experiment.</summary>
public sealed record VerificationReport
{
    /// <summary>The prediction.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The comparisons, size by size.</summary>
    public required ImmutableArray<VerificationRow> Rows { get; init; }

    /// <summary>Fits of the finite-size law, one for each number; empty when there is one size only.</summary>
    public required ImmutableArray<FiniteSizeFit> Fits { get; init; }

    /// <summary>The seed used.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where the finite-size constant comes from.</summary>
    public required string FiniteSizeRemark { get; init; }

    /// <summary>Whether every comparison agrees.</summary>
    public bool Agrees => Rows.All(r => r.Agrees);

    /// <summary>Whether the verification passes: it agrees, or the prediction is an approximation that only reports its distance.</summary>
    public bool Passes => Agrees || Outcome.Problem.Standing == Standing.Approximation;
}
