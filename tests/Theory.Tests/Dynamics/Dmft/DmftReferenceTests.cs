using Theory.Tests.Reference;

namespace Theory.Tests.Dynamics;

public class DmftReferenceTests
{
    internal static readonly string[] Slow = ["q-he3-erf-T3", "q-sin3-noise", "mc-he3-erf-T6", "mc-committee-erf", "q-z1+z1z2", "q-z1z2-parity", "q-z1z2+he3", "q-linear-target-erf"];

    public static TheoryData<string> Quick => [.. ReferenceFile.Ids("dmft.json").Select(row => row.Data).Where(id => !Slow.Contains(id))];

    public static TheoryData<string> Others => [.. Slow];

    [Theory]
    [MemberData(nameof(Quick))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "dmft.json");

    [Theory(Explicit = true)]
    [MemberData(nameof(Others))]
    public void Prediction_meets_the_reference_value_of_a_larger_integral(string id) => ReferenceFile.Check(id, "dmft.json");
}
