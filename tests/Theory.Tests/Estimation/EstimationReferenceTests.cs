using Theory.Tests.Reference;

namespace Theory.Tests.Estimation;

public class EstimationReferenceTests
{
    public static TheoryData<string> Ids => ReferenceFile.Ids("estimation.json");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "estimation.json");
}
