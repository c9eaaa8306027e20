namespace Theory.Estimation;

/// <summary>The weights' side of the state evolution under the penalty ½λ‖w‖²: from the conjugates V̂, q̂, m̂, ĥ of every cluster to V, q, m, h.</summary>
internal interface IRidgePrior
{
    int Clusters { get; }

    /// <summary>Whether some cluster has a mean: else all h_c are 0.</summary>
    bool HasMeans { get; }

    /// <summary>Average eigenvalue of a cluster's covariance.</summary>
    double MeanEigenvalue(int cluster);

    /// <summary>Whether all clusters have one covariance.</summary>
    bool SharesCovariance { get; }

    /// <summary>d log v/d log V of a shared covariance, after <see cref="Resolve"/>, where d log V̂/d log V = −share.</summary>
    double VarianceSlope(ReadOnlySpan<double> stiffness, double share, double v);

    /// <summary>Forms A = λ + Σ V̂_c Σ_c, and with it V and the response: (m, h) = R (m̂, ĥ), a 2K × 2K matrix row by row.</summary>
    void Resolve(double lambda, ReadOnlySpan<double> stiffness, Span<double> v, Span<double> response);

    /// <summary>
    /// For every cluster (w − aθ)ᵀΣ_c(w − aθ)/d, which with the regression coefficient a = m_c/ρ_c is q_c − m_c²/ρ_c without cancellation; returns ‖w‖²/d. After <see cref="Resolve"/>.
    /// </summary>
    double Remainder(ReadOnlySpan<double> noise, ReadOnlySpan<double> teaching, ReadOnlySpan<double> force, ReadOnlySpan<double> coefficients, Span<double> remainder);
}
