using PublicApiGenerator;

namespace Theory.Tests.House;

/// <summary>
/// The public API is frozen in <c>tests/Theory.Tests/House/PublicApi/*.txt</c>. A change that is meant is accepted by running the tests once with
/// <c>THEORY_ACCEPT_API=1</c> and reviewing the difference of those files.
/// </summary>
public class PublicApiTests
{
    public static TheoryData<string> Libraries => [.. HouseTypes.Libraries.Select(a => a.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_api_is_the_reviewed_one(string library)
    {
        var assembly = HouseTypes.Libraries.Single(a => a.GetName().Name == library);
        var actual = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(RepositoryFiles.Root, "tests", "Theory.Tests", "House", "PublicApi", library + ".txt");
        if (Environment.GetEnvironmentVariable("THEORY_ACCEPT_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }
        Assert.True(File.Exists(file), $"{file} is missing");
        var reviewed = File.ReadAllText(file).ReplaceLineEndings("\n");
        if (reviewed != actual) Assert.Fail(FirstDifference(reviewed, actual));
    }

    private static string FirstDifference(string reviewed, string actual)
    {
        var (old, now) = (reviewed.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, now.Length)).First(i => old.ElementAtOrDefault(i) != now.ElementAtOrDefault(i));
        return $"line {line + 1}: reviewed \"{old.ElementAtOrDefault(line)}\", now \"{now.ElementAtOrDefault(line)}\"; if meant, accept with THEORY_ACCEPT_API=1 and review the file";
    }
}
