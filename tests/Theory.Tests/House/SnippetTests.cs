using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Theory.Tests.House;

/// <summary>What README and docs show is compiled and run: C# snippets as scripts, <c>sh</c> snippets as shell scripts in which <c>theory</c> is the tool just built.</summary>
public partial class SnippetTests
{
    public static TheoryData<string> CSharp => [.. Names("csharp")];

    public static TheoryData<string> Shell => [.. Names("sh")];

    [Theory]
    [MemberData(nameof(CSharp))]
    public async Task CSharp_snippet_runs(string name)
    {
        var options = ScriptOptions.Default
            .AddReferences(HouseTypes.Libraries)
            .AddReferences(typeof(MathNet.Numerics.LinearAlgebra.Matrix<>).Assembly)
            .AddImports("System", "System.Linq", "System.Collections.Generic");
        await CSharpScript.RunAsync(Snippet("csharp", name), options);
    }

    [Theory]
    [MemberData(nameof(Shell))]
    public async Task Shell_snippet_runs(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the shell snippets are for a POSIX shell");
        var folder = Directory.CreateTempSubdirectory("theory-snippet-");
        try
        {
            var tool = Path.Combine(AppContext.BaseDirectory, "Theory.Cli.dll");
            var script = $"set -euo pipefail\ntheory() {{ dotnet \"{tool}\" \"$@\"; }}\n" + Snippet("sh", name);
            var start = new ProcessStartInfo("bash") { WorkingDirectory = folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            process.StandardInput.Write(script);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{await output}\n{await error}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("docs/exponents.md")]
    [InlineData("docs/targets.md")]
    public void Tables_of_targets_are_what_the_tool_prints(string page)
    {
        var path = Path.Combine(RepositoryFiles.Root, page);
        var shown = Snippets(path, "text").Single(s => s.Text.StartsWith("  target ", StringComparison.Ordinal)).Text;
        string[] arguments = page == "docs/targets.md"
            ? ["--file", Path.Combine(RepositoryFiles.Root, "docs/targets.txt")]
            : [.. Quoted().Matches(Snippets(path, "sh").First(s => s.Text.StartsWith("theory exponents ", StringComparison.Ordinal)).Text).Select(m => m.Groups["text"].Value)];

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Theory.Cli.dll"), "exponents", .. arguments]) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        using var process = Process.Start(start)!;
        Assert.Equal(shown, process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n"));
    }

    private static IEnumerable<string> Names(string language) =>
        from page in Pages()
        from snippet in Snippets(page, language)
        select $"{Path.GetRelativePath(RepositoryFiles.Root, page)}:{snippet.Line}";

    private static string Snippet(string language, string name)
    {
        var parts = name.Split(':');
        return Snippets(Path.Combine(RepositoryFiles.Root, parts[0]), language).Single(s => s.Line == int.Parse(parts[1])).Text;
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "docs"), "*.md").Append(Path.Combine(RepositoryFiles.Root, "README.md")).Order();

    private static IEnumerable<(int Line, string Text)> Snippets(string page, string language)
    {
        var text = File.ReadAllText(page).ReplaceLineEndings("\n");
        foreach (Match match in Fence().Matches(text))
            if (match.Groups["language"].Value == language)
                yield return (text.AsSpan(0, match.Index).Count('\n') + 1, match.Groups["text"].Value);
    }

    [GeneratedRegex("\"(?<text>[^\"]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
