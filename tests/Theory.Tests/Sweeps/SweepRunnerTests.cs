using System.Diagnostics;
using Theory.Contract;
using Theory.Systems.Sweeps;

namespace Theory.Tests.Sweeps;

public sealed class SweepRunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_finished_sweep_holds_its_manifest_and_tables_and_nothing_else()
    {
        SweepRunner.Run(Plan(new()), folder["out"]);
        Assert.Equal(["manifest.json", "series.parquet", "sweep.csv", "sweep.parquet"], TemporaryFolder.Contents(folder["out"]).Keys);
    }

    [Fact]
    public void A_cancelled_sweep_resumes_where_it_stopped_and_ends_in_the_same_bytes()
    {
        SweepRunner.Run(Plan(new()), folder["whole"]);

        using var stop = new CancellationTokenSource();
        var first = new CallLog { OnPrediction = n => { if (n >= 1500) stop.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => SweepRunner.Run(Plan(first), folder["out"], null, stop.Token));
        Assert.Equal(["manifest.json"], Directory.EnumerateFiles(folder["out"]).Select(Path.GetFileName));
        var kept = KeptPoints();
        Assert.InRange(kept, 1000, 1510);
        Assert.InRange(Directory.GetFiles(Path.Combine(folder["out"], ".parts")).Length, 1, 100);

        var second = new CallLog();
        SweepRunner.Run(Plan(second), folder["out"]);
        // Three measured points predict once more for their comparison.
        Assert.Equal(Plan(second).PointCount - kept + 3, second.Predictions);
        Assert.Equal(TemporaryFolder.Contents(folder["whole"]), TemporaryFolder.Contents(folder["out"]));
    }

    [Fact]
    public void A_sweep_cancelled_among_its_experiments_keeps_those_that_are_done()
    {
        SweepRunner.Run(Plan(new()), folder["whole"]);

        using var stop = new CancellationTokenSource();
        var first = new CallLog { OnTrial = n => { if (n >= 25) stop.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => SweepRunner.Run(Plan(first), folder["out"], null, stop.Token));

        var second = new CallLog();
        SweepRunner.Run(Plan(second), folder["out"]);
        Assert.Equal((1, 10), (second.Predictions, second.Trials));
        Assert.Equal(TemporaryFolder.Contents(folder["whole"]), TemporaryFolder.Contents(folder["out"]));
    }

    [Fact]
    public void A_finished_sweep_is_read_back_without_any_work()
    {
        var table = SweepRunner.Run(Plan(new()), folder["out"]);
        var before = TemporaryFolder.Contents(folder["out"]);
        var log = new CallLog();
        var again = SweepRunner.Run(Plan(log), folder["out"]);
        Assert.Equal((0, 0), (log.Predictions, log.Trials));
        AssertEqual(table, again);
        Assert.Equal(before, TemporaryFolder.Contents(folder["out"]));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_number_of_threads()
    {
        foreach (var threads in (int[])[1, 2, 7]) SweepRunner.Run(Plan(new()) with { Threads = threads }, folder[$"{threads}"]);
        Assert.Equal(TemporaryFolder.Contents(folder["1"]), TemporaryFolder.Contents(folder["2"]));
        Assert.Equal(TemporaryFolder.Contents(folder["1"]), TemporaryFolder.Contents(folder["7"]));
    }

    [Fact]
    public void Leftovers_torn_parts_and_parts_of_another_plan_do_no_harm()
    {
        SweepRunner.Run(Plan(new()), folder["whole"]);
        Interrupt(Plan(new()) with { Measurement = new() { Seed = 99 } }, folder["foreign"], 1500);
        Interrupt(Plan(new()), folder["out"], 1500);
        var parts = Directory.GetFiles(Path.Combine(folder["out"], ".parts"), "points-*").Order().ToArray();
        var missing = KeptPoints();
        File.WriteAllBytes(parts[0], File.ReadAllBytes(parts[0])[..^40]);
        var torn = File.ReadAllBytes(parts[1]);
        torn[^50] ^= 1;
        File.WriteAllBytes(parts[1], torn);
        File.WriteAllBytes(parts[2], []);
        File.Copy(Path.Combine(folder["foreign"], ".parts", Path.GetFileName(parts[3])), parts[3], overwrite: true);
        File.WriteAllText(Path.Combine(folder["out"], ".parts", "sweep.csv.123.4.tmp"), "half a fi");
        File.WriteAllText(Path.Combine(folder["out"], ".parts", Path.GetFileName(parts[4]) + ".123.4.tmp"), "ha");

        var log = new CallLog();
        SweepRunner.Run(Plan(log), folder["out"]);
        Assert.Equal(Plan(log).PointCount - missing + 4 * ChunkSize + 3, log.Predictions);
        Assert.Equal(TemporaryFolder.Contents(folder["whole"]), TemporaryFolder.Contents(folder["out"]));
    }

    [Fact]
    public void A_sweep_killed_while_its_final_files_appear_completes_them()
    {
        SweepRunner.Run(Plan(new()), folder["whole"]);
        Interrupt(Plan(new()), folder["out"], 1500);
        File.Copy(Path.Combine(folder["whole"], "sweep.parquet"), Path.Combine(folder["out"], "sweep.parquet"));
        SweepRunner.Run(Plan(new()), folder["out"]);
        Assert.Equal(TemporaryFolder.Contents(folder["whole"]), TemporaryFolder.Contents(folder["out"]));

        // Killed while the parts are being removed: all is there, and the rest of the parts goes.
        Directory.CreateDirectory(Path.Combine(folder["out"], ".parts"));
        var log = new CallLog();
        SweepRunner.Run(Plan(log), folder["out"]);
        Assert.Equal(0, log.Predictions);
        Assert.Equal(TemporaryFolder.Contents(folder["whole"]), TemporaryFolder.Contents(folder["out"]));
        Assert.False(Directory.Exists(Path.Combine(folder["out"], ".parts")));
    }

    [Fact]
    public void A_folder_of_a_different_sweep_is_left_untouched()
    {
        SweepRunner.Run(Plan(new()), folder["out"]);
        var before = TemporaryFolder.Contents(folder["out"]);
        var log = new CallLog();
        var other = new SweepPlan(SampleModel.System.Wrap(new() { Log = log, Order = 3 }), SweepAxis.Parse("alpha=0.5:3:5"));
        var e = Assert.Throws<InvalidInputException>(() => SweepRunner.Run(other, folder["out"]));
        Assert.Equal("out", e.Parameter);
        Assert.Contains("differs in axes, inputs.order, measured)", e.Message);
        Assert.Equal(0, log.Predictions);
        Assert.Equal(before, TemporaryFolder.Contents(folder["out"]));
    }

    [Theory]
    [InlineData("manifest.json", "{\"format\": \"npm\"}", "not a sweep's")]
    [InlineData("manifest.json", "{\"format\": \"theory-sw", "not a sweep's")]
    [InlineData("sweep.csv", "mine", "holds a sweep.csv but no manifest.json")]
    public void Files_that_are_not_ours_are_left_untouched(string name, string content, string expected)
    {
        Directory.CreateDirectory(folder["out"]);
        File.WriteAllText(Path.Combine(folder["out"], name), content);
        var e = Assert.Throws<InvalidInputException>(() => SweepRunner.Run(Plan(new()), folder["out"]));
        Assert.Contains(expected, e.Message);
        Assert.Equal([name], TemporaryFolder.Contents(folder["out"]).Keys);
        Assert.Equal(content, File.ReadAllText(Path.Combine(folder["out"], name)));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_any_work()
    {
        File.WriteAllText(folder["file"], "");
        var log = new CallLog();
        foreach (var path in (string[])[folder["file"], Path.Combine(folder["file"], "below"), "/proc/theory"])
        {
            var e = Assert.Throws<InvalidInputException>(() => SweepRunner.Run(Plan(log), path));
            Assert.Equal("out", e.Parameter);
            Assert.StartsWith($"cannot write to {path}", e.Message);
            Assert.DoesNotContain('\n', e.Message);
        }
        Assert.Equal(0, log.Predictions);
        Assert.Equal(["file"], TemporaryFolder.Contents(folder.Root).Keys);
    }

    [Fact]
    public void Two_runs_in_one_folder_do_not_mix()
    {
        InvalidInputException? refused = null;
        var log = new CallLog { OnPrediction = n => { if (n == 100) refused = Assert.Throws<InvalidInputException>(() => SweepRunner.Run(Plan(new()), folder["out"])); } };
        SweepRunner.Run(Plan(log), folder["out"]);
        Assert.Contains("another process is computing", refused!.Message);
        SweepRunner.Run(Plan(new()), folder["whole"]);
        Assert.Equal(TemporaryFolder.Contents(folder["whole"]), TemporaryFolder.Contents(folder["out"]));
    }

    [Fact]
    public void A_fault_in_one_point_surfaces_as_it_was_thrown()
    {
        var log = new CallLog { OnPrediction = n => { if (n == 50) throw new DivideByZeroException("a bug"); } };
        Assert.Throws<DivideByZeroException>(() => SweepRunner.Compute(Plan(log)));
    }

    [Fact]
    public void Progress_rises_from_0_to_1()
    {
        var reports = new List<double>();
        SweepRunner.Compute(Plan(new()), new Listener(reports.Add));
        Assert.Equal(reports.Order().Distinct(), reports);
        Assert.InRange(reports[0], 0, 0.1);
        Assert.Equal(1, reports[^1]);
    }

    [Fact]
    public void A_process_killed_without_warning_loses_no_finished_part()
    {
        SweepRunner.Run(SlowPlan(0), folder["whole"]);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "--filter-method", $"{typeof(SweepRunnerTests).FullName}.{nameof(A_slow_sweep_for_others_to_kill)}", "--explicit", "only" },
            Environment = { [Victim] = folder["out"] },
            RedirectStandardOutput = true,
        };
        using (var process = Process.Start(start)!)
        {
            var reading = process.StandardOutput.ReadToEndAsync();
            var patience = Stopwatch.StartNew();
            while (KeptPoints() < 5 && !process.HasExited && patience.Elapsed < TimeSpan.FromSeconds(60)) Thread.Sleep(5);
            Assert.False(process.HasExited, "the victim ended by itself");
            process.Kill();
            process.WaitForExit();
        }
        var kept = KeptPoints();
        Assert.InRange(kept, 5, 39);
        Assert.Equal(["manifest.json"], Directory.EnumerateFiles(folder["out"]).Select(Path.GetFileName));

        var log = new CallLog();
        SweepRunner.Run(SlowPlan(0, log), folder["out"]);
        Assert.Equal(40 - kept, log.Predictions);
        Assert.Equal(TemporaryFolder.Contents(folder["whole"]), TemporaryFolder.Contents(folder["out"]));
    }

    [Fact(Explicit = true)]
    public void A_slow_sweep_for_others_to_kill()
    {
        var table = SweepRunner.Run(SlowPlan(250), Environment.GetEnvironmentVariable(Victim) ?? folder["slow"], TimeSpan.Zero);
        Assert.Equal(40, table.RowCount);
    }

    private const string Victim = "THEORY_TESTS_SLOW_SWEEP";

    private const int ChunkSize = 7;

    /// <summary>2000 points in parts of 7, with failures among them, and 3 measured values of α.</summary>
    private static SweepPlan Plan(CallLog log) =>
        new(SampleModel.System.Wrap(new() { Log = log }), SweepAxis.Parse("alpha=0.5:6:2000"))
        {
            MeasuredPoints = 3,
            Measurement = new() { Trials = 10 },
        };

    private static SweepPlan SlowPlan(int milliseconds, CallLog? log = null) =>
        new(SampleModel.System.Wrap(new() { Log = log ?? new() { OnPrediction = _ => Thread.Sleep(milliseconds) } }), SweepAxis.Parse("alpha=0.5:6:40"));

    private static void Interrupt(SweepPlan plan, string directory, int predictions)
    {
        using var stop = new CancellationTokenSource();
        var log = new CallLog { OnPrediction = n => { if (n >= predictions) stop.Cancel(); } };
        var interrupted = new SweepPlan(SampleModel.System.Wrap(new() { Log = log }), plan.Axes.AsSpan()) { MeasuredPoints = plan.MeasuredPoints, Measurement = plan.Measurement };
        Assert.ThrowsAny<OperationCanceledException>(() => SweepRunner.Run(interrupted, directory, TimeSpan.Zero, null, stop.Token));
    }

    /// <summary>The number of points in the finished parts of <c>out</c>.</summary>
    private int KeptPoints()
    {
        var parts = Path.Combine(folder["out"], ".parts");
        return !Directory.Exists(parts) ? 0 : Directory.EnumerateFiles(parts, "points-*").Select(Path.GetFileName).Where(f => !f!.EndsWith(".tmp")).Sum(f => int.Parse(f!.Split('-')[2]));
    }

    private static void AssertEqual(SweepTable expected, SweepTable actual)
    {
        Assert.Equal(expected.Columns.Select(c => (c.Name, c.Kind)), actual.Columns.Select(c => (c.Name, c.Kind)));
        foreach (var (a, b) in expected.Columns.Zip(actual.Columns))
            Assert.Equal(Enumerable.Range(0, a.Count).Select(a.Text), Enumerable.Range(0, b.Count).Select(b.Text));
        if (expected.Series is { } series) AssertEqual(series, actual.Series!);
    }

    private sealed class Listener(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
