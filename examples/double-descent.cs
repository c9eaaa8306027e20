// The double-descent curve of random-feature regression, theory beside trained models.
// Run: dotnet run examples/double-descent.cs
#:project ../src/Plotting/Plotting.csproj
#:property PublishAot=false

using System.Globalization;
using Theory.Contract;
using Theory.Numerics.LinearAlgebra;
using Theory.Plotting;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
DenseAlgebra.UseBest();
var result = Figures.Get("random-features-double-descent").Run(new FigureRequest
{
    Overrides = new Dictionary<string, Value> { ["activation"] = "tanh(2z)", ["target"] = "sin(2z)" },
    OutputDirectory = Directory.CreateTempSubdirectory("theory-double-descent-").FullName,
    Size = 60,
    Trials = 10,
});

Console.WriteLine($"{"alpha",8} {"observable",12} {"predicted",10} {"measured",10} {"± s.e.",9} {"z",6}");
foreach (var m in result.Measurements)
    Console.WriteLine($"{m.Position[0],8:f3} {m.Observable,12} {m.Predicted,10:f4} {m.Mean,10:f4} {m.StandardError,9:f4} {m.ZScore,6:f1}");
foreach (var file in result.Files) Console.WriteLine(file);
