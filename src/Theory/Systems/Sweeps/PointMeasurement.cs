using System.Collections.Immutable;
using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Systems.Sweeps;

/// <summary>One number measured at a point.</summary>
/// <param name="Observable">Index among the system's observables.</param>
/// <param name="Suffix">Which element of it, as in <see cref="Flattened"/>.</param>
/// <param name="Mean">Mean over trials.</param>
/// <param name="StandardError">Standard error of the mean.</param>
internal readonly record struct MeasuredNumber(int Observable, string Suffix, double Mean, double StandardError);

/// <summary>What the experiment says at one point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Size">The size d; 0 if the experiment was not run.</param>
/// <param name="Trials">The number of trials; 0 if the experiment was not run.</param>
/// <param name="Seed">The seed of this point.</param>
/// <param name="Numbers">The numbers measured.</param>
/// <param name="Message">Why the experiment was not run, or <see langword="null"/>.</param>
internal sealed record PointMeasurement(int Point, int Size, int Trials, ulong Seed, ImmutableArray<MeasuredNumber> Numbers, string? Message)
{
    /// <summary>Runs the experiment at a point.</summary>
    public static PointMeasurement Run(SweepPlan plan, IProblem problem, int point, IProgress<double>? progress, CancellationToken token) =>
        Run(problem, point, plan.Measurement with { Threads = plan.Threads ?? plan.Measurement.Threads }, progress, token);

    /// <summary>Runs the experiment at a point; its own seed is drawn from that of the options.</summary>
    public static PointMeasurement Run(IProblem problem, int point, VerificationOptions options, IProgress<double>? progress, CancellationToken token)
    {
        var seed = SeedAt(options.Seed, point);
        try
        {
            var report = Verification.Run(problem, options with { Seed = seed }, progress, token);
            var observables = problem.System.Observables;
            var suffixes = new IReadOnlyList<(string Suffix, double Number)>?[observables.Length];
            var numbers = ImmutableArray.CreateBuilder<MeasuredNumber>(report.Rows.Length);
            foreach (var row in report.Rows)
            {
                var observable = IndexOf(observables, row.Observable);
                var names = suffixes[observable] ??= Flattened.Numbers(report.Outcome.Outputs[observable]);
                numbers.Add(new(observable, row.Element < 0 ? "" : names[row.Element].Suffix, row.Mean, row.StandardError));
            }
            var (size, trials) = report.Rows.Length > 0 ? (report.Rows[0].Size, report.Rows[0].Trials) : (0, 0);
            return new(point, size, trials, seed, numbers.MoveToImmutable(), report.Rows.Length > 0 ? null : "the experiment measured nothing here");
        }
        catch (Exception e) when (e is InvalidInputException or UnsupportedException or NotConvergedException)
        {
            return new(point, 0, 0, seed, [], $"experiment not run: {e.Message}");
        }
    }

    /// <summary>The seed of a point: hashed, for neighbouring seeds must not share trials, and of 53 bits, for it must survive a column of doubles.</summary>
    public static ulong SeedAt(ulong seed, int point) => new RandomStream(seed, (ulong)point).NextUInt64() >> 11;

    private static int IndexOf(ImmutableArray<Observable> observables, string name)
    {
        for (var i = 0; i < observables.Length; i++)
            if (observables[i].Name == name) return i;
        throw new InvalidOperationException($"The verification reports {name}, which is no observable.");
    }
}
