using System.Collections.Immutable;
using System.Globalization;

namespace Theory.Contract;

/// <summary>
/// A parameter or an observable on its way to or from the outside world (JSON, a table, a sweep): a closed family of immutable values.
/// Complex numbers are lists of two numbers; a missing value is <see cref="Missing"/>.
/// </summary>
public abstract record Value
{
    private Value() { }

    /// <summary>The absent value (<c>null</c> in JSON).</summary>
    public static Value None { get; } = new Missing();

    /// <summary>An absent value: a threshold that does not exist, a quantity that is not defined.</summary>
    public sealed record Missing : Value
    {
        /// <inheritdoc/>
        public override string ToString() => "—";
    }

    /// <summary>A real number; infinities are allowed and written as <c>null</c> in JSON outputs.</summary>
    /// <param name="Real">The number.</param>
    public sealed record Number(double Real) : Value
    {
        /// <inheritdoc/>
        public override string ToString() => Real.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A text: a formula, a name, or an exact number.</summary>
    /// <param name="Content">The text.</param>
    public sealed record Text(string Content) : Value
    {
        /// <inheritdoc/>
        public override string ToString() => Content;
    }

    /// <summary>True or false.</summary>
    /// <param name="IsSet">The truth value.</param>
    public sealed record Flag(bool IsSet) : Value
    {
        /// <inheritdoc/>
        public override string ToString() => IsSet ? "true" : "false";
    }

    /// <summary>An ordered list, compared element by element.</summary>
    /// <param name="Items">The elements.</param>
    public sealed record List(ImmutableArray<Value> Items) : Value
    {
        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var item in Items) hash.Add(item);
            return hash.ToHashCode();
        }

        /// <inheritdoc/>
        public override string ToString() => "[" + string.Join(", ", Items) + "]";
    }

    /// <summary>A table of named values, in a fixed order.</summary>
    /// <param name="Entries">The entries; names are distinct.</param>
    public sealed record Map(ImmutableArray<KeyValuePair<string, Value>> Entries) : Value
    {
        /// <inheritdoc/>
        public bool Equals(Map? other) => other is not null && Entries.AsSpan().SequenceEqual(other.Entries.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var entry in Entries) hash.Add(entry);
            return hash.ToHashCode();
        }

        /// <inheritdoc/>
        public override string ToString() => "{" + string.Join(", ", Entries.Select(e => $"{e.Key}: {e.Value}")) + "}";
    }

    /// <summary>Wraps a real number.</summary>
    /// <param name="real">The number.</param>
    public static implicit operator Value(double real) => new Number(real);

    /// <summary>Wraps a real number; <see langword="null"/> becomes <see cref="None"/>.</summary>
    /// <param name="real">The number, or <see langword="null"/>.</param>
    public static implicit operator Value(double? real) => real is { } r ? new Number(r) : None;

    /// <summary>Wraps a text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator Value(string text) => new Text(text);

    /// <summary>Wraps a truth value.</summary>
    /// <param name="flag">The truth value.</param>
    public static implicit operator Value(bool flag) => new Flag(flag);

    /// <summary>A list of real numbers.</summary>
    /// <param name="numbers">The numbers in order.</param>
    /// <returns>A <see cref="List"/> of <see cref="Number"/>s.</returns>
    public static Value Vector(ReadOnlySpan<double> numbers)
    {
        var items = ImmutableArray.CreateBuilder<Value>(numbers.Length);
        foreach (var number in numbers) items.Add(new Number(number));
        return new List(items.MoveToImmutable());
    }

    /// <summary>A list of any values.</summary>
    /// <param name="items">The elements in order.</param>
    /// <returns>A <see cref="List"/>.</returns>
    public static Value ListOf(IEnumerable<Value> items) => new List([.. items]);

    /// <summary>The number that this value stands for.</summary>
    /// <returns>The number; <see cref="Missing"/> gives NaN, and the texts "inf", "infinity" and "-inf" give infinities.</returns>
    /// <exception cref="FormatException">The value is no number.</exception>
    public double ToDouble() => this switch
    {
        Number n => n.Real,
        Missing => double.NaN,
        Text { Content: "inf" or "+inf" or "infinity" or "Infinity" } => double.PositiveInfinity,
        Text { Content: "-inf" or "-infinity" or "-Infinity" } => double.NegativeInfinity,
        _ => throw new FormatException($"expected a number, got {Describe()}"),
    };

    /// <summary>The whole number that this value stands for; 1e6 counts as whole.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The value is no number, or not a whole one.</exception>
    public long ToInt64()
    {
        var real = ToDouble();
        return Math.Abs(real) <= 9e15 && real == Math.Floor(real) ? (long)real : throw new FormatException($"expected a whole number, got {Describe()}");
    }

    /// <summary>The text that this value stands for.</summary>
    /// <returns>The text; a number is accepted and printed (the formula <c>0</c> may come as a number).</returns>
    /// <exception cref="FormatException">The value is neither a text nor a number.</exception>
    public string ToText() => this switch
    {
        Text t => t.Content,
        Number n => n.ToString(),
        _ => throw new FormatException($"expected a text, got {Describe()}"),
    };

    /// <summary>The truth value that this value stands for.</summary>
    /// <returns>The truth value.</returns>
    /// <exception cref="FormatException">The value is no truth value.</exception>
    public bool ToBoolean() => this is Flag f ? f.IsSet : throw new FormatException($"expected true or false, got {Describe()}");

    /// <summary>The list of real numbers that this value stands for.</summary>
    /// <returns>The numbers.</returns>
    /// <exception cref="FormatException">The value is no list, or an element is no number.</exception>
    public ImmutableArray<double> ToVector() => this is List l
        ? [.. l.Items.Select(v => v.ToDouble())]
        : throw new FormatException($"expected a list of numbers, got {Describe()}");

    private string Describe() => this switch
    {
        Text t => $"the text \"{t.Content}\"",
        Missing => "null",
        List => "a list",
        Map => "a table",
        _ => ToString()!,
    };
}
