using Theory.Contract;
using Theory.Spectra;

namespace Theory.Features;

/// <summary>
/// Outliers above the bulk: z where an eigenvalue of |D|^½ T(z) |D|^½ crosses 1, D = diag(π_qχ_q(z)) &lt; 0 twice, T = E ψψᵀh with ψ = (√n c₀(ζ_qκ), √α κc₁(ζ_qκ)) and
/// (α/2) E c₂c₂ᵀh, from the common length of the inputs, added to its first block. All eigenvalues fall with z, so that those above 1 count the outliers above z.
/// </summary>
internal sealed class OutlierSearch
{
    /// <summary>Eigenvalues of E c₀c₀ᵀh against the largest that are taken for 0 in the limit n → ∞.</summary>
    private const double Cutoff = 1e-12;

    private const double Nearest = 1e-7;

    private readonly LearnedFeaturesResolvent resolvent;
    private readonly VocabularyProjection projection;
    private readonly DysonPath path;
    private readonly RealSums sums;
    private readonly double alpha, edge;
    private readonly int k;
    private readonly double[] fractions, unknowns, averages, weighted, row, gram, matrix;

    public OutlierSearch(LearnedFeaturesResolvent resolvent, double alpha, double edge, SolveOptions options)
    {
        (this.resolvent, this.alpha, this.edge, projection, fractions) = (resolvent, alpha, edge, resolvent.Projection, resolvent.Vocabulary);
        (k, path, sums) = (fractions.Length, new(resolvent, options), new(resolvent.FunctionsOn(projection)));
        (unknowns, averages) = (new double[resolvent.Unknowns], new double[resolvent.Unknowns]);
        (weighted, row) = (new double[projection.Weight.Length], new double[projection.Weight.Length]);
        (gram, matrix) = (new double[4 * k * k], new double[4 * k * k]);
    }

    /// <summary>Evaluations of the map so far.</summary>
    public int Iterations { get; private set; }

    /// <summary>Largest residual so far.</summary>
    public double Residual { get; private set; }

    /// <summary>Relative error of the averages over κ next to the edge.</summary>
    public double QuadratureError { get; private set; }

    /// <summary>Whether all points were solved.</summary>
    public bool IsWell { get; private set; } = true;

    /// <summary>All outliers at n samples, descending.</summary>
    public double[] AtSamples(double n) => Find(z => Eigenvalues(z, n));

    /// <summary>The outliers that stay of order 1 as n → ∞, descending.</summary>
    public double[] InTheLimit() => Find(LimitEigenvalues);

    /// <summary>Eigenvalues of Π^½ E c₀c₀ᵀ Π^½, descending: n times these are the eigenvalues of order n.</summary>
    public double[] Giants()
    {
        Array.Fill(weighted, 1);
        SetGram();
        var values = new double[k * k];
        for (var q = 0; q < k; q++)
            for (var r = 0; r < k; r++) values[q * k + r] = Math.Sqrt(fractions[q] * fractions[r]) * gram[q * 2 * k + r];
        SmallMatrix.Diagonalise(values, k);
        return [.. Enumerable.Range(0, k).Select(q => values[q * (k + 1)]).OrderDescending()];
    }

    private double[] Find(Func<double, double[]> eigenvalues)
    {
        // From where none is above 1 down to the edge, in steps that shrink with the distance to it.
        var points = new List<(double Z, double[] Values)>();
        var top = 2 * edge;
        while (IsWell && eigenvalues(top) is var highest && highest.Length > 0 && highest[0] >= 1 && top < 1e12 * edge) top *= 4;
        for (var gap = top - edge; IsWell && gap > Nearest * edge; gap /= 2) points.Add((edge + gap, eigenvalues(edge + gap)));
        if (!IsWell) return [];
        QuadratureError = resolvent.QuadratureError(path.Z, path.Values);
        var outliers = new List<double>();
        for (var j = 0; j < points[^1].Values.Length; j++)
            for (var i = 1; i < points.Count; i++)
                if (points[i].Values[j] >= 1)
                {
                    outliers.Add(Cross(eigenvalues, j, points[i], points[i - 1]));
                    break;
                }
        return [.. outliers.OrderDescending()];
    }

    // False position with halving (Illinois) in 1/μ − 1, nearly linear in z far out.
    private double Cross(Func<double, double[]> eigenvalues, int j, (double Z, double[] Values) below, (double Z, double[] Values) above)
    {
        var (low, high, atLow, atHigh) = (below.Z, above.Z, 1 / below.Values[j] - 1, 1 / above.Values[j] - 1);
        var z = low;
        for (var i = 0; i < 100 && IsWell && high - low > 1e-13 * high && atLow != 0; i++)
        {
            z = low - atLow * (high - low) / (atHigh - atLow);
            if (!(z > low && z < high)) z = 0.5 * (low + high);
            var value = 1 / eigenvalues(z)[j] - 1;
            if (Math.Abs(value) < 1e-14) break;
            if (value > 0) (high, atHigh, atLow) = (z, value, 0.5 * atLow);
            else (low, atLow, atHigh) = (z, value, 0.5 * atHigh);
        }
        return z;
    }

    private double[] Eigenvalues(double z, double n)
    {
        if (!TrySolve(z)) return new double[2 * k];
        for (var i = 0; i < 2 * k; i++)
            for (var j = 0; j < 2 * k; j++)
            {
                var value = (i < k ? Math.Sqrt(n) : Math.Sqrt(alpha)) * (j < k ? Math.Sqrt(n) : Math.Sqrt(alpha)) * gram[i * 2 * k + j];
                if (i < k && j < k) value += 0.5 * alpha * Second(i, j);
                matrix[i * 2 * k + j] = value * Root(i % k) * Root(j % k);
            }
        SmallMatrix.Diagonalise(matrix, 2 * k);
        return [.. Enumerable.Range(0, 2 * k).Select(i => matrix[i * (2 * k + 1)]).OrderDescending()];
    }

    // α (T₂₂ − T₁₂ᵀ T₁₁⁺ T₁₂): the part of κc₁ that the functions c₀ do not take away.
    private double[] LimitEigenvalues(double z)
    {
        if (!TrySolve(z)) return new double[k];
        var fit = new LeastSquaresFit(projection.Weight.Length, k, 0);
        var size = projection.SquaredSize(weighted);
        for (var q = 0; q < k; q++)
        {
            for (var i = 0; i < row.Length; i++) fit.Column(q)[i] = Math.Sqrt(projection.Weight[i] * weighted[i]) * projection.Mean[q][i];
        }
        fit.Factor();
        var rest = new double[k][];
        for (var r = 0; r < k; r++)
        {
            rest[r] = new double[row.Length];
            for (var i = 0; i < row.Length; i++) rest[r][i] = Math.Sqrt(projection.Weight[i] * weighted[i]) * projection.Slope[r][i];
            fit.RemoveSpan(Math.Sqrt(Cutoff * size), rest[r]);
        }
        var values = new double[k * k];
        for (var q = 0; q < k; q++)
            for (var r = 0; r < k; r++) values[q * k + r] = alpha * NodeVectors.Dot(rest[q], rest[r]) * Root(q) * Root(r);
        SmallMatrix.Diagonalise(values, k);
        return [.. Enumerable.Range(0, k).Select(q => values[q * (k + 1)]).OrderDescending()];
    }

    private double Root(int q) => Math.Sqrt(fractions[q] * -unknowns[projection.Class[q]]);

    private double Second(int q, int r)
    {
        NodeVectors.Multiply(projection.Second[q], projection.Second[r], row);
        NodeVectors.Multiply(row, projection.Weight, row);
        return NodeVectors.Dot(row, weighted);
    }

    // The real solution at z above the bulk, and E ψψᵀh there with ψ = (c₀, κc₁).
    private bool TrySolve(double z)
    {
        var report = path.MoveTo(z);
        Iterations += report.Iterations;
        Residual = Math.Max(Residual, report.Residual);
        IsWell &= report.IsConverged;
        for (var i = 0; i < unknowns.Length; i++) IsWell &= path.Values[i].Imaginary == 0;
        for (var q = 0; q < k; q++) IsWell &= path.Values[projection.Class[q]].Real < 0;
        if (!IsWell) return false;
        for (var i = 0; i < unknowns.Length; i++) unknowns[i] = path.Values[i].Real;
        sums.Evaluate(unknowns, averages);
        sums.Shrinkage.CopyTo(weighted, 0);
        SetGram();
        return true;
    }

    private void SetGram()
    {
        for (var i = 0; i < 2 * k; i++)
        {
            NodeVectors.Multiply(Column(i), projection.Weight, row);
            NodeVectors.Multiply(row, weighted, row);
            for (var j = 0; j <= i; j++) gram[i * 2 * k + j] = gram[j * 2 * k + i] = NodeVectors.Dot(row, Column(j));
        }

        double[] Column(int i) => i < k ? projection.Mean[i] : projection.Slope[i - k];
    }
}
