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

    [Fact]
    public void Frames()
    {
        foreach (var text in new[] { "relu(z1+z2)+relu(z1-z2)", "relu(z1)*relu(z1+z2)", "relu(z1+z2^2)", "tanh(z1)+tanh(z1+z2)", "max(z1,max(z2,z3))", "tanh(z1*z2*z3)", "relu(z1)+relu(z2)+relu(z1+z2)", "relu(z1+z2)", "abs(z1+z2)", "sign(z1+z2)*sign(z1-z2)", "relu(3/5*z1+4/5*z2)*(4/5*z1-3/5*z2)", "relu(z1+2*z2)+abs(2*z1-z2)", "exp(z1+z2)", "exp(z1)*exp(z2)", "cos(z1+z2)", "relu(z1)+relu(z1+z2)", "tanh(z1*z2)", "abs(z1+z2)+z1*z2", "sign(z1+z2)+sign(z1-z2)+z3^2", "0*z1+relu(z2)", "tanh(z1)+tanh(z2)", "exp(z1)+exp(2*z2)", "max(z1,z2)", "max(abs(z1),abs(z2))", "abs(z1)+abs(z2)+abs(z3)", "log(abs(z1*z2))", "indicator(z1*z2>0)", "sqrt(2)*z1+z1*z2", "He2(z)/sqrt(2)","sin(z1)*sin(z2)", "step(z1)*step(z2)*step(z3)", "sign(z1)*abs(z2)" })
        {
            try
            {
                var w = Stopwatch.StartNew();
                var e = LearningExponents.Of(Expression.Parse(text));
                Console.Error.WriteLine($"XX {text} {w.ElapsedMilliseconds} ms IE {e.InformationExponent} leap {e.Leap} iso {e.IsoLeap} gen {e.GenerativeLeap} {e.Relevant} flag {string.Join(' ', e.Flag.Select(q => $"{q.Order}:{q.Learned}"))} G {string.Join(' ', e.GenerativeFlag.Select(q => $"{q.Order}:{q.Learned}"))} reuse {e.LearnedByReuse} odd {e.LearnedByReuseWithOddActivation} || {string.Join("; ", e.Certificates.Where(c => !c.IsProved).Select(c => $"{c.Quantity}: {c.Reason}"))}");
            }
            catch (Exception x) { Console.Error.WriteLine($"XX {text} {x.GetType().Name} {x.Message} {x.StackTrace!.Split('\n')[0]}"); }
        }
    }

    [Fact]
    public void Debug()
    {
        foreach (var text in new[] { "cos(z1+z2)", "exp(z1+z2)" })
        {
            var f = Theory.Hermite.Tensors.FactorisedFunction.TryOf(Expression.Parse(text).Simplify())!;
            foreach (var t in f.Terms) Console.Error.WriteLine($"YY {t.Coefficient} {Theory.Hermite.Tensors.Factorisation.Signature(t)}");
            var c = new Theory.Hermite.Tensors.FactorCoefficients(8);
            foreach (var (k, v) in f.Coefficients(3, c)) Console.Error.WriteLine($"YY {new Theory.Hermite.Tensors.MultiIndex(k)} {v} = {v.Value} +- {v.Error}");
            Console.Error.WriteLine("YY " + LearningExponents.Of(Expression.Parse(text)).CertificateOf("dimension"));
        }
    }
}
