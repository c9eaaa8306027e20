using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>The loss of one sample with p fields.</summary>
/// <param name="fields">The fields h.</param>
/// <param name="label">The label y.</param>
/// <returns>loss(h, y).</returns>
public delegate double FieldLoss(ReadOnlySpan<double> fields, double label);

/// <summary>A derivative of the loss of one sample.</summary>
/// <param name="fields">The fields h, p of them.</param>
/// <param name="label">The label y.</param>
/// <param name="derivative">Receives the derivative: p numbers for a gradient, p × p row by row for a Hessian.</param>
public delegate void FieldDerivative(ReadOnlySpan<double> fields, double label, Span<double> derivative);

/// <summary>A loss of one's own for <see cref="BatchReuseModel"/>: any function of the p fields of a sample and its label. Its delegates must be safe to call from several threads.</summary>
public sealed class CustomLoss
{
    /// <summary>Describes a loss.</summary>
    /// <param name="width">Number p of fields, from 1 to 8: the model's width.</param>
    /// <param name="value">loss(h, y).</param>
    /// <param name="gradient">g = ∂loss/∂h.</param>
    /// <param name="hessian">∂²loss/∂h², or <see langword="null"/> if g jumps; responses then come from Stein's lemma.</param>
    /// <param name="breakpoints">Values of a field at which g or its derivative is not smooth; none if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not from 1 to 8, or a breakpoint is not finite.</exception>
    /// <exception cref="ArgumentNullException">A delegate is missing.</exception>
    public CustomLoss(int width, FieldLoss value, FieldDerivative gradient, FieldDerivative? hessian, params ReadOnlySpan<double> breakpoints)
    {
        Width = width is >= 1 and <= 8 ? width : throw Guard.OutOfRange(nameof(width), width, "must be from 1 to 8");
        (Value, Gradient, Hessian) = (Guard.NotNull(value, nameof(value)), Guard.NotNull(gradient, nameof(gradient)), hessian);
        foreach (var point in breakpoints) Guard.In(point, ParameterRange.Finite, nameof(breakpoints));
        Breakpoints = [.. breakpoints.ToArray().Distinct().Order()];
    }

    /// <summary>Number p of fields.</summary>
    public int Width { get; }

    internal FieldLoss Value { get; }

    internal FieldDerivative Gradient { get; }

    internal FieldDerivative? Hessian { get; }

    internal ImmutableArray<double> Breakpoints { get; }
}

/// <summary>A <see cref="CustomLoss"/>, sample by sample.</summary>
internal sealed class DelegateLoss(CustomLoss loss) : SampleLoss
{
    public override int Width => loss.Width;

    public override bool IsPathwise => loss.Hessian is not null;

    public override ImmutableArray<double> Breakpoints => loss.Breakpoints;

    public override void Evaluate(ReadOnlySpan<double> h, ReadOnlySpan<double> y, Span<double> g, Span<double> hessian, Span<double> value)
    {
        var (n, p) = (y.Length, Width);
        Span<double> fields = stackalloc double[p], gradient = stackalloc double[p], curvature = stackalloc double[p * p];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < p; j++) fields[j] = h[j * n + i];
            value[i] = loss.Value(fields, y[i]);
            loss.Gradient(fields, y[i], gradient);
            for (var j = 0; j < p; j++) g[j * n + i] = gradient[j];
            if (hessian.IsEmpty) continue;
            loss.Hessian!(fields, y[i], curvature);
            for (var e = 0; e < p * p; e++) hessian[e * n + i] = curvature[e];
        }
    }
}
