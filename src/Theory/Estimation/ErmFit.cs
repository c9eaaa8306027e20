using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Channels;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;

namespace Theory.Estimation;

/// <summary>Fits of experiments, and what they lose.</summary>
internal static class ErmFit
{
    /// <summary>argmin Σ ℓ + ½λ‖w‖²; at λ = 0 the limit λ → 0⁺, which is the hard margin for separable samples. With the loss by which the result is to be measured.</summary>
    public static (Vector<double> Weights, double Intercept, IMarginLoss Loss) Solve(IMarginLoss loss, DenseMatrix x, double[] y, bool binary, double lambda, bool intercept, string system)
    {
        if (lambda == 0 && loss is LogisticLoss or HingeLoss && SeparatingHyperplane(x, y, intercept, system) is var (w, b)) return (w, b, default(HardMarginLoss));
        var (weights, offset) = Fit(loss, x, y, binary, lambda, intercept, system);
        return (weights, offset, loss);
    }

    private static (Vector<double> Weights, double Intercept)? SeparatingHyperplane(DenseMatrix x, double[] y, bool intercept, string system)
    {
        // A logistic fit at next to no ridge separates what can be separated, and is far quicker than a hinge that cannot.
        var logistic = MarginFit.Solve(x, y, default(LogisticLoss), 1e-9, intercept, system);
        if (Enumerable.Range(0, y.Length).Any(i => y[i] * logistic.Fields[i] <= 0)) return null;
        try
        {
            return MarginFit.HardMargin(x, y, intercept, system);
        }
        catch (UnsupportedException)
        {
            return null;
        }
    }

    private static (Vector<double> Weights, double Intercept) Fit(IMarginLoss loss, DenseMatrix x, double[] y, bool binary, double lambda, bool intercept, string system)
    {
        if (loss is SquareLoss) return Ridge(x, y, lambda, intercept);
        if (loss is HardMarginLoss) return MarginFit.HardMargin(x, y, intercept, system);
        var ridge = lambda > 0 ? lambda : 1e-9;
        var fit = binary
            ? MarginFit.Solve(x, y, loss, ridge, intercept, system)
            : MarginFit.Regression(x, y, loss, ridge, intercept, system);
        return (fit.Weights, fit.Intercept);
    }

    /// <summary>Mean loss, fraction misclassified and mean squared error.</summary>
    public static (double Loss, double Misclassified, double SquaredError) Measure(IMarginLoss loss, DenseMatrix x, double[] y, Vector<double> weights, double intercept)
    {
        var fields = DenseAlgebra.Multiply(x, weights);
        double total = 0, errors = 0, squares = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var field = fields[i] + intercept;
            var residual = y[i] - field;
            squares += residual * residual;
            if (y[i] * field <= 0) errors++;
            // A hard margin is met up to the accuracy of the fit.
            total += loss switch
            {
                HardMarginLoss => 0,
                SquareLoss or HuberLoss or ResidualLoss => loss.Value(1 - residual),
                _ => loss.Value(y[i] * field),
            };
        }
        return (total / y.Length, errors / y.Length, squares / y.Length);
    }

    private static (Vector<double> Weights, double Intercept) Ridge(DenseMatrix x, double[] y, double lambda, bool intercept)
    {
        if (!intercept) return (DenseAlgebra.RidgeSolve(x, new DenseVector(y), lambda), 0);
        // An intercept that costs nothing makes the residuals sum to 0: the same as centring.
        var centre = x.ColumnSums() / x.RowCount;
        var centred = DenseMatrix.Create(x.RowCount, x.ColumnCount, (i, j) => x[i, j] - centre[j]);
        var mean = y.Average();
        var weights = DenseAlgebra.RidgeSolve(centred, new DenseVector(y) - mean, lambda);
        return (weights, mean - centre * weights);
    }
}
