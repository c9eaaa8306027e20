using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>
/// The expansion of a function of z ~ N(0, 1) in probabilists' Hermite polynomials, f = Σ (c_k/k!) He_k with c_k = E[f(z) He_k(z)], up to an order K.
/// </summary>
public sealed partial record HermiteCoefficientsModel : IModel<HermiteCoefficientsModel, HermiteCoefficientsPrediction>
{
    /// <summary>f(z): a formula or a delegate, square integrable under the standard Gaussian.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required ScalarFunction Expression { get; init => field = Guard.NotNull(value); }

    /// <summary>K, the highest order, 0 to <see cref="HermiteExpansion.MaximumOrder"/>. Default 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to <see cref="HermiteExpansion.MaximumOrder"/>.</exception>
    public int Order
    {
        get;
        init => field = value is >= 0 and <= HermiteExpansion.MaximumOrder ? value : throw Guard.OutOfRange(nameof(Order), value, $"must be in 0 to {HermiteExpansion.MaximumOrder}");
    } = 20;
}
