using System.Globalization;

namespace Theory.Numerics.Quadrature;

/// <summary>Why an expectation has no value.</summary>
public enum QuadratureFailure
{
    /// <summary>E|f(Z)| is infinite, or so slowly convergent that double precision cannot tell.</summary>
    NotIntegrable,

    /// <summary>The integrand returned NaN or an infinity where it matters.</summary>
    NotFinite,
}

/// <summary>An expectation does not exist, or its integrand could not be evaluated.</summary>
public sealed class QuadratureException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">What is wrong.</param>
    /// <param name="location">Where, as a value of z; ±∞ for the tails.</param>
    /// <param name="detail">One clause about the cause.</param>
    public QuadratureException(QuadratureFailure failure, double location, string detail)
        : base(string.Create(CultureInfo.InvariantCulture, $"The integrand is {Name(failure)} at z = {location:R}: {detail}.")) =>
        (Failure, Location) = (failure, location);

    /// <summary>What is wrong.</summary>
    public QuadratureFailure Failure { get; }

    /// <summary>Where, as a value of z; ±∞ when it is the tails that do not decay.</summary>
    public double Location { get; }

    private static string Name(QuadratureFailure failure) => failure == QuadratureFailure.NotFinite ? "not finite" : "not integrable";
}
