namespace Theory.Numerics.Sampling;

/// <summary>
/// The mean of a growing sample and its standard error, updated one observation at a time without cancellation
/// (B. P. Welford, Technometrics 4, 419, 1962). Partial estimates merge exactly up to rounding, whatever the grouping
/// (T. F. Chan, G. H. Golub and R. J. LeVeque, The American Statistician 37, 242, 1983).
/// </summary>
/// <remarks>
/// Not thread-safe. Sums in floating point depend on their order in the last bits: for results that are equal to the last bit
/// on any number of threads, add the results of the trials in their order.
/// </remarks>
public sealed class RunningEstimate
{
    private double _mean;
    private double _squares; // Σ (x_i − mean)²

    /// <summary>The estimate of a whole sample.</summary>
    /// <param name="values">The observations; each finite.</param>
    /// <returns>Their estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or infinite.</exception>
    public static RunningEstimate Of(params ReadOnlySpan<double> values)
    {
        var estimate = new RunningEstimate();
        foreach (var value in values)
            estimate.Add(value);
        return estimate;
    }

    /// <summary>Number of observations n.</summary>
    public long Count { get; private set; }

    /// <summary>The sample mean; NaN while there are no observations.</summary>
    public double Mean => Count == 0 ? double.NaN : _mean;

    /// <summary>The unbiased sample variance Σ(x_i − mean)²/(n − 1); NaN while n &lt; 2.</summary>
    public double Variance => Count < 2 ? double.NaN : _squares / (Count - 1);

    /// <summary>The square root of <see cref="Variance"/>; NaN while n &lt; 2.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The standard error of the mean, √(variance/n); NaN while n &lt; 2.</summary>
    public double StandardError => Math.Sqrt(Variance / Count);

    /// <summary>Adds an observation.</summary>
    /// <param name="value">The observation; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"value must be finite; got {value}.");

        Count++;
        var deviation = value - _mean;
        _mean += deviation / Count;
        _squares += deviation * (value - _mean);
    }

    /// <summary>Adds all observations of another estimate to this one, which then is the estimate of both samples together.</summary>
    /// <param name="other">The other estimate; left unchanged. May be this one, whose sample is then doubled.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is <see langword="null"/>.</exception>
    public void Merge(RunningEstimate other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
            return;

        var (count, mean, squares) = (other.Count, other._mean, other._squares);
        var total = Count + count;
        var difference = mean - _mean;
        var weight = (double)count / total;
        _squares += squares + difference * difference * Count * weight;
        _mean += difference * weight;
        Count = total;
    }

    /// <summary>The mean and its standard error, for a person to read.</summary>
    /// <returns>Text such as <c>0.5012 ± 0.0031 (n = 16)</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Mean:g6} ± {StandardError:g2} (n = {Count})");
}
