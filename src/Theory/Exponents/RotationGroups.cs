using Theory.Symbolics;

namespace Theory.Exponents;

/// <summary>
/// Groups of variables in which the label is invariant under rotations, so that it depends on their length only: |z|² and functions of it.
/// The invariance is tested at points; structure alone would miss (z1²+z2²)² written out.
/// </summary>
internal static class RotationGroups
{
    /// <summary>A partition of the variables; groups of one are variables without partner.</summary>
    internal static int[][] Of(Expression label, int variables)
    {
        List<List<int>> groups = [];
        for (var i = 0; i < variables; i++)
        {
            var home = groups.Find(group => IsInvariant(label, variables, group[0], i));
            if (home is null)
                groups.Add([i]);
            else
                home.Add(i);
        }
        return [.. groups.Select(group => group.ToArray())];
    }

    private static bool IsInvariant(Expression label, int variables, int first, int second)
    {
        var point = new double[variables];
        // Fixed, irregular points and angles: an accidental invariance at all of them is out of the question.
        for (var trial = 0; trial < 24; trial++)
        {
            for (var i = 0; i < variables; i++)
                point[i] = 2.3 * Math.Sin((7.1 * trial) + (3.7 * i) + 0.4) + (0.31 * Math.Cos(11.3 * trial * (i + 1)));
            var before = label.Evaluate(point);
            var (c, s) = (Math.Cos(0.83 + (1.7 * trial)), Math.Sin(0.83 + (1.7 * trial)));
            (point[first], point[second]) = ((c * point[first]) - (s * point[second]), (s * point[first]) + (c * point[second]));
            if (!(Math.Abs(label.Evaluate(point) - before) <= 1e-11 * Math.Max(1, Math.Abs(before))))
                return false;
        }
        return true;
    }
}
