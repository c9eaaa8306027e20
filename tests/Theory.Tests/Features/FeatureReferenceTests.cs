using Theory.Tests.Reference;

namespace Theory.Tests.Features;

public class FeatureReferenceTests
{
    public static TheoryData<string> Ids => ReferenceFile.Ids("features.json", "one-step.json");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "features.json", "one-step.json");
}
