using System.Globalization;
using System.Text.RegularExpressions;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Systems.Diagrams;

/// <summary>A condition of a <see cref="PhaseRule"/> on a prediction.</summary>
internal sealed partial class PhaseCondition
{
    private const int MostQuantities = 9;
    private readonly Func<Outcome, bool>[] terms;

    private PhaseCondition(Func<Outcome, bool>[] terms) => this.terms = terms;

    public static PhaseCondition Parse(string text, ISystem system) => new([.. And().Split(text).Select(term => Term(term.Trim(), system))]);

    public bool Holds(Outcome outcome)
    {
        foreach (var term in terms)
            if (!term(outcome)) return false;
        return true;
    }

    private static Func<Outcome, bool> Term(string text, ISystem system)
    {
        if (Exists().Match(text) is { Success: true } exists)
        {
            var quantity = Find(exists.Groups[1].Value, system) ?? throw PhaseRule.Fault(text, $"{system.Id} has no {exists.Groups[1].Value}; it has {PhaseRule.Names(system)}");
            return outcome => quantity(outcome) is not (Value.Missing or Value.Number { Real: double.NaN });
        }

        if (Comparison().Match(text) is not { Success: true } match) throw PhaseRule.Fault(text, "expected a comparison such as \"q > 0.5\", or exists(NAME)");
        var (left, relation, right) = (match.Groups[1].Value.Trim(), match.Groups[2].Value, match.Groups[3].Value.Trim());
        if (Texts(left, right, relation, system) is { } textual) return textual;
        var (first, second) = (Side(left, system), Side(right, system));
        // Comparisons with NaN are false, but for !=, which an absent value does not fulfil either.
        return relation switch
        {
            "<" => o => first(o) < second(o),
            "<=" => o => first(o) <= second(o),
            ">" => o => first(o) > second(o),
            ">=" => o => first(o) >= second(o),
            "==" => o => first(o) == second(o),
            _ => o => first(o) < second(o) || first(o) > second(o),
        };
    }

    /// <summary>A comparison of a text with a word, as in <c>phase == hard</c>.</summary>
    private static Func<Outcome, bool>? Texts(string left, string right, string relation, ISystem system)
    {
        var isText = system.Observables.Any(o => o.Name == left && o.Shape == Shape.Text) || system.Parameters.Any(p => p.Name == left && p.Shape == Shape.Text);
        if (!isText) return null;
        if (relation is not ("==" or "!=")) throw PhaseRule.Fault($"{left} {relation} {right}", $"{left} is a text, which == and != compare");
        var (quantity, word) = (Find(left, system)!, right.Trim('"'));
        return outcome => quantity(outcome) is Value.Text text && text.Content == word == (relation == "==");
    }

    /// <summary>An expression in outputs and inputs: each name becomes a variable of <see cref="Expression"/>.</summary>
    private static Func<Outcome, double> Side(string text, ISystem system)
    {
        var quantities = new List<(string Name, Func<Outcome, Value> Read)>();
        var replaced = Name().Replace(text, match =>
        {
            var read = Find(match.Value, system);
            if (read is null) return match.Value;
            var index = quantities.FindIndex(q => q.Name == match.Value);
            if (index < 0)
            {
                quantities.Add((match.Value, read));
                index = quantities.Count - 1;
            }

            return string.Create(CultureInfo.InvariantCulture, $"z{index + 1}");
        });
        if (quantities.Count > MostQuantities) throw PhaseRule.Fault(text, $"at most {MostQuantities} outputs and inputs in one expression");
        Expression expression;
        try
        {
            expression = Expression.Parse(replaced);
        }
        catch (ExpressionException e)
        {
            throw PhaseRule.Fault(text, $"{e.Message.Split('\n')[0].TrimEnd('.')}; {system.Id} has {PhaseRule.Names(system)}");
        }

        if (expression.VariableCount > quantities.Count) throw PhaseRule.Fault(text, $"z is no output or input; {system.Id} has {PhaseRule.Names(system)}");
        var readers = quantities.Select(q => q.Read).ToArray();
        return outcome =>
        {
            Span<double> values = stackalloc double[MostQuantities];
            for (var i = 0; i < readers.Length; i++)
            {
                values[i] = NumberOf(readers[i](outcome));
                if (double.IsNaN(values[i])) return double.NaN;
            }

            return expression.Evaluate(values);
        };
    }

    private static double NumberOf(Value value) => value switch
    {
        Value.Number n => n.Real,
        Value.Flag f => f.IsSet ? 1 : 0,
        _ => double.NaN,
    };

    /// <summary>How an output or input, one of its elements, or the number of them is read; <see langword="null"/> if there is none of that name.</summary>
    private static Func<Outcome, Value>? Find(string name, ISystem system)
    {
        if (Count().Match(name) is { Success: true } count)
            return Find(count.Groups[1].Value, system) is { } list ? outcome => list(outcome) is Value.List items ? items.Items.Length : 0 : null;
        var bracket = name.IndexOf('[');
        var plain = bracket < 0 ? name : name[..bracket];
        int[] path = bracket < 0 ? [] : [.. Index().Matches(name).Select(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
        for (var i = 0; i < system.Observables.Length; i++)
        {
            var index = i;
            if (system.Observables[i].Name == plain) return outcome => Element(outcome.Outputs[index], path);
        }

        for (var i = 0; i < system.Parameters.Length; i++)
        {
            var index = i;
            if (system.Parameters[i].Name == plain) return outcome => Element(outcome.Problem.Inputs[index], path);
        }

        return null;
    }

    private static Value Element(Value value, int[] path)
    {
        foreach (var index in path)
        {
            if (value is not Value.List list || index >= list.Items.Length) return Value.None;
            value = list.Items[index];
        }

        return value;
    }

    [GeneratedRegex(@"count\(\s*[A-Za-z_]\w*(?:\[\d{1,6}\])*\s*\)|[A-Za-z_]\w*(?:\[\d{1,6}\])*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"^count\(\s*(.+?)\s*\)$")]
    private static partial Regex Count();

    [GeneratedRegex(@"^exists\(\s*(.+?)\s*\)$")]
    private static partial Regex Exists();

    [GeneratedRegex("^([^<>=!]+)(<=|>=|==|!=|<|>)([^<>=!]+)$")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\s+and\s+")]
    private static partial Regex And();
}
