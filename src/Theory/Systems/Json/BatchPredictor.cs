using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Theory.Contract;

namespace Theory.Systems.Json;

/// <summary>How to run a batch.</summary>
public sealed record BatchOptions
{
    /// <summary>The number of threads, at least 1; all cores if <see langword="null"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Threads { get; init => field = value is { } n ? Guard.AtLeast(n, 1) : null; }

    /// <summary>Options of the solvers.</summary>
    public SolveOptions Solve { get; init; } = SolveOptions.Default;
}

/// <summary>What a batch came to.</summary>
/// <param name="Requests">The number of requests answered.</param>
/// <param name="Failed">How many of them got an error, or a prediction that did not converge.</param>
public sealed record BatchSummary(long Requests, long Failed);

/// <summary>
/// Predicts line by line. JSON Lines <c>{"id": …, "system": "…", "inputs": {…}}</c> come in, and one line for each goes out in the same order:
/// the prediction with its id, or <c>{"id": …, "error": {…}}</c>. Lines are computed in parallel, each is written as soon as it and all before it
/// are done, and only a bounded number is held in memory. A bad line never stops the batch; blank lines are passed over.
/// </summary>
public sealed class BatchPredictor
{
    private const int LinesInFlightPerThread = 64;
    private readonly ProblemCache problems;
    private readonly BatchOptions options;

    /// <summary>Creates the predictor.</summary>
    /// <param name="catalogue">The systems that requests may name.</param>
    /// <param name="options">Options; the defaults if <see langword="null"/>.</param>
    public BatchPredictor(Catalogue catalogue, BatchOptions? options = null)
    {
        this.options = options ?? new();
        problems = new(Guard.NotNull(catalogue));
    }

    /// <summary>Answers all requests.</summary>
    /// <param name="input">The requests, one a line.</param>
    /// <param name="output">Receives the answers, one a line, flushed whenever no further answer is ready.</param>
    /// <param name="token">Stops the batch; the answers written until then are whole lines.</param>
    /// <returns>How many requests there were, and how many failed.</returns>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    /// <exception cref="IOException">The input cannot be read or the output cannot be written.</exception>
    public BatchSummary Run(TextReader input, TextWriter output, CancellationToken token = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var threads = options.Threads ?? Environment.ProcessorCount;
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        var answers = new BlockingCollection<Task<Answer>>(LinesInFlightPerThread * threads);
        var reading = Task.Factory.StartNew(
            () => ReadAll(input, answers, scheduler, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var summary = WriteAll(answers, output, token);
            reading.GetAwaiter().GetResult();
            return summary;
        }
        finally
        {
            stop.Cancel();
        }
    }

    private void ReadAll(TextReader input, BlockingCollection<Task<Answer>> answers, TaskScheduler scheduler, CancellationToken token)
    {
        try
        {
            for (long number = 1; input.ReadLine() is { } line; number++)
            {
                if (string.IsNullOrWhiteSpace(line)) continue;
                var n = number;
                answers.Add(Task.Factory.StartNew(() => AnswerLine(line, n), token, TaskCreationOptions.None, scheduler), token);
            }
        }
        finally
        {
            answers.CompleteAdding();
        }
    }

    private static BatchSummary WriteAll(BlockingCollection<Task<Answer>> answers, TextWriter output, CancellationToken token)
    {
        long requests = 0, failed = 0;
        try
        {
            foreach (var next in answers.GetConsumingEnumerable(token))
            {
                next.Wait(token);
                output.Write(next.Result.Line);
                output.Write('\n');
                requests++;
                if (next.Result.IsFailure) failed++;
                if (answers.Count == 0) output.Flush();
            }
            return new(requests, failed);
        }
        finally
        {
            output.Flush();
        }
    }

    private Answer AnswerLine(string line, long number)
    {
        var request = new BatchRequest();
        try
        {
            request.Read(Encoding.UTF8.GetBytes(line));
            var outcome = problems.Get(request.System, request.Inputs).Predict(options.Solve);
            return new(Compose(request, writer => PredictionJson.WriteMembers(writer, outcome)), !outcome.Diagnostics.IsConverged);
        }
        catch (Exception e)
        {
            return Failure(request, number, PredictionError.From(e));
        }
    }

    private static Answer Failure(BatchRequest request, long number, PredictionError error) => new(Compose(request, writer =>
    {
        if (!request.HasId) writer.WriteNumber("line"u8, number);
        writer.WritePropertyName("error"u8);
        error.Write(writer);
    }), IsFailure: true);

    private static string Compose(BatchRequest request, Action<Utf8JsonWriter> members) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(request.Id, skipInputValidation: true);
        members(writer);
        writer.WriteEndObject();
    });

    private readonly record struct Answer(string Line, bool IsFailure);
}
