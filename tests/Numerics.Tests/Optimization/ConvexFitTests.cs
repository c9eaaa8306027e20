using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Numerics.FixedPoints;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Optimization;
using Theory.Numerics.Sampling;

namespace Theory.Numerics.Tests.Optimization;

public class ConvexFitTests
{
    [Theory]
    [InlineData(60, 20)]
    [InlineData(20, 60)]
    public void Square_losses_give_ridge_regression(int n, int p)
    {
        var (x, y) = Data(n, p, 1);
        var fit = ConvexFit.Solve(x, (i, z, v) => Square(y[i], z, v), 0.3, new() { Tolerance = 1e-12 });
        var ridge = DenseAlgebra.RidgeSolve(x, new DenseVector(y), 0.3);
        Assert.Equal(SolverStatus.Converged, fit.Status);
        Assert.True((fit.Weights - ridge).InfinityNorm() < 1e-7);
    }

    [Theory]
    [InlineData(80, 20, 1, false)]
    [InlineData(80, 20, 0.01, true)]
    [InlineData(20, 80, 0.01, true)]
    [InlineData(60, 60, 1e-4, false)]
    public void Hinge_fits_close_the_gap_and_no_step_improves_them(int n, int p, double lambda, bool intercept)
    {
        var (x, y) = Data(n, p, 2);
        for (var i = 0; i < n; i++) y[i] = Math.Sign(y[i]);
        var fit = ConvexFit.Solve(x, (i, z, v) => Hinge(y[i], z, v), lambda, new() { IsSmooth = false, HasIntercept = intercept });
        Assert.Equal(SolverStatus.Converged, fit.Status);
        var random = new RandomStream(3);
        for (var trial = 0; trial < 50; trial++)
        {
            var w = fit.Weights.Map(c => c + 1e-3 * random.NextGaussian());
            var b = intercept ? fit.Intercept + 1e-3 * random.NextGaussian() : 0;
            Assert.True(Objective(x, y, w, b, lambda) >= fit.Objective - fit.Gap - 1e-12);
        }
        Assert.Equal(fit.Objective, Objective(x, y, fit.Weights, fit.Intercept, lambda), 1e-9);
    }

    [Fact]
    public void Two_points_have_the_maximal_margin_halfway()
    {
        // At small λ: w·(1, 0) = 1 and w·(−3, 0) = −1 with intercept: w = ½, b = ½.
        var x = DenseMatrix.OfArray(new double[,] { { 1, 0 }, { -3, 0 } });
        double[] y = [1, -1];
        var fit = ConvexFit.Solve(x, (i, z, v) => Hinge(y[i], z, v), 1e-3, new() { IsSmooth = false, HasIntercept = true, Tolerance = 1e-10 });
        Assert.Equal(0.5, fit.Weights[0], 1e-6);
        Assert.Equal(0, fit.Weights[1], 1e-6);
        Assert.Equal(0.5, fit.Intercept, 1e-6);
    }

    [Fact]
    public void A_ridge_that_is_not_positive_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConvexFit.Solve(DenseMatrix.Create(1, 1, 1), (_, z, v) => Square(0, z, v), 0));

    private static (DenseMatrix X, double[] Y) Data(int n, int p, ulong seed)
    {
        var random = new RandomStream(seed);
        var x = new DenseMatrix(n, p);
        random.FillGaussian(x.Values);
        var y = new double[n];
        random.FillGaussian(y);
        return (x, y);
    }

    private static double Objective(DenseMatrix x, double[] y, MathNet.Numerics.LinearAlgebra.Vector<double> w, double b, double lambda)
    {
        var z = x * w;
        var sum = 0.5 * lambda * w.DotProduct(w);
        for (var i = 0; i < y.Length; i++) sum += Math.Max(0, 1 - y[i] * (z[i] + b));
        return sum;
    }

    private static EnvelopePoint Square(double y, double z, double v)
    {
        var gradient = (z - y) / (1 + v);
        return new(z - v * gradient, 0.5 * gradient * gradient, gradient, 1 / (1 + v));
    }

    private static EnvelopePoint Hinge(double y, double z, double v)
    {
        var gap = 1 - y * z;
        if (gap <= 0) return new(z, 0, 0, 0);
        return gap < v ? new(y, 0, -y * gap / v, 1 / v) : new(z + y * v, gap - v, -y, 0);
    }
}
