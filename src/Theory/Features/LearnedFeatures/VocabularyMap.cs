using System.Numerics;

namespace Theory.Features;

/// <summary>
/// The equations (3.1)–(3.5) of docs/features.md for v = (χ_1 … χ_k, X_11, X_12 … X_kk) as a map v → T(v), with their Jacobian, in real or complex numbers:
/// δ = Σ π c⋆² χ + c₁ᵀXc₁/β, A = (α/β) E c₁c₁ᵀ/(1 + δ), B_q = (α/β) E c⋆_q²/(1 + δ), P = diag(βπχ), V = A(I + PA)⁻¹, χ_q = 1/(λ + B_q + V_qq), X = (I + PA)⁻¹P.
/// Memory is allocated once: one thread at a time.
/// </summary>
internal sealed class VocabularyMap<T>
    where T : struct, INumberBase<T>
{
    private readonly int k;
    private readonly (int Q, int R)[] pairs;
    private readonly T alpha, beta, half;
    private readonly T[] weight, sum, coefficient, a, p, b, inverse, matrix, v, x, chi;

    public VocabularyMap(INodeSums<T> sums, ReadOnlySpan<double> fractions, double alpha, double beta)
    {
        (Sums, k) = (sums, fractions.Length);
        pairs = new (int, int)[k * (k + 1) / 2];
        for (var (q, l) = (0, 0); q < k; q++)
            for (var r = q; r < k; r++, l++) pairs[l] = (q, r);
        (this.alpha, this.beta, half) = (T.CreateChecked(alpha), T.CreateChecked(beta), T.CreateChecked(0.5));
        weight = new T[k];
        for (var q = 0; q < k; q++) weight[q] = T.CreateChecked(fractions[q]);
        Unknowns = k + pairs.Length;
        (sum, coefficient) = (new T[Unknowns], new T[Unknowns * Unknowns]);
        (a, inverse, matrix, v, x) = (new T[k * k], new T[k * k], new T[k * k], new T[k * k], new T[k * k]);
        (p, b, chi) = (new T[k], new T[k], new T[k]);
    }

    /// <summary>The averages over κ.</summary>
    public INodeSums<T> Sums { get; set; }

    /// <summary>Number of unknowns.</summary>
    public int Unknowns { get; }

    /// <summary>A at the last point, row by row.</summary>
    public ReadOnlySpan<T> A => a;

    /// <summary>(I + PA)⁻¹ at the last point.</summary>
    public ReadOnlySpan<T> Inverse => inverse;

    /// <summary>T(v) at the last point as a matrix X.</summary>
    public ReadOnlySpan<T> X => x;

    /// <summary>T(v) at the last point as a vector χ.</summary>
    public ReadOnlySpan<T> Chi => chi;

    /// <summary>The place of X_qr among the unknowns, q ≤ r.</summary>
    public int Place(int q, int r) => k + q * k - q * (q - 1) / 2 + r - q;

    /// <summary>T(v), and J = ∂T/∂v row by row.</summary>
    public bool TryJacobian(T lambda, ReadOnlySpan<T> unknowns, Span<T> image, Span<T> jacobian)
    {
        if (!TryMap(lambda, unknowns, image)) return false;
        SetCoefficients();
        Sums.MultiplyProducts(coefficient, jacobian);
        for (var i = 0; i < Unknowns; i++) AddDirect(i, jacobian.Slice(i * Unknowns, Unknowns));
        return true;
    }

    /// <summary>The change of T for λ̇_q = E c⋆_q² ω and Ȧ = E c₁c₁ᵀ ω, given t_i = E f_i ω, at the last point where J was computed.</summary>
    public void Source(ReadOnlySpan<T> t, Span<T> source)
    {
        for (var i = 0; i < Unknowns; i++)
        {
            source[i] = T.Zero;
            for (var l = 0; l < Unknowns; l++) source[i] -= coefficient[i * Unknowns + l] * (beta / alpha) * t[l];
        }
    }

    /// <summary>T(v); false if it is singular.</summary>
    public bool TryMap(T lambda, ReadOnlySpan<T> unknowns, Span<T> image)
    {
        Sums.Evaluate(unknowns, sum);
        for (var q = 0; q < k; q++)
        {
            b[q] = alpha / (beta * weight[q]) * sum[q];
            p[q] = beta * weight[q] * unknowns[q];
        }
        for (var l = 0; l < pairs.Length; l++)
        {
            var (q, r) = pairs[l];
            a[q * k + r] = a[r * k + q] = alpha * (q == r ? sum[k + l] : half * sum[k + l]);
        }
        for (var q = 0; q < k; q++)
            for (var r = 0; r < k; r++) matrix[q * k + r] = p[q] * a[q * k + r] + (q == r ? T.One : T.Zero);
        if (!SmallMatrix.TryInvert(matrix, inverse, k)) return false;
        SmallMatrix.Multiply(a, inverse, v, k);
        for (var q = 0; q < k; q++)
        {
            image[q] = chi[q] = T.One / (lambda + b[q] + v[q * k + q]);
            for (var r = 0; r < k; r++) x[q * k + r] = inverse[q * k + r] * p[r];
        }
        for (var l = 0; l < pairs.Length; l++) image[k + l] = x[pairs[l].Q * k + pairs[l].R];
        return true;
    }

    // ∂T_i/∂s_l of (A, B) → (χ, X), times −1: dχ_q = −χ_q²(dB_q + (RᵀdAR)_qq), dX = −X dA X with R = (I + PA)⁻¹.
    private void SetCoefficients()
    {
        coefficient.AsSpan().Clear();
        for (var q = 0; q < k; q++)
        {
            var square = chi[q] * chi[q];
            coefficient[q * Unknowns + q] = square * alpha / (beta * weight[q]);
            for (var l = 0; l < pairs.Length; l++) coefficient[q * Unknowns + k + l] = square * alpha * inverse[pairs[l].Q * k + q] * inverse[pairs[l].R * k + q];
        }
        for (var i = 0; i < pairs.Length; i++)
            for (var l = 0; l < pairs.Length; l++)
            {
                var ((q, r), (s, t)) = (pairs[i], pairs[l]);
                coefficient[(k + i) * Unknowns + k + l] = alpha * half * (x[q * k + s] * x[t * k + r] + x[q * k + t] * x[s * k + r]);
            }
    }

    // Through P: dχ_q = χ_q² (V dP V)_qq, dX = R dP Rᵀ.
    private void AddDirect(int i, Span<T> row)
    {
        for (var s = 0; s < k; s++)
        {
            var change = beta * weight[s];
            if (i < k) row[s] += chi[i] * chi[i] * v[i * k + s] * v[i * k + s] * change;
            else row[s] += inverse[pairs[i - k].Q * k + s] * inverse[pairs[i - k].R * k + s] * change;
        }
    }
}
