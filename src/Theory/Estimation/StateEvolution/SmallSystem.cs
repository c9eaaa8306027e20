namespace Theory.Estimation;

/// <summary>Systems of a few linear equations, solved in place.</summary>
internal static class SmallSystem
{
    /// <summary>Gaussian elimination with partial pivoting on an n × (n + 1) array, row by row; the solution replaces the last column.</summary>
    public static void Solve(Span<double> augmented, int n)
    {
        var width = n + 1;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
                if (Math.Abs(augmented[row * width + column]) > Math.Abs(augmented[pivot * width + column])) pivot = row;
            for (var k = column; pivot != column && k < width; k++)
                (augmented[pivot * width + k], augmented[column * width + k]) = (augmented[column * width + k], augmented[pivot * width + k]);
            for (var row = 0; row < n; row++)
            {
                if (row == column) continue;
                var factor = augmented[row * width + column] / augmented[column * width + column];
                if (factor == 0) continue;
                for (var k = column; k < width; k++) augmented[row * width + k] -= factor * augmented[column * width + k];
            }
        }
        for (var row = 0; row < n; row++) augmented[row * width + n] /= augmented[row * width + row];
    }
}
