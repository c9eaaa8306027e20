using Theory.Numerics.Quadrature;

namespace Theory.Numerics.Tests.Quadrature;

public sealed class GaussHermiteTests
{
    private const double ReferenceRootWeight400 = 1.674546406260475802e-167;

    public static TheoryData<int> Orders => [1, 2, 3, 4, 5, 8, 13, 20, 21, 50, 64, 99, 128, 177, 200, 256, 301, 350, 379, 399, 400];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Hermite_polynomials_are_orthonormal_under_the_rule_up_to_its_order(int n)
    {
        var columns = WeightedHermite(n);
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                double product = 0;
                for (var i = 0; i < n; i++) product += columns[j][i] * columns[k][i];
                Assert.True(Math.Abs(product - (j == k ? 1 : 0)) < 1e-13, $"<h_{j}, h_{k}> = {product:R} under {n} nodes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Nodes_are_symmetric_to_the_last_bit_and_increase(int n)
    {
        var rule = GaussHermite.Rule(n);
        Assert.Equal(n, rule.Count);
        for (var i = 0; i < n; i++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(rule.Nodes[i]), BitConverter.DoubleToInt64Bits(0.0 - rule.Nodes[n - 1 - i]));
            Assert.Equal(rule.Weights[i], rule.Weights[n - 1 - i]);
            if (i > 0) Assert.True(rule.Nodes[i] > rule.Nodes[i - 1]);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Weights_sum_to_one(int n) => Assert.Equal(1, GaussHermite.Rule(n).Weights.Sum(), 4e-15);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    public void Rule_integrates_polynomials_up_to_degree_2n_minus_1_exactly_and_no_further(int n)
    {
        var rule = GaussHermite.Rule(n);
        double moment = 1;
        for (var degree = 0; degree < 2 * n; degree += 2)
        {
            Assert.Equal(1, rule.Integrate(z => Math.Pow(z, degree)) / moment, 1e-13);
            Assert.Equal(0, rule.Integrate(z => Math.Pow(z, degree + 1)) / (moment * (degree + 1)), 1e-13);
            moment *= degree + 1;
        }

        // The rule misses E z^{2n} by E[He_n²] = n!, the squared norm of its nodal polynomial.
        double factorial = 1;
        for (var k = 2; k <= n; k++) factorial *= k;
        Assert.Equal(factorial / moment, 1 - rule.Integrate(z => Math.Pow(z, 2 * n)) / moment, 1e-13);
    }

    [Theory]
    [InlineData(2, 1.0, 0.5)]
    [InlineData(3, 1.7320508075688772, 0.16666666666666666)]
    [InlineData(4, 2.334414218338977, 0.045875854768068486)]
    public void Small_rules_are_the_known_ones(int n, double largestNode, double itsWeight)
    {
        var rule = GaussHermite.Rule(n);
        Assert.Equal(largestNode, rule.Nodes[n - 1], 4.5e-16);
        Assert.Equal(itsWeight, rule.Weights[n - 1], 1.2e-16);
    }

    [Fact]
    public void Root_weights_survive_where_weights_underflow()
    {
        var rule = GaussHermite.Rule(400);
        Assert.Equal(0, rule.Weights[0]);
        // 60-digit value of the outermost weight's root.
        Assert.Equal(1, rule.RootWeights[0] / ReferenceRootWeight400, 2e-13);
    }

    [Fact]
    public void Smooth_expectations_converge_to_closed_forms() =>
        Assert.Equal(Math.Exp(-2) * Math.Cos(0.3), GaussHermite.Rule(60).Integrate(z => Math.Cos(2 * z + 0.3)), 1e-15);

    [Fact]
    public void Vectorised_and_scalar_integration_agree()
    {
        var rule = GaussHermite.Rule(40);
        var vectorised = rule.Integrate((z, values) =>
        {
            for (var i = 0; i < z.Length; i++) values[i] = Math.Exp(z[i]);
        });
        Assert.Equal(rule.Integrate(Math.Exp), vectorised, 1e-15);
    }

    [Fact]
    public void Physicists_rule_integrates_against_exp_of_minus_x_squared()
    {
        var rule = GaussHermite.ToPhysicists(GaussHermite.Rule(20));
        Assert.Equal(Math.Sqrt(Math.PI), rule.Weights.Sum(), 1e-14);
        Assert.Equal(Math.Sqrt(Math.PI) / 2, rule.Integrate(x => x * x), 1e-14);
        Assert.Equal(0.75 * Math.Sqrt(Math.PI), rule.Integrate(x => x * x * x * x), 1e-14);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(401)]
    public void Orders_outside_the_table_are_refused_by_name(int n) =>
        Assert.Contains("[1, 400]", Assert.Throws<ArgumentOutOfRangeException>("n", () => GaussHermite.Rule(n)).Message);

    /// <summary>√wᵢ ĥ_k(xᵢ), order by order.</summary>
    private static double[][] WeightedHermite(int n)
    {
        var rule = GaussHermite.Rule(n);
        var columns = Enumerable.Range(0, n).Select(_ => new double[n]).ToArray();
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            HermitePolynomial.Normalised(rule.Nodes[i], values);
            for (var k = 0; k < n; k++) columns[k][i] = rule.RootWeights[i] * values[k];
        }

        return columns;
    }
}
