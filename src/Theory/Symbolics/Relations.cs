namespace Theory.Symbolics;

/// <summary>What a <see cref="Relation"/> means and how it is written.</summary>
internal static class Relations
{
    /// <summary>Whether it holds between two numbers of which the first compares to the second as <paramref name="order"/> does to 0.</summary>
    public static bool Holds(this Relation relation, int order) => relation switch
    {
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Greater => order > 0,
        _ => order >= 0,
    };

    public static bool Holds(this Relation relation, double left, double right) => relation switch
    {
        Relation.Less => left < right,
        Relation.LessOrEqual => left <= right,
        Relation.Greater => left > right,
        _ => left >= right,
    };

    public static Relation Reversed(this Relation relation) => relation switch
    {
        Relation.Less => Relation.Greater,
        Relation.LessOrEqual => Relation.GreaterOrEqual,
        Relation.Greater => Relation.Less,
        _ => Relation.LessOrEqual,
    };

    public static string Symbol(this Relation relation) => relation switch
    {
        Relation.Less => "<",
        Relation.LessOrEqual => "<=",
        Relation.Greater => ">",
        _ => ">=",
    };
}
