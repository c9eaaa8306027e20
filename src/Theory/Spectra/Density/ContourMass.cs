using System.Numerics;
using Theory.Contract;
using Theory.Numerics.Quadrature;

namespace Theory.Spectra;

/// <summary>
/// The mass of the spectrum between two real points that lie outside it, or at its edges: (1/π) Im ∫ m dz over a half circle above, or a half ellipse in log z where the ends
/// differ by decades. The points are clustered at the ends, so that square roots there are smooth.
/// </summary>
internal sealed class ContourMass(IDysonModel model, SolveOptions options)
{
    private const int Nodes = 96;
    private const double Decade = 10;

    private readonly QuadratureRule rule = GaussLegendre.Rule(Nodes, 0, Math.PI);
    private readonly DysonPath path = new(model, options);

    /// <summary>The mass between two points of one sign; false if a point of the contour was not solved.</summary>
    public bool TryMass(double lower, double upper, out double mass, ref int iterations)
    {
        var isLogarithmic = Math.Max(lower / upper, upper / lower) > Decade;
        var sign = isLogarithmic && upper < 0 ? -1 : 1;
        var (from, to) = isLogarithmic ? (Math.Log(Math.Abs(lower)), Math.Log(Math.Abs(upper))) : (lower, upper);
        var (centre, radius) = (0.5 * (from + to), 0.5 * (to - from));
        var height = isLogarithmic ? sign * Math.Min(1, Math.Abs(radius)) : radius;
        var sum = Complex.Zero;
        mass = double.NaN;
        for (var i = 0; i < Nodes; i++)
        {
            var (sine, cosine) = Math.SinCos(0.5 * Math.PI * (1 - Math.Cos(rule.Nodes[i])));
            var place = new Complex(centre - radius * cosine, height * sine);
            var speed = new Complex(radius * sine, height * cosine) * (0.5 * Math.PI * Math.Sin(rule.Nodes[i]));
            var z = isLogarithmic ? sign * Complex.Exp(place) : place;
            var report = i == 0 ? path.Start(z) : path.MoveTo(z);
            iterations += report.Iterations;
            if (!report.IsConverged) return false;
            sum += rule.Weights[i] * path.StieltjesTransform * speed * (isLogarithmic ? z : 1);
        }
        mass = sum.Imaginary / Math.PI;
        return true;
    }
}
