using Theory.Tests.Reference;

namespace Theory.Tests.Factorization;

public class FactorizationReferenceTests
{
    public static TheoryData<string> Ids => ReferenceFile.Ids("factorization.json");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Prediction_meets_the_reference_value(string id) => ReferenceFile.Check(id, "factorization.json");
}
