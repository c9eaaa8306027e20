namespace Theory.Numerics.Quadrature;

/// <summary>Several functions of one variable, evaluated together at many points.</summary>
/// <param name="z">The points.</param>
/// <param name="values">Receives the values output by output: element o·z.Length + i is f_o(zᵢ).</param>
public delegate void SpanIntegrand(ReadOnlySpan<double> z, Span<double> values);

/// <summary>
/// Expectations E f(Z) = ∫ f(z) e^{−z²/2}/√(2π) dz for Z ~ N(0, 1), of functions that are smooth between given breakpoints.
/// </summary>
/// <remarks>
/// Breakpoints are where f or a derivative jumps, or where f has an integrable singularity (|z − b|^p with p &gt; −1, log|z − b|); those beyond ±37.5
/// do not matter and are ignored, order and repetitions are free. Singularities are resolved down to rounding of z: to full accuracy at b = 0, elsewhere
/// up to about (10⁻¹⁶)^{1+p}. The range grows until the tails are negligible, so that f may grow like e^{az²} with a &lt; ½.
/// Undeclared kinks and jumps are found by bisection, at a cost, unless they hide within 0.0022 of an integer, between the nodes of the first panels;
/// a feature so narrow that no point of the first mesh (spacing at most 0.15) sees it is missed: declare what you know.
/// All methods may be called from several threads if the integrand may.
/// </remarks>
public static class GaussianExpectation
{
    /// <summary>E f(Z) of a scalar function.</summary>
    /// <param name="f">The function.</param>
    /// <param name="breakpoints">Where f is not smooth; may be empty.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The value with its error bar.</returns>
    /// <exception cref="QuadratureException">E|f(Z)| is infinite as far as can be told, or f is NaN or infinite where it matters.</exception>
    /// <exception cref="ArgumentException">A breakpoint is NaN.</exception>
    public static Estimate Of(Func<double, double> f, ReadOnlySpan<double> breakpoints, GaussianExpectationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Single(
            (z, values) =>
            {
                for (var i = 0; i < z.Length; i++) values[i] = f(z[i]);
            },
            breakpoints,
            options);
    }

    /// <summary>E f(Z) of a vectorised function.</summary>
    /// <param name="f">Writes f of each element of its first argument into its second, which has the same length.</param>
    /// <param name="breakpoints">Where f is not smooth; may be empty.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The value with its error bar.</returns>
    /// <exception cref="QuadratureException">E|f(Z)| is infinite as far as can be told, or f is NaN or infinite where it matters.</exception>
    /// <exception cref="ArgumentException">A breakpoint is NaN.</exception>
    public static Estimate Of(
        Action<ReadOnlySpan<double>, Span<double>> f, ReadOnlySpan<double> breakpoints, GaussianExpectationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Single(f.Invoke, breakpoints, options);
    }

    /// <summary>E f_o(Z) of several functions on one mesh, refined until each meets the tolerance relative to its own E|f_o(Z)|.</summary>
    /// <param name="f">The functions.</param>
    /// <param name="outputs">Their number, at least 1.</param>
    /// <param name="breakpoints">Where any of them is not smooth; may be empty.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>One estimate per function; the evaluations are counted in points and the same for all.</returns>
    /// <exception cref="QuadratureException">Some E|f_o(Z)| is infinite as far as can be told, or a value is NaN or infinite where it matters.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">A breakpoint is NaN.</exception>
    public static Estimate[] OfMany(
        SpanIntegrand f, int outputs, ReadOnlySpan<double> breakpoints, GaussianExpectationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        using var mesh = new GaussianMesh(f, outputs, breakpoints, options ?? GaussianExpectationOptions.Default);
        mesh.Run();
        var estimates = new Estimate[outputs];
        for (var o = 0; o < outputs; o++) estimates[o] = mesh.Result(o);
        return estimates;
    }

    private static Estimate Single(SpanIntegrand f, ReadOnlySpan<double> breakpoints, GaussianExpectationOptions? options)
    {
        using var mesh = new GaussianMesh(f, 1, breakpoints, options ?? GaussianExpectationOptions.Default);
        mesh.Run();
        return mesh.Result(0);
    }
}
