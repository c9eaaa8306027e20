using System.Collections.Immutable;
using System.Numerics;

namespace Theory.Symbolics.Exact;

/// <summary>An interval [Low, High] that contains exactly one real root of a polynomial; the root itself when the ends are equal.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct RootInterval(BigRational Low, BigRational High)
{
    /// <summary>The midpoint as a double.</summary>
    public double Midpoint => ((Low + High) * BigRational.Half).ToDouble();

    /// <summary>Whether the root is known exactly.</summary>
    public bool IsExact => Low == High;
}

/// <summary>Real roots of polynomials: isolation by Sturm sequences over the rationals, and closed forms where there are simple ones.</summary>
public static class RealRoots
{
    // Sturm sequences of polynomials of high degree grow too long to be worth the search for a closed form.
    private const int GreatestDegree = 40;

    /// <summary>Isolates the distinct real roots.</summary>
    /// <param name="polynomial">A polynomial, not 0.</param>
    /// <returns>Disjoint intervals in ascending order, one for each distinct real root; rational roots are exact.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The polynomial is 0.</exception>
    public static ImmutableArray<RootInterval> Isolate(Polynomial<BigRational> polynomial)
    {
        if (polynomial.IsZero)
            throw new ArgumentOutOfRangeException(nameof(polynomial), "polynomial must not be 0: all numbers are its roots.");
        var sturm = new SturmSequence(polynomial);
        BigRational bound = CauchyBound(polynomial);
        var found = new List<RootInterval>();
        Bisect(sturm, -bound, bound, sturm.CountRoots(-bound, bound), found);
        return [.. found.Select(interval => RationalRoot(sturm.Squarefree, interval) is { } root ? new(root, root) : interval)];
    }

    /// <summary>Narrows an isolating interval by bisection.</summary>
    /// <param name="polynomial">The polynomial of the interval.</param>
    /// <param name="interval">An interval from <see cref="Isolate"/>.</param>
    /// <param name="width">The greatest width wanted, positive.</param>
    /// <returns>An interval around the same root, at most that wide.</returns>
    public static RootInterval Refine(Polynomial<BigRational> polynomial, RootInterval interval, BigRational width)
    {
        if (width.Sign <= 0)
            throw new ArgumentOutOfRangeException(nameof(width), width, $"width must be positive; got {width}.");
        // Only roots of odd multiplicity change the sign; the squarefree part has no others.
        Polynomial<BigRational> squarefree = SturmSequence.SquarefreePart(polynomial);
        (BigRational low, BigRational high) = interval;
        int sign = squarefree.Evaluate(low).Sign;
        while (high - low > width)
        {
            BigRational middle = (low + high) * BigRational.Half;
            int at = squarefree.Evaluate(middle).Sign;
            if (at == 0)
                return new(middle, middle);
            (low, high) = at == sign ? (middle, high) : (low, middle);
        }
        return new(low, high);
    }

    /// <summary>
    /// The distinct real roots in closed form: rational roots, quadratics, and polynomials in a power of z that reduce to these.
    /// </summary>
    /// <param name="polynomial">A polynomial, not 0.</param>
    /// <returns>The roots in ascending order, or <see langword="null"/> when some root has no such form.</returns>
    /// <exception cref="ArithmeticException">A sign that is needed cannot be decided.</exception>
    public static ImmutableArray<ExactNumber>? Exact(Polynomial<ExactNumber> polynomial)
    {
        if (polynomial.IsZero)
            throw new ArgumentOutOfRangeException(nameof(polynomial), "polynomial must not be 0: all numbers are its roots.");
        var roots = new List<ExactNumber>();
        int zeros = 0;
        while (polynomial[zeros].IsZero)
            zeros++;
        if (zeros > 0)
            roots.Add(ExactNumber.Zero);
        Polynomial<ExactNumber> rest = new(polynomial.Coefficients.AsSpan()[zeros..]);
        if (rest.Degree > 2 && PowerStep(rest) == 1 && AsRational(rest) is { } rational)
        {
            if (rational.Degree > GreatestDegree)
                return null;
            rest = WithoutRationalRoots(rational, roots);
        }
        if (!AddClosedForms(rest, roots))
            return null;
        roots.Sort();
        return [.. roots];
    }

    private static bool AddClosedForms(Polynomial<ExactNumber> polynomial, List<ExactNumber> roots)
    {
        if (polynomial.Degree < 1)
            return true;
        int step = polynomial.Degree > 2 ? PowerStep(polynomial) : 1;
        if (step > 1)
            return AddRootsOfPowers(polynomial, step, roots);
        if (polynomial.Degree == 1)
            roots.Add(-polynomial[0] / polynomial[1]);
        else if (polynomial.Degree == 2)
            AddQuadratic(polynomial, roots);
        else
            return AsRational(polynomial) is { Degree: <= GreatestDegree } rational && Isolate(rational).IsEmpty;
        return true;
    }

    // The greatest n such that the polynomial is one in z^n.
    private static int PowerStep(Polynomial<ExactNumber> polynomial) =>
        Enumerable.Range(1, Math.Max(0, polynomial.Degree)).Where(i => !polynomial[i].IsZero).Aggregate(0, Gcd);

    // p(z) = g(t) with t = z^step.
    private static bool AddRootsOfPowers(Polynomial<ExactNumber> polynomial, int step, List<ExactNumber> roots)
    {
        var reduced = new Polynomial<ExactNumber>([.. Enumerable.Range(0, (polynomial.Degree / step) + 1).Select(i => polynomial[i * step])]);
        if (Exact(reduced) is not { } powers)
            return false;
        foreach (ExactNumber t in powers)
        {
            int sign = t.Sign;
            if (sign < 0 && step % 2 == 0)
                continue;
            ExactNumber root = ExactNumber.Pow(sign < 0 ? -t : t, new BigRational(1, step));
            roots.Add(sign < 0 ? -root : root);
            if (step % 2 == 0 && sign > 0)
                roots.Add(-root);
        }
        return true;
    }

    private static void AddQuadratic(Polynomial<ExactNumber> polynomial, List<ExactNumber> roots)
    {
        // z² + 2p z + q.
        (ExactNumber p, ExactNumber q) = (polynomial[1] / polynomial[2] / 2, polynomial[0] / polynomial[2]);
        ExactNumber discriminant = (p * p) - q;
        int sign = discriminant.Sign;
        if (sign < 0)
            return;
        ExactNumber root = ExactNumber.Sqrt(discriminant);
        roots.Add(-p - root);
        if (sign > 0)
            roots.Add(root - p);
    }

    // Divides the squarefree part by its rational roots, which it adds to the list.
    private static Polynomial<ExactNumber> WithoutRationalRoots(Polynomial<BigRational> polynomial, List<ExactNumber> roots)
    {
        Polynomial<BigRational> rest = SturmSequence.SquarefreePart(polynomial);
        foreach (RootInterval interval in Isolate(rest).Where(interval => interval.IsExact))
        {
            roots.Add(interval.Low);
            rest = Polynomial<BigRational>.DivRem(rest, new Polynomial<BigRational>(-interval.Low, BigRational.One)).Quotient;
        }
        return new([.. rest.Coefficients.Select(ExactNumber.FromRational)]);
    }

    // A rational root of a primitive polynomial is a multiple of 1/leading, of which a narrow interval holds at most one.
    private static BigRational? RationalRoot(Polynomial<BigRational> primitive, RootInterval interval)
    {
        BigRational leading = BigRational.Abs(primitive.Leading);
        RootInterval narrow = Refine(primitive, interval, BigRational.Half / leading);
        BigRational candidate = new(BigRational.Floor(narrow.High * leading), leading.Numerator);
        return primitive.Evaluate(candidate).IsZero && narrow.Low <= candidate ? candidate : null;
    }

    /// <summary>The polynomial over the rationals, if its coefficients are rational up to a common factor.</summary>
    internal static Polynomial<BigRational>? AsRational(Polynomial<ExactNumber> polynomial)
    {
        if (polynomial.Coefficients.All(c => c.IsRational))
            return new([.. polynomial.Coefficients.Select(c => c.ToRational())]);
        if (!polynomial.Leading.IsMonomial)
            return null;
        ExactNumber[] monic = [.. polynomial.Coefficients.Select(c => c / polynomial.Leading)];
        return Array.TrueForAll(monic, c => c.IsRational) ? new(Array.ConvertAll(monic, c => c.ToRational()).AsSpan()) : null;
    }

    // The ends of all intervals are no roots, so that the squarefree part has different signs at the ends of the last ones.
    private static void Bisect(SturmSequence sturm, BigRational low, BigRational high, int count, List<RootInterval> found)
    {
        if (count == 1)
            found.Add(new(low, high));
        if (count < 2)
            return;
        BigRational middle = (low + high) * BigRational.Half;
        while (sturm.IsRoot(middle))
            middle = (low + middle) * BigRational.Half;
        int left = sturm.CountRoots(low, middle);
        Bisect(sturm, low, middle, left, found);
        Bisect(sturm, middle, high, count - left, found);
    }

    private static BigRational CauchyBound(Polynomial<BigRational> polynomial)
    {
        BigRational greatest = BigRational.Zero;
        for (int i = 0; i < polynomial.Degree; i++)
        {
            BigRational ratio = BigRational.Abs(polynomial[i] / polynomial.Leading);
            greatest = ratio > greatest ? ratio : greatest;
        }
        return BigRational.Floor(greatest) + 2;
    }

    private static int Gcd(int a, int b) => (int)BigInteger.GreatestCommonDivisor(a, b);
}
