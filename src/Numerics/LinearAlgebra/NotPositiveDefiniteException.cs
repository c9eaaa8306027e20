namespace Theory.Numerics.LinearAlgebra;

/// <summary>A matrix that had to be positive definite is not, or not numerically so.</summary>
public sealed class NotPositiveDefiniteException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="order">The number of rows of the matrix.</param>
    /// <param name="minor">The order of the first leading minor that is not positive (1-based), or <see langword="null"/> when it is not known.</param>
    /// <param name="parameter">The parameter that held the matrix.</param>
    public NotPositiveDefiniteException(int order, int? minor = null, string? parameter = null)
        : base(Describe(order, minor), parameter) => (Order, Minor) = (order, minor);

    /// <summary>The number of rows of the matrix.</summary>
    public int Order { get; }

    /// <summary>The order of the first leading minor that is not positive (1-based), or <see langword="null"/> when it is not known.</summary>
    public int? Minor { get; }

    private static string Describe(int order, int? minor) => minor is null
        ? $"The {order} × {order} matrix must be positive definite."
        : $"The {order} × {order} matrix must be positive definite; its leading minor of order {minor} is not positive.";
}
