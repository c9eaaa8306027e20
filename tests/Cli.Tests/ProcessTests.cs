using System.Diagnostics;
using System.Text;
using Theory.Cli.Tests.Support;

namespace Theory.Cli.Tests;

/// <summary>The tool as the shell sees it.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Results_go_to_standard_output_in_utf8()
    {
        var run = await Start(["systems", "--help"]);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Err));
        Assert.Contains("Usage:\n  theory systems", run.Out);
    }

    [Fact]
    public async Task Bad_input_is_one_line_on_standard_error_and_exit_code_2()
    {
        var run = await Start(["predict", "naïve-theory"]);

        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("theory: unknown system \"naïve-theory\"; known: ", run.Err);
        Assert.Equal(1, run.Err.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_batch_on_standard_input_is_answered_line_by_line()
    {
        using var process = Launch(["predict", "--batch", "-"]);
        for (var i = 0; i < 3; i++)
        {
            await process.StandardInput.WriteLineAsync($"{{\"id\": \"{i}é\"}}");
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal(
                $$$"""{"id":"{{{i}}}é","error":{"kind":"invalid_input","parameter":"system","message":"\"system\" is missing"}}""",
                await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Failed, process.ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_interrupt_ends_a_waiting_batch_with_exit_code_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent by kill");
        Assert.SkipWhen(IgnoresInterrupts(), "whoever started the tests has them, and what they start, ignore interrupts: a shell that runs them in the background");
        using var process = Launch(["predict", "--batch", "-"]);
        await process.StandardInput.WriteLineAsync("{\"id\": 1}");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var answer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("{\"id\":1,\"error\":", answer);
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Equal("theory: interrupted; what was done is kept\n", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_reader_that_has_gone_is_no_disaster()
    {
        using var process = Launch(["predict", "--batch", "-"]);
        process.StandardOutput.Close();
        try
        {
            for (var i = 0; i < 20_000; i++) await process.StandardInput.WriteLineAsync("{\"id\": 1}");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool has ended before it read everything, as it should.
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static bool IgnoresInterrupts()
    {
        const int interrupt = 1 << 1;
        var line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line["SigIgn:".Length..].Trim(), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) & interrupt) != 0;
    }

    private static async Task<ToolRun> Start(string[] args)
    {
        using var process = Launch(args);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }

    private static Process Launch(string[] args) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Theory.Cli.dll"), .. args])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(false),
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    })!;
}
