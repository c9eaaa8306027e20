using Theory.Channels;
using Theory.Numerics.Quadrature;

namespace Theory.Estimation;

/// <summary>
/// The margin κ of classification in high dimensions as a minimum [Candès &amp; Sur 2020, arXiv:1804.09753; Aubin et al. 2020, arXiv:2006.06560]: 1/α(κ) = min f with
/// f(v, b) = E (κ√(1 + |v|²) − y(v·x_S + b + Z))₊², where x_S are the coordinates of the whitened input on an orthonormal basis of the span of means and teacher, and Z ~ N(0, 1)
/// is all else. f is convex in (κ, v, b). Here x_S has two coordinates: along the mean, in clusters at ±μ, and what of θ is orthogonal to it.
/// </summary>
internal sealed class MarginVariation
{
    private const double Range = 9.5;
    private const int MaxSteps = 200;
    private const double Tolerance = 1e-13;

    private readonly IBinaryTeacher teacher;
    private readonly double rho;
    private readonly double[] direction;
    private readonly (double Probability, double Mean)[] clusters;
    private readonly bool hasIntercept;
    private readonly FocusedPanels panels = new(16, 1.5);
    private readonly double[] places;

    /// <param name="teacher">Labels of τ.</param>
    /// <param name="rho">Variance of τ in a cluster.</param>
    /// <param name="alignment">Cosine of θ and μ.</param>
    /// <param name="clusters">Probabilities, and the mean along μ.</param>
    /// <param name="hasIntercept">Whether b is free.</param>
    public MarginVariation(IBinaryTeacher teacher, double rho, double alignment, (double Probability, double Mean)[] clusters, bool hasIntercept)
    {
        (this.teacher, this.rho, this.clusters, this.hasIntercept) = (teacher, rho, clusters, hasIntercept);
        direction = [alignment, Math.Sqrt((1 - alignment) * (1 + alignment))];
        places = new double[Math.Max(1, teacher.StepCount)];
    }

    /// <summary>Whether any number of samples is separable: noiseless labels that a hyperplane gives.</summary>
    public bool IsAlwaysSeparable => teacher is ThresholdTeacher { Noise: 0 } && teacher.StepCount <= 1 && (hasIntercept || Threshold() == 0);

    /// <summary>A minimum of f.</summary>
    /// <param name="Value">1/α.</param>
    /// <param name="Slope">d(1/α)/dκ.</param>
    /// <param name="Residual">Largest component of the gradient, relative to f.</param>
    /// <param name="Steps">Newton steps.</param>
    /// <param name="X">v_1, v_2 and b.</param>
    public readonly record struct Minimum(double Value, double Slope, double Residual, int Steps, double[] X);

    /// <summary>min f at κ, from a start.</summary>
    public Minimum Minimise(double kappa, double[] start)
    {
        var x = (double[])start.Clone();
        var n = hasIntercept ? 3 : 2;
        var gradient = new double[3];
        var value = Evaluate(kappa, x, gradient, out var slope);
        var (steps, residual) = (0, Residual(value, gradient, x, n));
        while (steps < MaxSteps && residual > Tolerance)
        {
            var step = NewtonStep(kappa, x, gradient, n);
            var (moved, next, nextSlope, length) = (x, value, slope, 1.0);
            var trial = new double[3];
            for (; length > 1e-10; length *= 0.5)
            {
                moved = [x[0] + length * step[0], x[1] + length * step[1], x[2] + length * step[2]];
                next = Evaluate(kappa, moved, trial, out nextSlope);
                if (next <= value * (1 + 1e-13)) break;
                // Next to the minimum the gradient is the more accurate of the two.
                if (next <= value * (1 + 1e-9) && Residual(next, trial, moved, n) < 0.5 * residual) break;
            }
            if (length <= 1e-10) break;
            (x, value, slope) = (moved, next, nextSlope);
            trial.CopyTo(gradient, 0);
            steps++;
            var before = residual;
            residual = Residual(value, gradient, x, n);
            // Rounding ends the quadratic convergence.
            if (before < 1e-9 && residual > 0.1 * before) break;
        }
        return new(value, slope, residual, steps, x);
    }

    /// <summary>Cosine of weights and teacher.</summary>
    public double Cosine(double[] x) => (x[0] * direction[0] + x[1] * direction[1]) / Norm(x);

    /// <summary>P(y ν &lt; 0) for the direction x.</summary>
    public double TestError(double[] x)
    {
        var (norm, error) = (Norm(x), 0.0);
        foreach (var (probability, mean) in clusters)
            error += probability * Integrate(Cosine(x), Unexplained(x), (x[0] * mean + x[2]) / norm, mean, 0, static (_, t, label, p, _) => label * t < 0 ? p : 0);
        return error;
    }

    // A component of the gradient counts in proportion to the size of its coordinate.
    private static double Residual(double value, double[] gradient, double[] x, int n)
    {
        double largest = 0;
        for (var i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(gradient[i]) * Math.Max(1, Math.Abs(x[i])));
        return largest / value;
    }

    private static double Norm(double[] x) => Math.Sqrt(1 + x[0] * x[0] + x[1] * x[1]);

    /// <summary>1 − c², without cancellation.</summary>
    private double Unexplained(double[] x)
    {
        var across = x[0] * direction[1] - x[1] * direction[0];
        return (1 + across * across) / (1 + x[0] * x[0] + x[1] * x[1]);
    }

    private double Threshold()
    {
        if (teacher.StepCount == 0) return double.NaN;
        teacher.Steps(0, places);
        return places[0];
    }

    private double[] NewtonStep(double kappa, double[] x, double[] gradient, int n)
    {
        var system = new double[n * (n + 1)];
        var (above, below) = (new double[3], new double[3]);
        for (var j = 0; j < n; j++)
        {
            var size = 1e-5 * Math.Max(1, Math.Abs(x[j]));
            var shifted = (double[])x.Clone();
            shifted[j] = x[j] + size;
            Evaluate(kappa, shifted, above, out _);
            shifted[j] = x[j] - size;
            Evaluate(kappa, shifted, below, out _);
            for (var i = 0; i < n; i++) system[i * (n + 1) + j] = (above[i] - below[i]) / (2 * size);
        }
        for (var i = 0; i < n; i++)
        {
            // A direction that the labels do not feel stays where it is.
            system[i * (n + 1) + i] += 1e-14;
            system[i * (n + 1) + n] = -gradient[i];
        }
        SmallSystem.Solve(system, n);
        var step = new double[3];
        for (var i = 0; i < n; i++) step[i] = system[i * (n + 1) + n];
        var descent = 0.0;
        for (var i = 0; i < n; i++) descent += step[i] * gradient[i];
        if (descent < 0) return step;
        for (var i = 0; i < n; i++) step[i] = -gradient[i];
        return step;
    }

    /// <summary>f = s² Σ p_c G(h_c, c) with s = √(1 + |v|²), h_c = (v_1 m_c + b)/s and the cosine c = v·θ/(s‖θ‖); its gradient; and ∂f/∂κ.</summary>
    private double Evaluate(double kappa, double[] x, double[] gradient, out double slope)
    {
        var (norm, cosine) = (Norm(x), Cosine(x));
        double value = 0, byCosine = 0;
        slope = 0;
        Array.Clear(gradient);
        foreach (var (probability, mean) in clusters)
        {
            var h = (x[0] * mean + x[2]) / norm;
            var (g, byMean, byAngle, byMargin) = Averages(cosine, Unexplained(x), h, mean, kappa);
            value += probability * g;
            slope += probability * byMargin;
            byCosine += probability * byAngle;
            gradient[0] += probability * byMean * (mean / norm - h * x[0] / (norm * norm));
            gradient[1] -= probability * byMean * h * x[1] / (norm * norm);
            gradient[2] += probability * byMean / norm;
        }
        for (var i = 0; i < 2; i++)
        {
            gradient[i] += byCosine * (direction[i] / norm - cosine * x[i] / (norm * norm));
            gradient[i] = norm * norm * gradient[i] + 2 * x[i] * value;
        }
        gradient[2] *= norm * norm;
        slope *= norm * norm;
        return norm * norm * value;
    }

    /// <summary>G = E (κ − y t)₊² for t ~ N(h, 1), and its derivatives in h, in the covariance c of t and τ/√ρ, and in κ.</summary>
    private (double Value, double ByMean, double ByCosine, double ByMargin) Averages(double cosine, double unexplained, double h, double mean, double kappa)
    {
        double value = 0, byMean = 0, byCosine = 0, byMargin = 0;
        Integrate(cosine, unexplained, h, mean, kappa, (weight, t, label, p, slope) =>
        {
            var gap = kappa - label * t;
            if (gap <= 0) return 0;
            value += weight * p * gap * gap;
            byMean -= 2 * weight * label * p * gap;
            byMargin += 2 * weight * p * gap;
            byCosine -= 2 * weight * label * slope * gap;
            return 0;
        });
        return (value, byMean, Math.Sqrt(rho) * byCosine, byMargin);
    }

    private double Integrate(double cosine, double unexplained, double h, double mean, double kink, Func<double, double, int, double, double, double> term)
    {
        var rest = rho * unexplained;
        var rate = Math.Sqrt(rho) * cosine;
        var centre = Math.Sqrt(rho) * direction[0] * mean;
        panels.Reset(-Range, Range);
        panels.AddBreak(kink - h);
        panels.AddBreak(-kink - h);
        var scale = teacher.Steps(rest, places);
        for (var i = 0; i < teacher.StepCount && rate != 0; i++) panels.AddFocus((places[i] - centre) / rate, 2 * scale / Math.Abs(rate));
        panels.Build();
        double sum = 0;
        for (var i = 0; i < panels.Nodes.Length; i++)
        {
            var z = panels.Nodes[i];
            var weight = panels.Weights[i] * GaussianTail.Density(z);
            for (var label = 1; label >= -1; label -= 2)
            {
                var (p, slope) = teacher.At(label, centre + rate * z, rest);
                sum += weight * term(weight, h + z, label, p, slope);
            }
        }
        return sum;
    }
}
