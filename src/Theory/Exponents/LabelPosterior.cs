namespace Theory.Exponents;

/// <summary>E[|Vz|²/r | y] = 1 + a(y) of a label f whose posterior is isotropic, by sums over a fine grid of the one coordinate that f depends on.</summary>
internal sealed class LabelPosterior
{
    private const int Points = 20_000;
    private const double Reach = 8.5;

    private readonly double[] labels, weights, moments;
    private readonly double noise;
    private readonly double cell;

    private LabelPosterior(double[][] directions, double noise, double lower, Func<double, double> label)
    {
        (Directions, this.noise) = (directions, noise);
        var r = directions.Length;
        var upper = Reach + Math.Sqrt(r) - 1;
        (cell, labels, weights, moments) = ((upper - lower) / Points, new double[Points + 1], new double[Points + 1], new double[Points + 1]);
        for (var i = 0; i <= Points; i++)
        {
            var t = lower + i * cell;
            labels[i] = label(t);
            weights[i] = Math.Pow(Math.Abs(t), r - 1) * Math.Exp(-t * t / 2);
            moments[i] = t * t / r;
        }
    }

    /// <summary>Orthonormal vectors that span the label's directions, in the coordinates of the formula.</summary>
    public double[][] Directions { get; }

    /// <summary>The posterior of a model, or <see langword="null"/> if it is not isotropic.</summary>
    public static LabelPosterior? Of(WeakRecoveryModel model)
    {
        var relevant = LearningExponents.Of(model.Expression).Relevant;
        if (relevant.Dimension == 0 || WeakRecoveryAnalysis.Isotropic(model.Expression, relevant) is null) return null;
        var basis = relevant.Orthogonal.Select(row => row.Select(x => (double)x).ToArray()).ToArray();
        var directions = basis.Select(row => row.Select(x => x / Math.Sqrt(row.Sum(y => y * y))).ToArray()).ToArray();
        var first = directions[0];
        return new(directions, model.Noise, directions.Length == 1 ? -Reach : 0, t => model.Expression.Evaluate([.. first.Select(x => t * x)]));
    }

    /// <summary>1 + a(y).</summary>
    public double SecondMoment(double y)
    {
        var (mass, moment) = noise > 0 ? Smoothed(y) : OfLevel(y);
        return mass > 0 ? moment / mass : 1;
    }

    private (double Mass, double Moment) Smoothed(double y)
    {
        var (mass, moment) = (0.0, 0.0);
        for (var i = 0; i <= Points; i++)
        {
            var weight = weights[i] * Math.Exp(-(labels[i] - y) * (labels[i] - y) / (2 * noise));
            mass += weight;
            moment += weight * moments[i];
        }
        return (mass, moment);
    }

    // Where the label takes the value y: on cells where it is constant, else at crossings, with weight 1/|slope|.
    private (double Mass, double Moment) OfLevel(double y)
    {
        var (mass, moment, flatMass, flatMoment) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < Points; i++)
        {
            var (a, b) = (labels[i] - y, labels[i + 1] - y);
            if (a == 0 && b == 0)
            {
                flatMass += weights[i] * cell;
                flatMoment += weights[i] * moments[i] * cell;
            }
            else if (a * b < 0 || a == 0)
            {
                var at = a / (a - b);
                var weight = (weights[i] + at * (weights[i + 1] - weights[i])) / Math.Abs(b - a);
                mass += weight;
                moment += weight * (moments[i] + at * (moments[i + 1] - moments[i]));
            }
        }
        return flatMass > 0 ? (flatMass, flatMoment) : (mass, moment);
    }
}
