namespace Theory.Numerics.Ode;

/// <summary>How an integration ended.</summary>
public enum OdeStatus
{
    /// <summary>The final time was reached.</summary>
    Completed,

    /// <summary>A terminal event ended it. What was computed is right.</summary>
    EventHit,

    /// <summary>The state exceeded <see cref="OdeOptions.DivergenceBound"/> or became non-finite: the solution blows up, at about the time reached.</summary>
    Diverged,

    /// <summary>The step limit was reached first. Raise the limit, loosen the tolerances, or take an implicit method if the problem is stiff.</summary>
    BudgetExhausted,

    /// <summary>The tolerances ask for steps below the resolution of the time. Loosen them; the right-hand side may be discontinuous.</summary>
    StepTooSmall,
}
