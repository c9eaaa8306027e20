using System.Collections.Immutable;
using Theory.Numerics.FixedPoints;

namespace Theory.Contract;

/// <summary>How a prediction was computed, and whether it may be trusted.</summary>
/// <param name="Status">How the solver ended; only <see cref="SolverStatus.Converged"/> is a result.</param>
/// <param name="Residual">True residual ‖F(x) − x‖ (undamped, relative where the system says so); 0 for a closed form.</param>
/// <param name="Iterations">Iterations used; 0 for a closed form.</param>
/// <param name="Branch">Which solution was followed ("informative", "uninformative"), or <see langword="null"/> when there is only one.</param>
/// <param name="Warnings">What the reader of the numbers should know, one sentence each.</param>
public sealed record Diagnostics(SolverStatus Status, double Residual, int Iterations, string? Branch, ImmutableArray<string> Warnings)
{
    /// <summary>Diagnostics of an explicit formula.</summary>
    public static Diagnostics ClosedForm { get; } = new(SolverStatus.Converged, 0, 0, null, []);

    /// <summary>Whether the numbers may be trusted.</summary>
    public bool IsConverged => Status == SolverStatus.Converged;

    /// <summary>The same with one more warning.</summary>
    internal Diagnostics Warn(string warning) => this with { Warnings = [.. Warnings, warning] };

    /// <inheritdoc/>
    public bool Equals(Diagnostics? other) => other is not null && Status == other.Status && Residual.Equals(other.Residual)
        && Iterations == other.Iterations && Branch == other.Branch && Warnings.AsSpan().SequenceEqual(other.Warnings.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Status, Residual, Iterations, Branch, Warnings.Length);
}

/// <summary>What theory says about a model.</summary>
public interface IPrediction
{
    /// <summary>How the numbers were computed, and whether they may be trusted.</summary>
    Diagnostics Diagnostics { get; }
}
