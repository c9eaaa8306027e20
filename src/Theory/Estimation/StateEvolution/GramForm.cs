namespace Theory.Estimation;

/// <summary>Squared lengths of combinations of vectors with a given Gram matrix.</summary>
internal static class GramForm
{
    /// <summary>xᵀGx for an n × n matrix, row by row.</summary>
    public static double Square(ReadOnlySpan<double> gram, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            double row = 0;
            for (var k = 0; k < x.Length; k++) row += gram[i * x.Length + k] * x[k];
            sum += x[i] * row;
        }
        return sum;
    }
}
