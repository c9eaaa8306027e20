using System.Buffers;

namespace Theory.Numerics.Quadrature;

/// <summary>The panels of one computation with, for every output, the Kronrod value, the embedded error and ∫|f|φ. Memory is rented.</summary>
internal sealed class PanelStore(int outputs) : IDisposable
{
    private Panel[] panels = ArrayPool<Panel>.Shared.Rent(64);
    private double[] values = ArrayPool<double>.Shared.Rent(3 * 64 * outputs);

    public int Count { get; private set; }

    public ref Panel this[int panel] => ref panels[panel];

    public ref double Value(int panel, int output) => ref values[3 * (panel * outputs + output)];

    public ref double Error(int panel, int output) => ref values[3 * (panel * outputs + output) + 1];

    public ref double Absolute(int panel, int output) => ref values[3 * (panel * outputs + output) + 2];

    public void Add(Panel panel)
    {
        if (Count == panels.Length || 3 * (Count + 1) * outputs > values.Length) Grow();
        panels[Count++] = panel;
    }

    public void Truncate(int count) => Count = count;

    /// <summary>Takes a panel out of all sums; others have replaced it.</summary>
    public void Retire(int panel)
    {
        (panels[panel].Frozen, panels[panel].Marked) = (true, false);
        values.AsSpan(3 * panel * outputs, 3 * outputs).Clear();
    }

    public double Sum(int output, int offset)
    {
        // Neumaier's compensated sum: panels of an odd integrand cancel without a trace.
        var (sum, carry) = (0.0, 0.0);
        for (var (i, index) = (0, 3 * output + offset); i < Count; i++, index += 3 * outputs)
        {
            var (term, total) = (values[index], sum + values[index]);
            carry += Math.Abs(sum) >= Math.Abs(term) ? sum - total + term : term - total + sum;
            sum = total;
        }

        return sum + carry;
    }

    public void Dispose()
    {
        ArrayPool<Panel>.Shared.Return(panels);
        ArrayPool<double>.Shared.Return(values);
    }

    private void Grow()
    {
        var (morePanels, moreValues) = (ArrayPool<Panel>.Shared.Rent(2 * Count), ArrayPool<double>.Shared.Rent(6 * Count * outputs));
        panels.AsSpan(0, Count).CopyTo(morePanels);
        values.AsSpan(0, 3 * Count * outputs).CopyTo(moreValues);
        Dispose();
        (panels, values) = (morePanels, moreValues);
    }
}
