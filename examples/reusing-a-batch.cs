// What a second look at the same batch buys: overlaps with a target of information exponent 3, by dynamical mean-field theory, beside fresh batches and real gradient descent.
// Run: dotnet run examples/reusing-a-batch.cs
#:project ../src/Theory/Theory.csproj
#:property PublishAot=false

using System.Globalization;
using Theory.Dynamics;
using Theory.Systems;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var reuse = new BatchReuseModel { Target = "He3(z)/sqrt(6)", Activation = "erf(z/sqrt(2))", Alpha = 2, LearningRate = 0.5, Steps = 4 };
var fresh = new FreshBatchModel { Target = reuse.Target, Activation = reuse.Activation, Alpha = reuse.Alpha, LearningRate = reuse.LearningRate, Steps = reuse.Steps, Loss = reuse.Loss };
var kept = reuse.Predict();
var renewed = fresh.Predict();
Console.WriteLine($"{"step",5} {"same batch",11} {"fresh batches",14}");
for (var t = 0; t <= reuse.Steps; t++)
{
    var (m, other) = (kept.M[t][0][0], renewed.M[t][0][0]);
    Console.WriteLine($"{t,5} {m,11:0.00000;-0.00000;0} {other,14:0.00000;-0.00000;0} {new string('█', (int)Math.Round(200 * Math.Abs(m)))}");
}

Console.WriteLine();
Console.WriteLine($"{"element",10} {"predicted",10} {"measured",10} {"± s.e.",9}");
var check = reuse.Verify(size: 400, trials: 10, seed: 1);
foreach (var row in check.Rows.Where(row => row.Observable.StartsWith('m')))
    Console.WriteLine($"{row.Observable + "_" + row.Element,10} {row.Predicted,10:f4} {row.Mean,10:f4} {row.StandardError,9:f4}");
