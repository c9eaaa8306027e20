using System.Collections.Immutable;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;

namespace Theory.Spectra;

/// <summary>Covariances that commute, in their common eigenvectors.</summary>
internal sealed class JointEigenvalues(double[] weights, double[][] eigenvalues) : IClassResolvent
{
    private readonly Complex[] resolvent = new Complex[weights.Length];

    public int Classes => eigenvalues.Length;

    public static JointEigenvalues Of(Matrix<double> eigenvalues, ImmutableArray<double> weights)
    {
        Guard.NotNull(eigenvalues, nameof(eigenvalues));
        foreach (var t in eigenvalues.Enumerate()) Guard.In(t, ParameterRange.NonNegative, nameof(eigenvalues));
        if (weights.IsDefault || weights.Length != eigenvalues.RowCount)
            throw new ArgumentException($"weights must have {eigenvalues.RowCount} numbers, one for each row of eigenvalues; got {(weights.IsDefault ? 0 : weights.Length)}.", nameof(weights));
        foreach (var weight in weights) Guard.In(weight, ParameterRange.NonNegative, nameof(weights));
        var sum = weights.Sum();
        if (Math.Abs(sum - 1) > 1e-9) throw Guard.OutOfRange(nameof(weights), sum, "must sum to 1 within 1e-9");
        int[] present = [.. Enumerable.Range(0, weights.Length).Where(l => weights[l] > 0)];
        var joint = new JointEigenvalues([.. present.Select(l => weights[l])], [.. Enumerable.Range(0, eigenvalues.ColumnCount).Select(a => present.Select(l => eigenvalues[l, a]).ToArray())]);
        for (var a = 0; a < joint.Classes; a++) Guard.In(joint.MeanTrace(a), ParameterRange.Positive, nameof(eigenvalues));
        return joint;
    }

    public double MeanTrace(int a) => weights.Zip(eigenvalues[a], (w, t) => w * t).Sum();

    public double MeanProduct(int a, int b) => weights.Select((w, l) => w * eigenvalues[a][l] * eigenvalues[b][l]).Sum();

    public void Resolve(Complex z, ReadOnlySpan<Complex> coefficients)
    {
        for (var l = 0; l < weights.Length; l++)
        {
            var sum = -z;
            for (var a = 0; a < coefficients.Length; a++) sum += coefficients[a] * eigenvalues[a][l];
            resolvent[l] = 1 / sum;
        }
    }

    public Complex Trace()
    {
        var sum = Complex.Zero;
        for (var l = 0; l < weights.Length; l++) sum += weights[l] * resolvent[l];
        return sum;
    }

    public void Traces(Span<Complex> destination)
    {
        for (var a = 0; a < destination.Length; a++)
        {
            destination[a] = 0;
            for (var l = 0; l < weights.Length; l++) destination[a] += weights[l] * eigenvalues[a][l] * resolvent[l];
        }
    }

    public void SquareTraces(Span<Complex> destination)
    {
        for (var a = 0; a < destination.Length; a++)
        {
            destination[a] = 0;
            for (var l = 0; l < weights.Length; l++) destination[a] += weights[l] * eigenvalues[a][l] * resolvent[l] * resolvent[l];
        }
    }

    public void PairTraces(Span<Complex> destination)
    {
        destination.Clear();
        for (var l = 0; l < weights.Length; l++)
        {
            var factor = weights[l] * resolvent[l] * resolvent[l];
            for (var a = 0; a < Classes; a++)
                for (var b = 0; b < Classes; b++) destination[a * Classes + b] += factor * eigenvalues[a][l] * eigenvalues[b][l];
        }
    }
}
