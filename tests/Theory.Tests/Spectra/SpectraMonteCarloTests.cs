using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Theory.Numerics.LinearAlgebra;
using Theory.Numerics.Sampling;
using Theory.Spectra;

namespace Theory.Tests.Spectra;

/// <summary>
/// Predictions beside eigenvalues of real random matrices, seeded: means over 12 trials within 4 standard errors plus c/d, d the order of the matrix
/// and c = 2|m|/s² with s the distance of I − J to a singular matrix, as for the systems of this family.
/// </summary>
public class SpectraMonteCarloTests
{
    private const int Order = 100;
    private const int Trials = 12;

    private static readonly Complex[] Points = [new(1.5, 0.5), new(4, 1), new(-1, 0.3)];

    [Fact]
    public void Eigenvalues_of_matrices_with_a_variance_profile_are_as_predicted()
    {
        var s = Matrix<double>.Build.DenseOfArray(new[,] { { 1, 0.2, 3 }, { 0.5, 0, 1 } });
        Agrees(new VarianceProfile(s, [0.3, 0.7], [0.2, 0.3, 0.5], 0.5), random =>
        {
            var x = Gaussian(Order, 2 * Order, random);
            x.MapIndexedInplace((i, j, entry) => entry * Math.Sqrt(s[i < 30 ? 0 : 1, j < 40 ? 0 : j < 100 ? 1 : 2] / (2 * Order)), Zeros.Include);
            return DenseAlgebra.OuterGram(x);
        });
    }

    [Fact]
    public void Eigenvalues_of_mixtures_of_classes_are_as_predicted()
    {
        var (first, second) = (ClassCovarianceTests.Random(Order, 11), 3 * ClassCovarianceTests.Random(Order, 12));
        var (a, b) = (first.Cholesky().Factor, second.Cholesky().Factor);
        Agrees(new ClassCovariance([first, second], [0.4, 0.6], 0.5), random =>
        {
            var (x, y) = (a * Gaussian(Order, 80, random), b * Gaussian(Order, 120, random));
            return DenseAlgebra.OuterGram(x.Append(y)) / 200;
        });
    }

    [Fact]
    public void Eigenvalues_of_sums_of_rotated_matrices_are_as_predicted()
    {
        var (first, second) = (new DiscreteLaw([-3, 0, 4], [0.2, 0.5, 0.3]), new DiscreteLaw([-1, 0.3, 1], [0.4, 0.1, 0.5]));
        Agrees(new FreeAdditiveConvolution(first, second), random => Diagonal(first) + Rotated(second, random));
        Agrees(new FreeAdditiveConvolution(first, second, FreeLaw.Semicircle(0.5), FreeLaw.MarchenkoPastur(2, 0.5)), random =>
            Diagonal(first) + Rotated(second, random) + Math.Sqrt(0.5) * Wigner(random) + 0.5 * Wishart(2, random));
        Agrees(new FreeAdditiveConvolution(first, FreeLaw.Semicircle(0.5), FreeLaw.MarchenkoPastur(0.5)), random =>
            Diagonal(first) + Math.Sqrt(0.5) * Wigner(random) + Wishart(0.5, random));
    }

    [Fact]
    public void Eigenvalues_of_products_of_rotated_matrices_are_as_predicted()
    {
        var (first, second) = (new DiscreteLaw([0, 1, 4], [0.2, 0.5, 0.3]), new DiscreteLaw([0.5, 1, 3], [0.4, 0.1, 0.5]));
        Agrees(new FreeMultiplicativeConvolution(first, second), random => Product(first, Rotated(second, random)));
        Agrees(new FreeMultiplicativeConvolution(second, FreeLaw.MarchenkoPastur(2)), random => Product(second, Wishart(2, random)));
        Agrees(new FreeMultiplicativeConvolution(FreeLaw.MarchenkoPastur(0.5), FreeLaw.MarchenkoPastur(0.8)), random =>
        {
            // A Wishart matrix between the factor of another one.
            var x = Gaussian(Order, 125, random) / Math.Sqrt(125);
            var y = Gaussian(Order, 200, random) / Math.Sqrt(200);
            var factor = DenseAlgebra.OuterGram(x).Cholesky().Factor;
            return DenseAlgebra.OuterGram(factor.Transpose() * y);
        });
    }

    [Fact]
    public void Eigenvalues_of_information_plus_noise_are_as_predicted()
    {
        var law = new DiscreteLaw([0, 1, 6], [0.2, 0.5, 0.3]);
        Agrees(new InformationPlusNoise(law, 0.5, 0.7), random =>
        {
            var y = Information(law, 2 * Order) + Math.Sqrt(0.7) * Gaussian(Order, 2 * Order, random);
            return DenseAlgebra.OuterGram(y) / (2 * Order);
        });
    }

    [Fact]
    public void Signals_emerge_from_information_and_noise_as_predicted()
    {
        var law = new DiscreteLaw([0, 1], [0.5, 0.5]);
        const double signal = 8;
        const int columns = 2 * Order;
        var predicted = new InformationPlusNoise(law, 0.5).Outlier(signal);
        var (position, left, right) = (new RunningEstimate(), new RunningEstimate(), new RunningEstimate());
        for (var trial = 0ul; trial < 24; trial++)
        {
            var information = Information(law, columns);
            information[0, 0] = Math.Sqrt(signal * columns);
            var y = information + Gaussian(Order, columns, new RandomStream(5, trial));
            var (values, vectors) = DenseAlgebra.SymmetricEigen(DenseAlgebra.OuterGram(y) / columns);
            var vector = vectors.Column(Order - 1);
            position.Add(values[Order - 1]);
            left.Add(vector[0] * vector[0]);
            var dual = y.TransposeThisAndMultiply(vector);
            right.Add(dual[0] * dual[0] / dual.DotProduct(dual));
        }
        Near(predicted.Position!.Value, position, 20);
        Near(predicted.LeftSquaredOverlap, left, 1);
        Near(predicted.RightSquaredOverlap, right, 1);
    }

    private static void Agrees(IDysonModel model, Func<RandomStream, Matrix<double>> draw)
    {
        var (real, imaginary) = (Points.Select(_ => new RunningEstimate()).ToArray(), Points.Select(_ => new RunningEstimate()).ToArray());
        for (var trial = 0ul; trial < Trials; trial++)
        {
            var eigenvalues = DenseAlgebra.SymmetricEigenvalues(draw(new RandomStream(3, trial)));
            for (var k = 0; k < Points.Length; k++)
            {
                var m = eigenvalues.Select(x => 1 / (x - Points[k])).Aggregate((a, b) => a + b) / eigenvalues.Count;
                real[k].Add(m.Real);
                imaginary[k].Add(m.Imaginary);
            }
        }
        for (var k = 0; k < Points.Length; k++)
        {
            var solution = DysonSolver.Solve(model, Points[k]);
            var constant = 2 * Complex.Abs(solution.StieltjesTransform) / Math.Pow(Math.Min(1, solution.Stability), 2);
            Near(solution.StieltjesTransform.Real, real[k], constant);
            Near(solution.StieltjesTransform.Imaginary, imaginary[k], constant);
        }
    }

    private static void Near(double predicted, RunningEstimate measured, double constant) =>
        Assert.True(Math.Abs(measured.Mean - predicted) <= 4 * measured.StandardError + constant / Order, $"predicted {predicted}, measured {measured}, c = {constant}");

    private static Matrix<double> Gaussian(int rows, int columns, RandomStream random)
    {
        var values = new double[rows * columns];
        random.FillGaussian(values);
        return Matrix<double>.Build.Dense(rows, columns, values);
    }

    private static Matrix<double> Wigner(RandomStream random)
    {
        var x = Gaussian(Order, Order, random);
        return (x + x.Transpose()) / Math.Sqrt(2 * Order);
    }

    private static Matrix<double> Wishart(double c, RandomStream random)
    {
        var n = (int)(Order / c);
        return DenseAlgebra.OuterGram(Gaussian(Order, n, random)) / n;
    }

    private static double[] Quota(DiscreteLaw law) => [.. law.Atoms.SelectMany((t, l) => Enumerable.Repeat(t, (int)Math.Round(law.Weights[l] * Order)))];

    private static Matrix<double> Diagonal(DiscreteLaw law) => Matrix<double>.Build.DenseOfDiagonalArray(Quota(law));

    private static Matrix<double> Rotated(DiscreteLaw law, RandomStream random)
    {
        // Eigenvectors of a Gaussian symmetric matrix are uniform.
        var rotation = DenseAlgebra.SymmetricEigen(Wigner(random)).Vectors;
        return rotation * Diagonal(law) * rotation.Transpose();
    }

    private static Matrix<double> Product(DiscreteLaw law, Matrix<double> other)
    {
        var root = Diagonal(law).PointwiseSqrt();
        return root * other * root;
    }

    private static Matrix<double> Information(DiscreteLaw law, int columns)
    {
        var values = Quota(law);
        return Matrix<double>.Build.Dense(Order, columns, (i, j) => i == j ? Math.Sqrt(values[i] * columns) : 0);
    }
}
