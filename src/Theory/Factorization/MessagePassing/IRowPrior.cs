using Theory.Numerics.Sampling;

namespace Theory.Factorization;

/// <summary>A prior of rows in ℝ^r as message passing on an instance needs it: with matrices for signal-to-noise ratios, for finite instances keep no symmetry.</summary>
internal interface IRowPrior
{
    /// <summary>r.</summary>
    int Rank { get; }

    /// <summary>E x.</summary>
    ReadOnlySpan<double> Mean { get; }

    /// <summary>Second moment of one direction, E|x|²/r.</summary>
    double Variance { get; }

    /// <summary>Fills count rows whose empirical distribution is that of the prior as nearly as count allows: exact frequencies, exact second moments.</summary>
    void Draw(RandomStream random, int count, Span<double> rows);

    /// <summary>Posterior mean and covariance of a row with weight P(x) exp(B·x − xᵀAx/2).</summary>
    /// <param name="precision">A, r × r.</param>
    /// <param name="fields">All B, row by row.</param>
    /// <param name="means">Receives all means.</param>
    /// <param name="covariance">Receives the sum of all covariances, r × r.</param>
    void Denoise(ReadOnlySpan<double> precision, ReadOnlySpan<double> fields, Span<double> means, Span<double> covariance);
}
