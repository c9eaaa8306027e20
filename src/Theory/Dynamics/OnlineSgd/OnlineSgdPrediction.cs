using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>Trajectories of the overlaps [Saad &amp; Solla 1995; Goldt et al. 2019, arXiv:1906.08632; Arnaboldi et al. 2023, arXiv:2302.05882]. Standing: theorem.</summary>
public sealed record OnlineSgdPrediction : IPrediction
{
    /// <summary>The times τ that were reached, out of those asked for.</summary>
    public required ImmutableArray<double> Times { get; init; }

    /// <summary>Q at these times.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> Q { get; init; }

    /// <summary>M at these times.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<double>>> M { get; init; }

    /// <summary>The risk R = ½ E(g − f)² at these times, without label noise.</summary>
    public required ImmutableArray<double> Risk { get; init; }

    /// <summary>The mean squared cosine of the teacher's span with that of the students at these times, tr(Q⁺ M P⁺ Mᵀ)/rank P.</summary>
    public required ImmutableArray<double> SubspaceOverlap { get; init; }

    /// <summary>How the run ended.</summary>
    public required OnlineSgdStatus Status { get; init; }

    /// <summary>The time up to which the run went.</summary>
    public required double FinalTime { get; init; }

    /// <summary>When the largest cosine of a student and a teacher first rose to the threshold; 0 if it starts there, <see langword="null"/> if never.</summary>
    public required double? WeakRecoveryTime { get; init; }

    /// <summary>When the risk had first dropped by the fraction asked for, or <see langword="null"/>.</summary>
    public required double? EscapeTime { get; init; }

    /// <summary>When the subspace overlap first reached the value asked for; 0 if it starts there, <see langword="null"/> if never or not asked.</summary>
    public required double? SubspaceTime { get; init; }

    /// <summary>When the overlaps blew up, or <see langword="null"/>.</summary>
    public required double? BlowUpTime { get; init; }

    /// <summary>When an implicit method took over because the equations had become stiff, or <see langword="null"/>.</summary>
    public required double? StiffFrom { get; init; }

    /// <summary>Evaluations of the right-hand side.</summary>
    public required int Evaluations { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Integrates the equations.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What to do when the integrator gives up or a cubature is inaccurate; the defaults if <see langword="null"/>.</param>
    /// <returns>The prediction; the residual of its diagnostics is the larger of the tolerance of a step and the error estimate of the moments.</returns>
    /// <exception cref="InvalidInputException">Overlaps, readout and target do not fit together.</exception>
    /// <exception cref="NotConvergedException">The integration failed and <paramref name="options"/> ask for an exception.</exception>
    public static OnlineSgdPrediction Solve(OnlineSgdModel model, SolveOptions? options = null) => new OnlineSgdRun(model, options ?? SolveOptions.Default).Run();
}
