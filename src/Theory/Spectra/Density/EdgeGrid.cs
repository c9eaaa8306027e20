namespace Theory.Spectra;

/// <summary>
/// Points and weights of the midpoint rule in θ ∈ (0, π) with x between two edges at (1 − cos θ)/2 of the way, or of the way in log x where a bulk spans two decades.
/// A density with square-root edges, or with an inverse root at 0, is smooth and even in θ: the rule converges geometrically.
/// A steep grid has sin⁴(θ/2) of the way from a hard edge at 0, for other exponents than −1/2.
/// </summary>
internal readonly record struct EdgeGrid(double[] Points, double[] Weights)
{
    private const double Decades = 100;

    public static EdgeGrid Of(SpectralBulk bulk, int count, bool isSteep = false)
    {
        var grid = new EdgeGrid(new double[count], new double[count]);
        var isLogarithmic = bulk.Lower > 0 && bulk.Upper > Decades * bulk.Lower;
        var isHard = isSteep && ((bulk.Lower == 0 && double.IsInfinity(bulk.LowerCoefficient)) || (bulk.Upper == 0 && double.IsInfinity(bulk.UpperCoefficient)));
        var span = isLogarithmic ? Math.Log(bulk.Upper / bulk.Lower) : bulk.Width;
        for (var i = 0; i < count; i++)
        {
            var theta = Math.PI * (i + 0.5) / count;
            var sine = Math.Sin(0.5 * theta);
            var fraction = sine * sine;
            var speed = Math.PI / count * 0.5 * Math.Sin(theta);
            if (isHard) (fraction, speed) = (fraction * fraction, 2 * fraction * speed);
            var x = isLogarithmic ? bulk.Lower * Math.Exp(span * fraction) : bulk.Lower == 0 || !isHard ? bulk.Lower + span * fraction : -span * fraction;
            grid.Points[i] = x;
            grid.Weights[i] = speed * span * (isLogarithmic ? x : 1);
        }
        return grid;
    }
}
