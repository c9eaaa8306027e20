// When two clusters that differ in a few features can be told apart: thresholds of subspace clustering, message passing on real instances, and the phase diagram.
// Run: dotnet run examples/subspace-clustering.cs
#:project ../src/Plotting/Plotting.csproj
#:property PublishAot=false

using System.Globalization;
using Theory.Factorization;
using Theory.Plotting;
using Theory.Systems;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Console.WriteLine("Thresholds of lambda*sqrt(alpha)/k at two samples per dimension");
Console.WriteLine($"{"sparsity",9} {"possible",9} {"easy",9} {"hard?",6}");
foreach (var rho in new[] { 0.02, 0.05, 0.1, 0.2, 0.35 })
{
    var t = new SubspaceClusteringThresholdsModel { Clusters = 2, Alpha = 2, Sparsity = rho }.Predict().Reduced;
    Console.WriteLine($"{rho,9} {t.InformationTheoretic ?? t.Spectral,9:f5} {t.Algorithmic ?? t.Spectral,9:f5} {(t.InformationTheoretic < t.Algorithmic ? "yes" : "no"),6}");
}

Console.WriteLine();
Console.WriteLine($"{"lambda",7} {"phase",11} {"observable",15} {"predicted",10} {"measured",10} {"± s.e.",9}");
foreach (var lambda in new[] { 0.5, 0.9, 1.3 })
{
    var model = new SubspaceClusteringModel { Clusters = 2, Alpha = 2, Sparsity = 0.05, Lambda = lambda, Unit = SignalUnit.Spectral };
    var phase = model.Predict().Phase;
    foreach (var row in model.Verify(size: 2000, trials: 10, seed: 1).Rows)
        Console.WriteLine($"{lambda,7} {phase,11} {row.Observable,15} {row.Predicted,10:f4} {row.Mean,10:f4} {row.StandardError,9:f4}");
}

var result = Figures.Get("subspace-clustering-phases").Run(new FigureRequest
{
    OutputDirectory = Directory.CreateTempSubdirectory("theory-subspace-clustering-").FullName,
    Size = 500,
    Trials = 10,
});
foreach (var file in result.Files) Console.WriteLine(file);
