namespace Theory.Numerics.Ode;

/// <summary>The right-hand side of y′ = f(t, y).</summary>
/// <param name="time">t.</param>
/// <param name="state">y; must not be changed.</param>
/// <param name="derivative">Where f(t, y) goes. Components that are not finite make the solver try a shorter step.</param>
public delegate void OdeFunction(double time, ReadOnlySpan<double> state, Span<double> derivative);

/// <summary>The Jacobian ∂f/∂y of a right-hand side.</summary>
/// <param name="time">t.</param>
/// <param name="state">y; must not be changed.</param>
/// <param name="jacobian">Where ∂fᵢ/∂yⱼ goes, row by row: element i n + j.</param>
public delegate void OdeJacobian(double time, ReadOnlySpan<double> state, Span<double> jacobian);

/// <summary>A function whose zeros along a solution are of interest.</summary>
/// <param name="time">t.</param>
/// <param name="state">y(t); must not be changed.</param>
/// <returns>The value whose sign changes at the event.</returns>
public delegate double OdeEventFunction(double time, ReadOnlySpan<double> state);

/// <summary>Brings a state back to the set on which the right-hand side lives.</summary>
/// <param name="time">t.</param>
/// <param name="state">y(t), to be changed in place.</param>
/// <returns>Whether it was changed.</returns>
public delegate bool OdeProjection(double time, Span<double> state);
