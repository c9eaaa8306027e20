using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>The predictions at a contiguous range of points. Arrays of a slot appear when its first value does.</summary>
/// <param name="from">The first point.</param>
/// <param name="count">The number of points.</param>
/// <param name="slots">The number of slots: one for each observable, then one for each observable's uncertainty.</param>
internal sealed class SweepChunk(int from, int count, int slots)
{
    /// <summary>The first point.</summary>
    public int From { get; } = from;

    /// <summary>The number of points.</summary>
    public int Count { get; } = count;

    public PointStatus[] Status { get; } = new PointStatus[count];

    public string?[] Messages { get; } = new string?[count];

    /// <summary>NaN where nothing was solved.</summary>
    public double[] Residuals { get; } = new double[count];

    /// <summary>−1 where nothing was solved.</summary>
    public int[] Iterations { get; } = new int[count];

    /// <summary>Numbers of scalar slots; NaN where absent.</summary>
    public double[]?[] Numbers { get; } = new double[slots][];

    /// <summary>Values of the other slots; <see langword="null"/> where absent.</summary>
    public Value?[]?[] Values { get; } = new Value?[slots][];

    public int Slots => Numbers.Length;

    public void SetNumber(int slot, int i, double number)
    {
        if (double.IsNaN(number)) return;
        var numbers = Numbers[slot] ??= NewNumbers(Count);
        numbers[i] = number;
    }

    public void SetValue(int slot, int i, Value value)
    {
        if (value is Value.Missing) return;
        var values = Values[slot] ??= new Value?[Count];
        values[i] = value;
    }

    public void Fail(int i, PointStatus status, string message, double residual = double.NaN, int iterations = -1) =>
        (Status[i], Messages[i], Residuals[i], Iterations[i]) = (status, message, residual, iterations);

    private static double[] NewNumbers(int count)
    {
        var numbers = new double[count];
        Array.Fill(numbers, double.NaN);
        return numbers;
    }
}
