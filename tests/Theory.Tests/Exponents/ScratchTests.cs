using System.Diagnostics;
using Theory.Exponents;
using Theory.Symbolics;

namespace Theory.Tests.Exponents;

public sealed class ScratchTests
{
    [Fact]
    public void All()
    {
        foreach (var point in ReferencePoints.All("exponents"))
        {
            var inputs = point.GetProperty("inputs");
            try
            {
            var w = Stopwatch.StartNew();
            var e = LearningExponents.Of(Expression.Parse(point.Expression()), new() { Activation = inputs.TryGetProperty("activation", out var a) ? Expression.Parse(a.GetString()!) : (ScalarFunction?)null });
            var t = w.Elapsed.TotalMilliseconds;
            var outputs = point.GetProperty("outputs");
            var bad = "";
            if (outputs.TryGetProperty("information_exponent", out _) && outputs.IntegerOrNull("information_exponent") != e.InformationExponent) bad += $" IE {e.InformationExponent}";
            if (outputs.TryGetProperty("leap", out _) && outputs.IntegerOrNull("leap") != e.Leap) bad += $" leap {e.Leap}";
            if (outputs.TryGetProperty("iso_leap", out _) && outputs.IntegerOrNull("iso_leap") != e.IsoLeap) bad += $" iso {e.IsoLeap}";
            if (outputs.TryGetProperty("dimension", out _) && outputs.IntegerOrNull("dimension") != e.Dimension) bad += $" dim {e.Dimension}";
            if (outputs.TryGetProperty("generative_leap", out _) && outputs.IntegerOrNull("generative_leap") != e.GenerativeLeap) bad += $" gen {e.GenerativeLeap}";
            if (outputs.TryGetProperty("learned_dimensions", out var ld))
                foreach (var d in ld.EnumerateObject())
                    if (!d.Value.EnumerateArray().Select(x => x.GetInt32()).SequenceEqual(e.LearnedDimensions[int.Parse(d.Name)])) bad += $" learned {d.Name}: {string.Join(',', e.LearnedDimensions[int.Parse(d.Name)])}";
            var unproved = string.Join("; ", e.Certificates.Where(c => !c.IsProved).Select(c => $"{c.Quantity}: {c.Reason}"));
            if (bad != "" || unproved != "" || t > 30) Console.Error.WriteLine($"XX {point.Text("id")} {t:f1} ms {(bad == "" ? "ok" : "BAD" + bad)} {unproved}");
            }
            catch (Exception x) { Console.Error.WriteLine($"XX {point.Text("id")} {x.GetType().Name} {x.Message} {x.StackTrace!.Split('\n')[0]}"); }
        }
    }
}
