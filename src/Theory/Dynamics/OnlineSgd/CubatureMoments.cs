using Theory.Numerics.Quadrature;

namespace Theory.Dynamics;

/// <summary>
/// Moments of any functions by nested quadrature over independent coordinates (<see cref="CubatureFrame"/>): panels between kinks, equally spaced nodes for analytic
/// functions, Gauss–Hermite rules for polynomials. The accuracy is a level; the error is estimated from two levels.
/// </summary>
internal sealed class CubatureMoments : IMomentRule
{
    private const int MaxLevel = 11;
    private const long MaxPoints = 40_000_000;
    private const int PanelNodes = 10;

    private readonly int n;
    private readonly CubatureFields fields;
    private readonly CubatureFrame frame;
    private readonly CubatureBlock block;
    private readonly MomentValues coarse;
    private readonly FocusedPanels[] panels;
    private readonly double[] partial, formPartial;
    private int level = -1;
    private int outer;
    private long points;

    private CubatureMoments(SgdTask task)
    {
        n = task.Fields;
        fields = CubatureFields.Of(task);
        frame = new(fields);
        block = new(task);
        coarse = new(task.Width, task.Teachers);
        panels = new FocusedPanels[n];
        (partial, formPartial) = (new double[(n + 1) * n], new double[(n + 1) * 64]);
    }

    public string Name => "cubature";

    public bool IsExact => false;

    public static CubatureMoments Create(SgdTask task) => new(task);

    public double Refine(ReadOnlySpan<double> omega, double tolerance, MomentValues values)
    {
        var error = double.PositiveInfinity;
        At(0, omega, coarse);
        for (var next = 1; next <= MaxLevel; next++)
        {
            At(next, omega, values);
            var growth = Math.Pow(2, 0.5 * Adjustable);
            // The finer of two levels is better than their difference: nodes grow by √2, and errors fall at least like the 1.2-th power.
            var difference = values.Distance(coarse);
            error = difference < 1 ? Math.Max(Math.Pow(difference, 1.2), 1e-15) : difference;
            if (error <= tolerance || points * growth > MaxPoints) break;
            values.CopyTo(coarse);
        }

        return error;
    }

    public void Evaluate(ReadOnlySpan<double> omega, MomentValues values) => At(Math.Max(level, 0), omega, values);

    public double Risk(ReadOnlySpan<double> omega)
    {
        Evaluate(omega, coarse);
        return coarse.Risk;
    }

    /// <summary>Number of coordinates whose rule depends on the level.</summary>
    private int Adjustable
    {
        get
        {
            var count = 0;
            for (var c = 0; c < frame.Rank; c++) count += frame.Kinds[c] != FieldKind.Polynomial ? 1 : 0;
            return count;
        }
    }

    private void At(int chosen, ReadOnlySpan<double> omega, MomentValues values)
    {
        if (chosen != level) SetLevel(chosen);
        frame.Set(omega);
        outer = frame.Rank;
        while (outer > 0 && frame.Kinds[outer - 1] == FieldKind.Polynomial && frame.Sources[outer - 1] >= block.Width) outer--;
        block.Begin(frame, outer, fields.TeacherNodes);
        points = 0;
        Array.Clear(partial, 0, n);
        Array.Clear(formPartial, 0, frame.FormCount);
        Descend(0, Radius * Radius, 1);
        block.End(values);
    }

    private void SetLevel(int chosen)
    {
        level = chosen;
        for (var c = 0; c < n; c++) panels[c] = new(PanelNodes, 5 * Math.Pow(2, -0.5 * level));
    }

    private double Spacing => 0.9 * Math.Pow(2, -0.5 * level);

    private double Radius => Math.Min(5.5 + 0.5 * level, 9);

    private void Descend(int c, double room, double weight)
    {
        if (c == outer)
        {
            points++;
            block.Add(partial.AsSpan(c * n, n), weight);
            return;
        }

        switch (frame.Kinds[c])
        {
            case FieldKind.Kinked: Panels(c, room, weight); break;
            case FieldKind.Smooth: Lattice(c, room, weight); break;
            default: Hermite(c, room, weight); break;
        }
    }

    private void Lattice(int c, double room, double weight)
    {
        var step = Spacing;
        var last = (int)(Math.Sqrt(Math.Max(room, 0)) / step);
        for (var i = -last; i <= last; i++)
        {
            var u = i * step;
            Enter(c, u, room - u * u, weight * step);
        }
    }

    private void Panels(int c, double room, double weight)
    {
        var range = Math.Sqrt(Math.Max(room, 1e-6));
        var rule = panels[c];
        rule.Reset(-range, range);
        for (var f = 0; f < frame.FormCount; f++)
        {
            var (last, before) = (frame.Last[f], frame.Before[f]);
            var rest = frame.Offsets[f] - formPartial[c * 64 + f];
            if (last == c) rule.AddBreak(rest / frame.Forms[f * n + c]);
            else if (before == c) rule.AddFocus(rest / frame.Forms[f * n + c], Math.Abs(frame.Forms[f * n + last] / frame.Forms[f * n + c]));
        }

        rule.Build();
        var nodes = rule.Nodes;
        var weights = rule.Weights;
        for (var i = 0; i < nodes.Length; i++) Enter(c, nodes[i], room - nodes[i] * nodes[i], weight * weights[i]);
    }

    private void Enter(int c, double u, double room, double weight)
    {
        Move(c, u);
        Descend(c + 1, room, weight * Math.Exp(-0.5 * u * u) * 0.3989422804014327);
    }

    private void Hermite(int c, double room, double weight)
    {
        var rule = GaussHermite.Rule(Math.Min(frame.Sources[c] < block.Width ? fields.StudentNodes : fields.TeacherNodes, GaussHermite.MaxCount));
        for (var i = 0; i < rule.Count; i++)
        {
            Move(c, rule.Nodes[i]);
            Descend(c + 1, room, weight * rule.Weights[i]);
        }
    }

    private void Move(int c, double u)
    {
        var from = partial.AsSpan(c * n, n);
        var to = partial.AsSpan((c + 1) * n, n);
        for (var i = 0; i < n; i++) to[i] = from[i] + frame.Factor[i * n + c] * u;
        for (var f = 0; f < frame.FormCount; f++) formPartial[(c + 1) * 64 + f] = formPartial[c * 64 + f] + frame.Forms[f * n + c] * u;
    }
}
