using static Theory.Symbolics.Expression;

namespace Theory.Symbolics;

/// <summary>Compiles a simplified expression: equal sub-expressions once, constants folded to doubles, registers reused when their value is dead.</summary>
internal sealed class TapeCompiler
{
    private readonly List<Instruction> code = [];
    private readonly Dictionary<Expression, int> values = [];

    public static Tape Compile(Expression expression)
    {
        var compiler = new TapeCompiler();
        var result = compiler.Value(expression.Simplify());
        return compiler.Allocate(result);
    }

    /// <summary>The virtual register (or variable) that holds an expression.</summary>
    private int Value(Expression expression)
    {
        if (expression is Variable v) return -v.Index;
        if (values.TryGetValue(expression, out var register)) return register;
        register = expression.IsConstant ? Emit(Operation.Fill, constant: expression.Evaluate([])) : Compute(expression);
        values.Add(expression, register);
        return register;
    }

    private int Compute(Expression expression) => expression switch
    {
        Sum s => OfSum(s),
        Product p => OfProduct(p),
        Power p => Emit(Operation.IntegerPower, Value(p.Base), detail: p.Exponent),
        AbsolutePower p => Emit(Operation.RealPower, Value(p.Operand), constant: p.Exponent.Evaluate([])),
        HermitePolynomial h => Emit(Operation.Hermite, Value(h.Argument), detail: h.Order),
        Call { Function: Function.Log, Arguments: [Call { Function: Function.Cosh, Arguments: [var u] }] } => Emit(Operation.LogCosh, Value(u)),
        Call { Arguments: [var u] } c => Emit(Operation.Unary, Value(u), detail: (int)c.Function),
        Call { Arguments: [var u, var w] } c => Emit(BinaryOperation(c.Function), Value(u), Value(w)),
        Indicator i => OfIndicator(i),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private static Operation BinaryOperation(Function function) => function switch
    {
        Function.Max => Operation.Max,
        Function.Min => Operation.Min,
        Function.LeakyRelu => Operation.LeakyRelu,
        _ => Operation.SoftThreshold,
    };

    private int OfSum(Sum sum)
    {
        var (constant, hasConstant) = (0.0, false);
        int? total = null;
        foreach (var term in sum.Terms)
        {
            if (term.IsConstant)
            {
                constant += term.Evaluate([]);
                hasConstant = true;
            }
            else if (term is Product p && total is { } sofar && SplitConstant(p) is var (scale, rest) && scale != 0)
            {
                total = Emit(Operation.MultiplyAdd, OfFactors(rest), sofar, scale);
            }
            else
            {
                total = total is { } left ? Emit(Operation.Add, left, Value(term)) : Value(term);
            }
        }
        return hasConstant ? Emit(Operation.AddConstant, total!.Value, constant: constant) : total!.Value;
    }

    private int OfProduct(Product product)
    {
        var (scale, rest) = SplitConstant(product);
        var value = OfFactors(rest);
        return scale == 1 ? value
            : scale == 0 ? Emit(Operation.Multiply, value, Emit(Operation.Fill)) // not Scale: zero wins over infinity
            : Emit(Operation.Scale, value, constant: scale);
    }

    private int OfFactors(List<Expression> factors)
    {
        var value = Value(factors[0]);
        foreach (var factor in factors.Skip(1)) value = Emit(Operation.Multiply, value, Value(factor));
        return value;
    }

    private static (double Scale, List<Expression> Variables) SplitConstant(Product product)
    {
        var scale = Rational.ToDouble(product.Coefficient);
        foreach (var factor in product.Factors)
            if (factor.IsConstant) scale *= factor.Evaluate([]);
        return (scale, [.. product.Factors.Where(f => !f.IsConstant)]);
    }

    private int OfIndicator(Indicator indicator)
    {
        int? value = null;
        for (var i = 0; i < indicator.Relations.Length; i++)
        {
            var holds = Emit(Operation.Compare, Value(indicator.Terms[i]), Value(indicator.Terms[i + 1]), detail: (int)indicator.Relations[i]);
            value = value is { } left ? Emit(Operation.Multiply, left, holds) : holds;
        }
        return value!.Value;
    }

    private int Emit(Operation operation, int first = 0, int second = 0, double constant = 0, int detail = 0)
    {
        code.Add(new(operation, code.Count, first, second, constant, detail));
        return code.Count - 1;
    }

    /// <summary>Maps virtual registers to real ones; a register is free again after the last instruction that reads it.</summary>
    private Tape Allocate(int result)
    {
        var lastUse = new int[code.Count];
        for (var i = 0; i < code.Count; i++)
        {
            lastUse[i] = Math.Max(lastUse[i], i);
            if (Reads(code[i].Operation) >= 1 && code[i].First >= 0) lastUse[code[i].First] = i;
            if (Reads(code[i].Operation) == 2 && code[i].Second >= 0) lastUse[code[i].Second] = i;
        }
        if (result >= 0) lastUse[result] = code.Count;
        var free = new Stack<int>();
        var real = new int[code.Count];
        var count = 0;
        var allocated = new Instruction[code.Count];
        for (var i = 0; i < code.Count; i++)
        {
            var virtualCode = code[i];
            var reads = Reads(virtualCode.Operation);
            var first = reads >= 1 && virtualCode.First >= 0 ? real[virtualCode.First] : virtualCode.First;
            var second = reads == 2 && virtualCode.Second >= 0 ? real[virtualCode.Second] : virtualCode.Second;
            if (reads >= 1) Release(virtualCode.First, i);
            if (reads == 2 && virtualCode.Second != virtualCode.First) Release(virtualCode.Second, i);
            if (!free.TryPop(out real[i])) real[i] = count++;
            allocated[i] = virtualCode with { Target = real[i], First = first, Second = second };
            if (lastUse[i] == i) free.Push(real[i]);
        }
        return new Tape(allocated, count, result >= 0 ? real[result] : result);

        void Release(int register, int at)
        {
            if (register >= 0 && lastUse[register] == at) free.Push(real[register]);
        }
    }

    private static int Reads(Operation operation) => operation switch
    {
        Operation.Fill => 0,
        Operation.Add or Operation.MultiplyAdd or Operation.Multiply or Operation.Max or Operation.Min
            or Operation.LeakyRelu or Operation.SoftThreshold or Operation.Compare => 2,
        _ => 1,
    };
}
