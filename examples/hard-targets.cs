// What decides how hard a target is: its exponents, and the directions that one pass over the data, or a second look at the same data, can find.
// Run: dotnet run examples/hard-targets.cs
#:project ../src/Theory/Theory.csproj
#:property PublishAot=false

using System.Globalization;
using Theory.Exponents;
using Theory.Symbolics;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] targets = ["z1 + z1*z2*z3", "z1*z2*z3", "z1^2*z2 + z2", "z1^3 - 3*z1", "z1^4 - 6*z1^2 + 3", "z1^2*exp(-z1^2)", "sign(z1*z2)", "relu(z1) - relu(z2)"];

Console.WriteLine($"{"target",22} {"information",12} {"leap",5} {"isoLeap",8} {"generative",11} {"one pass",9} {"reuse",6} {"hard",5} {"proved",7}");
var all = targets.Select(text => (Text: text, Of: LearningExponents.Of(Expression.Parse(text)))).ToList();
foreach (var (text, e) in all)
{
    Console.WriteLine($"{text,22} {Or(e.InformationExponent),12} {e.Leap,5} {e.IsoLeap,8} {Or(e.GenerativeLeap),11} {e.LearnedInOnePass.Dimension + "/" + e.Dimension,9} "
        + $"{e.LearnedByReuse.Dimension + "/" + e.Dimension,6} {e.HardUnderReuse.Dimension,5} {(e.IsProved ? "yes" : "no"),7}");
}

// A bar a target: the number of samples one-pass SGD needs, d^max(1, isoLeap − 1), as a power of the dimension.
Console.WriteLine();
foreach (var (text, e) in all)
{
    var power = Math.Max(1, e.IsoLeap - 1);
    Console.WriteLine($"{text,22} {new string('█', 8 * power)} d^{power}{(e.IsoLeap == 2 ? " log d" : "")}");
}

static string Or(int? exponent) => exponent?.ToString(CultureInfo.InvariantCulture) ?? "none";
