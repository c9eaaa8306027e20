namespace Theory.Symbolics.Exact;

/// <summary>Collects polynomials times kernels, brings them to normal form, and merges equal kernels.</summary>
internal sealed class EptSum
{
    private const int GreatestPower = 1_000;

    private readonly Dictionary<EptKernel, Polynomial<ExactNumber>> _terms = [];

    public EptFunction ToFunction() => new(_terms.Where(term => !term.Value.IsZero));

    /// <summary>Adds polynomial · kernel; the kernel's power of |z| may lie outside (−1, 1).</summary>
    /// <exception cref="ArithmeticException">A pole at 0 remains.</exception>
    public void Add(EptKernel kernel, Polynomial<ExactNumber> polynomial)
    {
        if (polynomial.IsZero)
            return;
        if (kernel.AbsolutePower.IsZero || BigRational.Abs(kernel.AbsolutePower) < BigRational.One)
        {
            _terms[kernel] = _terms.TryGetValue(kernel, out Polynomial<ExactNumber>? already) ? already + polynomial : polynomial;
            return;
        }
        BigRational power = kernel.AbsolutePower;
        if (BigRational.Abs(power) > GreatestPower)
            throw new OverflowException($"The power {power} of |z| is too large.");
        if (power.IsInteger)
        {
            AddIntegerPower(kernel with { AbsolutePower = BigRational.Zero }, polynomial, (int)power.Numerator);
            return;
        }
        int even = 2 * (int)BigRational.Floor((power + BigRational.One) * BigRational.Half);
        Add(kernel with { AbsolutePower = power - even }, TimesPower(polynomial, even));
    }

    public void Add(EptFunction function, ExactNumber scale)
    {
        foreach ((EptKernel kernel, Polynomial<ExactNumber> polynomial) in function.Terms)
            Add(kernel, polynomial * scale);
    }

    /// <summary>Adds polynomial · left · right.</summary>
    /// <exception cref="ArithmeticException">The product has a pole, or the order of two kinks cannot be decided.</exception>
    public void AddProduct(EptKernel left, EptKernel right, Polynomial<ExactNumber> polynomial)
    {
        EptKernel product = new()
        {
            Linear = left.Linear + right.Linear,
            Quadratic = left.Quadratic + right.Quadratic,
            Errors = left.Errors * right.Errors,
            AbsolutePower = left.AbsolutePower + right.AbsolutePower,
            LogPower = left.LogPower + right.LogPower,
            Start = Later(left.Start, right.Start),
        };
        if (left.Frequency is null || right.Frequency is null)
        {
            EptKernel wave = left.Frequency is null ? right : left;
            Add(product with { Frequency = wave.Frequency, IsSine = wave.IsSine }, polynomial);
            return;
        }
        // 2 cos a cos b = cos(a−b) + cos(a+b); 2 sin a sin b = cos(a−b) − cos(a+b); 2 sin a cos b = sin(a+b) + sin(a−b).
        Polynomial<ExactNumber> half = polynomial * BigRational.Half;
        bool sine = left.IsSine != right.IsSine;
        (ExactNumber a, ExactNumber b) = sine && right.IsSine ? (right.Frequency, left.Frequency) : (left.Frequency, right.Frequency);
        AddWave(product, left.IsSine && right.IsSine ? -half : half, a + b, sine, ExactNumber.Zero);
        AddWave(product, half, a - b, sine, ExactNumber.Zero);
    }

    /// <summary>Adds polynomial · kernel · {cos | sin}(w z + phase), for any sign of w.</summary>
    public void AddWave(EptKernel kernel, Polynomial<ExactNumber> polynomial, ExactNumber frequency, bool sine, ExactNumber phase)
    {
        int sign = frequency.Sign;
        if (sign < 0)
        {
            AddWave(kernel, sine ? -polynomial : polynomial, -frequency, sine, -phase);
            return;
        }
        (ExactNumber cos, ExactNumber sin) = (ExactNumber.Cos(phase), ExactNumber.Sin(phase));
        if (sign == 0)
        {
            Add(kernel with { Frequency = null, IsSine = false }, polynomial * (sine ? sin : cos));
            return;
        }
        Add(kernel with { Frequency = frequency, IsSine = sine }, polynomial * cos);
        Add(kernel with { Frequency = frequency, IsSine = !sine }, polynomial * (sine ? sin : -sin));
    }

    // |z|^n = z^n for even n and z^n (2·1{z > 0} − 1) for odd n.
    private void AddIntegerPower(EptKernel kernel, Polynomial<ExactNumber> polynomial, int power)
    {
        Polynomial<ExactNumber> shifted = TimesPower(polynomial, power);
        if (power % 2 == 0)
        {
            Add(kernel, shifted);
            return;
        }
        Add(kernel with { Start = Later(kernel.Start, ExactNumber.Zero) }, shifted * 2);
        Add(kernel, -shifted);
    }

    private static Polynomial<ExactNumber> TimesPower(Polynomial<ExactNumber> polynomial, int power)
    {
        if (power >= 0)
            return polynomial * Polynomial<ExactNumber>.Pow(Polynomial<ExactNumber>.Variable, power);
        for (int i = 0; i < -power; i++)
            if (!polynomial[i].IsZero)
                throw new ArithmeticException($"z^{i}·|z|^(-p) with p ≥ {-power} is not integrable at 0.");
        return new(polynomial.Coefficients.AsSpan()[-power..]);
    }

    private static ExactNumber? Later(ExactNumber? left, ExactNumber? right) =>
        left is null ? right : right is null || left.Equals(right) || left.CompareTo(right) > 0 ? left : right;
}
