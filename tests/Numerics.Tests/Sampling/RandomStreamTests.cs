using System.Numerics;
using MathNet.Numerics.Distributions;
using Theory.Numerics.Sampling;

namespace Theory.Numerics.Tests.Sampling;

public sealed class RandomStreamTests
{
    [Fact]
    public void Xoshiro_from_the_state_1_2_3_4_follows_its_recurrence()
    {
        // By hand: rotl(1 + 4, 23) + 1, then with the state (7, 0, 262146, 6·2⁴⁵) rotl(7 + 6·2⁴⁵, 23) + 7.
        var rng = new Xoshiro256(1, 2, 3, 4);
        Assert.Equal(41943041UL, rng.Next());
        Assert.Equal(58720359UL, rng.Next());
    }

    [Fact]
    public void The_stream_of_a_seed_never_changes()
    {
        var stream = new RandomStream(1);
        Assert.Equal(
            [0xF0F0789028175EDD, 0x5997DC93D020A9D9, 0xCB1FAD533D8665B8, 0x35C0AB11D9D891E7],
            Enumerable.Range(0, 4).Select(_ => stream.NextUInt64()));
        var child = new RandomStream(1, 2, 3);
        Assert.Equal(
            [0xEF691776C1D45254, 0x79859FF7EBC97F02, 0x5699878F5B05EFEE, 0xA8E46B7CB3083AF9],
            Enumerable.Range(0, 4).Select(_ => child.NextUInt64()));
        Assert.Equal(10734413997914527622UL, RandomStream.DeriveSeed(1, 0));
        Assert.Equal(13913910294052512930UL, RandomStream.DeriveSeed(1, 1));
    }

    [Fact]
    public void The_uniform_numbers_of_a_seed_never_change()
    {
        var stream = new RandomStream(1);
        Assert.Equal(
            [0.9411692954964485, 0.3499734745856836, 0.7934521034453837, 0.20997113405050738],
            Enumerable.Range(0, 4).Select(_ => stream.NextUniform()));
        stream = new RandomStream(1);
        Assert.Equal([94, 34, 79, 20, 36, 33], Enumerable.Range(0, 6).Select(_ => stream.Next(100)));
    }

    [Fact]
    public void The_Gaussian_numbers_of_a_seed_never_change()
    {
        double[] expected = [-0.10050510141942967, 0.6242512358625357, -0.476952739945642, 0.314560553583936, 2.5059825526331627, 0.3133137835950876];
        var stream = new RandomStream(1);
        Assert.All(expected, value => Assert.Equal(value, stream.NextGaussian(), 1e-14));
    }

    [Fact]
    public void A_path_is_a_chain_of_substreams()
    {
        var chained = new RandomStream(7).Substream(3).Substream(ulong.MaxValue).Substream(0);
        Assert.Equal(new RandomStream(7, 3, ulong.MaxValue, 0).NextUInt64(), chained.NextUInt64());
    }

    [Fact]
    public void A_substream_does_not_depend_on_the_numbers_drawn_from_its_parent()
    {
        var fresh = new RandomStream(5);
        var used = new RandomStream(5);
        used.FillGaussian(new double[1234]);
        Assert.Equal(fresh.Substream(9).NextUInt64(), used.Substream(9).NextUInt64());
    }

    [Fact]
    public void Streams_of_different_names_differ()
    {
        var first = new HashSet<ulong>();
        for (ulong seed = 0; seed < 300; seed++)
        {
            Assert.True(first.Add(new RandomStream(seed).NextUInt64()));
            for (ulong index = 0; index < 30; index++)
                Assert.True(first.Add(new RandomStream(seed, index).NextUInt64()));
        }

        Assert.NotEqual(new RandomStream(1, 2, 3).NextUInt64(), new RandomStream(1, 3, 2).NextUInt64());
        Assert.NotEqual(new RandomStream(0, 0).NextUInt64(), new RandomStream(0, 0, 0).NextUInt64());
    }

    [Fact]
    public void Every_bit_of_the_seed_and_of_the_path_flips_each_bit_of_the_first_number_with_probability_one_half()
    {
        var flips = new int[2, 64, 64];
        const int Trials = 400;
        for (ulong trial = 0; trial < Trials; trial++)
        {
            var reference = new RandomStream(trial, trial).NextUInt64();
            for (var bit = 0; bit < 64; bit++)
            {
                Count(0, bit, reference ^ new RandomStream(trial ^ (1UL << bit), trial).NextUInt64());
                Count(1, bit, reference ^ new RandomStream(trial, trial ^ (1UL << bit)).NextUInt64());
            }
        }

        // 8192 binomials of variance n/4: the greatest of as many normals exceeds 5.5 σ with probability 3e-4.
        foreach (var count in flips)
            Assert.InRange(count, Trials / 2 - 5.5 * Math.Sqrt(Trials) / 2, Trials / 2 + 5.5 * Math.Sqrt(Trials) / 2);

        void Count(int word, int bit, ulong difference)
        {
            for (; difference != 0; difference &= difference - 1)
                flips[word, bit, BitOperations.TrailingZeroCount(difference)]++;
        }
    }

    [Fact]
    public void Substreams_are_uncorrelated_with_each_other_and_with_their_parent()
    {
        const int Streams = 120, Length = 2000;
        var rows = new double[Streams][];
        var parent = new RandomStream(11);
        for (var i = 0; i < Streams; i++)
        {
            rows[i] = new double[Length];
            (i == 0 ? parent : parent.Substream((ulong)(i - 1))).FillGaussian(rows[i]);
        }

        var squares = new RunningEstimate();
        var greatest = 0.0;
        for (var i = 0; i < Streams; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var z = rows[i].Zip(rows[j], (a, b) => a * b).Sum() / Math.Sqrt(Length);
                squares.Add(z * z);
                greatest = Math.Max(greatest, Math.Abs(z));
            }
        }

        // 7140 nearly normal z: P(greatest > 5.2) < 2e-3; the mean of z² is 1.
        Assert.InRange(greatest, 0, 5.2);
        Assert.InRange((squares.Mean - 1) / squares.StandardError, -4, 4);
    }

    [Fact]
    public void Derived_seeds_are_distinct()
    {
        var seeds = Enumerable.Range(0, 20_000).Select(i => RandomStream.DeriveSeed(3, (ulong)i));
        Assert.Equal(20_000, seeds.Distinct().Count());
    }

    [Fact]
    public void Uniform_numbers_lie_in_the_open_interval_and_fill_it_evenly()
    {
        var values = new double[400_000];
        new RandomStream(21).FillUniform(values);
        Assert.All(values.Chunk(4000), chunk => Assert.True(chunk.Min() > 0 && chunk.Max() < 1));
        Assert.InRange(Distance.KolmogorovSmirnov(values, x => x), 0, Distance.KolmogorovBound(values.Length));
    }

    [Fact]
    public void Filling_is_the_same_as_drawing_one_by_one()
    {
        var (filled, drawn) = (new RandomStream(2), new RandomStream(2));
        var values = new double[20_000];
        filled.FillGaussian(values);
        Assert.All(values, value => Assert.Equal(value, drawn.NextGaussian()));
        filled.FillUniform(values);
        Assert.All(values, value => Assert.Equal(value, drawn.NextUniform()));
        Assert.Equal(drawn.NextUInt64(), filled.NextUInt64());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    [InlineData(100_000)]
    public void Points_of_the_sphere_have_norm_1(int dimension)
    {
        var point = new double[dimension];
        var stream = new RandomStream(31, (ulong)dimension);
        for (var repeat = 0; repeat < 20; repeat++)
        {
            stream.FillUnitSphere(point);
            Assert.Equal(1, Math.Sqrt(CompensatedSum.OfSquares(point)), 1e-15);
        }
    }

    [Fact]
    public void The_coordinates_of_a_point_of_the_sphere_have_variance_1_over_d_and_kurtosis_3d_over_d_plus_2()
    {
        const int Dimension = 5;
        var (second, fourth) = (new RunningEstimate(), new RunningEstimate());
        var point = new double[Dimension];
        var stream = new RandomStream(32);
        for (var repeat = 0; repeat < 100_000; repeat++)
        {
            stream.FillUnitSphere(point);
            second.Add(point[repeat % Dimension] * point[repeat % Dimension]);
            fourth.Add(Math.Pow(point[repeat % Dimension], 4));
        }

        Assert.InRange((second.Mean - 1.0 / Dimension) / second.StandardError, -4, 4);
        Assert.InRange((fourth.Mean - 3.0 / (Dimension * (Dimension + 2))) / fourth.StandardError, -4, 4);
    }

    [Fact]
    public void A_sphere_without_dimensions_is_refused() =>
        Assert.Throws<ArgumentException>("destination", () => new RandomStream(1).FillUnitSphere([]));

    [Fact]
    public void Signs_are_fair()
    {
        var stream = new RandomStream(41);
        var signs = RunningEstimate.Of([.. Enumerable.Range(0, 100_000).Select(_ => (double)stream.NextSign())]);
        Assert.InRange(signs.Mean / signs.StandardError, -4, 4);
        Assert.Equal(1, signs.Variance, 1e-3);
    }

    [Fact]
    public void Distributions_of_MathNet_accept_a_stream_and_repeat_with_it()
    {
        var gamma = new double[1000];
        Gamma.Samples(new RandomStream(51), gamma, 2.5, 1.0);
        var again = new double[1000];
        Gamma.Samples(new RandomStream(51), again, 2.5, 1.0);
        Assert.Equal(gamma, again);
        var estimate = RunningEstimate.Of(gamma);
        Assert.InRange((estimate.Mean - 2.5) / estimate.StandardError, -4, 4);
        Assert.InRange(Distance.KolmogorovSmirnov(gamma, x => Gamma.CDF(2.5, 1.0, x)), 0, Distance.KolmogorovBound(gamma.Length));
    }

    [Fact]
    public void Whole_numbers_are_even_over_ranges_of_every_size()
    {
        var stream = new RandomStream(61);
        AssertFair(10, () => stream.Next(10));
        AssertFair(7, () => stream.Next(-3, 4) + 3);
        AssertFair(3, () => (int)stream.NextInt64(3));
        AssertFair(6, () => (int)(stream.NextInt64(long.MaxValue - 6, long.MaxValue) - (long.MaxValue - 6)));
        AssertFair(8, () => (int)(((double)stream.NextInt64(long.MinValue, long.MaxValue) / (1L << 60)) + 8) / 2);
        AssertFair(4, () => (int)(((double)stream.Next(int.MinValue, int.MaxValue) / (1L << 30)) + 2));
        AssertFair(5, () => (int)(stream.NextSingle() * 5));
        var bytes = new byte[7];
        AssertFair(256, () =>
        {
            stream.NextBytes(bytes);
            return bytes[6];
        });

        static void AssertFair(int outcomes, Func<int> draw)
        {
            var counts = new int[outcomes];
            const int PerOutcome = 2000;
            for (var i = 0; i < outcomes * PerOutcome; i++)
                counts[draw()]++;
            var chiSquare = counts.Sum(count => Math.Pow(count - PerOutcome, 2) / PerOutcome);
            Assert.InRange(ChiSquared.CDF(outcomes - 1, chiSquare), 1e-4, 1 - 1e-4);
        }
    }

    [Fact]
    public void Ranges_of_one_number_give_that_number_and_reversed_ones_are_refused()
    {
        var stream = new RandomStream(62);
        Assert.Equal(0, stream.Next(1));
        Assert.Equal(0, stream.NextInt64(1));
        Assert.Equal(5, stream.NextInt64(5, 6));
        Assert.Equal(5, stream.NextInt64(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>("maxValue", () => stream.NextInt64(-1));
        Assert.Throws<ArgumentOutOfRangeException>("minValue", () => stream.NextInt64(2, 1));
    }

    [Fact]
    public void A_shuffle_is_a_permutation_and_repeats_with_the_seed()
    {
        var (first, second) = (Enumerable.Range(0, 50).ToArray(), Enumerable.Range(0, 50).ToArray());
        new RandomStream(63).Shuffle(first);
        new RandomStream(63).Shuffle(second);
        Assert.Equal(first, second);
        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.NotEqual(Enumerable.Range(0, 50), first);
    }
}
