using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>What one neuron can do with batches of n = d^μ samples in T = d^θ steps.</summary>
public enum BatchPhase
{
    /// <summary>Neither loss finds the direction.</summary>
    NotLearned,

    /// <summary>Correlation loss finds it, plain SGD does not.</summary>
    CorrelationOnly,

    /// <summary>Both do.</summary>
    Learned,

    /// <summary>A single step of correlation loss does (μ ≥ ℓ); plain SGD needs more.</summary>
    OneStep,
}

/// <summary>The learning rate that escapes soonest, and the number of steps it takes.</summary>
/// <param name="LearningRate">The rate γ.</param>
/// <param name="Steps">The steps T; infinite if no rate escapes.</param>
public readonly record struct OptimalEscape(double LearningRate, double Steps);

/// <summary>
/// The phase diagram of the batch size for information exponent ℓ: how many steps T = d^θ one neuron needs from m0 = d^{−1/2} with batches n = d^μ and the best learning rate
/// [Arnaboldi, Dandi, Krzakala, Loureiro, Pesce and Stephan 2024, arXiv:2406.02157]. Plain SGD: θ = max(ℓ − 1 − μ, ℓ/2 − 1); correlation loss: θ = max(ℓ − 1 − μ, 0);
/// powers of d only, logarithms (ℓ = 2) apart.
/// </summary>
public sealed class BatchPhases
{
    // Largest γℓ of plain SGD: at γℓ → 1 a step annihilates the weight, which only a perfectly matched neuron survives.
    private const double Cap = 0.5;

    // Steps taken one by one before the rest is integrated.
    private const int Iterated = 1000;

    private const double LowestFactor = 1e-3;
    private const double HighestFactor = 31.622776601683793;
    private const int Factors = 91;

    /// <summary>The diagram of an order.</summary>
    /// <param name="order">Information exponent ℓ, from 1 to 20.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public BatchPhases(int order) => Order = order is >= 1 and <= EscapeStepsModel.MaximumOrder
        ? order
        : throw Guard.OutOfRange(nameof(order), order, $"must be from 1 to {EscapeStepsModel.MaximumOrder}");

    /// <summary>The information exponent ℓ.</summary>
    public int Order { get; }

    /// <summary>The exponent θ of the number of steps with the best learning rate, as d → ∞.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="mu">The exponent μ ≥ 0 of the batch size.</param>
    /// <returns>θ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">μ is negative or infinite.</exception>
    public double Exponent(SgdLoss loss, double mu) =>
        Math.Max(Order - 1 - Guard.In(mu, ParameterRange.NonNegative, nameof(mu)) + (Order == 1 ? 1 : 0), loss == SgdLoss.Square ? Math.Max(Order / 2.0 - 1, 0) : 0);

    /// <summary>The exponent of the best learning rate, γ ~ d to this power.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="mu">The exponent μ ≥ 0 of the batch size.</param>
    /// <returns>μ − ℓ/2 (μ − 1 for ℓ = 1), and at most 0 for plain SGD.</returns>
    /// <exception cref="ArgumentOutOfRangeException">μ is negative or infinite.</exception>
    public double RateExponent(SgdLoss loss, double mu)
    {
        var free = Guard.In(mu, ParameterRange.NonNegative, nameof(mu)) - Math.Max(Order, 2) / 2.0;
        return loss == SgdLoss.Square ? Math.Min(free, 0) : free;
    }

    /// <summary>The phase of a point; boundaries belong to the learned side.</summary>
    /// <param name="mu">The exponent μ ≥ 0 of the batch size.</param>
    /// <param name="theta">The exponent θ of the number of steps.</param>
    /// <returns>The phase.</returns>
    /// <exception cref="ArgumentOutOfRangeException">μ is negative or infinite.</exception>
    public BatchPhase Phase(double mu, double theta) =>
        theta >= Exponent(SgdLoss.Square, mu) ? BatchPhase.Learned
        : theta < Exponent(SgdLoss.Correlation, mu) ? BatchPhase.NotLearned
        : mu >= Order ? BatchPhase.OneStep
        : BatchPhase.CorrelationOnly;

    /// <summary>The learning rate that escapes soonest by the mean map at a finite dimension: a search over γ = c n d^{−max(ℓ,2)/2}, c from 10⁻³ to 10^1.5, with γℓ ≤ ½ for plain SGD.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="dimension">Dimension d, in [3, 10¹⁵].</param>
    /// <param name="batch">Batch size n, at least 1.</param>
    /// <param name="noise">Variance Δ of the label noise, at least 0.</param>
    /// <param name="threshold">Overlap that counts as escape, in (0, 1].</param>
    /// <returns>The rate and the steps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public OptimalEscape Optimal(SgdLoss loss, double dimension, double batch, double noise = 0, double threshold = 0.5)
    {
        var model = new EscapeStepsModel { HermiteOrder = Order, Dimension = dimension, BatchSize = batch, LearningRate = 1, M0 = 1 / Math.Sqrt(dimension), Noise = noise, Threshold = threshold, Loss = loss };
        var unit = Math.Log(batch) - Math.Max(Order, 2) / 2.0 * Math.Log(dimension);
        var (lowest, highest) = (unit + Math.Log(LowestFactor), unit + Math.Log(HighestFactor));
        if (loss == SgdLoss.Square)
        {
            highest = Math.Min(highest, Math.Log(Cap / Order));
            lowest = Math.Min(lowest, highest - 3);
        }
        var width = (highest - lowest) / (Factors - 1);
        var best = (Rate: double.NaN, Time: double.PositiveInfinity);
        for (var i = 0; i < Factors; i++)
        {
            var time = Time(model, lowest + i * width);
            if (time < best.Time) best = (lowest + i * width, time);
        }
        if (double.IsInfinity(best.Time)) return new(double.NaN, double.PositiveInfinity);
        best = Refined(model, Math.Max(best.Rate - width, lowest), Math.Min(best.Rate + width, highest), best);
        return new(Math.Exp(best.Rate), best.Time);
    }

    /// <summary>The slope d ln T/d ln d of the optimal number of steps by the mean map between two dimensions, at n = d^μ.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="mu">The exponent μ ≥ 0 of the batch size.</param>
    /// <param name="from">The smaller dimension.</param>
    /// <param name="to">The larger dimension.</param>
    /// <param name="noise">Variance Δ of the label noise, at least 0.</param>
    /// <returns>The slope; <see langword="null"/> if no rate escapes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public double? MapExponent(SgdLoss loss, double mu, double from, double to, double noise = 0)
    {
        Guard.In(mu, ParameterRange.NonNegative, nameof(mu));
        var (first, last) = (Optimal(loss, from, Math.Pow(from, mu), noise).Steps, Optimal(loss, to, Math.Pow(to, mu), noise).Steps);
        return double.IsFinite(first) && double.IsFinite(last) ? Math.Log(Math.Max(last, 1) / Math.Max(first, 1)) / Math.Log(to / from) : null;
    }

    /// <summary>Golden section in ln γ.</summary>
    private static (double Rate, double Time) Refined(EscapeStepsModel model, double a, double b, (double Rate, double Time) best)
    {
        const double Golden = 0.6180339887498949;
        var (left, right) = (b - Golden * (b - a), a + Golden * (b - a));
        var (atLeft, atRight) = (Time(model, left), Time(model, right));
        while (b - a > 1e-3)
        {
            if (atLeft < best.Time) best = (left, atLeft);
            if (atRight < best.Time) best = (right, atRight);
            if (atLeft <= atRight)
            {
                (b, right, atRight) = (right, left, atLeft);
                left = b - Golden * (b - a);
                atLeft = Time(model, left);
            }
            else
            {
                (a, left, atLeft) = (left, right, atRight);
                right = a + Golden * (b - a);
                atRight = Time(model, right);
            }
        }
        return best;
    }

    private static double Time(EscapeStepsModel model, double logarithmOfRate)
    {
        try
        {
            return EscapeTime.Of((model with { LearningRate = Math.Exp(logarithmOfRate) }).Map().Drift, model.M0, model.Threshold, Iterated, patience: 100).Steps;
        }
        catch (ArithmeticException)
        {
            return double.PositiveInfinity;
        }
    }
}
