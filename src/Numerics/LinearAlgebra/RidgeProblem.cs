using System.Numerics.Tensors;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>min ‖y − Xa‖² + λ‖a‖² with X dense, n × p and column-major; the method is described at <see cref="DenseAlgebra.RidgeSolve"/>.</summary>
internal sealed class RidgeProblem(double[] x, int n, int p, double[] y, double lambda)
{
    private const double RefinementTolerance = 1e-9;
    private const int Refinements = 3;

    // The squared ratio of the pivots bounds the condition number of the Gram matrix from below; beyond this the
    // factor of an exactly singular matrix, whose last pivots are rounding errors, could be taken for a regular one.
    private const double LargestCondition = 1e11;

    private readonly bool _primal = p <= n;
    private readonly int _order = Math.Min(n, p);

    public double[] Solve() => ByCholesky() ?? BySingularValues();

    /// <summary>The solution, or <see langword="null"/> when it cannot be vouched for.</summary>
    private double[]? ByCholesky()
    {
        var factor = DenseAlgebra.Gram(x, n, p, outer: !_primal);
        for (var i = 0; i < _order; i++)
            factor[i * (_order + 1)] += lambda;
        if (!TensorPrimitives.IsFiniteAll<double>(factor) || DenseAlgebra.TryCholesky(factor, _order) is not null || Condition(factor) > LargestCondition)
            return null;

        // The unknown u is a in the primal and α, with a = Xᵀα, in the dual.
        var unknown = new double[_order];
        var coefficients = new double[p];
        for (var step = 0; step <= Refinements; step++)
        {
            var correction = Residual(unknown, coefficients);
            DenseAlgebra.Kernel.CholeskySolveFactored(factor, _order, correction, 1);
            TensorPrimitives.Add(unknown, correction, unknown);
            UpdateCoefficients(unknown, coefficients);
            if (step > 0 && TensorPrimitives.Norm<double>(correction) <= RefinementTolerance * TensorPrimitives.Norm<double>(unknown))
                return coefficients;
        }

        return null;
    }

    /// <summary>Primal: Xᵀ(y − Xa) − λa. Dual: y − XXᵀα − λα.</summary>
    private double[] Residual(double[] unknown, double[] coefficients)
    {
        var fitted = new double[n];
        ColumnMajorArray.Multiply(x, n, coefficients, fitted);
        var residual = new double[n];
        TensorPrimitives.Subtract(y, fitted, residual);
        if (_primal)
        {
            var gradient = new double[p];
            ColumnMajorArray.TransposeMultiply(x, n, residual, gradient);
            residual = gradient;
        }

        TensorPrimitives.MultiplyAdd(unknown, -lambda, residual, residual);
        return residual;
    }

    private void UpdateCoefficients(double[] unknown, double[] coefficients)
    {
        if (_primal)
            unknown.CopyTo(coefficients, 0);
        else
            ColumnMajorArray.TransposeMultiply(x, n, unknown, coefficients);
    }

    private double Condition(double[] factor)
    {
        var (least, greatest) = (double.PositiveInfinity, 0.0);
        for (var i = 0; i < _order; i++)
        {
            var pivot = factor[i * (_order + 1)];
            (least, greatest) = (Math.Min(least, pivot), Math.Max(greatest, pivot));
        }

        return greatest / least * (greatest / least);
    }

    /// <summary>
    /// a = Σ_k v_k (u_kᵀy) σ_k/(σ_k² + λ), which does not square the condition number. X, or Xᵀ if X is wide, is first reduced to a
    /// triangle of order min(n, p) by X = QR, so that no square matrix of order max(n, p) is formed.
    /// </summary>
    private double[] BySingularValues()
    {
        var qr = _primal ? new ThinQr((double[])x.Clone(), n, p) : new ThinQr(ColumnMajorArray.Transposed(x, n, p), p, n);
        var core = _primal ? qr.R : ColumnMajorArray.Transposed(qr.R, _order, _order);
        var (s, u, vt) = (new double[_order], new double[core.Length], new double[core.Length]);
        DenseAlgebra.Kernel.SingularValueDecomposition(true, core, _order, _order, s, u, vt);
        return _primal ? Filter(s, u, vt, qr.TransposeMultiply(y)) : qr.Multiply(Filter(s, u, vt, y));
    }

    private double[] Filter(double[] s, double[] u, double[] vt, double[] target)
    {
        var cutoff = lambda > 0 ? 0 : Math.Max(n, p) * Math.ScaleB(1, -52) * s[0];
        var weights = new double[_order];
        for (var k = 0; k < _order; k++)
        {
            if (s[k] > cutoff)
                weights[k] = TensorPrimitives.Dot(u.AsSpan(k * _order, _order), target) / (s[k] + lambda / s[k]);
        }

        var result = new double[_order];
        ColumnMajorArray.TransposeMultiply(vt, _order, weights, result);
        return result;
    }
}
