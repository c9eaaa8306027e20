namespace Theory.Contract;

/// <summary>The shape of a parameter or an observable.</summary>
public enum Shape
{
    /// <summary>One real number; as an observable it may be absent (a threshold that does not exist).</summary>
    Scalar,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A text that is no formula: a name out of a fixed list, or an exact number.</summary>
    Text,

    /// <summary>A formula in <c>z</c>, or in <c>z1 … z9</c>.</summary>
    Expression,

    /// <summary>A list of real numbers.</summary>
    Vector,

    /// <summary>A list of equally long lists of real numbers, row by row.</summary>
    Matrix,

    /// <summary>Values along an ordered axis such as time or index.</summary>
    Series,

    /// <summary>Values along a position axis: a density, or a Stieltjes transform at given points (complex numbers are pairs).</summary>
    Spectrum,

    /// <summary>A table of named values.</summary>
    Table,
}
