// Hermite spectra of activations: how fast the coefficients decay tells kinks from analytic functions.
// Run: dotnet run examples/hermite-spectrum.cs
#:project ../src/Theory/Theory.csproj
#:property PublishAot=false

using System.Globalization;
using Theory.Hermite;
using Theory.Symbolics;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] activations = ["relu(z)", "gelu(z)", "tanh(z)", "sign(z)", "z^2*exp(-z^2)"];

Console.WriteLine($"{"",16}" + string.Concat(Enumerable.Range(0, 9).Select(k => $"{"k=" + k,9}")) + $"{"tail",9}");
foreach (var text in activations)
{
    var h = Expression.Parse(text).Hermite(order: 8);
    var cells = Enumerable.Range(0, 9).Select(k => h[k].IsZero ? $"{"0",9}" : $"{h[k].Value,9:f4}");
    Console.WriteLine($"{text,16}{string.Concat(cells)}{h.TailNorm,9:f4}");
}

// A bar a coefficient: |c_k|/√k! on a logarithmic scale, from 1e-6 to 1.
Console.WriteLine();
foreach (var text in activations.Take(4))
{
    var h = Expression.Parse(text).Hermite(order: 40);
    Console.Write($"{text,16} ");
    for (var k = 0; k <= 40; k++)
        Console.Write(h[k].IsZero ? ' ' : " ▁▂▃▄▅▆▇█"[(int)Math.Clamp(Math.Round(8 * (1 + Math.Log10(Math.Abs(h[k].Value)) / 6)), 0, 8)]);
    Console.WriteLine();
}
