namespace Theory.Numerics.Ode;

/// <summary>Which sign changes of an event function count.</summary>
public enum Crossing
{
    /// <summary>From negative to positive or back.</summary>
    Either,

    /// <summary>From negative to positive.</summary>
    Rising,

    /// <summary>From positive to negative.</summary>
    Falling,
}

/// <summary>Something to look out for along a solution: a zero of a function of time and state, located on the dense output.</summary>
/// <param name="Name">What it is called in the result.</param>
/// <param name="Function">The function. A start exactly at 0 is no event.</param>
/// <param name="Crossing">Which sign changes count.</param>
/// <param name="IsTerminal">Whether the integration ends there.</param>
public sealed record OdeEvent(string Name, OdeEventFunction Function, Crossing Crossing = Crossing.Either, bool IsTerminal = false);

/// <summary>An event that happened.</summary>
/// <param name="Event">Which one.</param>
/// <param name="Time">When.</param>
/// <param name="State">The state at that time.</param>
public sealed record OdeEventHit(OdeEvent Event, double Time, double[] State);
