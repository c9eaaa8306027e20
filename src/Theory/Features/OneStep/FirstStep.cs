using Theory.Symbolics;

namespace Theory.Features;

/// <summary>The scalars of one giant gradient step.</summary>
internal sealed record FirstStep
{
    private static readonly object SlopeKey = new();

    /// <summary>r = η̃ h₁ √ν.</summary>
    public required double Spike { get; init; }

    /// <summary>c = (1 + η̃ h₂ ȳ)² + η̃² (Y₂/α₀) Var σ′.</summary>
    public required double Bulk { get; init; }

    /// <summary>γ = t₁/√ν.</summary>
    public required double Alignment { get; init; }

    /// <summary>ν = t₁² + Y₂/α₀, the squared length of (1/n₀) Σ (y − h₀) x.</summary>
    public required double GradientSquare { get; init; }

    /// <summary>η̃ h₂ and η̃² s_⊥²: how the step stretches the rows with the batch, and the noise it adds to them.</summary>
    public required double Stretch { get; init; }

    public required double Roughness { get; init; }

    /// <summary>t₁ = E z g.</summary>
    public required double TargetSlope { get; init; }

    /// <summary>h₀ = E σ, the output before the step, and Y₂ = E (y − h₀)².</summary>
    public required double Output { get; init; }

    public required double ResidualSquare { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">The activation jumps or is no formula; a function is not square integrable.</exception>
    public static FirstStep Of(ScalarFunction activation, ScalarFunction target, double learningRate, double batchRatio, double noise)
    {
        var (sigma, g) = (FeatureFunctions.Moments(activation, "Activation"), FeatureFunctions.Moments(target, "Target"));
        // Of σ′: h₁ = E σ′, h₂ = E z σ′, s_⊥² the variance that is not linear in z.
        var slope = FeatureFunctions.Moments(Slope(activation), "Activation");
        // Rounding noise is no spike: one however weak would change the errors.
        var (h0, h1, h2) = (sigma.HasZeroMean ? 0 : sigma.Mean, sigma.HasZeroLinearPart ? 0 : sigma.Linear, slope.HasZeroLinearPart ? 0 : slope.Linear);
        var t1 = g.HasZeroLinearPart ? 0 : g.Linear;
        var meanResidual = g.Mean - h0;
        var residualSquare = g.Variance + meanResidual * meanResidual + noise;
        var perSample = residualSquare / batchRatio;
        var gradientSquare = t1 * t1 + perSample;
        var stretch = 1 + learningRate * h2 * meanResidual;
        var spike = learningRate * h1 * Math.Sqrt(gradientSquare);
        return new()
        {
            Spike = spike,
            Bulk = stretch * stretch + learningRate * learningRate * perSample * (h2 * h2 + slope.NonlinearVariance),
            Alignment = learningRate == 0 || gradientSquare == 0 ? 0 : Math.Clamp(t1 / Math.Sqrt(gradientSquare), -1, 1),
            GradientSquare = gradientSquare,
            Stretch = learningRate * h2,
            Roughness = learningRate * learningRate * slope.NonlinearVariance,
            TargetSlope = t1,
            Output = h0,
            ResidualSquare = residualSquare,
        };
    }

    /// <summary>σ′, computed once for every instance of σ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">σ jumps or is no formula.</exception>
    public static ScalarFunction Slope(ScalarFunction activation) => activation.Memo(SlopeKey, static f =>
    {
        if (f.Expression is null) throw FeatureFunctions.Unfit("Activation", f, "must be a formula, so that its derivative is known");
        foreach (var point in f.Breakpoints)
            if (!(Math.Abs(f.Jump(point)) <= 1e-12)) throw FeatureFunctions.Unfit("Activation", f, $"must have no jumps for a gradient step; it jumps at z = {point:g6}");
        return ScalarFunction.Of(f.Expression.Differentiate());
    });
}
