using System.Collections.Immutable;
using System.Numerics.Tensors;
using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>Which loss compares the student's output f(h) = Σ_j a_j σ(h_j) with the label y.</summary>
public enum StudentLoss
{
    /// <summary>½(f(h) − y)².</summary>
    Square,

    /// <summary>−y f(h): the neurons do not see each other.</summary>
    Correlation,

    /// <summary>log(1 + e^{−y h}) of a single linear student f(h) = h.</summary>
    Logistic,
}

/// <summary>A loss as the equations see it: values, gradients g = ∂loss/∂h and Hessians of many samples at once. Safe to use from several threads.</summary>
internal abstract class SampleLoss
{
    /// <summary>Width p.</summary>
    public abstract int Width { get; }

    /// <summary>Whether g is continuous in h, so that its derivative may be averaged along paths; else it jumps at <see cref="Breakpoints"/>.</summary>
    public virtual bool IsPathwise => true;

    /// <summary>Where g or its derivative is not smooth in a component of h.</summary>
    public virtual ImmutableArray<double> Breakpoints => [];

    /// <summary>Evaluates samples; all but the labels in rows, one for each component.</summary>
    /// <param name="h">p rows of fields.</param>
    /// <param name="y">Labels.</param>
    /// <param name="g">Receives p rows of gradients.</param>
    /// <param name="hessian">Receives p² rows of second derivatives (jl at jp + l), or is empty if they are not needed.</param>
    /// <param name="value">Receives the losses.</param>
    public abstract void Evaluate(ReadOnlySpan<double> h, ReadOnlySpan<double> y, Span<double> g, Span<double> hessian, Span<double> value);

    /// <summary>The loss of a model.</summary>
    public static SampleLoss Of(StudentLoss loss, ScalarFunction activation, ImmutableArray<double> readout) =>
        loss == StudentLoss.Logistic ? new LogisticLoss() : new CommitteeLoss(loss == StudentLoss.Square, activation, readout);
}

/// <summary>log(1 + e^{−y h}).</summary>
internal sealed class LogisticLoss : SampleLoss
{
    public override int Width => 1;

    public override void Evaluate(ReadOnlySpan<double> h, ReadOnlySpan<double> y, Span<double> g, Span<double> hessian, Span<double> value)
    {
        // e = e^{−|yh|}: nothing overflows.
        TensorPrimitives.Multiply(h, y, g);
        TensorPrimitives.Abs<double>(g, value);
        TensorPrimitives.Negate<double>(value, value);
        TensorPrimitives.Exp<double>(value, value);
        for (var i = 0; i < y.Length; i++)
        {
            var (margin, e) = (g[i], value[i]);
            var chance = (margin >= 0 ? e : 1) / (1 + e);
            g[i] = -y[i] * chance;
            if (!hessian.IsEmpty) hessian[i] = y[i] * y[i] * chance * (1 - chance);
            value[i] = Math.Max(-margin, 0) + (e < 1e-4 ? e * (1 - e / 2) : Math.Log(1 + e));
        }
    }
}

/// <summary>Square and correlation loss of a committee f(h) = Σ_j a_j σ(h_j): g_j = a_j r σ′(h_j) with r = f − y or −y.</summary>
internal sealed class CommitteeLoss : SampleLoss
{
    private readonly bool isSquare;
    private readonly ImmutableArray<double> a;
    private readonly ScalarFunction value, slope;
    private readonly ScalarFunction? curvature;

    public CommitteeLoss(bool isSquare, ScalarFunction activation, ImmutableArray<double> readout)
    {
        (this.isSquare, a, value) = (isSquare, readout, activation);
        (slope, curvature) = activation.Memo<(ScalarFunction, ScalarFunction?)>(nameof(CommitteeLoss), static f =>
        {
            var first = f.Expression!.Differentiate();
            var isContinuous = f.Breakpoints.All(b => Math.Abs(f.Jump(b, 1)) <= 1e-9);
            return (ScalarFunction.Of(first), isContinuous ? ScalarFunction.Of(first.Differentiate()) : null);
        });
    }

    public override int Width => a.Length;

    public override bool IsPathwise => curvature is not null;

    public override ImmutableArray<double> Breakpoints => value.Breakpoints;

    public override void Evaluate(ReadOnlySpan<double> h, ReadOnlySpan<double> y, Span<double> g, Span<double> hessian, Span<double> loss)
    {
        var (n, p) = (y.Length, a.Length);
        using var memory = new Scratch(3 * n);
        var f = memory.Span[..n];
        var residual = memory.Span.Slice(n, n);
        var work = memory.Span.Slice(2 * n, n);
        Output(h, f, work);
        if (isSquare)
        {
            TensorPrimitives.Subtract<double>(f, y, residual);
            TensorPrimitives.Multiply<double>(residual, residual, loss);
            TensorPrimitives.Multiply<double>(loss, 0.5, loss);
        }
        else
        {
            TensorPrimitives.Negate<double>(y, residual);
            TensorPrimitives.Multiply<double>(residual, f, loss);
        }
        for (var j = 0; j < p; j++) slope.Evaluate(h.Slice(j * n, n), g.Slice(j * n, n));
        if (!hessian.IsEmpty) Curvature(h, residual, g, hessian, work);
        for (var j = 0; j < p; j++)
        {
            var row = g.Slice(j * n, n);
            TensorPrimitives.Multiply<double>(row, residual, row);
            TensorPrimitives.Multiply<double>(row, a[j], row);
        }
    }

    private void Output(ReadOnlySpan<double> h, Span<double> f, Span<double> work)
    {
        f.Clear();
        for (var j = 0; j < a.Length; j++)
        {
            value.Evaluate(h.Slice(j * f.Length, f.Length), work);
            TensorPrimitives.MultiplyAdd<double>(work, a[j], f, f);
        }
    }

    /// <summary>a_j a_l σ′_j σ′_l (square loss) + δ_jl a_j r σ″_j; g holds σ′.</summary>
    private void Curvature(ReadOnlySpan<double> h, ReadOnlySpan<double> residual, ReadOnlySpan<double> slopes, Span<double> hessian, Span<double> work)
    {
        var (n, p) = (residual.Length, a.Length);
        for (var j = 0; j < p; j++)
        {
            for (var l = 0; l < p; l++)
            {
                var block = hessian.Slice((j * p + l) * n, n);
                if (!isSquare)
                {
                    block.Clear();
                }
                else
                {
                    TensorPrimitives.Multiply(slopes.Slice(j * n, n), slopes.Slice(l * n, n), block);
                    TensorPrimitives.Multiply<double>(block, a[j] * a[l], block);
                }
            }
            curvature!.Evaluate(h.Slice(j * n, n), work);
            TensorPrimitives.Multiply<double>(work, residual, work);
            var diagonal = hessian.Slice((j * p + j) * n, n);
            TensorPrimitives.MultiplyAdd<double>(work, a[j], diagonal, diagonal);
        }
    }
}
