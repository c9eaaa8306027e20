namespace Theory.Dynamics;

/// <summary>The law of the weights m^t ∈ {0, 1/b} of one sample: independent over time, or a stationary two-state chain that is left with probability 1/τ.</summary>
internal readonly record struct Minibatches(double Fraction, double? Persistence)
{
    public bool IsFull => Fraction == 1;

    /// <summary>Whether P(m^t &gt; 0) depends on the past.</summary>
    public bool HasMemory => !IsFull && Persistence is not null;

    /// <summary>P(m^t &gt; 0) after the last mask was on (1) or off (0); b at the beginning.</summary>
    public double Chance(double? last) =>
        last is not { } on || Persistence is not { } tau ? Fraction : on > 0 ? 1 - 1 / tau : Fraction / ((1 - Fraction) * tau);
}
