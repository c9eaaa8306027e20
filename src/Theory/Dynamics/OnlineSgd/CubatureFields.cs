using Theory.Symbolics;

namespace Theory.Dynamics;

/// <summary>How the integrand depends on a field, which decides the rule for the coordinate that it brings in.</summary>
internal enum FieldKind
{
    /// <summary>Kinks, or quick changes, at known places: panels that end there.</summary>
    Kinked,

    /// <summary>Analytic: equally spaced nodes, which converge exponentially under a Gaussian weight.</summary>
    Smooth,

    /// <summary>A polynomial: a Gauss–Hermite rule is exact.</summary>
    Polynomial,
}

/// <summary>The fields of a task in the order in which they bring in coordinates: kinked ones first, polynomial ones last.</summary>
internal sealed class CubatureFields
{
    private CubatureFields(SgdTask task)
    {
        var (p, k) = (task.Width, task.Teachers);
        Kinds = new FieldKind[p + k];
        var sigma = NumericPolynomial.TryFrom(task.Activation.Expression!, 1);
        Array.Fill(Kinds, KindOf(task.Activation, sigma is not null), 0, p);
        foreach (var point in task.Activation.SplitPoints.Union(task.Slope.SplitPoints))
        {
            for (var j = 0; j < p; j++) Kinks.Add(Unit(p + k, j, point));
        }

        StudentNodes = 2 * (sigma?.Degree ?? 0) + 1;
        if (task.Target is { } target) Classify(target, p, k);
        else Committee(task, sigma, p, k);
        Order = [.. Enumerable.Range(0, p + k).OrderBy(i => Kinds[i])];
    }

    public FieldKind[] Kinds { get; }

    /// <summary>Kinks as Σ_i c_i x_i = b over all fields.</summary>
    public List<(double[] Coefficients, double Offset)> Kinks { get; } = [];

    public int[] Order { get; }

    /// <summary>Nodes that integrate polynomial students exactly.</summary>
    public int StudentNodes { get; }

    /// <summary>Nodes that integrate polynomial teachers exactly.</summary>
    public int TeacherNodes { get; private set; } = 2;

    public static CubatureFields Of(SgdTask task) => new(task);

    private void Committee(SgdTask task, NumericPolynomial? sigma, int p, int k)
    {
        Array.Fill(Kinds, KindOf(task.Activation, sigma is not null), p, k);
        TeacherNodes = (sigma?.Degree ?? 0) + 2;
        foreach (var point in task.Activation.SplitPoints)
        {
            for (var r = 0; r < k; r++) Kinks.Add(Unit(p + k, p + r, point));
        }
    }

    private void Classify(Expression target, int p, int k)
    {
        foreach (var form in KinkForms.Of(target, k))
        {
            var coefficients = new double[p + k];
            form.Coefficients.CopyTo(coefficients, p);
            Kinks.Add((coefficients, form.Offset));
        }

        var degree = 0;
        for (var r = 0; r < k; r++)
        {
            var own = DegreeIn(target, r + 1);
            var kinked = Kinks.Any(f => f.Coefficients[p + r] != 0);
            Kinds[p + r] = own is not null ? FieldKind.Polynomial : kinked ? FieldKind.Kinked : FieldKind.Smooth;
            degree += own ?? 0;
        }

        TeacherNodes = degree + 2;
    }

    /// <summary>The degree of a function in one variable if it is a polynomial in it, of degree at most 12.</summary>
    private static int? DegreeIn(Expression target, int variable)
    {
        var derivative = target.Simplify();
        for (var n = 0; n <= 12; n++)
        {
            if (!derivative.DependsOn(variable) && IsSmoothIn(target, variable)) return n;
            derivative = derivative.Differentiate(variable);
        }

        return null;
    }

    // Piecewise polynomials have vanishing derivatives too.
    private static bool IsSmoothIn(Expression target, int variable) => KinkForms.Of(target, 9).All(f => f.Coefficients[variable - 1] == 0);

    private static FieldKind KindOf(ScalarFunction function, bool isPolynomial) =>
        isPolynomial ? FieldKind.Polynomial : function.SplitPoints.IsEmpty ? FieldKind.Smooth : FieldKind.Kinked;

    private static (double[] Coefficients, double Offset) Unit(int n, int field, double offset)
    {
        var coefficients = new double[n];
        coefficients[field] = 1;
        return (coefficients, offset);
    }
}
