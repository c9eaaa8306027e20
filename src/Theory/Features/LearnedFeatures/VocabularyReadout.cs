namespace Theory.Features;

/// <summary>
/// The mean of the fitted function given κ, m(κ) = Σ_q M_q c₀(ζ_qκ) + S_q κc₁(ζ_qκ), at the minimum of the energy
/// E = α E[r² h] + Σ_q S_q²/(π_qχ_q) + (1/d) Σ_q M_q²/(π_qχ_q), r² = (g − m)² + Δ + (Σ_q M_q c₂(ζ_qκ))²/(2d); the terms in 1/d are left out in the limit.
/// </summary>
internal sealed class VocabularyReadout
{
    /// <summary>Relative size of eigenvalues of E ψψᵀh that are taken for 0 in the limit.</summary>
    private const double Cutoff = 1e-13;

    /// <summary>Functions more nearly dependent than this make the limit unreliable, unless they are dependent exactly.</summary>
    private const double Degenerate = 1e-10;

    private const double Rounding = 1e-24;

    private readonly VocabularyProjection projection;
    private readonly double[] chi, fractions;
    private readonly double noise;
    private readonly int? dimension;

    public VocabularyReadout(VocabularyFixedPoint point, ReadOnlySpan<double> fractions, double alpha, double noise, int? dimension)
    {
        (projection, chi, this.fractions, this.noise, this.dimension) = (point.Projection, point.Chi.ToArray(), fractions.ToArray(), noise, dimension);
        var k = projection.Count;
        (M, S) = (new double[k], new double[k]);
        Fit(point.Shrinkage, alpha);
        Fill();
    }

    public double[] M { get; }

    public double[] S { get; }

    /// <summary>r²(κ) at the nodes.</summary>
    public double[] SquaredResidual { get; private set; } = [];

    /// <summary>E (g − m)².</summary>
    public double Bias { get; private set; }

    /// <summary>E (Σ_q M_q c₂(ζ_qκ))²/(2d); 0 in the limit.</summary>
    public double Coherent { get; private set; }

    /// <summary>Whether the functions c₀(ζ_qκ) are so nearly dependent that the limit says nothing about any real dimension.</summary>
    public bool IsDegenerate { get; private set; }

    /// <summary>Σ_q S_q² a_q/(π_qχ_q) + (1/d) Σ_q M_q² a_q/(π_qχ_q).</summary>
    public double Penalty(ReadOnlySpan<double> a)
    {
        var sum = 0.0;
        for (var q = 0; q < M.Length; q++) sum += (S[q] * S[q] + (dimension is { } d ? M[q] * M[q] / d : 0)) * a[q] / (fractions[q] * chi[q]);
        return sum;
    }

    // Columns S_1 … S_k, which the penalty keeps independent, then M_1 … M_k; rows: nodes, nodes again for c₂ at finite d, penalties.
    private void Fit(double[] shrinkage, double alpha)
    {
        var (k, nodes) = (projection.Count, shrinkage.Length);
        var penalties = dimension is null ? nodes : 2 * nodes;
        var fit = new LeastSquaresFit(Whole(penalties + 2 * k), 2 * k, k);
        var size = 0.0;
        for (var q = 0; q < k; q++)
        {
            var slope = fit.Column(q);
            var mean = fit.Column(k + q);
            for (var n = 0; n < nodes; n++)
            {
                var root = Math.Sqrt(projection.Weight[n] * shrinkage[n]);
                slope[n] = root * projection.Kappa[n] * projection.Linear[q][n];
                mean[n] = root * projection.Mean[q][n];
                size += slope[n] * slope[n] + mean[n] * mean[n];
                if (dimension is { } d) mean[nodes + n] = root * projection.Second[q][n] / Math.Sqrt(2.0 * d);
            }
            var penalty = 1 / Math.Sqrt(alpha * fractions[q] * chi[q]);
            slope[penalties + q] = penalty;
            if (dimension is { } size1) mean[penalties + k + q] = penalty / Math.Sqrt(size1);
        }
        var right = fit.Column(2 * k);
        for (var n = 0; n < nodes; n++) right[n] = Math.Sqrt(projection.Weight[n] * shrinkage[n]) * projection.Target[n];
        fit.Factor();
        var solution = new double[2 * k];
        fit.Solve(Math.Sqrt(size * (dimension is null ? Cutoff : Rounding)), solution);
        solution.AsSpan(0, k).CopyTo(S);
        solution.AsSpan(k, k).CopyTo(M);
        IsDegenerate = dimension is null && fit.Singular.Any(s => s * s <= Degenerate * size && s * s > Rounding * size);
    }

    private void Fill()
    {
        var nodes = projection.Weight.Length;
        SquaredResidual = new double[nodes];
        for (var n = 0; n < nodes; n++)
        {
            var (mean, second) = (0.0, 0.0);
            for (var q = 0; q < M.Length; q++)
            {
                mean += M[q] * projection.Mean[q][n] + S[q] * projection.Kappa[n] * projection.Linear[q][n];
                second += M[q] * projection.Second[q][n];
            }
            var gap = (projection.Target[n] - mean) * (projection.Target[n] - mean);
            var coherent = dimension is { } d ? second * second / (2.0 * d) : 0;
            SquaredResidual[n] = gap + noise + coherent;
            Bias += projection.Weight[n] * gap;
            Coherent += projection.Weight[n] * coherent;
        }
    }

    private static int Whole(int count)
    {
        var multiple = System.Numerics.Vector<double>.Count;
        return (count + multiple - 1) / multiple * multiple;
    }
}
