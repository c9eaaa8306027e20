using System.Runtime.InteropServices;
using System.Text;
using Theory.Cli;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 1 << 14);
using var errors = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
var environment = new CliEnvironment
{
    In = new(() => new StreamReader(Console.OpenStandardInput(), utf8)),
    Out = output,
    Err = errors,
    ShowsProgress = !Console.IsErrorRedirected,
};
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var exitCode = CliApplication.Run(args, environment, stop.Token);
try
{
    output.Flush();
}
catch (IOException e)
{
    errors.WriteLine($"theory: the result cannot be written: {e.Message}");
    exitCode = ExitCode.BadInput;
}
return exitCode;

// The first signal asks the work to stop and keep what is done; a second one, or work that does not listen, ends the process.
void Stop(PosixSignalContext context)
{
    if (stop.IsCancellationRequested) return;
    context.Cancel = true;
    stop.Cancel();
    _ = Task.Delay(CliApplication.Grace).ContinueWith(_ => Environment.Exit(ExitCode.Interrupted), TaskScheduler.Default);
}
