namespace Theory.Numerics.Quadrature;

/// <summary>A coordinate on part of the real line: z = x, or, near a singular point, z = Origin + Scale·e^{−s} with s ∈ [0, ∞).</summary>
internal readonly record struct Chart(double Origin, double Scale)
{
    public static Chart Identity => default;

    public bool IsLogarithmic => Scale != 0;

    /// <summary>Where the logarithmic coordinate ends: the distance to the singular point would be lost in rounding.</summary>
    public double Limit => Math.Log(Math.Abs(Scale) / Resolution);

    /// <summary>Smallest meaningful distance from the origin.</summary>
    private double Resolution => Origin == 0 ? 1e-300 : 4 * Math.BitIncrement(Math.Abs(Origin)) - 4 * Math.Abs(Origin);

    /// <summary>The point and the Jacobian |dz/dx|.</summary>
    public (double Z, double Jacobian) At(double x)
    {
        if (!IsLogarithmic) return (x, 1);
        var distance = Scale * Math.Exp(-x);
        return (Origin + distance, Math.Abs(distance));
    }

    /// <summary>Relative error of the distance to the origin, caused by rounding z, at coordinate x.</summary>
    public double Noise(double x) => IsLogarithmic && Origin != 0 ? Resolution / (4 * Math.Abs(Scale) * Math.Exp(-x)) : 0;
}

/// <summary>One interval of a composite rule, in the coordinate of its chart.</summary>
internal record struct Panel(double Lower, double Upper, Chart Chart)
{
    public readonly double Width => Upper - Lower;

    public readonly double Centre => Lower + (Upper - Lower) / 2;

    /// <summary>Not to be refined: already replaced, or as narrow as double precision allows.</summary>
    public bool Frozen { get; set; }

    /// <summary>How many bisections in a row gained little here.</summary>
    public int Resistance { get; set; }

    /// <summary>To be refined in the present round.</summary>
    public bool Marked { get; set; }

    /// <summary>Where the integrand was NaN or infinite, if anywhere.</summary>
    public double? NotFiniteAt { get; set; }

    public bool IsNaN { get; set; }
}
