using System.Numerics.Tensors;

namespace Theory.Numerics.Ode;

/// <summary>A right-hand side with the tolerances in force, as methods see it.</summary>
/// <param name="function">The right-hand side f.</param>
/// <param name="dimension">The number n of components.</param>
/// <param name="options">The choices.</param>
public sealed class OdeProblem(OdeFunction function, int dimension, OdeOptions options)
{
    private static readonly double RootEpsilon = Math.Sqrt(double.BitIncrement(1) - 1);

    private readonly double[] shifted = new double[dimension];
    private readonly double[] shiftedImage = new double[dimension];

    /// <summary>The number n of components.</summary>
    public int Dimension => dimension;

    /// <summary>The choices.</summary>
    public OdeOptions Options => options;

    /// <summary>Evaluations so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Evaluates f.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">y.</param>
    /// <param name="derivative">Where f(t, y) goes.</param>
    /// <returns>Whether all components are finite.</returns>
    public bool TryEvaluate(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        Evaluations++;
        function(time, state, derivative);
        return TensorPrimitives.IsFiniteAll<double>(derivative);
    }

    /// <summary>∂f/∂y by forward differences.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">y.</param>
    /// <param name="derivative">f(t, y).</param>
    /// <param name="jacobian">Where ∂fᵢ/∂yⱼ goes, row by row.</param>
    /// <returns>Whether all differences are finite.</returns>
    public bool TryDifferentiate(double time, ReadOnlySpan<double> state, ReadOnlySpan<double> derivative, Span<double> jacobian)
    {
        state.CopyTo(shifted);
        for (var column = 0; column < dimension; column++)
        {
            var size = Math.Max(Math.Abs(state[column]), options.AbsoluteTolerance / options.RelativeTolerance);
            shifted[column] = state[column] + RootEpsilon * size;
            var difference = shifted[column] - state[column];
            if (!TryEvaluate(time, shifted, shiftedImage)) return false;
            for (var row = 0; row < dimension; row++) jacobian[row * dimension + column] = (shiftedImage[row] - derivative[row]) / difference;
            shifted[column] = state[column];
        }

        return true;
    }

    /// <summary>The size of an error in units of the tolerances, √(mean (eᵢ/(atol + rtol·max(|yᵢ|, |y⁺ᵢ|)))²).</summary>
    /// <param name="error">e.</param>
    /// <param name="state">y.</param>
    /// <param name="next">y⁺.</param>
    /// <returns>The size; at most 1 is tolerable.</returns>
    public double Norm(ReadOnlySpan<double> error, ReadOnlySpan<double> state, ReadOnlySpan<double> next)
    {
        var sum = 0.0;
        for (var i = 0; i < error.Length; i++)
        {
            var e = error[i] / (options.AbsoluteTolerance + options.RelativeTolerance * Math.Max(Math.Abs(state[i]), Math.Abs(next[i])));
            sum += e * e;
        }

        return Math.Sqrt(sum / error.Length);
    }
}
