using Theory.Numerics.Quadrature;

namespace Theory.Numerics.Tests.Quadrature;

public sealed class HermitePolynomialTests
{
    [Fact]
    public void Low_orders_are_the_textbook_polynomials()
    {
        foreach (var z in new[] { -2.5, 0, 0.3, 4 })
        {
            Assert.Equal(z * z - 1, HermitePolynomial.Raw(2, z), 1e-15);
            Assert.Equal(z * z * z - 3 * z, HermitePolynomial.Raw(3, z), 1e-13);
            Assert.Equal(z * z * z * z - 6 * z * z + 3, HermitePolynomial.Raw(4, z), 1e-13);
        }
    }

    [Fact]
    public void Normalised_is_raw_over_root_factorial()
    {
        double factorial = 1;
        for (var k = 0; k <= 20; k++)
        {
            factorial *= Math.Max(1, k);
            Assert.Equal(HermitePolynomial.Raw(k, 1.7) / Math.Sqrt(factorial), HermitePolynomial.Normalised(k, 1.7), 1e-14);
        }
    }

    [Fact]
    public void Order_1000_does_not_overflow_and_stays_below_Cramers_bound()
    {
        for (double z = -50; z <= 50; z += 0.37)
        {
            var value = HermitePolynomial.Normalised(1000, z);
            Assert.True(Math.Abs(value) <= 1.0865 * Math.Exp(z * z / 4), $"z = {z}: {value}");
        }
    }

    [Fact]
    public void Raw_overflows_to_infinity_and_never_to_NaN() => Assert.True(double.IsInfinity(HermitePolynomial.Raw(1000, 3.1)));

    [Fact]
    public void Normalised_table_equals_the_scalar_recurrence_at_every_point_and_order()
    {
        double[] z = [.. Enumerable.Range(0, 37).Select(i => -6 + i / 3.0)];
        var table = new double[60 * z.Length];
        HermitePolynomial.Normalised(z, 60, table);
        var column = new double[60];
        for (var i = 0; i < z.Length; i++)
        {
            HermitePolynomial.Normalised(z[i], column);
            for (var k = 0; k < 60; k++)
            {
                Assert.Equal(column[k], table[k * z.Length + i], 1e-12 * Math.Exp(z[i] * z[i] / 4));
                Assert.Equal(column[k], HermitePolynomial.Normalised(k, z[i]), 1e-12 * Math.Exp(z[i] * z[i] / 4));
            }
        }
    }

    [Fact]
    public void Mehler_sum_reproduces_its_closed_form()
    {
        // Σ ρ^k ĥ_k(x) ĥ_k(y) = (1−ρ²)^{−1/2} exp(−(ρ²x² − 2ρxy + ρ²y²)/(2(1−ρ²))).
        var (rho, x, y) = (0.8, 1.3, -0.4);
        double sum = 0;
        for (var k = 0; k < 300; k++) sum += Math.Pow(rho, k) * HermitePolynomial.Normalised(k, x) * HermitePolynomial.Normalised(k, y);
        var s = 1 - rho * rho;
        Assert.Equal(Math.Exp(-(rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * s)) / Math.Sqrt(s), sum, 1e-14);
    }

    [Fact]
    public void Illegal_arguments_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("k", () => HermitePolynomial.Normalised(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => HermitePolynomial.Raw(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("orders", () => HermitePolynomial.Normalised([0.0], 0, []));
        Assert.Throws<ArgumentException>("table", () => HermitePolynomial.Normalised([0.0], 2, new double[3]));
    }
}
