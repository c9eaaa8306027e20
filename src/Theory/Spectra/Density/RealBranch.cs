using System.Numerics;

namespace Theory.Spectra;

/// <summary>How the walk along a real branch ended.</summary>
internal enum BranchEnd
{
    /// <summary>At a fold, where x turns back: an edge of the support.</summary>
    Fold,

    /// <summary>At x = 0, where the unknowns diverge.</summary>
    Origin,

    /// <summary>Without an end within the steps allowed.</summary>
    Lost,
}

/// <summary>
/// The real solutions v(x) outside the support as a curve in (v, x), followed by arc length. At an edge with a square root the curve is smooth and folds: dx vanishes along it,
/// where I − J is singular. There x is stationary, so that the edge is found to rounding, and ρ ≈ (1/π)|dm/dh| √(2|x − E|/|x″|) beside it, h being a parameter of the curve.
/// </summary>
internal sealed class RealBranch
{
    /// <summary>The largest step, in relative changes of the unknowns and x, where nothing is known of how narrow the bulks are.</summary>
    public const double LargestStep = 0.3;

    private const int MaxSteps = 4000;

    /// <summary>Unknowns that have grown by this much may be before a pole, at a zero of m in a gap.</summary>
    private const double Growth = 1e3;

    /// <summary>The measure of the unknowns falls by no more than this in a step.</summary>
    private const double Persistence = 0.9;

    private readonly IDysonModel model;
    private readonly int n;
    private readonly ComplexLu lu;
    private readonly Complex[] unknowns, image, jacobian, derivative, solution;
    private readonly double[] weights, tangent, newTangent, point, start;
    private double measure;

    public RealBranch(IDysonModel model)
    {
        this.model = model;
        n = model.Unknowns;
        lu = new(n + 1);
        (unknowns, image, derivative, jacobian, solution) = (new Complex[n], new Complex[n], new Complex[n], new Complex[n * n], new Complex[n + 1]);
        (weights, tangent, newTangent, point, start) = (new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1]);
    }

    /// <summary>Follows the branch from a real solution in the direction of growing (+1) or falling (−1) x.</summary>
    public (BranchEnd End, double X, double Coefficient) Trace(ReadOnlySpan<Complex> values, double x, int direction, double largest = LargestStep)
    {
        for (var i = 0; i < n; i++) point[i] = values[i].Real;
        point[n] = x;
        Array.Clear(tangent);
        tangent[n] = direction;
        measure = 0;
        Weigh();
        if (!TryTangent(tangent)) return (BranchEnd.Lost, x, double.NaN);
        newTangent.CopyTo(tangent, 0);
        var step = largest / 6;
        var size = Size();
        for (var count = 0; count < MaxSteps; count++)
        {
            Weigh();
            Normalise(tangent);
            point.CopyTo(start, 0);
            if (Size() > Growth * size && TryHop())
            {
                (size, step) = (Size(), largest / 6);
                continue;
            }
            if (IsOrigin() && Size() > 3 * size) return (BranchEnd.Origin, 0, double.PositiveInfinity);
            if (Math.Abs(point[n]) > 1e3 * (Math.Abs(x) + model.Scale)) break;
            while (!(TryPlace(step) && Product(newTangent, tangent) > 0.95))
            {
                step /= 2;
                if (step < 1e-12) return (BranchEnd.Lost, start[n], double.NaN);
            }
            if (newTangent[n] * direction <= 0) return Fold(step);
            if (Product(newTangent, tangent) > 0.99) step = Math.Min(largest, 1.5 * step);
            newTangent.CopyTo(tangent, 0);
        }
        return (BranchEnd.Lost, point[n], double.NaN);
    }

    /// <summary>The root of dx/dh between two points of the curve, by false position with halving (Illinois).</summary>
    private (BranchEnd, double, double) Fold(double step)
    {
        var (low, high) = (0.0, step);
        var (atLow, atHigh) = (tangent[n], Slope());
        var h = step;
        for (var i = 0; i < 60 && high - low > 1e-14 * step; i++)
        {
            h = low - atLow * (high - low) / (atHigh - atLow);
            if (!(h > low && h < high)) h = 0.5 * (low + high);
            if (!TryPlace(h)) return (BranchEnd.Lost, start[n], double.NaN);
            var slope = Slope();
            if (slope == 0) break;
            if (slope * atHigh > 0) (high, atHigh, atLow) = (h, slope, 0.5 * atLow);
            else (low, atLow, atHigh) = (h, slope, 0.5 * atHigh);
        }
        var edge = point[n];
        var atEdge = Transform();
        var difference = 1e-3 * step;
        if (!TryPlace(h + difference)) return (BranchEnd.Lost, edge, double.NaN);
        var (m, slopeAbove) = (Transform(), Slope());
        if (!TryPlace(h - difference)) return (BranchEnd.Lost, edge, double.NaN);
        var below = Transform();
        // A pole of m on a regular fold: an edge where the density diverges like an inverse root.
        if (Math.Abs(m + below) < 0.1 * Math.Abs(m) && Math.Abs(atEdge) > 10 * Math.Abs(m)) return (BranchEnd.Fold, edge, double.PositiveInfinity);
        var rate = (m - below) / (2 * difference);
        var curvature = (slopeAbove - Slope()) / (2 * difference);
        return (BranchEnd.Fold, edge, Math.Abs(rate) * Math.Sqrt(2 / Math.Abs(curvature)) / Math.PI);
    }

    /// <summary>
    /// Passes over a simple pole of the unknowns other than 0: at the distance d = v/v′ that the largest one tells, those that have the pole
    /// are reflected, v → v − 2d v′, the others continued, v → v + 2d v′, and all are corrected beyond it.
    /// The point is kept if the solution there is near, and increases as it must outside the support.
    /// </summary>
    private bool TryHop()
    {
        var largest = 0;
        for (var i = 1; i < n; i++)
            if (Math.Abs(point[i]) > Math.Abs(point[largest])) largest = i;
        var distance = point[largest] * tangent[n] / tangent[largest];
        if (!(distance * tangent[n] > 0 && Math.Abs(distance) < 1e-5 * Math.Abs(point[n] + distance))) return false;
        for (var i = 0; i < n; i++)
        {
            var change = 2 * distance * tangent[i] / tangent[n];
            point[i] += Math.Abs(change - 2 * point[i]) < Math.Abs(point[i]) ? -change : change;
        }
        point[n] += 2 * distance;
        var (sign, size) = (Math.Sign(tangent[n]), Size());
        if (TryCorrect(0.1 * size) && newTangent[n] > 0)
        {
            for (var i = 0; i < n; i++) unknowns[i] = new(0, newTangent[i]);
            if (model.HalfPlaneDefect(unknowns) <= 1e-6 * size * newTangent[n] / Math.Abs(distance))
            {
                for (var i = 0; i <= n; i++) tangent[i] = sign * newTangent[i];
                return true;
            }
        }
        start.CopyTo(point, 0);
        return false;
    }

    /// <summary>Newton's method at fixed x, and the tangent at the solution in the direction of growing x; false if it moves further than allowed.</summary>
    private bool TryCorrect(double allowed)
    {
        var axis = new double[n + 1];
        axis[n] = 1;
        for (var (iteration, moved) = (0, 0.0); iteration < 20; iteration++)
        {
            if (!TryFactor(axis)) return false;
            for (var i = 0; i < n; i++) solution[i] = image[i].Real - point[i];
            solution[n] = 0;
            lu.Solve(solution);
            var change = 0.0;
            for (var i = 0; i < n; i++)
            {
                point[i] += solution[i].Real;
                change = Math.Max(change, Math.Abs(solution[i].Real));
            }
            moved += change;
            if (!(moved <= allowed)) return false;
            // Near a pole the last digits are noise.
            if (change <= 1e-6 * allowed) return TryTangent(axis);
        }
        return false;
    }

    /// <summary>dx/dh at the current point, h being the projection on the tangent at the start of the step.</summary>
    private double Slope() => newTangent[n] / Product(newTangent, tangent);

    private double Transform()
    {
        Load();
        return model.StieltjesTransform(point[n], unknowns).Real;
    }

    /// <summary>The point of the curve whose projection on the tangent is h, and the tangent there.</summary>
    private bool TryPlace(double h)
    {
        for (var i = 0; i <= n; i++) point[i] = start[i] + h * tangent[i];
        for (var (iteration, before) = (0, double.PositiveInfinity); iteration < 10; iteration++)
        {
            if (!TryFactor(tangent)) return false;
            for (var i = 0; i < n; i++) solution[i] = image[i].Real - point[i];
            var excess = h;
            for (var i = 0; i <= n; i++) excess -= weights[i] * tangent[i] * (point[i] - start[i]);
            solution[n] = excess;
            lu.Solve(solution);
            var change = 0.0;
            for (var i = 0; i <= n; i++)
            {
                point[i] += solution[i].Real;
                change += weights[i] * solution[i].Real * solution[i].Real;
            }
            if (!double.IsFinite(change)) return false;
            // Beside poles the last digits are noise.
            if (change < 1e-26 || (change < 1e-14 && change > 0.1 * before)) return IsNear(h) && TryTangent(tangent);
            before = change;
        }
        return false;
    }

    /// <summary>A point far from its prediction may lie on another branch.</summary>
    private bool IsNear(double h)
    {
        var distance = 0.0;
        for (var i = 0; i <= n; i++)
        {
            var offset = point[i] - start[i] - h * tangent[i];
            distance += weights[i] * offset * offset;
        }
        return distance <= 0.04 * h * h;
    }

    /// <summary>The unit tangent at the current point that goes along with another direction.</summary>
    private bool TryTangent(double[] along)
    {
        if (!TryFactor(along)) return false;
        Array.Clear(solution);
        solution[n] = 1;
        lu.Solve(solution);
        for (var i = 0; i <= n; i++) newTangent[i] = solution[i].Real;
        Normalise(newTangent);
        return double.IsFinite(newTangent[n]);
    }

    /// <summary>Factors the bordered matrix [I − J, −∂T/∂x; direction], regular at a fold.</summary>
    private bool TryFactor(double[] along)
    {
        Load();
        model.Map(point[n], unknowns, image);
        model.Jacobian(point[n], unknowns, jacobian);
        model.Derivative(point[n], unknowns, derivative);
        var matrix = lu.Matrix;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) matrix[i * (n + 1) + j] = (i == j ? 1 : 0) - jacobian[i * n + j].Real;
            matrix[i * (n + 1) + n] = -derivative[i].Real;
        }
        for (var j = 0; j <= n; j++) matrix[n * (n + 1) + j] = weights[j] * along[j];
        return lu.Factor();
    }

    private void Load()
    {
        for (var i = 0; i < n; i++) unknowns[i] = point[i];
    }

    /// <summary>Measures the unknowns by the largest of them, less where all of them pass through 0, and x by itself or the scale of the spectrum.</summary>
    private void Weigh()
    {
        var size = measure = Math.Max(Size(), Persistence * measure);
        for (var i = 0; i < n; i++) weights[i] = 1 / (size * size);
        var unit = Math.Max(Math.Abs(point[n]), 1e-3 * model.Scale);
        weights[n] = 1 / (unit * unit);
    }

    private double Size()
    {
        var size = 0.0;
        for (var i = 0; i < n; i++) size = Math.Max(size, Math.Abs(point[i]));
        return size;
    }

    private bool IsOrigin() => point[n] * tangent[n] < 0 && Math.Abs(point[n]) < 1e-12 * model.Scale && weights[n] * tangent[n] * tangent[n] < 0.01;

    private void Normalise(double[] direction)
    {
        var length = Math.Sqrt(Product(direction, direction));
        for (var i = 0; i <= n; i++) direction[i] /= length;
    }

    private double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i <= n; i++) sum += weights[i] * a[i] * b[i];
        return sum;
    }
}
