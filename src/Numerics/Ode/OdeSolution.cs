using System.Collections.Immutable;

namespace Theory.Numerics.Ode;

/// <summary>What an integration returns, whether or not it reached the final time.</summary>
public sealed record OdeSolution
{
    /// <summary>How it ended.</summary>
    public required OdeStatus Status { get; init; }

    /// <summary>The output times that were reached, as asked for.</summary>
    public required ImmutableArray<double> Times { get; init; }

    /// <summary>The states at these times.</summary>
    public required ImmutableArray<double[]> States { get; init; }

    /// <summary>The time up to which the solution is right.</summary>
    public required double FinalTime { get; init; }

    /// <summary>The state at <see cref="FinalTime"/>.</summary>
    public required double[] FinalState { get; init; }

    /// <summary>The events in the order in which they happened.</summary>
    public required ImmutableArray<OdeEventHit> Events { get; init; }

    /// <summary>Accepted steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Rejected steps.</summary>
    public required int Rejections { get; init; }

    /// <summary>Evaluations of the right-hand side, those for difference quotients included.</summary>
    public required int Evaluations { get; init; }

    /// <summary>When the stiff method took over, or <see langword="null"/>.</summary>
    public required double? StiffFrom { get; init; }

    /// <summary>Largest estimate of a local error among the accepted steps, in units of the tolerances (at most 1).</summary>
    public required double LargestLocalError { get; init; }

    /// <summary>Whether all that was asked for was computed: the final time or a terminal event was reached.</summary>
    public bool IsComplete => Status is OdeStatus.Completed or OdeStatus.EventHit;

    /// <summary>The first event of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The event, or <see langword="null"/> if it did not happen.</returns>
    public OdeEventHit? First(string name) => Events.FirstOrDefault(e => e.Event.Name == name);
}
