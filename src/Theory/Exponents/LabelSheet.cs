using System.Collections.Immutable;

namespace Theory.Exponents;

/// <summary>
/// A part of the input space on which the label is a function y = h(u) of one real coordinate u, with the densities over u of the
/// probability and of weighted moments: w₀(u) = p(u), w_j(u) = E[moment_j; u].
/// </summary>
internal sealed class LabelSheet
{
    /// <summary>The label h(u).</summary>
    internal required Func<double, double> Value { get; init; }

    /// <summary>Its derivative h'(u), away from breakpoints.</summary>
    internal required Func<double, double> Slope { get; init; }

    /// <summary>Points where h has a kink or a jump, or where a density is not smooth.</summary>
    internal ImmutableArray<double> Breakpoints { get; init; } = [];

    /// <summary>Writes w₀, w₁, … at u.</summary>
    internal required Action<double, double[]> Densities { get; init; }

    /// <summary>The interval outside which the densities are negligible.</summary>
    internal double Lower { get; init; } = -GaussianReach;

    /// <inheritdoc cref="Lower"/>
    internal double Upper { get; init; } = GaussianReach;

    /// <summary>Beyond this many standard deviations the Gaussian weight, times any moment used here, is below 1e-14.</summary>
    internal const double GaussianReach = 9;
}

/// <summary>A maximal interval on which a sheet's label is strictly monotone.</summary>
internal sealed record MonotonePiece(LabelSheet Sheet, double From, double To, double AtFrom, double AtTo)
{
    internal double Least => Math.Min(AtFrom, AtTo);

    internal double Most => Math.Max(AtFrom, AtTo);

    internal bool Covers(double label) => Least < label && label < Most;

    /// <summary>The u of a label inside the piece's range, by safeguarded Newton steps from a guess.</summary>
    internal double Invert(double label, double guess)
    {
        var (low, high) = AtFrom < AtTo ? (From, To) : (To, From);
        var u = guess > Math.Min(From, To) && guess < Math.Max(From, To) ? guess : 0.5 * (From + To);
        for (var i = 0; i < 200; i++)
        {
            var excess = Sheet.Value(u) - label;
            if (excess == 0)
                return u;
            (low, high) = excess < 0 ? (u, high) : (low, u);
            var next = u - (excess / Sheet.Slope(u));
            if (!(next > Math.Min(low, high) && next < Math.Max(low, high)))
                next = 0.5 * (low + high);
            if (Math.Abs(next - u) <= 4e-16 * Math.Max(1, Math.Abs(u)))
                return next;
            u = next;
        }
        return u;
    }
}
