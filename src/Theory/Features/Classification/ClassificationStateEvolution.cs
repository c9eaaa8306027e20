using Theory.Channels;
using Theory.Contract;
using Theory.Spectra;

namespace Theory.Features;

/// <summary>
/// The state evolution of convex classification on random features, in the coordinates (log V, log q, asinh k) with k = M/√(q − M²):
/// every point is legal, and q − M² does not cancel.
/// </summary>
internal sealed class ClassificationStateEvolution(RandomFeaturesClassificationModel model, FeatureMoments sigma, MarginChannel channel)
{
    /// <summary>Factor between successive λ of the continuation.</summary>
    private const double Ratio = 10;

    private readonly double kappa1Squared = sigma.Linear * sigma.Linear;
    private readonly double kappaStarSquared = sigma.NonlinearVariance;
    private double lambda;

    /// <summary>Solves at the model's λ, coming down from a λ at which the readout hardly moves.</summary>
    public static (State State, Diagnostics Diagnostics) Solve(RandomFeaturesClassificationModel model, FeatureMoments sigma, MarginChannel channel, SolveOptions options)
    {
        var evolution = new ClassificationStateEvolution(model, sigma, channel);
        return evolution.Continue(options);
    }

    private (State State, Diagnostics Diagnostics) Continue(SolveOptions options)
    {
        var strong = sigma.Variance * Math.Max(1, model.Alpha / model.Beta);
        var path = new List<double> { Math.Log(model.Lambda) };
        for (var larger = Ratio * model.Lambda; larger < Ratio * strong; larger *= Ratio) path.Add(Math.Log(larger));
        path.Reverse();
        double[] start = [Math.Log(sigma.Variance) - path[0], 0, 0.1];
        var result = new Continuation(Map, s => lambda = Math.Exp(s), IsLegal).Follow([.. path], start, options);
        return (State.At(result.X), result.Diagnostics);
    }

    private static bool IsLegal(ReadOnlySpan<double> x) => Math.Abs(x[0]) < 100 && Math.Abs(x[1]) < 100 && Math.Abs(x[2]) < 150;

    private void Map(ReadOnlySpan<double> x, Span<double> image)
    {
        var point = State.At(x).Point;
        var averages = channel.AtSymmetric(point);
        var (beta, samples) = (model.Beta, model.Alpha / model.Beta);
        var (qh, vh, mh) = (samples * averages.ForceSquare, samples * averages.Stiffness, samples * averages.Teaching);

        var (z, a) = (lambda + kappaStarSquared * vh, kappa1Squared * vh);
        var m = MarchenkoPasturMoments.Unchecked(z, a, beta, 1);
        var v = kappa1Squared * m.M11 + kappaStarSquared * m.M01;
        var overlap = beta * kappa1Squared * mh * m.M11;

        // q − M² as a sum of positive terms: M22 − β M11² = M12/Growth³·… with z M12 + A M22 = M11 and the Stieltjes transform's own equation.
        var signal = beta * kappa1Squared * mh * mh;
        var noise = qh * (kappa1Squared * (kappa1Squared * m.M22 + kappaStarSquared * m.M12) + kappaStarSquared * (kappa1Squared * m.M12 + kappaStarSquared * m.M02));
        var spread = m.M12 / (m.Growth * m.Growth);
        var remainder = noise + signal * (kappa1Squared * spread + kappaStarSquared * m.M12);

        image[0] = Math.Log(v);
        image[1] = Math.Log(remainder + overlap * overlap);
        image[2] = Math.Asinh(overlap / Math.Sqrt(remainder));
    }

    /// <summary>A point of the state evolution.</summary>
    internal readonly record struct State(ChannelPoint Point)
    {
        public static State At(ReadOnlySpan<double> x)
        {
            var (v, q, k) = (Math.Exp(x[0]), Math.Exp(x[1]), Math.Sinh(x[2]));
            var rest = 1 / (1 + k * k);
            return new(new ChannelPoint(v, q, k * Math.Sqrt(q * rest), rest));
        }
    }
}
