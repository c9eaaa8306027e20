using System.CommandLine;
using System.CommandLine.Invocation;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using Theory.Contract;
using Theory.Systems.Json;

namespace Theory.Cli.Commands;

/// <summary><c>theory --version</c>: what numbers may depend on.</summary>
internal sealed class VersionAction(Session session) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var bits = Vector.IsHardwareAccelerated ? 8 * Vector<byte>.Count : 0;
        var vectors = bits > 0 ? $"{bits} bits ({Vector<double>.Count} doubles)" : "none";
        (string Name, string Value)[] lines =
        [
            ("theory", version ?? "unknown"),
            ("runtime", $"{RuntimeInformation.FrameworkDescription} ({RuntimeInformation.RuntimeIdentifier})"),
            ("linear_algebra", Session.ChooseLinearAlgebra()),
            ("vectors", vectors),
        ];
        if (session.IsJson)
            session.Out.WriteLine(ValueJson.ToJson(new Value.Map([.. lines.Select(l => KeyValuePair.Create(l.Name, (Value)l.Value))])));
        else
            foreach (var (name, value) in lines) session.Out.WriteLine($"{name.Replace('_', ' '),-15} {value}");
        return ExitCode.Done;
    }
}
