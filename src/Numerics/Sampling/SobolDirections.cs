namespace Theory.Numerics.Sampling;

/// <summary>
/// Direction numbers of the Sobol sequence: coordinate 0 is van der Corput's, each other one has a primitive polynomial over GF(2), written as the binary number of its coefficients, and odd initial
/// numbers m_j &lt; 2^j. The initial numbers were chosen here, by a random search for small t of the pairs of coordinates at 2⁶, 2⁹, 2¹² and 2¹⁵ points; any odd ones give a digital sequence.
/// I. M. Sobol, USSR Comput. Math. Math. Phys. 7, 86 (1967); P. Bratley and B. L. Fox, ACM Trans. Math. Softw. 14, 88 (1988).
/// </summary>
internal static class SobolDirections
{
    /// <summary>Number of columns: up to 2²² points are distinct.</summary>
    public const int Columns = 22;

    private static readonly (int Polynomial, int[] Initial)[] Table =
    [
        (3, [1]), (7, [1, 3]), (11, [1, 1, 1]), (13, [1, 1, 1]), (19, [1, 1, 3, 5]), (25, [1, 1, 1, 5]), (37, [1, 1, 1, 3, 3]), (41, [1, 1, 1, 1, 7]), (47, [1, 1, 1, 3, 3]),
        (55, [1, 1, 3, 3, 7]), (59, [1, 1, 1, 7, 5]), (61, [1, 1, 3, 1, 13]), (67, [1, 1, 3, 1, 7, 5]), (91, [1, 1, 3, 7, 3, 31]), (97, [1, 1, 3, 5, 3, 17]),
        (103, [1, 1, 3, 3, 7, 5]), (109, [1, 1, 1, 1, 9, 17]), (115, [1, 1, 3, 5, 9, 17]), (131, [1, 1, 1, 1, 9, 9, 33]), (137, [1, 1, 1, 3, 15, 27, 7]),
        (143, [1, 1, 3, 3, 3, 1, 11]), (145, [1, 1, 3, 7, 11, 5, 25]), (157, [1, 1, 1, 3, 7, 5, 47]), (167, [1, 1, 1, 1, 3, 25, 63]), (171, [1, 1, 1, 1, 3, 7, 25]),
        (185, [1, 1, 3, 5, 13, 23, 19]), (191, [1, 1, 1, 7, 9, 9, 27]), (193, [1, 1, 1, 1, 5, 3, 9]), (203, [1, 1, 3, 1, 11, 31, 7]), (211, [1, 1, 3, 7, 3, 27, 3]),
        (213, [1, 1, 3, 1, 13, 31, 13]), (229, [1, 1, 3, 3, 15, 1, 47]), (239, [1, 1, 3, 3, 15, 13, 11]), (241, [1, 1, 3, 5, 13, 17, 7]), (247, [1, 1, 1, 7, 7, 9, 1]),
        (253, [1, 1, 3, 7, 5, 3, 37]), (285, [1, 1, 3, 7, 5, 15, 5, 127]), (299, [1, 1, 3, 1, 3, 17, 41, 59]), (301, [1, 1, 3, 3, 5, 11, 29, 45]),
        (333, [1, 1, 1, 7, 15, 17, 15, 31]), (351, [1, 1, 1, 5, 3, 11, 9, 83]), (355, [1, 1, 3, 5, 9, 15, 11, 73]), (357, [1, 1, 1, 5, 11, 27, 21, 75]),
        (361, [1, 1, 3, 1, 1, 19, 1, 77]), (369, [1, 1, 3, 1, 7, 25, 29, 105]), (391, [1, 1, 3, 3, 3, 5, 47, 77]), (397, [1, 1, 3, 1, 13, 25, 29, 71]),
        (425, [1, 1, 3, 1, 15, 27, 63, 49]), (451, [1, 1, 3, 7, 11, 31, 17, 77]), (463, [1, 1, 1, 7, 3, 29, 17, 29]), (487, [1, 1, 1, 1, 5, 25, 61, 41]),
        (501, [1, 1, 1, 1, 5, 3, 11, 19]), (529, [1, 1, 3, 7, 11, 9, 43, 59, 133]), (539, [1, 1, 1, 5, 7, 21, 55, 71, 153]), (545, [1, 1, 3, 7, 7, 13, 15, 23, 17]),
        (557, [1, 1, 1, 3, 3, 23, 27, 43, 187]), (563, [1, 1, 3, 7, 3, 5, 29, 19, 7]), (601, [1, 1, 1, 5, 9, 21, 27, 39, 119]), (607, [1, 1, 1, 1, 3, 27, 17, 107, 181]),
        (617, [1, 1, 3, 5, 7, 19, 51, 53, 65]), (623, [1, 1, 3, 1, 9, 31, 3, 29, 243]), (631, [1, 1, 1, 1, 3, 25, 57, 79, 77]), (637, [1, 1, 3, 3, 5, 15, 31, 31, 145]),
        (647, [1, 1, 1, 7, 1, 3, 59, 29, 247]), (661, [1, 1, 3, 3, 11, 23, 39, 27, 23]), (675, [1, 1, 1, 1, 5, 9, 21, 83, 55]), (677, [1, 1, 3, 1, 3, 13, 33, 37, 35]),
        (687, [1, 1, 3, 5, 5, 7, 31, 43, 147]), (695, [1, 1, 3, 3, 11, 3, 9, 57, 247]), (701, [1, 1, 1, 1, 13, 1, 21, 3, 185]), (719, [1, 1, 1, 1, 5, 25, 53, 19, 241]),
        (721, [1, 1, 3, 3, 11, 21, 63, 37, 97]), (731, [1, 1, 3, 5, 5, 11, 7, 57, 237]), (757, [1, 1, 1, 3, 11, 1, 33, 11, 19]), (761, [1, 1, 1, 3, 13, 5, 23, 75, 183]),
        (787, [1, 1, 1, 7, 1, 27, 17, 67, 141]), (789, [1, 1, 3, 1, 5, 1, 41, 123, 225]), (799, [1, 1, 1, 3, 9, 3, 11, 15, 83]), (803, [1, 1, 3, 7, 7, 17, 5, 113, 245]),
        (817, [1, 1, 1, 3, 3, 13, 15, 61, 57]),
    ];

    /// <summary>Number of coordinates.</summary>
    public static int Count => Table.Length + 1;

    /// <summary>The columns of a coordinate's generator matrix, the first binary digit in the highest of <see cref="Columns"/> bits.</summary>
    public static uint[] Of(int coordinate)
    {
        var m = new uint[Columns];
        if (coordinate == 0)
        {
            Array.Fill(m, 1u);
        }
        else
        {
            var (polynomial, initial) = Table[coordinate - 1];
            var degree = initial.Length;
            for (var j = 0; j < Columns; j++)
            {
                if (j < degree)
                {
                    m[j] = (uint)initial[j];
                    continue;
                }
                m[j] = m[j - degree] ^ (m[j - degree] << degree);
                for (var i = 1; i < degree; i++)
                    if (((polynomial >> (degree - i)) & 1) == 1) m[j] ^= m[j - i] << i;
            }
        }
        for (var j = 0; j < Columns; j++) m[j] <<= Columns - 1 - j;
        return m;
    }
}
