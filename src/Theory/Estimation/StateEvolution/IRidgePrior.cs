namespace Theory.Estimation;

/// <summary>The weights' side of the state evolution under the penalty ½λ‖w‖²: from the conjugates V̂, q̂, m̂, ĥ of every cluster to V, q, m, h.</summary>
internal interface IRidgePrior
{
    int Clusters { get; }

    /// <summary>Average eigenvalue of a cluster's covariance.</summary>
    double MeanEigenvalue(int cluster);

    /// <summary>Forms A = λ + Σ V̂_c Σ_c, and with it V and the response: (m, h) = R (m̂, ĥ), a 2K × 2K matrix row by row.</summary>
    void Resolve(double lambda, ReadOnlySpan<double> stiffness, Span<double> v, Span<double> response);

    /// <summary>q of every cluster and ‖w‖²/d, after <see cref="Resolve"/>.</summary>
    double Spread(ReadOnlySpan<double> noise, ReadOnlySpan<double> teaching, ReadOnlySpan<double> force, Span<double> q);
}
