namespace Theory.Channels;

/// <summary>One label whatever the field: the label of a cluster.</summary>
internal sealed class ClusterTeacher(int label) : IBinaryTeacher
{
    public int StepCount => 0;

    public bool IsOdd => false;

    public (double Probability, double Slope) At(int asked, double mean, double variance) => (asked == label ? 1 : 0, 0);

    public (double Strip, double GrowthRate) Analyticity(double variance) => (double.PositiveInfinity, 0);

    public double Steps(double variance, Span<double> fields) => double.PositiveInfinity;
}
