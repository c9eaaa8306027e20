using MathNet.Numerics.LinearAlgebra;
using Theory.Hermite.Tensors;
using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>Labels that are quadratic forms plus a constant, in their principal axes: Σ λ_i z_i².</summary>
internal static class QuadraticForm
{
    /// <summary>The diagonal form, or <see langword="null"/> when the label is not a quadratic form.</summary>
    internal static Expression? Diagonalise(Expression label)
    {
        if (PolynomialConversion.TryConvert(label) is not { Degree: 2 } polynomial || polynomial.Terms.Any(term => term.Key.Degree == 1))
            return null;
        var matrix = Matrix<double>.Build.Dense(polynomial.VariableCount, polynomial.VariableCount);
        foreach (var (index, coefficient) in polynomial.Terms.Where(term => term.Key.Degree == 2))
        {
            var where = Enumerable.Range(0, polynomial.VariableCount).Where(i => index[i] > 0).ToArray();
            matrix[where[0], where[^1]] += 0.5 * coefficient.ToDouble();
            matrix[where[^1], where[0]] += 0.5 * coefficient.ToDouble();
        }
        var values = matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).ToArray();
        var largest = values.Max(Math.Abs);
        // Rounded to a common grid, so that equal eigenvalues are equal. The scale stays: noise is measured against it.
        return values.Select((value, i) => Expression.OfRational(Rational.FromDouble(Math.Round(value / largest, 13) * largest)) * Expression.OfVariable(i + 1).Pow(2))
            .Aggregate((a, b) => a + b);
    }
}
