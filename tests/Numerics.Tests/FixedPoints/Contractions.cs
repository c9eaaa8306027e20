using FsCheck;
using FsCheck.Fluent;

namespace Theory.Numerics.Tests.FixedPoints;

/// <summary>F(x) = tanh-bent or linear map with ‖F′‖∞ ≤ 0.9 everywhere, hence with exactly one fixed point.</summary>
public sealed record Contraction(double[,] Matrix, double[] Shift, bool IsLinear)
{
    public int Dimension => Shift.Length;

    public void Evaluate(ReadOnlySpan<double> x, Span<double> image)
    {
        for (var i = 0; i < Dimension; i++)
        {
            double sum = 0;
            for (var j = 0; j < Dimension; j++) sum += Matrix[i, j] * x[j];
            image[i] = Shift[i] + (IsLinear ? sum : Math.Tanh(sum));
        }
    }

    public void Differentiate(ReadOnlySpan<double> x, Span<double> jacobian)
    {
        for (var i = 0; i < Dimension; i++)
        {
            double sum = 0;
            for (var j = 0; j < Dimension; j++) sum += Matrix[i, j] * x[j];
            var slope = IsLinear ? 1 : 1 - Math.Tanh(sum) * Math.Tanh(sum);
            for (var j = 0; j < Dimension; j++) jacobian[i * Dimension + j] = slope * Matrix[i, j];
        }
    }

    public double Residual(double[] x)
    {
        var image = new double[Dimension];
        Evaluate(x, image);
        return x.Zip(image, (a, b) => Math.Abs(b - a) / Math.Max(1, Math.Abs(a))).Max();
    }

    public override string ToString() => $"{(IsLinear ? "linear" : "tanh")} contraction of dimension {Dimension}";
}

public static class Contractions
{
    public static Arbitrary<Contraction> All() => (
        from n in Gen.Choose(1, 8)
        from entries in Gen.Choose(-1000, 1000).ArrayOf(n * n)
        from shift in Gen.Choose(-3000, 3000).ArrayOf(n)
        from factor in Gen.Choose(0, 900)
        from isLinear in Gen.Elements(true, false)
        select Make(n, entries, shift, factor / 1000.0, isLinear)).ToArbitrary();

    private static Contraction Make(int n, int[] entries, int[] shift, double factor, bool isLinear)
    {
        var matrix = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            var sum = Math.Max(1, Enumerable.Range(0, n).Sum(j => Math.Abs(entries[i * n + j])));
            for (var j = 0; j < n; j++) matrix[i, j] = factor * entries[i * n + j] / sum;
        }

        return new(matrix, [.. shift.Select(s => s / 1000.0)], isLinear);
    }
}
