namespace Theory.Systems.Sweeps;

/// <summary>How the values of a sweep axis are spaced.</summary>
public enum AxisScale
{
    /// <summary>Equal differences.</summary>
    Linear,

    /// <summary>Equal ratios; both ends are positive.</summary>
    Logarithmic,

    /// <summary>Values listed one by one.</summary>
    List,
}
