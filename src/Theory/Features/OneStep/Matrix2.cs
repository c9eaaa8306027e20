namespace Theory.Features;

/// <summary>A 2 × 2 matrix.</summary>
internal readonly record struct Matrix2(double A11, double A12, double A21, double A22)
{
    /// <summary>The largest absolute entry.</summary>
    public double Size => Distance(default);

    public Matrix2 Inverse()
    {
        var determinant = A11 * A22 - A12 * A21;
        return new(A22 / determinant, -A12 / determinant, -A21 / determinant, A11 / determinant);
    }

    public double Distance(Matrix2 other) => Math.Max(
        Math.Max(Math.Abs(A11 - other.A11), Math.Abs(A12 - other.A12)), Math.Max(Math.Abs(A21 - other.A21), Math.Abs(A22 - other.A22)));

    public static Matrix2 operator +(Matrix2 x, Matrix2 y) => new(x.A11 + y.A11, x.A12 + y.A12, x.A21 + y.A21, x.A22 + y.A22);

    public static Matrix2 operator *(double factor, Matrix2 x) => new(factor * x.A11, factor * x.A12, factor * x.A21, factor * x.A22);

    public static Matrix2 operator *(Matrix2 x, Matrix2 y) => new(
        x.A11 * y.A11 + x.A12 * y.A21, x.A11 * y.A12 + x.A12 * y.A22, x.A21 * y.A11 + x.A22 * y.A21, x.A21 * y.A12 + x.A22 * y.A22);
}
