using System.Collections.Immutable;
using Fractions;

namespace Theory.Symbolics;

/// <summary>A constant of the language that is no rational number.</summary>
public enum NamedConstant
{
    /// <summary>π, written <c>pi</c>.</summary>
    Pi,

    /// <summary>Euler's number, written <c>e</c>.</summary>
    E,
}

/// <summary>A comparison between two neighbours of a chain.</summary>
public enum Relation
{
    /// <summary>&lt;</summary>
    Less,

    /// <summary>≤</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>≥</summary>
    GreaterOrEqual,
}

/// <content>The kinds of node. Trees are built by the parser, by operators and by simplification, which keep the invariants stated here.</content>
public abstract partial class Expression
{
    /// <summary>An exact rational number; decimals are read as such.</summary>
    public sealed class Number : Expression
    {
        internal Number(Fraction value)
            : base(Mix(1, value.GetHashCode()), 0, 0) => Value = value;

        /// <summary>The value, in lowest terms.</summary>
        public Fraction Value { get; }

        private protected override bool SameAs(Expression other) => Value == ((Number)other).Value;
    }

    /// <summary>π or e. Other constants are functions of rationals: <c>sqrt(2)</c>, <c>ln(2)</c>.</summary>
    public sealed class Constant : Expression
    {
        internal Constant(NamedConstant name)
            : base(Mix(2, (int)name), 0, 0) => Name = name;

        /// <summary>Which constant.</summary>
        public NamedConstant Name { get; }

        private protected override bool SameAs(Expression other) => Name == ((Constant)other).Name;
    }

    /// <summary>A variable z1, …, z9; z is z1.</summary>
    public sealed class Variable : Expression
    {
        internal Variable(int index)
            : base(Mix(3, index), 0, 1 << index) => Index = index;

        /// <summary>The index, 1 to 9.</summary>
        public int Index { get; }

        private protected override bool SameAs(Expression other) => Index == ((Variable)other).Index;
    }

    /// <summary>A sum of at least two terms, none of which is a sum.</summary>
    public sealed class Sum : Expression
    {
        internal Sum(ImmutableArray<Expression> terms)
            : base(Mix(4, HashOf(terms)), DepthOf(terms), VariablesOf(terms)) => Terms = terms;

        /// <summary>The terms in order.</summary>
        public ImmutableArray<Expression> Terms { get; }

        private protected override bool SameAs(Expression other) => SameItems(Terms, ((Sum)other).Terms);
    }

    /// <summary>A rational coefficient times at least one factor, none of which is a number or a product; at least two factors if the coefficient is 1. A division is a factor with a negative power.</summary>
    public sealed class Product : Expression
    {
        internal Product(Fraction coefficient, ImmutableArray<Expression> factors)
            : base(Mix(Mix(5, coefficient.GetHashCode()), HashOf(factors)), DepthOf(factors), VariablesOf(factors)) =>
            (Coefficient, Factors) = (coefficient, factors);

        /// <summary>The coefficient.</summary>
        public Fraction Coefficient { get; }

        /// <summary>The factors in order.</summary>
        public ImmutableArray<Expression> Factors { get; }

        private protected override bool SameAs(Expression other) =>
            other is Product p && Coefficient == p.Coefficient && SameItems(Factors, p.Factors);
    }

    /// <summary>An integer power, not the first.</summary>
    public sealed class Power : Expression
    {
        internal Power(Expression @base, int exponent)
            : base(Mix(Mix(6, exponent), @base.hash), @base.Depth, @base.variables) => (Base, Exponent) = (@base, exponent);

        /// <summary>What is raised.</summary>
        public Expression Base { get; }

        /// <summary>The exponent, at most <see cref="MaximumExponent"/> in magnitude.</summary>
        public int Exponent { get; }

        private protected override bool SameAs(Expression other) => other is Power p && Exponent == p.Exponent && Base.Equals(p.Base);
    }

    /// <summary>|u|^p with a constant p that is no integer.</summary>
    public sealed class AbsolutePower : Expression
    {
        internal AbsolutePower(Expression operand, Expression exponent)
            : base(Mix(Mix(7, exponent.hash), operand.hash), Math.Max(operand.Depth, exponent.Depth), operand.variables) =>
            (Operand, Exponent) = (operand, exponent);

        /// <summary>u, whose absolute value is raised.</summary>
        public Expression Operand { get; }

        /// <summary>p, an expression without variables.</summary>
        public Expression Exponent { get; }

        private protected override bool SameAs(Expression other) =>
            other is AbsolutePower p && Exponent.Equals(p.Exponent) && Operand.Equals(p.Operand);
    }

    /// <summary>The probabilists' Hermite polynomial He_k(u).</summary>
    public sealed class HermitePolynomial : Expression
    {
        internal HermitePolynomial(int order, Expression argument)
            : base(Mix(Mix(8, order), argument.hash), argument.Depth, argument.variables) => (Order, Argument) = (order, argument);

        /// <summary>k, at most <see cref="MaximumHermiteOrder"/>.</summary>
        public int Order { get; }

        /// <summary>u.</summary>
        public Expression Argument { get; }

        private protected override bool SameAs(Expression other) =>
            other is HermitePolynomial h && Order == h.Order && Argument.Equals(h.Argument);
    }

    /// <summary>A named function of one or two arguments.</summary>
    public sealed class Call : Expression
    {
        internal Call(Function function, ImmutableArray<Expression> arguments)
            : base(Mix(Mix(9, (int)function), HashOf(arguments)), DepthOf(arguments), VariablesOf(arguments)) =>
            (Function, Arguments) = (function, arguments);

        /// <summary>Which function.</summary>
        public Function Function { get; }

        /// <summary>Its arguments in order.</summary>
        public ImmutableArray<Expression> Arguments { get; }

        private protected override bool SameAs(Expression other) =>
            other is Call c && Function == c.Function && SameItems(Arguments, c.Arguments);
    }

    /// <summary>1 where a chain of comparisons t₀ R₁ t₁ R₂ t₂ … holds, else 0.</summary>
    public sealed class Indicator : Expression
    {
        internal Indicator(ImmutableArray<Expression> terms, ImmutableArray<Relation> relations)
            : base(Mix(10, HashOf(terms)), DepthOf(terms), VariablesOf(terms)) => (Terms, Relations) = (terms, relations);

        /// <summary>t₀, t₁, …: one more than there are relations.</summary>
        public ImmutableArray<Expression> Terms { get; }

        /// <summary>R₁, R₂, …: at least one.</summary>
        public ImmutableArray<Relation> Relations { get; }

        private protected override bool SameAs(Expression other) =>
            other is Indicator i && Relations.AsSpan().SequenceEqual(i.Relations.AsSpan()) && SameItems(Terms, i.Terms);
    }

    private static int Mix(int left, int right) => unchecked(((left << 5) - left + right) * (int)0x9E3779B1);

    private static int HashOf(ImmutableArray<Expression> items)
    {
        var mixed = items.Length;
        foreach (var item in items) mixed = Mix(mixed, item.hash);
        return mixed;
    }

    private static int DepthOf(ImmutableArray<Expression> items)
    {
        var deepest = 0;
        foreach (var item in items) deepest = Math.Max(deepest, item.Depth);
        return deepest;
    }

    private static int VariablesOf(ImmutableArray<Expression> items)
    {
        var mask = 0;
        foreach (var item in items) mask |= item.variables;
        return mask;
    }

    private static bool SameItems(ImmutableArray<Expression> left, ImmutableArray<Expression> right)
    {
        if (left.Length != right.Length) return false;
        for (var i = 0; i < left.Length; i++)
            if (!left[i].Equals(right[i])) return false;
        return true;
    }
}
