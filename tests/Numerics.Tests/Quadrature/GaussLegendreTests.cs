using Theory.Numerics.Quadrature;

namespace Theory.Numerics.Tests.Quadrature;

public sealed class GaussLegendreTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(99)]
    [InlineData(400)]
    public void Rule_integrates_polynomials_up_to_degree_2n_minus_1_exactly(int n)
    {
        var rule = GaussLegendre.Rule(n);
        for (var degree = 0; degree < 2 * n; degree += Math.Max(2, n / 8 * 2))
        {
            Assert.Equal(2.0 / (degree + 1), rule.Integrate(x => Math.Pow(x, degree)), 2e-15);
            Assert.Equal(0, rule.Integrate(x => Math.Pow(x, degree + 1)), 1e-16);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(77)]
    [InlineData(333)]
    public void Legendre_polynomials_are_orthogonal_under_the_rule(int n)
    {
        var rule = GaussLegendre.Rule(n);
        var table = rule.Nodes.Select(x => Legendre(n, x)).ToArray();
        for (var j = 0; j < n; j += 1 + n / 20)
        {
            for (var k = 0; k < n; k++)
            {
                double product = 0;
                for (var i = 0; i < n; i++) product += rule.Weights[i] * table[i][j] * table[i][k];
                Assert.Equal(j == k ? 1 : 0, Math.Sqrt((j + 0.5) * (k + 0.5)) * product, 1e-13);
            }
        }
    }

    [Fact]
    public void Two_point_rule_has_nodes_at_plus_minus_one_over_root_three()
    {
        Assert.Equal(1 / Math.Sqrt(3), GaussLegendre.Rule(2).Nodes[1], 1.2e-16);
        Assert.Equal(1, GaussLegendre.Rule(2).Weights[0], 1e-15);
    }

    [Fact]
    public void Nodes_are_symmetric_to_the_last_bit()
    {
        for (var n = 1; n <= GaussLegendre.MaxCount; n += 7)
        {
            var nodes = GaussLegendre.Rule(n).Nodes;
            for (var i = 0; i < n; i++) Assert.Equal(0.0, nodes[i] + nodes[n - 1 - i]);
        }
    }

    [Fact]
    public void Rule_on_an_interval_integrates_there() =>
        Assert.Equal(Math.Exp(3) - Math.Exp(-1), GaussLegendre.Rule(20, -1, 3).Integrate(Math.Exp), 2e-14);

    [Fact]
    public void Embedded_pair_contains_the_ten_point_rule_and_is_exact_to_degree_31()
    {
        var gauss = GaussLegendre.Rule(10);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(gauss.Nodes[9 - i], KronrodPair.Nodes[2 * i + 1], 1.2e-16);
            Assert.Equal(gauss.Weights[9 - i], KronrodPair.Gauss[2 * i + 1], 1.2e-16);
        }

        for (var degree = 0; degree <= 30; degree += 2)
        {
            var sum = degree == 0 ? KronrodPair.Kronrod[10] : 0;
            for (var i = 0; i < 10; i++) sum += 2 * KronrodPair.Kronrod[i] * Math.Pow(KronrodPair.Nodes[i], degree);
            Assert.Equal(2.0 / (degree + 1), sum, 5e-16);
        }
    }

    [Fact]
    public void Illegal_orders_and_intervals_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("n", () => GaussLegendre.Rule(0));
        Assert.Throws<ArgumentOutOfRangeException>("n", () => GaussLegendre.Rule(401));
        Assert.Throws<ArgumentOutOfRangeException>("upper", () => GaussLegendre.Rule(5, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("upper", () => GaussLegendre.Rule(5, 0, double.PositiveInfinity));
    }

    private static double[] Legendre(int count, double x)
    {
        var p = new double[Math.Max(2, count)];
        (p[0], p[1]) = (1, x);
        for (var k = 1; k + 1 < count; k++) p[k + 1] = ((2 * k + 1) * x * p[k] - k * p[k - 1]) / (k + 1);
        return p;
    }
}
