using Theory.Tests.Reference;

namespace Theory.Tests.Dynamics;

public class OnlineSgdReferenceTests
{
    public static TheoryData<string> Ids => ReferenceFile.Ids("online-dynamics.json");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "online-dynamics.json");
}
