using Theory.Tests.Reference;

namespace Theory.Tests.Features;

public class LearnedFeaturesReferenceTests
{
    public static TheoryData<string> Ids => ReferenceFile.Ids("learned-features.json");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "learned-features.json");
}
