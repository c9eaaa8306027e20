namespace Theory.Dynamics;

/// <summary>
/// Independent standard coordinates u on the range of Ω: x_i = Σ_c L_ic u_c, a Cholesky factor in the order of the fields, without the coordinates whose share of the
/// variance of their field is below 1e-13. Kinks become places in the last coordinate that they involve.
/// </summary>
internal sealed class CubatureFrame
{
    private const double LeastShare = 1e-13;
    private const int MaxForms = 48;
    private readonly CubatureFields fields;
    private readonly int n;
    private int formCount;

    public CubatureFrame(CubatureFields fields)
    {
        (this.fields, n) = (fields, fields.Order.Length);
        (Factor, Kinds, Sources) = (new double[n * n], new FieldKind[n], new int[n]);
        (Forms, Offsets, Last, Before) = (new double[MaxForms * n], new double[MaxForms], new int[MaxForms], new int[MaxForms]);
    }

    /// <summary>L, row by row: element i·n + c.</summary>
    public double[] Factor { get; }

    /// <summary>The rank r.</summary>
    public int Rank { get; private set; }

    /// <summary>The kind of each coordinate, and the field that brought it in.</summary>
    public FieldKind[] Kinds { get; }

    public int[] Sources { get; }

    /// <summary>Kinks in coordinates, Σ_c form_c u_c = offset, with their last coordinate and the one before it (−1 if none).</summary>
    public double[] Forms { get; }

    public double[] Offsets { get; }

    public int[] Last { get; }

    public int[] Before { get; }

    public int FormCount => formCount;

    public void Set(ReadOnlySpan<double> omega)
    {
        Rank = 0;
        Array.Clear(Factor);
        foreach (var i in fields.Order)
        {
            // x_i's components along the coordinates so far follow from the covariances with the fields that brought them in.
            var residual = omega[i * n + i];
            for (var c = 0; c < Rank; c++)
            {
                var source = Sources[c];
                var sum = omega[i * n + source];
                for (var b = 0; b < c; b++) sum -= Factor[i * n + b] * Factor[source * n + b];
                var component = sum / Factor[source * n + c];
                Factor[i * n + c] = component;
                residual -= component * component;
            }

            if (!(residual > LeastShare * omega[i * n + i])) continue;
            Factor[i * n + Rank] = Math.Sqrt(residual);
            (Kinds[Rank], Sources[Rank]) = (fields.Kinds[i], i);
            Rank++;
        }

        PlaceKinks();
    }

    private void PlaceKinks()
    {
        formCount = 0;
        Span<double> row = stackalloc double[n];
        foreach (var (coefficients, offset) in fields.Kinks)
        {
            row.Clear();
            for (var i = 0; i < n; i++)
            {
                if (coefficients[i] == 0) continue;
                for (var c = 0; c < Rank; c++) row[c] += coefficients[i] * Factor[i * n + c];
            }

            AddForm(row, offset);
        }

        // Two kinks in one coordinate change places on a hyperplane of the earlier coordinates: a kink of the integral over that coordinate.
        for (var first = 0; first < formCount; first++)
        {
            for (var second = 0; second < first; second++)
            {
                if (Last[first] != Last[second]) continue;
                var (a, b) = (1 / Forms[first * n + Last[first]], 1 / Forms[second * n + Last[second]]);
                for (var c = 0; c < n; c++) row[c] = c < Last[first] ? a * Forms[first * n + c] - b * Forms[second * n + c] : 0;
                AddForm(row, a * Offsets[first] - b * Offsets[second]);
            }
        }
    }

    private void AddForm(ReadOnlySpan<double> row, double offset)
    {
        var size = Math.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares(row));
        var last = Rank - 1;
        while (last >= 0 && !(Math.Abs(row[last]) > 1e-9 * size)) last--;
        if (last < 0 || formCount == MaxForms || Kinds[last] != FieldKind.Kinked || IsKnown(row, offset)) return;
        var before = last - 1;
        while (before >= 0 && !(Math.Abs(row[before]) > 1e-9 * size)) before--;
        row.CopyTo(Forms.AsSpan(formCount * n, n));
        (Offsets[formCount], Last[formCount], Before[formCount]) = (offset, last, before);
        formCount++;
    }

    private bool IsKnown(ReadOnlySpan<double> row, double offset)
    {
        for (var f = 0; f < formCount; f++)
        {
            var form = Forms.AsSpan(f * n, n);
            var factor = System.Numerics.Tensors.TensorPrimitives.Dot<double>(form, row) / System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(form);
            var distance = Math.Abs(offset - factor * Offsets[f]);
            for (var c = 0; c < n; c++) distance = Math.Max(distance, Math.Abs(row[c] - factor * form[c]));
            if (distance <= 1e-12 * Math.Abs(factor)) return true;
        }

        return false;
    }
}
