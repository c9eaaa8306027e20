using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Dynamics;

/// <summary>A hyperplane Σ_r c_r z_r = b on which a function of several variables is not smooth, or changes quickly.</summary>
internal sealed record KinkForm(double[] Coefficients, double Offset);

/// <summary>Finds the hyperplanes on which a target is not smooth, as far as its structure shows them.</summary>
internal static class KinkForms
{
    /// <summary>The hyperplanes in z1 … zk.</summary>
    public static List<KinkForm> Of(Expression target, int variables)
    {
        List<KinkForm> forms = [];
        Collect(target.Simplify(), variables, forms);
        return forms;
    }

    private static void Collect(Expression e, int variables, List<KinkForm> forms)
    {
        var used = Enumerable.Range(1, variables).Where(e.DependsOn).ToArray();
        if (used.Length == 0) return;
        if (used.Length == 1)
        {
            var unit = new double[variables];
            unit[used[0] - 1] = 1;
            foreach (var point in ScalarFunction.Of(e.Substitute(used[0], OfVariable(1))).SplitPoints) Add(unit, point, forms);
            return;
        }

        switch (e)
        {
            case Sum s: CollectAll(s.Terms, variables, forms); break;
            case Product p: CollectAll(p.Factors, variables, forms); break;
            case Power p: Collect(p.Base, variables, forms); break;
            case HermitePolynomial h: Collect(h.Argument, variables, forms); break;
            case AbsolutePower a: CollectZeros(a.Operand, variables, forms); break;
            case Indicator i:
                for (var t = 1; t < i.Terms.Length; t++) CollectZeros(i.Terms[t] - i.Terms[t - 1], variables, forms);
                break;
            case Call { Arguments.Length: 1 } call:
                Collect(call.Arguments[0], variables, forms);
                CollectCall(call, variables, forms);
                break;
            case Call { Function: Function.Max or Function.Min } call: CollectZeros(call.Arguments[0] - call.Arguments[1], variables, forms); break;
            case Call call: CollectZeros(call.Arguments[0], variables, forms); break;
        }
    }

    private static void CollectAll(IEnumerable<Expression> parts, int variables, List<KinkForm> forms)
    {
        foreach (var part in parts) Collect(part, variables, forms);
    }

    /// <summary>f(c·z + b): the kinks of f, carried over. f of anything else: where a factor of the argument vanishes, if f has a kink at 0.</summary>
    private static void CollectCall(Call call, int variables, List<KinkForm> forms)
    {
        var argument = call.Arguments[0];
        if (Affine(argument, variables) is not { } affine)
        {
            if (call.Function is Function.Abs or Function.Sign or Function.Step or Function.Relu) CollectZeros(argument, variables, forms);
            return;
        }

        var outer = Rebuild(call);
        foreach (var point in outer.SplitPoints) Add(affine.Coefficients, point - affine.Offset, forms);
    }

    private static ScalarFunction Rebuild(Call call) => ScalarFunction.Of(Parse($"{call.Function.ToString().ToLowerInvariant()}(z)"));

    private static void CollectZeros(Expression e, int variables, List<KinkForm> forms)
    {
        Collect(e, variables, forms);
        if (Affine(e, variables) is { } affine) Add(affine.Coefficients, -affine.Offset, forms);
        else if (e is Product p) foreach (var factor in p.Factors) CollectZeros(factor, variables, forms);
        else if (e is Power { Exponent: > 0 } power) CollectZeros(power.Base, variables, forms);
    }

    private static (double[] Coefficients, double Offset)? Affine(Expression e, int variables)
    {
        if (NumericPolynomial.TryFrom(e, variables) is not { Degree: 1 } polynomial) return null;
        var (coefficients, offset) = (new double[variables], 0.0);
        foreach (var (c, exponents) in polynomial.Terms)
        {
            var r = Array.IndexOf(exponents, 1);
            if (r < 0) offset = c;
            else coefficients[r] = c;
        }

        return (coefficients, offset);
    }

    private static void Add(double[] coefficients, double offset, List<KinkForm> forms)
    {
        if (!forms.Any(f => f.Offset == offset && f.Coefficients.AsSpan().SequenceEqual(coefficients))) forms.Add(new(coefficients, offset));
    }
}
