using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Theory.Contract;

namespace Theory.Estimation;

/// <summary>Asymptotics of classifying K Gaussians by ridge regression on one-hot labels [Loureiro et al. 2021, arXiv:2106.03791, square loss]. Standing: theorem.</summary>
public sealed record MulticlassRidgePrediction : IPrediction
{
    /// <summary>Probability that the largest component of the field is not that of the cluster.</summary>
    public required double TestError { get; init; }

    /// <summary>Mean of ½‖y − Wx/√d − b‖² over the training samples.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>V of the proximal map; λV for interpolation (λ → 0⁺, α &lt; 1), where it diverges.</summary>
    public required double V { get; init; }

    /// <summary>Q = ΔWWᵀ/d, K × K.</summary>
    public required ImmutableArray<ImmutableArray<double>> Q { get; init; }

    /// <summary>h_kc = (Wμ_c)_k/d, a row for each output and a column for each cluster.</summary>
    public required ImmutableArray<ImmutableArray<double>> H { get; init; }

    /// <summary>The intercept b, if one was fitted.</summary>
    public required ImmutableArray<double>? Intercept { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Evaluates the closed forms.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not needed.</param>
    /// <returns>The prediction; for K ≥ 5 a warning tells the error of the quasi-Monte Carlo integral that is the test error.</returns>
    /// <exception cref="InvalidInputException">Inputs do not go together, or α = 1 at λ = 0.</exception>
    public static MulticlassRidgePrediction Solve(MulticlassRidgeModel model, SolveOptions? options = null)
    {
        model.Check();
        var (alpha, delta, k) = (model.Alpha, model.Noise, model.Probabilities.Length);
        var interpolates = model.Lambda == 0 && alpha < 1;
        if (model.Lambda == 0 && alpha == 1) throw new InvalidInputException("alpha", "alpha must differ from 1 at lambda = 0");
        var lambda = interpolates ? 1 : model.Lambda;
        var v = Variance(alpha, lambda, delta, interpolates);
        var scale = interpolates ? v : 1 + v;
        var a = alpha / scale;
        var resolvent = lambda + a * delta;

        var (h, b) = Means(model, a, resolvent);
        var p = Vector<double>.Build.DenseOfEnumerable(model.Probabilities);
        var gram = Matrix<double>.Build.Dense(k, k, (c, e) => model.MeanGram[c][e]);
        // Residuals r_c = e_c − h_c − b in columns, ĥ = a r diag(p).
        var residuals = Matrix<double>.Build.Dense(k, k, (i, c) => (i == c ? 1 : 0) - h[i, c] - b[i]);
        var weighted = residuals * Matrix<double>.Build.DenseOfDiagonalVector(p);
        var between = weighted * residuals.Transpose();
        var pull = a * a * (weighted * gram * weighted.Transpose());
        var share = alpha * delta * delta / (scale * scale * resolvent * resolvent);
        var q = (share * between + delta / (resolvent * resolvent) * pull) / (1 - share);
        var (error, uncertainty) = Error(h, b, q, p);
        return new()
        {
            TestError = error,
            TrainLoss = interpolates ? 0 : 0.5 * (between + q).Trace() / (scale * scale),
            V = v,
            Q = Rows(q),
            H = Rows(h),
            Intercept = model.Intercept ? [.. b] : null,
            Diagnostics = uncertainty == 0 ? Diagnostics.ClosedForm : Diagnostics.ClosedForm with
            {
                Warnings = [FormattableString.Invariant($"test_error of five or more clusters is a quasi-Monte Carlo integral; its error is about {uncertainty:g2}")],
            },
        };
    }

    /// <summary>λV² + (λ + αΔ − Δ)V = Δ; V = Δ(1 − α) for interpolation, with 1 + V → V and λ = 1.</summary>
    private static double Variance(double alpha, double lambda, double delta, bool interpolates)
    {
        if (interpolates) return delta * (1 - alpha);
        if (lambda == 0) return 1 / (alpha - 1);
        var linear = lambda + (alpha - 1) * delta;
        var root = Math.Sqrt(linear * linear + 4 * lambda * delta);
        return linear > 0 ? 2 * delta / (linear + root) : (root - linear) / (2 * lambda);
    }

    /// <summary>H(A + a diag(p) M) + a b pᵀM = a diag(p) M, and b + Hp = p for the intercept.</summary>
    private static (Matrix<double> H, Vector<double> B) Means(MulticlassRidgeModel model, double a, double resolvent)
    {
        var k = model.Probabilities.Length;
        var n = model.Intercept ? k + 1 : k;
        var system = Matrix<double>.Build.Dense(n, n);
        var right = Matrix<double>.Build.Dense(n, k);
        for (var c = 0; c < k; c++)
        {
            // Transposed: a row for each cluster, a column of unknowns (h_k1 … h_kK, b_k) for each output.
            system[c, c] = resolvent;
            for (var e = 0; e < k; e++)
            {
                system[c, e] += a * model.Probabilities[e] * model.MeanGram[e][c];
                if (model.Intercept) system[c, k] += a * model.Probabilities[e] * model.MeanGram[e][c];
                right[c, e] = a * model.Probabilities[e] * model.MeanGram[e][c];
            }
            if (!model.Intercept) continue;
            system[k, c] = model.Probabilities[c];
            system[k, k] = 1;
            right[k, c] = model.Probabilities[c];
        }
        var solution = system.Solve(right);
        return (solution.SubMatrix(0, k, 0, k).Transpose(), model.Intercept ? solution.Row(k) : Vector<double>.Build.Dense(k));
    }

    /// <summary>1 − Σ p_c P(argmax N(h_c + b, Q) = c): orthants of the differences to component c.</summary>
    private static (double Error, double Uncertainty) Error(Matrix<double> h, Vector<double> b, Matrix<double> q, Vector<double> p)
    {
        var (k, orthant) = (p.Count, new GaussianOrthant());
        double error = 0, uncertainty = 0;
        for (var c = 0; c < k; c++)
        {
            var others = Enumerable.Range(0, k).Where(e => e != c).ToArray();
            var mean = Vector<double>.Build.Dense(k - 1, i => h[c, c] + b[c] - h[others[i], c] - b[others[i]]);
            var covariance = Matrix<double>.Build.Dense(k - 1, k - 1, (i, j) => q[c, c] - q[c, others[i]] - q[c, others[j]] + q[others[i], others[j]]);
            var (miss, own) = orthant.Of(mean, covariance);
            error += p[c] * miss;
            uncertainty += p[c] * own;
        }
        return (error, uncertainty);
    }

    private static ImmutableArray<ImmutableArray<double>> Rows(Matrix<double> matrix) => [.. matrix.EnumerateRows().Select(row => row.ToImmutableArray())];
}
