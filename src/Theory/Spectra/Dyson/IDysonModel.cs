using System.Collections.Immutable;
using System.Numerics;

namespace Theory.Spectra;

/// <summary>
/// A matrix Dyson equation, or deterministic equivalent, of a random matrix: a few unknown Nevanlinna functions v(z) ∈ C^N that solve v = T(z, v), and the Stieltjes
/// transform m(z) = ∫ρ(dx)/(x − z) that they give. For Im z &gt; 0 the solution whose imaginary parts are positive is unique; that one is meant.
/// </summary>
/// <remarks>
/// T is analytic in z and v, real for real arguments, and maps the half-plane Im v ≥ 0 into itself for Im z &gt; 0.
/// A solver calls one model from one thread at a time; a model that keeps scratch memory is used by one solver only.
/// </remarks>
public interface IDysonModel
{
    /// <summary>Number N of unknowns.</summary>
    int Unknowns { get; }

    /// <summary>Order of magnitude of the eigenvalues, positive, such as their second moment over the first; starting points and step sizes are measured in it.</summary>
    double Scale { get; }

    /// <summary>
    /// Points other than 0 where the spectrum may have an atom, ascending; none unless a model says so. Their masses are measured.
    /// An atom that is not named makes the mass of the support fall short of 1, which is reported as a failure.
    /// </summary>
    ImmutableArray<double> AtomCandidates => [];

    /// <summary>The solution to leading order at large |z|, in the half-plane for Im z &gt; 0: where a computation starts when nothing better is known.</summary>
    /// <param name="z">The spectral parameter z ≠ 0.</param>
    /// <param name="v">Receives the N unknowns.</param>
    void Start(Complex z, Span<Complex> v);

    /// <summary>The map T(z, v).</summary>
    /// <param name="z">The spectral parameter.</param>
    /// <param name="v">The N unknowns.</param>
    /// <param name="image">Receives T(z, v); it does not overlap <paramref name="v"/>.</param>
    void Map(Complex z, ReadOnlySpan<Complex> v, Span<Complex> image);

    /// <summary>The analytic Jacobian J = ∂T/∂v.</summary>
    /// <param name="z">The spectral parameter.</param>
    /// <param name="v">The N unknowns.</param>
    /// <param name="jacobian">Receives the N² elements row by row, J_ij = ∂T_i/∂v_j at place iN + j; all of them are written.</param>
    void Jacobian(Complex z, ReadOnlySpan<Complex> v, Span<Complex> jacobian);

    /// <summary>The analytic derivative ∂T/∂z at fixed v; with it v′(z) = (I − J)⁻¹ ∂T/∂z.</summary>
    /// <param name="z">The spectral parameter.</param>
    /// <param name="v">The N unknowns.</param>
    /// <param name="derivative">Receives the N derivatives; all of them are written.</param>
    void Derivative(Complex z, ReadOnlySpan<Complex> v, Span<Complex> derivative);

    /// <summary>
    /// How far the imaginary parts of v are from being positive: 0 inside the half-plane, else the size of the violation, such as −min Im v_i or, for
    /// a matrix of unknowns X, minus the least eigenvalue of Im X. It depends on Im v only and is homogeneous: the defect of tv is t times that of v for t &gt; 0.
    /// </summary>
    /// <param name="v">The N unknowns.</param>
    /// <returns>The violation, at least 0.</returns>
    double HalfPlaneDefect(ReadOnlySpan<Complex> v);

    /// <summary>The Stieltjes transform m(z) = ∫ρ(dx)/(x − z) that belongs to a solution.</summary>
    /// <param name="z">The spectral parameter.</param>
    /// <param name="v">The solution of v = T(z, v).</param>
    /// <returns>m(z).</returns>
    Complex StieltjesTransform(Complex z, ReadOnlySpan<Complex> v);
}
