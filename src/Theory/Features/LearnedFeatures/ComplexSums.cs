using System.Numerics;

namespace Theory.Features;

/// <summary>Averages for complex v, real and imaginary parts apart.</summary>
internal sealed class ComplexSums(DeltaFunctions functions) : INodeSums<Complex>
{
    private readonly int stride = NodeVectors.Whole(functions.Count);
    private readonly double[] hr = new double[functions.Nodes], hi = new double[functions.Nodes];
    private readonly double[] wr = new double[functions.Nodes], wi = new double[functions.Nodes];
    private readonly double[] tr = new double[functions.Nodes], ti = new double[functions.Nodes];
    private readonly double[] re = new double[NodeVectors.Whole(functions.Count)], im = new double[NodeVectors.Whole(functions.Count)];
    private readonly double[] mr = new double[functions.Count * NodeVectors.Whole(functions.Count)], mi = new double[functions.Count * NodeVectors.Whole(functions.Count)];

    public void Evaluate(ReadOnlySpan<Complex> v, Span<Complex> sums)
    {
        SetShrinkage(v);
        NodeVectors.Multiply(functions.Weight, hr, wr);
        NodeVectors.Multiply(functions.Weight, hi, wi);
        Sum(wr, wi, functions.Count);
        for (var i = 0; i < functions.Count; i++) sums[i] = new(functions.Scale[i] * re[i], functions.Scale[i] * im[i]);
    }

    public void MultiplyProducts(ReadOnlySpan<Complex> coefficients, Span<Complex> result)
    {
        Square();
        for (var i = 0; i < functions.Count; i++)
        {
            NodeVectors.Multiply(wr, functions.Row(i), tr);
            NodeVectors.Multiply(wi, functions.Row(i), ti);
            Sum(tr, ti, i + 1);
            for (var j = 0; j <= i; j++)
            {
                var scale = functions.Scale[i] * functions.Scale[j];
                mr[i * stride + j] = mr[j * stride + i] = scale * re[j];
                mi[i * stride + j] = mi[j * stride + i] = scale * im[j];
            }
        }
        for (var i = 0; i < functions.Count; i++)
        {
            Array.Clear(re);
            Array.Clear(im);
            for (var l = 0; l < functions.Count; l++)
                if (coefficients[i * functions.Count + l] is var factor && factor != Complex.Zero) AddRow(l, factor);
            for (var j = 0; j < functions.Count; j++) result[i * functions.Count + j] = new(re[j], im[j]);
        }
    }

    private void AddRow(int l, Complex factor)
    {
        var (a, b) = (new Vector<double>(factor.Real), new Vector<double>(factor.Imaginary));
        for (var (j, from) = (0, l * stride); j < stride; j += Vector<double>.Count)
        {
            var (x, y) = (new Vector<double>(mr, from + j), new Vector<double>(mi, from + j));
            (new Vector<double>(re, j) + a * x - b * y).CopyTo(re, j);
            (new Vector<double>(im, j) + a * y + b * x).CopyTo(im, j);
        }
    }

    // h = 1/(1 + δ) in hr + i hi.
    private void SetShrinkage(ReadOnlySpan<Complex> v)
    {
        Array.Fill(hr, 1);
        Array.Clear(hi);
        for (var i = 0; i < v.Length; i++)
        {
            NodeVectors.AddMultiple(v[i].Real * functions.Scale[i], functions.Row(i), hr);
            if (v[i].Imaginary != 0) NodeVectors.AddMultiple(v[i].Imaginary * functions.Scale[i], functions.Row(i), hi);
        }
        var real = NodeVectors.Of(hr.AsSpan());
        var imaginary = NodeVectors.Of(hi.AsSpan());
        for (var n = 0; n < real.Length && n < imaginary.Length; n++)
        {
            var (x, y) = (real[n], imaginary[n]);
            var factor = Vector<double>.One / (x * x + y * y);
            (real[n], imaginary[n]) = (x * factor, -y * factor);
        }
    }

    // w h → w h².
    private void Square()
    {
        for (var n = 0; n < wr.Length; n += Vector<double>.Count)
        {
            var (a, b, x, y) = (new Vector<double>(wr, n), new Vector<double>(wi, n), new Vector<double>(hr, n), new Vector<double>(hi, n));
            (a * x - b * y).CopyTo(wr, n);
            (a * y + b * x).CopyTo(wi, n);
        }
    }

    private void Sum(double[] real, double[] imaginary, int count)
    {
        functions.Sum(real, count, re);
        functions.Sum(imaginary, count, im);
    }
}
