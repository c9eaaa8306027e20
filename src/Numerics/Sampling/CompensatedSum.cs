namespace Theory.Numerics.Sampling;

/// <summary>Sums in the order of the data, independent of the width of vector registers, so that results are the same on every machine.</summary>
internal static class CompensatedSum
{
    /// <summary>Σ x_i² with the rounding of the products and of the sums carried along (Ogita, Rump &amp; Oishi 2005, Dot2).</summary>
    public static double OfSquares(ReadOnlySpan<double> values)
    {
        double sum = 0, compensation = 0;
        foreach (var x in values)
        {
            var square = x * x;
            var squareError = Math.FusedMultiplyAdd(x, x, -square);
            var next = sum + square;
            var virtualPart = next - sum;
            compensation += (sum - (next - virtualPart)) + (square - virtualPart) + squareError;
            sum = next;
        }

        return sum + compensation;
    }
}
