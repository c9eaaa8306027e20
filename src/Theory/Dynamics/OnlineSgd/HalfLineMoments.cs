using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>
/// Exact moments when the activation is a polynomial on each side of 0 (relu, leaky relu, abs, powers of relu) and the target a polynomial or a sum of such functions:
/// sums of <see cref="OrthantMoments"/>.
/// </summary>
internal sealed class HalfLineMoments : IMomentRule
{
    private const double MaxProducts = 2e5;
    private readonly int p, k, n;
    private readonly List<(Term Term, double Weight, int Index)> f = [], g = [], h = [], risk = [];

    private HalfLineMoments(SgdTask task, List<Term> slope, List<Term>[] students, List<Term> labels)
    {
        (p, k, n) = (task.Width, task.Teachers, task.Fields);
        List<Term> all = [.. students.SelectMany(s => s), .. labels];
        var drift = task.Loss == SgdLoss.Square ? all : labels;
        AddSquares(risk, [Term.One], all, 0.5, 0);
        for (var j = 0; j < p; j++)
        {
            Term[] own = [.. slope.Select(t => t.At(j))];
            Term[] driven = [.. own.SelectMany(s => drift.Select(s.Times))];
            for (var r = 0; r < k; r++) f.AddRange(driven.Select(t => (t.Times(Term.Field(p + r)), task.Readout[j], j * k + r)));
            for (var b = 0; b < p; b++) g.AddRange(driven.Select(t => (t.Times(Term.Field(b)), task.Readout[j], j * p + b)));
            for (var b = 0; b <= j; b++)
            {
                Term[] pair = [.. own.SelectMany(s => slope.Select(t => s.Times(t.At(b))))];
                var readout = task.Readout[j] * task.Readout[b];
                AddSquares(h, pair, drift, readout, j * p + b);
                if (task.Noise > 0) h.AddRange(pair.Select(t => (t, readout * task.Noise, j * p + b)));
            }
        }
    }

    public string Name => "closed form (orthants)";

    public bool IsExact => true;

    public static HalfLineMoments? TryCreate(SgdTask task, AdditiveForm? form)
    {
        if (HalfLine(task.Activation) is not { } sigma || HalfLine(task.Slope) is not { } slope) return null;
        List<Term> labels = [];
        if (task.Target is { } target && NumericPolynomial.TryFrom(target, task.Teachers) is { } polynomial)
        {
            labels.AddRange(polynomial.Terms.Select(t => Term.Monomial(t.Coefficient, t.Exponents, task.Width)));
        }
        else
        {
            if (form is null) return null;
            if (form.Constant != 0) labels.Add(Term.One with { Coefficient = form.Constant });
            for (var r = 0; r < task.Teachers; r++)
            {
                if (form.Functions[r] is not { } function) continue;
                if (HalfLine(function) is not { } teacher) return null;
                labels.AddRange(teacher.Select(t => t.At(task.Width + r).Scale(task.Target is null ? 1.0 / task.Teachers : 1)));
            }
        }

        var students = Enumerable.Range(0, task.Width).Select(j => sigma.Select(t => t.At(j).Scale(-task.Readout[j] / task.Width)).ToList()).ToArray();
        double terms = students.Sum(s => s.Count) + labels.Count;
        return terms * terms * task.Width * task.Width * slope.Count * slope.Count / 4 > MaxProducts ? null : new(task, slope, students, labels);
    }

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        Evaluate(omega, values);
        return 0;
    }

    public double Risk(ReadOnlySpan<double> omega)
    {
        var sum = 0.0;
        foreach (var (term, weight, _) in risk) sum += weight * term.Expectation(omega, n);
        return Math.Max(sum, 0);
    }

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values)
    {
        values.Clear();
        foreach (var (term, weight, index) in f) values.F[index] += weight * term.Expectation(omega, n);
        foreach (var (term, weight, index) in g) values.G[index] += weight * term.Expectation(omega, n);
        foreach (var (term, weight, index) in h) values.H[index] += weight * term.Expectation(omega, n);
        values.Risk = Risk(omega);
        for (var j = 0; j < p; j++)
            for (var b = 0; b < j; b++) values.H[b * p + j] = values.H[j * p + b];
    }

    private static void AddSquares(List<(Term Term, double Weight, int Index)> into, IReadOnlyList<Term> common, List<Term> terms, double weight, int index)
    {
        for (var t = 0; t < terms.Count; t++)
        {
            for (var u = 0; u <= t; u++)
            {
                var both = terms[t].Times(terms[u]);
                into.AddRange(common.Select(c => (c.Times(both), weight * (t == u ? 1 : 2), index)));
            }
        }
    }

    /// <summary>The function as Σ c z^a plus 1{z &gt; 0} Σ c′ z^a, with field 0 standing for z.</summary>
    private static List<Term>? HalfLine(ScalarFunction function)
    {
        if (function.Breakpoints.Any(b => b != 0) || function.Expression?.Simplify() is not { } simple) return null;
        if (NumericPolynomial.TryFrom(Branches.At(simple, 1), 1) is not { } right || NumericPolynomial.TryFrom(Branches.At(simple, -1), 1) is not { } left) return null;
        List<Term> terms = [];
        var (above, below) = (right.Coefficients, left.Coefficients);
        for (var a = 0; a < Math.Max(above.Length, below.Length); a++)
        {
            var (up, down) = (a < above.Length ? above[a] : 0, a < below.Length ? below[a] : 0);
            if (down != 0) terms.Add(new(down, a == 0 ? [] : [0], a == 0 ? [] : [a], 0));
            if (up != down) terms.Add(new(up - down, [0], [a], 1));
        }

        return terms;
    }

    /// <summary>c Π x_i^{a_i} Π 1{x_i &gt; 0} over a list of fields; the bits tell which carry the indicator.</summary>
    private sealed record Term(double Coefficient, int[] Fields, int[] Powers, int Positive)
    {
        public static Term One { get; } = new(1, [], [], 0);

        public static Term Field(int field) => new(1, [field], [1], 0);

        public static Term Monomial(double coefficient, int[] exponents, int first)
        {
            int[] used = [.. Enumerable.Range(0, exponents.Length).Where(r => exponents[r] > 0)];
            return new(coefficient, [.. used.Select(r => first + r)], [.. used.Select(r => exponents[r])], 0);
        }

        public Term At(int field) => this with { Fields = [.. Fields.Select(_ => field)] };

        public Term Scale(double factor) => this with { Coefficient = factor * Coefficient };

        public Term Times(Term other)
        {
            List<int> fields = [.. Fields], powers = [.. Powers];
            var positive = Positive;
            for (var i = 0; i < other.Fields.Length; i++)
            {
                var at = fields.IndexOf(other.Fields[i]);
                if (at < 0)
                {
                    at = fields.Count;
                    fields.Add(other.Fields[i]);
                    powers.Add(0);
                }

                powers[at] += other.Powers[i];
                if ((other.Positive & (1 << i)) != 0) positive |= 1 << at;
            }

            return new(Coefficient * other.Coefficient, [.. fields], [.. powers], positive);
        }

        public double Expectation(ReadOnlySpan<double> omega, int n)
        {
            var count = Fields.Length;
            Span<double> covariance = stackalloc double[count * count];
            Span<int> powers = stackalloc int[count];
            for (var i = 0; i < count; i++)
            {
                powers[i] = Powers[i];
                for (var j = 0; j < count; j++) covariance[i * count + j] = omega[Fields[i] * n + Fields[j]];
            }

            return Coefficient * OrthantMoments.Of(covariance, powers, Positive, count);
        }
    }
}
