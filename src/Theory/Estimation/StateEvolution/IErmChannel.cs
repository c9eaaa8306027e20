using Theory.Channels;

namespace Theory.Estimation;

/// <summary>A law of the teacher's field in one cluster.</summary>
/// <param name="Probability">p_c.</param>
/// <param name="TeacherMean">t_c.</param>
/// <param name="TeacherVariance">ρ_c.</param>
internal readonly record struct ClusterLaw(double Probability, double TeacherMean, double TeacherVariance);

/// <summary>The data's side of the state evolution: averages of the force over field and label in a cluster.</summary>
internal interface IErmChannel
{
    ChannelAverages At(int cluster, in ChannelPoint point);

    double TestError(int cluster, in ChannelPoint point);
}
