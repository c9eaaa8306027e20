namespace Theory.Numerics.Ode;

/// <summary>A one-step method with an error estimate and dense output.</summary>
public interface IOdeMethod
{
    /// <summary>Order of the error estimate plus one: the local error estimate of a step h falls like h to this power.</summary>
    int ErrorOrder { get; }

    /// <summary>Sets the method up for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>The method with its working memory.</returns>
    IOdeStepper Start(OdeProblem problem);
}

/// <summary>A method at work on one problem.</summary>
public interface IOdeStepper
{
    /// <summary>Whether the steps are limited by stability: the problem is stiff for this method.</summary>
    bool IsStiff { get; }

    /// <summary>Tries one step from (t, y) to t + h.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">y.</param>
    /// <param name="derivative">f(t, y).</param>
    /// <param name="step">h &gt; 0.</param>
    /// <param name="next">Where y(t + h) goes.</param>
    /// <param name="nextDerivative">Where f at the end goes.</param>
    /// <returns>The estimated local error in units of the tolerances: at most 1 if the step may be accepted; ∞ if it failed.</returns>
    double Attempt(double time, ReadOnlySpan<double> state, ReadOnlySpan<double> derivative, double step, Span<double> next, Span<double> nextDerivative);

    /// <summary>Tells that the last attempt was accepted.</summary>
    void Accept();

    /// <summary>Evaluates the dense output of the last attempt.</summary>
    /// <param name="fraction">Where in the step, θ in [0, 1].</param>
    /// <param name="state">Where y(t + θh) goes.</param>
    void Interpolate(double fraction, Span<double> state);
}
