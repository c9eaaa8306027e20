namespace Theory.Numerics.Tests.Sampling;

/// <summary>Distances between a sample and a distribution.</summary>
internal static class Distance
{
    /// <summary>sup |F_n − F|; sorts the sample.</summary>
    public static double KolmogorovSmirnov(double[] sample, Func<double, double> distribution)
    {
        Array.Sort(sample);
        var greatest = 0.0;
        for (var i = 0; i < sample.Length; i++)
        {
            var probability = distribution(sample[i]);
            greatest = Math.Max(greatest, Math.Max(probability - (double)i / sample.Length, (i + 1.0) / sample.Length - probability));
        }

        return greatest;
    }

    /// <summary>What the distance stays below with probability 0.999: 1.95/√n, as 2 exp(−2·1.95²) = 0.001.</summary>
    public static double KolmogorovBound(int count) => 1.95 / Math.Sqrt(count);
}
