using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Theory.Numerics.Sampling;

namespace Theory.Numerics.Tests.Sampling;

public sealed class NormalZigguratTests
{
    private const double R = NormalZiggurat.TailStart;

    private static readonly double s_tail = 0.5 * SpecialFunctions.Erfc(R / Constants.Sqrt2); // P(z > r)

    [Fact]
    public void All_layers_have_equal_area_and_cover_the_density()
    {
        var edge = NormalZiggurat.Edge;
        Assert.Equal(NormalZiggurat.Layers + 1, edge.Length);
        Assert.Equal(NormalZiggurat.LayerArea, R * Density(R) + Math.Sqrt(2 * Math.PI) * s_tail, 1e-16);
        for (var i = 1; i < NormalZiggurat.Layers; i++)
        {
            Assert.True(edge[i + 1] < edge[i]);
            Assert.Equal(NormalZiggurat.LayerArea, edge[i] * (Density(edge[i + 1]) - Density(edge[i])), 1e-15);
        }

        static double Density(double x) => Math.Exp(-x * x / 2);
    }

    [Fact]
    public void Moments_are_those_of_the_standard_normal_distribution()
    {
        var values = Sample(71, 2_000_000);
        double[] moments = [0, 1, 0, 3, 0, 15];
        for (var k = 1; k <= moments.Length; k++)
        {
            var moment = new RunningEstimate();
            foreach (var z in values)
                moment.Add(Math.Pow(z, k));
            Assert.InRange((moment.Mean - moments[k - 1]) / moment.StandardError, -4, 4);
        }
    }

    [Fact]
    public void The_sample_passes_a_Kolmogorov_Smirnov_test_at_one_in_a_thousand() =>
        Assert.InRange(Distance.KolmogorovSmirnov(Sample(72, 500_000), z => Normal.CDF(0, 1, z)), 0, Distance.KolmogorovBound(500_000));

    [Fact]
    public void Equiprobable_bins_pass_a_chi_square_test_on_both_sides()
    {
        // Finer than the layers: an error in a wedge or in the reuse of bits between layer and abscissa would show.
        const int Bins = 1024, Count = 2_000_000;
        var counts = new int[Bins];
        foreach (var z in Sample(73, Count))
            counts[(int)(Normal.CDF(0, 1, z) * Bins)]++;
        var expected = (double)Count / Bins;
        var chiSquare = counts.Sum(count => Math.Pow(count - expected, 2) / expected);
        Assert.InRange(ChiSquared.CDF(Bins - 1, chiSquare), 5e-4, 1 - 5e-4);
    }

    [Fact]
    public void The_tails_have_the_right_mass_on_each_side_and_the_right_shape()
    {
        const int Count = 8_000_000;
        var stream = new RandomStream(74);
        var chunk = new double[100_000];
        var (right, left) = (0, 0);
        var excess = new List<double>();
        for (var i = 0; i < Count / chunk.Length; i++)
        {
            stream.FillGaussian(chunk);
            foreach (var z in chunk)
            {
                if (Math.Abs(z) <= R)
                    continue;
                _ = z > 0 ? right++ : left++;
                excess.Add(Math.Abs(z));
            }
        }

        var mean = Count * s_tail;
        Assert.InRange((right - mean) / Math.Sqrt(mean), -4, 4);
        Assert.InRange((left - mean) / Math.Sqrt(mean), -4, 4);
        var distance = Distance.KolmogorovSmirnov([.. excess], z => 1 - 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2) / s_tail);
        Assert.InRange(distance, 0, Distance.KolmogorovBound(excess.Count));
    }

    [Fact]
    public void Consecutive_numbers_and_their_squares_are_uncorrelated()
    {
        var values = Sample(75, 1_000_000);
        for (var lag = 1; lag <= 4; lag++)
        {
            var (plain, squared) = (new RunningEstimate(), new RunningEstimate());
            for (var i = lag; i < values.Length; i++)
            {
                plain.Add(values[i] * values[i - lag]);
                squared.Add((values[i] * values[i] - 1) * (values[i - lag] * values[i - lag] - 1));
            }

            Assert.InRange(plain.Mean / plain.StandardError, -4, 4);
            Assert.InRange(squared.Mean / squared.StandardError, -4, 4);
        }
    }

    private static double[] Sample(ulong seed, int count)
    {
        var values = new double[count];
        new RandomStream(seed).FillGaussian(values);
        return values;
    }
}
