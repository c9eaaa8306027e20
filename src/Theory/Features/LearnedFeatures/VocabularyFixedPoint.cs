using Theory.Contract;
using Theory.Numerics.FixedPoints;

namespace Theory.Features;

/// <summary>
/// The solution χ &gt; 0, X ⪰ 0 at a real λ &gt; 0. T is isotone and concave in the order of positive matrices, and χ = 1/λ, X = P lies above the solution: Newton's method
/// from there falls to it without ever passing it, whatever the parameters.
/// </summary>
internal sealed class VocabularyFixedPoint
{
    /// <summary>Asked of the averages; errors may be amplified by many orders where the ridge is small.</summary>
    private const double Accuracy = 1e-14;

    private readonly VocabularyMap<double> map;
    private readonly RealSums sums;
    private readonly double[] weights, values, image, jacobian, coefficients;
    private readonly int[] pivots;
    private readonly double alpha, beta, lambda;

    private VocabularyFixedPoint(VocabularyProjection projection, ReadOnlySpan<double> fractions, double alpha, double beta, double lambda)
    {
        (Projection, this.alpha, this.beta, this.lambda) = (projection, alpha, beta, lambda);
        weights = projection.OfClasses(fractions);
        Functions = new(projection, weights, beta);
        sums = new(Functions);
        map = new(sums, weights, alpha, beta);
        var n = map.Unknowns;
        (values, image, jacobian, coefficients, pivots) = (new double[n], new double[n], new double[n * n], new double[n], new int[n]);
        for (var q = 0; q < weights.Length; q++)
        {
            values[q] = 1 / lambda;
            values[map.Place(q, q)] = beta * weights[q] / lambda;
        }
    }

    public VocabularyProjection Projection { get; }

    public DeltaFunctions Functions { get; }

    /// <summary>χ_1 … χ_k.</summary>
    public double[] Chi => OfValues(values);

    /// <summary>All unknowns, those of the classes.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>h(κ) = 1/(1 + δ(κ)) at the nodes.</summary>
    public double[] Shrinkage => sums.Shrinkage;

    public Diagnostics Diagnostics { get; private set; } = Diagnostics.ClosedForm;

    /// <summary>Relative error of the averages over κ: the residual of the solution on panels of half the width.</summary>
    public double QuadratureError { get; private set; }

    /// <summary>Solves on as fine a projection as the averages need.</summary>
    public static VocabularyFixedPoint Solve(VocabularyProjection projection, double[] fractions, double alpha, double beta, double lambda, SolveOptions options)
    {
        var point = On(projection);
        while (point.Diagnostics.IsConverged && point.QuadratureError > Accuracy && point.Projection.CanRefine)
        {
            // Beyond the accuracy of the activation's own moments finer panels do not help.
            var finer = On(point.Projection.Finer);
            if (finer.QuadratureError > 0.1 * point.QuadratureError) return finer.QuadratureError < point.QuadratureError ? finer : point;
            point = finer;
        }
        return point;

        VocabularyFixedPoint On(VocabularyProjection panels)
        {
            var point = new VocabularyFixedPoint(panels, fractions, alpha, beta, lambda);
            point.Iterate(options);
            if (point.Diagnostics.IsConverged) point.QuadratureError = point.ErrorOn(panels.Finer);
            return point;
        }
    }

    /// <summary>The numbers of the values, given those of the classes.</summary>
    public double[] OfValues(ReadOnlySpan<double> classes)
    {
        var result = new double[Projection.Count];
        for (var q = 0; q < result.Length; q++) result[q] = classes[Projection.Class[q]];
        return result;
    }

    /// <summary>
    /// v̇ for λ → λ + τλ̇_q, A → A + τȦ₀ with λ̇_q = E c⋆_q² ω, Ȧ₀ = E c₁c₁ᵀ ω, given t_i = E f_i ω.
    /// </summary>
    public void Respond(ReadOnlySpan<double> t, Span<double> response)
    {
        map.Source(t, response);
        SmallMatrix.Solve(jacobian, pivots, response);
    }

    /// <summary>v̇ for λ → λ + τ.</summary>
    public void RespondToRidge(Span<double> response)
    {
        response.Clear();
        for (var q = 0; q < weights.Length; q++) response[q] = -map.Chi[q] * map.Chi[q];
        SmallMatrix.Solve(jacobian, pivots, response);
    }

    private double ErrorOn(VocabularyProjection finer)
    {
        map.Sums = new RealSums(new(finer, weights, beta));
        map.TryMap(lambda, values, coefficients);
        map.Sums = sums;
        return Distance(values, coefficients);
    }

    private void Iterate(SolveOptions options)
    {
        var (residual, polish) = (double.PositiveInfinity, 1);
        for (var iteration = 1; ; iteration++)
        {
            var isRegular = map.TryJacobian(lambda, values, image, jacobian);
            residual = isRegular ? Distance(values, image) : double.NaN;
            var isFactored = isRegular && Factor();
            if (residual <= options.Tolerance && isFactored && polish-- == 0)
            {
                Diagnostics = new(SolverStatus.Converged, residual, iteration, null, []);
                return;
            }
            if (!double.IsFinite(residual) || iteration >= options.MaxIterations || iteration > 2000)
            {
                var status = !double.IsFinite(residual) ? SolverStatus.Diverged : iteration >= options.MaxIterations ? SolverStatus.BudgetExhausted : SolverStatus.FloatingPointLimit;
                Diagnostics = new(status, residual, iteration, null, []);
                return;
            }
            Step(isFactored);
        }
    }

    // Where rounding spoils Newton's step, T itself falls towards the solution.
    private void Step(bool isFactored)
    {
        for (var i = 0; i < values.Length; i++) coefficients[i] = image[i] - values[i];
        if (isFactored) SmallMatrix.Solve(jacobian, pivots, coefficients);
        var isPositive = isFactored;
        for (var q = 0; q < weights.Length; q++) isPositive &= values[q] + coefficients[q] > 0 && values[map.Place(q, q)] + coefficients[map.Place(q, q)] >= 0;
        for (var i = 0; i < values.Length; i++) values[i] = isPositive ? values[i] + coefficients[i] : image[i];
    }

    private bool Factor()
    {
        for (var i = 0; i < jacobian.Length; i++) jacobian[i] = -jacobian[i];
        for (var i = 0; i < values.Length; i++) jacobian[i * (values.Length + 1)] += 1;
        return SmallMatrix.TryFactor(jacobian, pivots);
    }

    private static double Distance(ReadOnlySpan<double> v, ReadOnlySpan<double> image)
    {
        var (distance, size) = (0.0, 0.0);
        for (var i = 0; i < v.Length; i++)
        {
            distance = Math.Max(distance, Math.Abs(image[i] - v[i]));
            size = Math.Max(size, Math.Abs(v[i]));
        }
        return distance / size;
    }
}
