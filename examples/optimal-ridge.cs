// What the best ridge buys: the test error with the ridge tuned at every sample ratio, by MathNet's golden section, against a fixed small ridge.
// Run: dotnet run examples/optimal-ridge.cs
#:project ../src/Plotting/Plotting.csproj
#:property PublishAot=false

using System.Globalization;
using MathNet.Numerics;
using Theory.Features;
using Theory.Plotting;
using Theory.Systems;
using Theory.Systems.Sweeps;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var model = new RandomFeaturesModel { Activation = "relu(z)", Target = "tanh(2z)", Alpha = 1, Beta = 1, Lambda = 1e-4, Noise = 0.2 };

Console.WriteLine($"{"alpha",6} {"fixed ridge",12} {"best ridge",12} {"at lambda",12}");
foreach (var alpha in new[] { 0.25, 0.5, 0.75, 1, 1.5, 2, 4, 8 })
{
    var at = model with { Alpha = alpha };
    var logLambda = FindMinimum.OfScalarFunctionConstrained(x => (at with { Lambda = Math.Exp(x) }).Predict().TestError, Math.Log(1e-6), Math.Log(1e3), 1e-6);
    var best = at with { Lambda = Math.Exp(logLambda) };
    Console.WriteLine($"{alpha,6} {at.Predict().TestError,12:f5} {best.Predict().TestError,12:f5} {best.Lambda,12:g4}");
}

var folder = Path.Combine(Path.GetTempPath(), "theory-ridge-map");
if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
SweepRunner.Run(new SweepPlan(model.AsProblem(), SweepAxis.Logarithmic("lambda", 1e-4, 10, 60), SweepAxis.Linear("alpha", 0.1, 3, 60)), folder);
foreach (var file in SweepPlotter.Plot(folder)) Console.WriteLine(file);
