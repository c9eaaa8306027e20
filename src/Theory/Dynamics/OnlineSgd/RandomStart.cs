using System.Collections.Immutable;
using Theory.Numerics.Sampling;

namespace Theory.Dynamics;

/// <summary>Overlaps of students drawn uniformly from the unit sphere in d dimensions with k orthonormal teachers: exactly in law, at a cost that does not depend on d.</summary>
internal static class RandomStart
{
    public static (ImmutableArray<ImmutableArray<double>> Q, ImmutableArray<ImmutableArray<double>> M) Draw(int width, int teachers, double dimension, ulong seed)
    {
        // Gaussian vectors: k coordinates along the teachers, and the Bartlett factor of the Wishart matrix of the rest.
        var random = new RandomStream(seed);
        var length = teachers + width;
        var rows = new double[width][];
        for (var j = 0; j < width; j++)
        {
            var row = rows[j] = new double[length];
            random.FillGaussian(row.AsSpan(0, teachers + j));
            row[teachers + j] = Math.Sqrt(random.NextChiSquare(dimension - teachers - j));
            var norm = Math.Sqrt(row.Sum(x => x * x));
            for (var i = 0; i < length; i++) row[i] /= norm;
        }

        ImmutableArray<ImmutableArray<double>> q = [.. rows.Select((a, j) => rows.Select((b, i) => i == j ? 1 : Dot(a, b)).ToImmutableArray())];
        return (q, [.. rows.Select(row => row.Take(teachers).ToImmutableArray())]);
    }

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);
}
