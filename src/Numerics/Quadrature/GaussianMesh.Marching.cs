namespace Theory.Numerics.Quadrature;

/// <summary>Growth of the mesh into the tails and towards singular breakpoints.</summary>
internal sealed partial class GaussianMesh
{
    /// <summary>
    /// Adds panels along a ray until what remains beyond is negligible for every output, and books that remainder as truncation error.
    /// The two latest panels (indices, −1 if none) tell how ∫|f|φ decays.
    /// </summary>
    private void March(Ray ray, double start, int older, int newer)
    {
        for (var (x, reach) = (start, start); ;)
        {
            var first = store.Count;
            for (var i = 0; i < ray.Batch && x < ray.Limit; i++) x = AddAlong(ray, x);
            evaluator.Evaluate(store, first);
            for (var i = first; i < store.Count; i++)
            {
                if (store[i].NotFiniteAt is not null)
                {
                    GiveUp(ray, i, older, newer);
                    return;
                }

                (older, newer) = (newer, i);
            }

            if (x >= ray.Limit) break;
            if (x < reach || !IsNegligible(ray, older, newer)) continue;
            reach = FarFeature(ray, x);
            if (x >= reach) break;
        }

        BookRemainder(ray, older, newer, null);
    }

    private double AddAlong(Ray ray, double x)
    {
        var next = Math.Min(ray.Limit, x + ray.Step);
        if (ray.Limit - next < 0.1 * ray.Step) next = ray.Limit;
        if (!ray.Chart.IsLogarithmic)
        {
            foreach (var b in breakpoints)
            {
                if (ray.Sign * b > x && ray.Sign * b < next) next = ray.Sign * b;
            }
        }

        store.Add(ray.Sign > 0 ? new Panel(x, next, ray.Chart) : new Panel(-next, -x, ray.Chart));
        return next;
    }

    /// <summary>The integrand overflowed, or is NaN, on the panel: harmless if it had decayed before.</summary>
    private void GiveUp(Ray ray, int panel, int older, int newer)
    {
        var (z, isNaN) = (store[panel].NotFiniteAt!.Value, store[panel].IsNaN);
        store.Truncate(panel);
        var failure = isNaN
            ? new QuadratureException(QuadratureFailure.NotFinite, z, "it returned NaN")
            : new QuadratureException(QuadratureFailure.NotIntegrable, ray.Location, "|f(z)|φ(z) grows until it overflows");
        BookRemainder(ray, older, newer, failure);
    }

    private bool IsNegligible(Ray ray, int older, int newer)
    {
        for (var o = 0; o < outputs; o++)
        {
            if (!(Remainder(ray, older, newer, o) <= 0.01 * Tolerance(store.Sum(o, 2)))) return false;
        }

        return true;
    }

    private void BookRemainder(Ray ray, int older, int newer, QuadratureException? cause)
    {
        for (var o = 0; o < outputs; o++)
        {
            var remainder = Remainder(ray, older, newer, o);
            if (double.IsPositiveInfinity(remainder))
            {
                var crude = newer < 0 ? remainder : 8 * Density(newer, o) * ray.End(store[newer]);
                if (!(crude <= 0.01 * Tolerance(store.Sum(o, 2))))
                {
                    throw cause ?? new QuadratureException(QuadratureFailure.NotIntegrable, ray.Location,
                        "|f(z)|φ(z) does not decay fast enough for E|f(Z)| to be finite in double precision");
                }

                remainder = crude;
            }

            truncation[o] += remainder;
        }
    }

    /// <summary>
    /// Bound of what lies beyond the newer panel, from the local rate κ = −d log g/dx of the density g of |f|φ: with q = κx the tail of
    /// an exponential is g x/q and that of a power law g ∝ x^{−q} is g x/(q − 1). Infinite if q is not safely above 1.
    /// </summary>
    private double Remainder(Ray ray, int older, int newer, int output)
    {
        if (newer < 0) return double.PositiveInfinity;
        var density = Density(newer, output);
        if (density == 0) return 0;
        if (older < 0) return double.PositiveInfinity;
        var distance = Math.Abs(store[newer].Centre - store[older].Centre);
        var rate = Math.Log(Density(older, output) / density) / distance;
        var end = ray.End(store[newer]);
        var power = rate * end;
        return power > 1.05 ? 2 * density * Math.Exp(-rate * store[newer].Width / 2) * end / (power - 1) : double.PositiveInfinity;
    }

    private double Density(int panel, int output) => store.Absolute(panel, output) / store[panel].Width;

    /// <summary>How far the ray must go for breakpoints beyond x where the integrand comes back to life; x if there is none.</summary>
    private double FarFeature(Ray ray, double x)
    {
        if (ray.Chart.IsLogarithmic) return x;
        Span<double> point = stackalloc double[1];
        Span<double> values = outputs <= 128 ? stackalloc double[outputs] : new double[outputs];
        for (var i = 0; i < breakpoints.Length; i++)
        {
            var index = ray.Sign > 0 ? breakpoints.Length - 1 - i : i;
            var near = ray.Sign * breakpoints[index];
            if (near < x) break;
            var far = i == 0 ? Math.Min(near + 0.5, Edge) : ray.Sign * breakpoints[index + ray.Sign];
            point[0] = ray.Sign * (near + far) / 2;
            evaluator.Probe(point, values);
            for (var o = 0; o < outputs; o++)
            {
                var mass = Math.Abs(values[o]) * PanelEvaluator.Density(point[0]) * (far - near);
                if (!(mass <= 0.001 * Tolerance(store.Sum(o, 2)))) return far;
            }
        }

        return x;
    }

    /// <summary>A direction in which panels are added one after the other: outwards into a tail, or towards a breakpoint in its logarithmic coordinate.</summary>
    private readonly record struct Ray(Chart Chart, int Sign, double Step, double Limit, int Batch)
    {
        public double Location => Chart.IsLogarithmic ? Chart.Origin : Sign * double.PositiveInfinity;

        public double End(in Panel panel) => Sign > 0 ? panel.Upper : -panel.Lower;
    }
}
