using System.Collections.Immutable;

namespace Theory.Symbolics.Exact;

/// <summary>A jump of a function: f(z + 0) − f(z − 0) = Size at z = Location.</summary>
/// <param name="Location">Where.</param>
/// <param name="Size">How much, not 0.</param>
public readonly record struct Jump(ExactNumber Location, ExactNumber Size);

public sealed partial class EptFunction
{
    /// <summary>1 for an even function, −1 for an odd one (0 counts as even), 0 otherwise.</summary>
    public int Parity()
    {
        if (_terms.Keys.All(kernel => kernel.Parity != 0))
            return ParityOfSymmetric();
        EptFunction reflected = Compose(-1, ExactNumber.Zero);
        return Equals(reflected) ? 1 : Equals(-reflected) ? -1 : 0;
    }

    /// <summary>The derivative where it exists. With the <see cref="Jumps"/> it is the derivative as a distribution.</summary>
    /// <returns>The regular part of f'.</returns>
    /// <exception cref="ArithmeticException">The derivative has a pole at 0 that is not integrable.</exception>
    public EptFunction Derivative()
    {
        var sum = new EptSum();
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in _terms)
        {
            sum.Add(kernel, polynomial.Derivative() + (polynomial * new Polynomial<ExactNumber>(kernel.Linear, 2 * kernel.Quadratic)));
            if (kernel.Frequency is { } w)
                sum.Add(kernel with { IsSine = !kernel.IsSine }, polynomial * (kernel.IsSine ? w : -w));
            for (int i = 0; i < kernel.Errors.Count; i++)
                sum.Add(kernel.WithoutError(i), polynomial * kernel.ErrorSlope(i));
            if (!kernel.AbsolutePower.IsZero)
                AddOverVariable(sum, kernel, polynomial * kernel.AbsolutePower);
            if (kernel.LogPower > 0)
                AddOverVariable(sum, kernel with { LogPower = kernel.LogPower - 1 }, polynomial * kernel.LogPower);
        }
        return sum.ToFunction();
    }

    /// <summary>The jumps of the function, in ascending order.</summary>
    /// <returns>The points where f(z + 0) ≠ f(z − 0), and the differences.</returns>
    /// <exception cref="ArithmeticException">A jump is infinite, or the order of two points cannot be decided.</exception>
    public ImmutableArray<Jump> Jumps()
    {
        var sizes = new Dictionary<ExactNumber, ExactNumber>();
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in _terms)
            if (kernel.Start is { } start)
                sizes[start] = sizes.GetValueOrDefault(start, ExactNumber.Zero) + (polynomial.Evaluate(start) * kernel.ValueAt(start));
        return [.. sizes.Where(pair => !pair.Value.IsZero).Select(pair => new Jump(pair.Key, pair.Value)).OrderBy(jump => jump.Location)];
    }

    /// <summary>The points where pieces meet, in ascending order: kinks, jumps, and the singularity of |z|^p or log|z|.</summary>
    /// <returns>The points.</returns>
    /// <exception cref="ArithmeticException">The order of two points cannot be decided.</exception>
    public ImmutableArray<ExactNumber> Breakpoints()
    {
        HashSet<ExactNumber> points = [.. _terms.Keys.Select(kernel => kernel.Start).OfType<ExactNumber>()];
        if (_terms.Keys.Any(kernel => kernel.IsSingular))
            points.Add(ExactNumber.Zero);
        return [.. points.Order()];
    }

    /// <summary>Whether E f(z)² is finite for a standard normal z.</summary>
    /// <returns>Whether it is.</returns>
    /// <exception cref="ArithmeticException">A sign that is needed cannot be decided.</exception>
    public bool IsSquareIntegrable()
    {
        foreach (IGrouping<EptKernel, KeyValuePair<EptKernel, Polynomial<ExactNumber>>> group in _terms.GroupBy(term => term.Key.Unrestricted))
        {
            Polynomial<ExactNumber> left = _terms.GetValueOrDefault(group.Key, Polynomial<ExactNumber>.Zero);
            Polynomial<ExactNumber> right = group.Aggregate(Polynomial<ExactNumber>.Zero, (sum, term) => sum + term.Value);
            if (!(left.IsZero && right.IsZero) && group.Key.Quadratic.CompareTo(new BigRational(1, 4)) >= 0)
                return false;
            if (group.Any(term => !IsSquareIntegrableAtZero(term.Key, term.Value)))
                return false;
        }
        return true;
    }

    /// <summary>The value at a point of the real line, to rounding. It is meant for checks: <see cref="ScalarFunction"/> is faster.</summary>
    /// <param name="z">The point.</param>
    /// <returns>f(z); at a jump the value from the left.</returns>
    public double Evaluate(double z)
    {
        double sum = 0;
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in _terms)
        {
            double factor = kernel.Evaluate(z), value = 0;
            for (int i = polynomial.Degree; i >= 0 && factor != 0; i--)
                value = (value * z) + polynomial[i].ToDouble();
            sum += value * factor;
        }
        return sum;
    }

    private int ParityOfSymmetric()
    {
        int parity = 0;
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in _terms)
            for (int i = 0; i <= polynomial.Degree; i++)
            {
                if (polynomial[i].IsZero)
                    continue;
                int here = i % 2 == 0 ? kernel.Parity : -kernel.Parity;
                if (here == -parity)
                    return 0;
                parity = here;
            }
        return parity == 0 ? 1 : parity;
    }

    private static bool IsSquareIntegrableAtZero(EptKernel kernel, Polynomial<ExactNumber> polynomial)
    {
        if (kernel.AbsolutePower.Sign >= 0 || (kernel.Start is { } start && start.Sign > 0))
            return true;
        int lowest = 0;
        while (polynomial[lowest].IsZero)
            lowest++;
        return kernel.AbsolutePower + lowest > -BigRational.Half;
    }

    // polynomial · kernel / z = polynomial · z · kernel / |z|².
    private static void AddOverVariable(EptSum sum, EptKernel kernel, Polynomial<ExactNumber> polynomial) =>
        sum.Add(kernel with { AbsolutePower = kernel.AbsolutePower - 2 }, polynomial * Polynomial<ExactNumber>.Variable);

    private static void AddComposed(
        EptSum sum, EptKernel kernel, Polynomial<ExactNumber> polynomial, ExactNumber scale, ExactNumber shift)
    {
        int sign = scale.Sign;
        if (kernel.Start is { } start)
        {
            // scale z + shift > b is z > (b − shift)/scale, or the opposite half-line.
            ExactNumber moved = (start - shift) / scale;
            EptKernel whole = kernel.Unrestricted;
            if (sign < 0)
                AddComposedWhole(sum, whole, polynomial, scale, shift, null);
            AddComposedWhole(sum, whole, sign < 0 ? -polynomial : polynomial, scale, shift, moved);
        }
        else
            AddComposedWhole(sum, kernel, polynomial, scale, shift, null);
    }

    private static void AddComposedWhole(
        EptSum sum, EptKernel kernel, Polynomial<ExactNumber> polynomial, ExactNumber scale, ExactNumber shift, ExactNumber? start)
    {
        (ExactNumber a, ExactNumber g) = (kernel.Linear, kernel.Quadratic);
        (ErrorFunctions errors, int sign) = kernel.Errors.Compose(scale, shift);
        EptKernel composed = new()
        {
            Linear = scale * (a + (2 * g * shift)),
            Quadratic = g * scale * scale,
            Errors = errors,
            Start = start,
            AbsolutePower = kernel.AbsolutePower,
        };
        polynomial *= ExactNumber.Exp((a * shift) + (g * shift * shift)) * sign;
        if (!kernel.IsSingular)
        {
            if (kernel.Frequency is { } w)
                sum.AddWave(composed, polynomial, w * scale, kernel.IsSine, w * shift);
            else
                sum.Add(composed, polynomial);
            return;
        }
        if (!shift.IsZero)
            throw new ArithmeticException("A singularity of |z|^p or log|z| cannot be moved away from 0.");
        ExactNumber size = scale.Sign < 0 ? -scale : scale;
        polynomial *= ExactNumber.Pow(size, kernel.AbsolutePower);
        for (int n = 0; n <= kernel.LogPower; n++)
        {
            // (log s + log|z|)^N expanded.
            ExactNumber factor = ExactNumber.Pow(ExactNumber.Ln(size), kernel.LogPower - n) * Binomial(kernel.LogPower, n);
            sum.AddWave(composed with { LogPower = n }, polynomial * factor, (kernel.Frequency ?? 0) * scale, kernel.IsSine, ExactNumber.Zero);
        }
    }

    private static BigRational Binomial(int n, int k)
    {
        BigRational value = BigRational.One;
        for (int i = 1; i <= k; i++)
            value = value * (n - k + i) / i;
        return value;
    }
}
