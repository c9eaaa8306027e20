using MathNet.Numerics.Distributions;
using Theory.Numerics.Sampling;

namespace Theory.Numerics.Tests.Sampling;

public class ScrambledSobolTests
{
    [Fact]
    public void Every_coordinate_has_one_point_in_every_interval()
    {
        var points = new double[1024];
        for (var coordinate = 0; coordinate < ScrambledSobol.DigitalCoordinates + 3; coordinate++)
        {
            new ScrambledSobol(7, 3).FillUniform(coordinate, points);
            Assert.Equal(1024, points.Select(x => (int)(x * 1024)).Distinct().Count());
            Assert.All(points, x => Assert.True(x is > 0 and < 1));
        }
    }

    [Fact]
    public void The_first_two_coordinates_are_a_perfect_net()
    {
        var (x, y) = (new double[256], new double[256]);
        var sobol = new ScrambledSobol(5);
        sobol.FillUniform(0, x);
        sobol.FillUniform(1, y);
        for (var a = 0; a <= 8; a++)
        {
            var (columns, rows) = (1 << a, 1 << (8 - a));
            Assert.Equal(256, x.Zip(y, (u, v) => ((int)(u * columns), (int)(v * rows))).Distinct().Count());
        }
    }

    [Fact]
    public void Coordinates_are_primitive_and_distinct()
    {
        // A primitive polynomial gives a sequence of full period: the coordinates' generator matrices are invertible and differ from each other.
        var seen = new HashSet<string>();
        for (var coordinate = 0; coordinate < SobolDirections.Count; coordinate++)
        {
            var columns = SobolDirections.Of(coordinate);
            for (var j = 0; j < columns.Length; j++) Assert.Equal(1u, columns[j] >> (SobolDirections.Columns - 1 - j) & 1);
            Assert.True(seen.Add(string.Join(",", columns)));
        }
    }

    [Fact]
    public void Scrambles_are_unbiased_and_better_than_random()
    {
        // E Π (1 + (x_i − ½)) = 1 over 8 coordinates.
        var estimate = new RunningEstimate();
        for (var scramble = 0; scramble < 200; scramble++)
        {
            var (product, x) = (Enumerable.Repeat(1.0, 512).ToArray(), new double[512]);
            for (var c = 0; c < 8; c++)
            {
                new ScrambledSobol(1, (ulong)scramble).FillUniform(c, x);
                for (var i = 0; i < 512; i++) product[i] *= 0.5 + x[i];
            }
            estimate.Add(product.Average());
        }
        Assert.InRange(estimate.Mean, 1 - 4 * estimate.StandardError, 1 + 4 * estimate.StandardError);
        var random = Math.Sqrt((Math.Pow(13.0 / 12, 8) - 1) / 512);
        Assert.True(estimate.StandardDeviation < random / 10, $"{estimate.StandardDeviation} is not a tenth of {random}");
    }

    [Fact]
    public void The_normal_quantile_is_exact_to_rounding()
    {
        foreach (var p in (double[])[1e-300, 1e-20, 1e-8, 1e-3, 0.0749, 0.0751, 0.3, 0.5, 0.9249, 0.9251, 0.999])
        {
            var expected = Normal.InvCDF(0, 1, p);
            Assert.Equal(expected, NormalQuantile.Of(p), 4e-14 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void Illegal_arguments_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScrambledSobol(1).FillUniform(-1, new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScrambledSobol(1).FillUniform(0, new double[ScrambledSobol.MaximumCount + 1]));
    }
}
