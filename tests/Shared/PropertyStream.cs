using FsCheck.Xunit;

[assembly: Theory.Tests.Shared.PropertyStream]

namespace Theory.Tests.Shared;

/// <summary>
/// The stream of generated inputs of every property: fixed, so that a run can be repeated to the bit, unless the environment says otherwise.
/// THEORY_STREAM=fresh draws a new stream for each property (a failure prints the one it came from); THEORY_STREAM=SEED,GAMMA replays that one, GAMMA odd.
/// </summary>
#pragma warning disable xUnit3003 // It marks an assembly, so there is no line of a test to tell.
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PropertyStreamAttribute : PropertiesAttribute
{
    private const string Fixed = "20261128,4937";

    public PropertyStreamAttribute()
    {
        var stream = Environment.GetEnvironmentVariable("THEORY_STREAM");
        if (stream != "fresh") Replay = string.IsNullOrEmpty(stream) ? Fixed : stream;
    }
}
