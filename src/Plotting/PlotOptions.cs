using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Plotting;

/// <summary>Choices of a picture. The defaults suit a column and a half of a paper.</summary>
public sealed record PlotOptions
{
    /// <summary>The observables to draw, by column name (<c>test_error</c>, <c>m_0</c>); by default the measured ones, else the first.</summary>
    public ImmutableArray<string> Observables { get; init; } = [];

    /// <summary>Whether values are drawn on a logarithmic axis; by default when they are positive and span more than two decades.</summary>
    public bool? LogarithmicValues { get; init; }

    /// <summary>Width in logical pixels, from 300 to 4000. Default 820.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Width { get; init => field = (int)Guard.In(value, ParameterRange.Closed(300, 4000)); } = 820;

    /// <summary>Height in logical pixels, from 200 to 4000. Default 560.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Height { get; init => field = (int)Guard.In(value, ParameterRange.Closed(200, 4000)); } = 560;

    /// <summary>Pixels of the PNG for one logical pixel, in [0.5, 8]. Default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public double Scale { get; init => field = Guard.In(value, ParameterRange.Closed(0.5, 8)); } = 2;

    /// <summary>The title; the system's by default.</summary>
    public string? Title { get; init; }
}
