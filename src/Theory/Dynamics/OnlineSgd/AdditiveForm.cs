using Theory.Symbolics;
using static Theory.Symbolics.Expression;

namespace Theory.Dynamics;

/// <summary>The error as a sum over single fields, e = Σ_i c_i φ_i(x_i), when the target is a sum of functions of one field each.</summary>
/// <param name="Functions">One function per teacher; <see langword="null"/> where the target does not depend on it.</param>
/// <param name="Constant">What remains of the target.</param>
internal sealed record AdditiveForm(ScalarFunction?[] Functions, double Constant)
{
    /// <summary>The form of a task's target, or <see langword="null"/> if it couples the teachers.</summary>
    public static AdditiveForm? Of(SgdTask task)
    {
        if (task.Target is not { } target)
        {
            // 1/k is a part of the weights, not of the functions.
            return new([.. Enumerable.Repeat(task.Activation, task.Teachers)], 0);
        }

        var simple = target.Simplify();
        Expression[] terms = simple is Sum sum ? [.. sum.Terms] : [simple];
        var parts = new Expression?[task.Teachers];
        var constant = 0.0;
        foreach (var term in terms)
        {
            var variables = Enumerable.Range(1, task.Teachers).Where(term.DependsOn).ToArray();
            if (variables.Length > 1) return null;
            if (variables.Length == 0) constant += term.Evaluate(0);
            else parts[variables[0] - 1] = parts[variables[0] - 1] is { } before ? before + term : term;
        }

        return new([.. parts.Select((part, r) => part is null ? null : ScalarFunction.Of(part.Substitute(r + 1, OfVariable(1))))], constant);
    }
}
