using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace Theory.Symbolics;

/// <summary>
/// A real function of one variable z, as activations, targets and losses are: given by an <see cref="Symbolics.Expression"/> (or its text), or by a delegate
/// with its breakpoints. Immutable and safe to use from several threads. Two functions are equal if their expressions are, or if they are the same instance.
/// </summary>
public sealed class ScalarFunction : IEquatable<ScalarFunction>
{
    private readonly Func<double, double>? function;
    private readonly Expression? simplified;
    private readonly SymmetricParts? parts;
    private readonly bool? isSquareIntegrable;
    private readonly ConcurrentDictionary<object, Lazy<object?>> memory = new();

    private ScalarFunction(Expression expression)
    {
        if (expression.VariableCount > 1) throw new ArgumentException($"a function of z alone is needed; {expression.Quote} has z{expression.VariableCount}");
        Expression = expression;
        Text = expression.ToString();
        simplified = expression.Simplify();
        var line = new RealLine();
        DomainCheck.Check(simplified, line);
        (Breakpoints, BreakpointsAreExact) = line.Breakpoints(simplified);
        parts = SymmetricParts.Of(simplified);
        Parity = parts.Parity;
        var (right, left) = (GaussianGrowth.Of(simplified, 1).IsSquareIntegrable, GaussianGrowth.Of(simplified, -1).IsSquareIntegrable);
        isSquareIntegrable = right is false || left is false ? false : right is true && left is true ? true : null;
    }

    private ScalarFunction(Func<double, double> function, ImmutableArray<double> breakpoints, Parity parity, string name) =>
        (this.function, Breakpoints, BreakpointsAreExact, Parity, Text) = (function, breakpoints, true, parity, name);

    /// <summary>The expression, as given; <see langword="null"/> for a delegate.</summary>
    public Expression? Expression { get; }

    /// <summary>The expression's text, or the name given to a delegate.</summary>
    public string Text { get; }

    /// <summary>The points, ascending, where the function or one of its derivatives jumps or is singular.</summary>
    public ImmutableArray<double> Breakpoints { get; }

    /// <summary>
    /// Where a quadrature should split: the breakpoints, and points around places where the function is smooth but changes on a scale far below 1 (the roots of u in a
    /// steep tanh(u), the peak of a narrow exp(u)), as far as structure gives them. For a delegate the breakpoints.
    /// </summary>
    public ImmutableArray<double> SplitPoints
    {
        get
        {
            if (field.IsDefault)
                field = simplified is null ? Breakpoints : new Points(Breakpoints, true).Union(new RealLine().SteepPoints(simplified)).Values;
            return field;
        }
    }

    /// <summary>Whether all breakpoints are roots of closed forms or exactly isolated, rounded to double; <see langword="false"/> if some were found numerically in [−40, 40].</summary>
    public bool BreakpointsAreExact { get; }

    /// <summary>Whether the function is even or odd, as its structure proves (or as stated for a delegate).</summary>
    public Parity Parity { get; }

    /// <summary>The constant c if structure proves that the function is c·z plus an even function (relu: 1/2; even functions: 0); else <see langword="null"/>.</summary>
    public Expression? LinearPlusEven => parts is null ? null : parts.LinearPlusEven;

    /// <summary>Whether E f(z)² is finite for z ~ N(0, 1), as the growth of the expression tells; <see langword="null"/> if it does not tell.</summary>
    public bool? IsSquareIntegrable => isSquareIntegrable;

    internal SymmetricParts? Parts => parts;

    /// <summary>The text, shortened for messages.</summary>
    internal string Quote => Expression is null ? Text : Expression.Quote;

    /// <summary>Reads a text; see <see cref="Symbolics.Expression.Parse"/>.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ScalarFunction(string text) => Of(Symbolics.Expression.Parse(text));

    /// <summary>Takes an expression for a function; see <see cref="Of"/>.</summary>
    /// <param name="expression">The expression.</param>
    public static implicit operator ScalarFunction(Expression expression) => Of(expression);

    /// <summary>The function that an expression in z is.</summary>
    /// <param name="expression">An expression without variables or in z alone.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentException">There are other variables; or the expression is not real, finite and locally square integrable for almost all z: it
    /// divides by what vanishes, or takes a logarithm or a root of what is negative. The message quotes the part at fault and names the place.</exception>
    public static ScalarFunction Of(Expression expression) => new(expression ?? throw new ArgumentNullException(nameof(expression)));

    /// <summary>The function that a delegate computes.</summary>
    /// <param name="f">The delegate: finite for every finite z but for the breakpoints, and safe to call from several threads.</param>
    /// <param name="breakpoints">Where f or one of its derivatives jumps or is singular; none if omitted. Quadrature is wrong if some are missing.</param>
    /// <param name="parity">What is known of f(−z); it is checked at a few points.</param>
    /// <param name="name">A name for messages and tables.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentException">A breakpoint is not finite, or f does not have the parity stated.</exception>
    public static ScalarFunction From(Func<double, double> f, IEnumerable<double>? breakpoints = null, Parity parity = Parity.None, string name = "custom")
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Enum.IsDefined(parity)) throw Contract.Guard.OutOfRange(nameof(parity), parity, "must be None, Even or Odd");
        ImmutableArray<double> sorted = [.. (breakpoints ?? []).Distinct().Order()];
        foreach (var point in sorted)
            if (!double.IsFinite(point)) throw new ArgumentException($"breakpoints must be finite; got {point.ToString(CultureInfo.InvariantCulture)}", nameof(breakpoints));
        CheckParity(f, parity);
        return new(f, sorted, parity, name);
    }

    /// <summary>The value at a point.</summary>
    /// <param name="z">The point.</param>
    /// <returns>f(z).</returns>
    public double Evaluate(double z) => function is not null ? function(z) : simplified!.Evaluate(z);

    /// <summary>The values at many points, vectorised for expressions.</summary>
    /// <param name="z">The points.</param>
    /// <param name="result">Receives f at each point; may be the same span.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public void Evaluate(ReadOnlySpan<double> z, Span<double> result)
    {
        if (z.Length != result.Length) throw new ArgumentException($"the result must have {z.Length} places; got {result.Length}", nameof(result));
        if (function is null)
        {
            simplified!.Evaluate(z, result);
            return;
        }
        for (var i = 0; i < z.Length; i++) result[i] = function(z[i]);
    }

    /// <summary>The size of the jump at a point: f(z + 0) − f(z − 0) of the function, or of one of its derivatives.</summary>
    /// <param name="point">The point, usually one of <see cref="Breakpoints"/>.</param>
    /// <param name="derivative">0 for the function itself, j for its j-th derivative.</param>
    /// <returns>The jump; not finite where the function is singular.</returns>
    /// <exception cref="NotSupportedException">The function is a delegate.</exception>
    public double Jump(double point, int derivative = 0)
    {
        if (simplified is null) throw new NotSupportedException($"the jumps of the delegate '{Text}' are not known");
        Contract.Guard.AtLeast(derivative, 0, nameof(derivative));
        var index = Breakpoints.IndexOf(point);
        if (index < 0) return 0;
        var before = index == 0 ? point - 1 : point - (point - Breakpoints[index - 1]) / 2;
        var after = index == Breakpoints.Length - 1 ? point + 1 : point + (Breakpoints[index + 1] - point) / 2;
        var (left, right) = (Branches.At(simplified, before), Branches.At(simplified, after));
        for (var j = 0; j < derivative; j++) (left, right) = (left.Differentiate(), right.Differentiate());
        return right.Evaluate(point) - left.Evaluate(point);
    }

    /// <summary>A quantity derived from this function, computed once and kept with this instance; safe from several threads.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">What the quantity is: equal keys must mean equal quantities of equal type.</param>
    /// <param name="compute">Computes it.</param>
    /// <returns>The quantity.</returns>
    public T Memo<T>(object key, Func<ScalarFunction, T> compute)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(compute);
        return (T)memory.GetOrAdd(key, static (_, state) => new Lazy<object?>(() => state.compute(state.self)), (compute, self: this)).Value!;
    }

    /// <inheritdoc/>
    public bool Equals(ScalarFunction? other) => ReferenceEquals(this, other) || (Expression is not null && Expression.Equals(other?.Expression));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScalarFunction);

    /// <inheritdoc/>
    public override int GetHashCode() => Expression is not null ? Expression.GetHashCode() : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static void CheckParity(Func<double, double> f, Parity parity)
    {
        if (parity == Parity.None) return;
        foreach (var z in (ReadOnlySpan<double>)[0.0371, 0.251, 0.618, 0.997, 1.371, 2.236, 3.53])
        {
            var (right, left) = (f(z), parity == Parity.Even ? f(-z) : -f(-z));
            if (!(Math.Abs(right - left) <= 1e-9 * Math.Max(Math.Abs(right), Math.Abs(left))))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"the function is not {parity.ToString().ToLowerInvariant()}: f({z}) = {f(z)}, f({-z}) = {f(-z)}"), nameof(parity));
        }
    }
}
