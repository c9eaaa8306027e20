using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Hermite;

/// <summary>
/// A function f of z ~ N(0, 1) in probabilists' Hermite polynomials (He_0 = 1, He_1 = z, He_{k+1} = z He_k − k He_{k−1}, E[He_j He_k] = k! δ_jk) up to an order K.
/// Coefficients that have a closed form are exact; the others come from quadrature split at the breakpoints of f, all from the same nodes.
/// </summary>
public sealed class HermiteExpansion : IReadOnlyList<HermiteCoefficient>
{
    /// <summary>The highest order that can be asked for.</summary>
    public const int MaximumOrder = 200;

    private readonly ImmutableArray<HermiteCoefficient> coefficients;

    internal HermiteExpansion(ScalarFunction function, ImmutableArray<HermiteCoefficient> coefficients, SecondMoment secondMoment, double parsevalResidual, bool isConverged)
    {
        this.coefficients = coefficients;
        (Function, SecondMoment, SecondMomentError, ExactSecondMoment) = (function, secondMoment.Value, secondMoment.Error, secondMoment.Exact);
        (ParsevalResidual, IsConverged) = (parsevalResidual, isConverged);
    }

    /// <summary>f.</summary>
    public ScalarFunction Function { get; }

    /// <summary>K, the highest order.</summary>
    public int Order => coefficients.Length - 1;

    /// <summary>E f(z)².</summary>
    public double SecondMoment { get; }

    /// <summary>Bound of the error of <see cref="SecondMoment"/>.</summary>
    public double SecondMomentError { get; }

    /// <summary>E f² in closed form ("921/16", "1/2", "1/2 - exp(-4)/2"), or <see langword="null"/> when it has none, or a very long one. A rational number is in lowest terms.</summary>
    public string? ExactSecondMoment { get; }

    /// <summary>R_K = E f² − Σ_{k≤K} ĉ_k²: the squared L² error of stopping at order K. A difference of numbers of order E f², so at best accurate to 1e-13·E f², and it may come out below 0 by as much.</summary>
    public double ParsevalResidual { get; }

    /// <summary>√max(R_K, 0), the L² norm of what the expansion leaves out.</summary>
    public double TailNorm => Math.Sqrt(Math.Max(ParsevalResidual, 0));

    /// <summary>Whether the quadrature met its tolerance; if not, the errors of the coefficients say how far it got.</summary>
    public bool IsConverged { get; }

    /// <inheritdoc/>
    int IReadOnlyCollection<HermiteCoefficient>.Count => coefficients.Length;

    /// <summary>The coefficient of an order.</summary>
    /// <param name="k">The order, 0 to <see cref="Order"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside 0 to <see cref="Order"/>.</exception>
    public HermiteCoefficient this[int k] => k >= 0 && k < coefficients.Length ? coefficients[k] : throw Guard.OutOfRange(nameof(k), k, $"must be in 0 to {Order}");

    /// <summary>Expands a function; the result is kept with the function, so that asking again costs nothing.</summary>
    /// <param name="f">The function, square integrable under N(0, 1).</param>
    /// <param name="order">K, 0 to <see cref="MaximumOrder"/>.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The expansion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside its range.</exception>
    /// <exception cref="ArgumentException">E f² is infinite, exceeds the range of double, or cannot be shown to be finite; f is NaN or infinite somewhere, which the message names;
    /// the error exceeds <see cref="HermiteOptions.LargestError"/>; or the coefficients violate Bessel's inequality (R_K &lt; −1e-10·E f²): f has undeclared breakpoints, or is no function.</exception>
    public static HermiteExpansion Of(ScalarFunction f, int order, HermiteOptions? options = null)
    {
        Guard.NotNull(f, nameof(f));
        if (order is < 0 or > MaximumOrder) throw Guard.OutOfRange(nameof(order), order, $"must be in 0 to {MaximumOrder}");
        var chosen = options ?? HermiteOptions.Default;
        return f.Memo((typeof(HermiteExpansion), order, chosen), function => new HermiteComputation(function, order, chosen).Run());
    }

    /// <summary>The value of the truncated expansion Σ_{k≤K} (c_k/k!) He_k(z).</summary>
    /// <param name="z">The point.</param>
    /// <returns>Its value.</returns>
    public double Evaluate(double z)
    {
        var (sum, previous, current) = (0.0, 0.0, 1.0);
        for (var k = 0; k <= Order; k++)
        {
            sum += coefficients[k].Value * current;
            (previous, current) = (current, (z * current - Math.Sqrt(k) * previous) / Math.Sqrt(k + 1));
        }
        return sum;
    }

    /// <inheritdoc/>
    public IEnumerator<HermiteCoefficient> GetEnumerator() => ((IEnumerable<HermiteCoefficient>)coefficients).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Function.Text}: {string.Join(", ", coefficients.Select(c => c.Exact ?? c.Value.ToString("g6", CultureInfo.InvariantCulture)))}");
}

/// <summary>E f² with its error, and exactly where that is known.</summary>
internal readonly record struct SecondMoment(double Value, double Error, string? Exact);

/// <summary>Hermite expansions asked of the function itself.</summary>
public static class HermiteExtensions
{
    /// <summary>Expands a function in Hermite polynomials; see <see cref="HermiteExpansion.Of"/>.</summary>
    /// <param name="f">The function.</param>
    /// <param name="order">The highest order, 0 to <see cref="HermiteExpansion.MaximumOrder"/>.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The expansion.</returns>
    public static HermiteExpansion Hermite(this ScalarFunction f, int order, HermiteOptions? options = null) => HermiteExpansion.Of(f, order, options);

    /// <summary>Expands an expression in z in Hermite polynomials; see <see cref="HermiteExpansion.Of"/>.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="order">The highest order, 0 to <see cref="HermiteExpansion.MaximumOrder"/>.</param>
    /// <param name="options">Choices, or <see langword="null"/> for the defaults.</param>
    /// <returns>The expansion.</returns>
    public static HermiteExpansion Hermite(this Expression expression, int order, HermiteOptions? options = null) => HermiteExpansion.Of(expression, order, options);
}
