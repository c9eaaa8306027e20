namespace Theory.Channels;

/// <summary>y = aτ + c + √Δ ξ.</summary>
internal sealed class LinearOutput(double slope, double noise) : IOutputChannel
{
    public bool IsTrivialAtOrigin => slope == 0;

    public double DeterminedFraction => noise == 0 && slope != 0 ? 1 : 0;

    public double SmallestScale => noise > 0 && slope != 0 ? noise / (slope * slope) : double.PositiveInfinity;

    public double Information(double q, double variance) => slope == 0 ? 0 : 1 / (noise / (slope * slope) + variance);

    public double Evidence(double q, double variance) => -0.5 * Math.Log(2 * Math.PI * Math.E * LeastError(q, variance));

    public double LeastError(double q, double variance) => noise + slope * slope * variance;
}
