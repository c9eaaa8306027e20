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

    private const double Practical = 1e4;

    private readonly VocabularyProjection projection;
    private readonly double[] chi, fractions;
    private readonly double noise;
    private readonly int? dimension;

    public VocabularyReadout(VocabularyFixedPoint point, ReadOnlySpan<double> fractions, double alpha, double noise, int? dimension)
    {
        (projection, chi, this.fractions, this.noise, this.dimension) = (point.Projection, point.Chi, fractions.ToArray(), noise, dimension);
        var k = projection.Count;
        (M, S, SquaredResidual) = (new double[k], new double[k], new double[projection.Weight.Length]);
        Fit(point.Shrinkage, alpha);
        Fill(point.Shrinkage, alpha);
    }

    public double[] M { get; }

    public double[] S { get; }

    /// <summary>r²(κ) at the nodes.</summary>
    public double[] SquaredResidual { get; }

    /// <summary>E (g − m)².</summary>
    public double Bias { get; private set; }

    /// <summary>E (Σ_q M_q c₂(ζ_qκ))²/(2d); 0 in the limit.</summary>
    public double Coherent { get; private set; }

    /// <summary>The dimension in which the terms in 1/d would be as large as the power of the labels, with the readout of this prediction.</summary>
    public double CrossoverDimension { get; private set; }

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
        var fit = new LeastSquaresFit(NodeVectors.Whole(penalties + 2 * k), 2 * k, k);
        var (root, size) = (new double[nodes], projection.SquaredSize(shrinkage));
        for (var n = 0; n < nodes; n++) root[n] = Math.Sqrt(projection.Weight[n] * shrinkage[n]);
        for (var q = 0; q < k; q++)
        {
            var slope = fit.Column(q);
            var mean = fit.Column(k + q);
            NodeVectors.Multiply(root, projection.Slope[q], slope[..nodes]);
            NodeVectors.Multiply(root, projection.Mean[q], mean[..nodes]);
            var penalty = 1 / Math.Sqrt(alpha * fractions[q] * chi[q]);
            slope[penalties + q] = penalty;
            if (dimension is not { } d) continue;
            NodeVectors.Multiply(root, projection.Second[q], mean.Slice(nodes, nodes));
            NodeVectors.Scale(1 / Math.Sqrt(2.0 * d), mean.Slice(nodes, nodes));
            mean[penalties + k + q] = penalty / Math.Sqrt(d);
        }
        NodeVectors.Multiply(root, projection.Target, fit.Column(2 * k)[..nodes]);
        fit.Factor();
        var solution = new double[2 * k];
        fit.Solve(Math.Sqrt(size * (dimension is null ? Cutoff : Rounding)), solution);
        solution.AsSpan(0, k).CopyTo(S);
        solution.AsSpan(k, k).CopyTo(M);
        foreach (var singular in fit.Singular) IsDegenerate |= dimension is null && singular * singular <= Degenerate * size && singular * singular > Rounding * size;
    }

    // Residuals, and how the terms in 1/d compare with the power of the labels.
    private void Fill(double[] shrinkage, double alpha)
    {
        var nodes = shrinkage.Length;
        var (gap, second) = (new double[nodes], new double[nodes]);
        var (correction, power) = (0.0, 0.0);
        projection.Target.CopyTo(gap, 0);
        for (var q = 0; q < M.Length; q++)
        {
            NodeVectors.AddMultiple(-M[q], projection.Mean[q], gap);
            NodeVectors.AddMultiple(-S[q], projection.Slope[q], gap);
            NodeVectors.AddMultiple(M[q], projection.Second[q], second);
            correction += M[q] * M[q] / (alpha * fractions[q] * chi[q]);
        }
        for (var n = 0; n < nodes; n++)
        {
            var (weight, square, coherent) = (projection.Weight[n], gap[n] * gap[n], second[n] * second[n] / 2);
            correction += weight * shrinkage[n] * coherent;
            power += weight * shrinkage[n] * (projection.Target[n] * projection.Target[n] + noise);
            coherent = dimension is { } d ? coherent / d : 0;
            SquaredResidual[n] = square + noise + coherent;
            Bias += weight * square;
            Coherent += weight * coherent;
        }
        CrossoverDimension = correction == 0 ? 0 : correction / power;
        IsDegenerate |= dimension is null && CrossoverDimension > Practical;
    }
}
