using System.Numerics;
using Theory.Hermite.Tensors;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Exponents;

/// <summary>Reads polynomials such as <c>He2(z1) + 3z1*z2^2/4</c>; enough for tests of the exact algebra.</summary>
internal sealed class PolynomialReader(string text)
{
    private readonly string text = text.Replace(" ", "");
    private int position;

    internal static MultivariatePolynomial Read(string text)
    {
        var reader = new PolynomialReader(text);
        var result = reader.Sum();
        return reader.position == reader.text.Length ? result : throw new FormatException($"'{text}' at {reader.position}");
    }

    private char Peek => position < text.Length ? text[position] : '\0';

    private MultivariatePolynomial Sum()
    {
        var sum = Peek == '-' && position++ >= 0 ? -1 * Product() : Product();
        while (Peek is '+' or '-')
            sum = text[position++] == '+' ? sum + Product() : sum - Product();
        return sum;
    }

    private MultivariatePolynomial Product()
    {
        var product = Power();
        while (Peek is '*' or '/' || char.IsLetter(Peek))
        {
            if (Peek == '/')
            {
                position++;
                product *= new BigRational(1, Integer());
            }
            else
            {
                position += Peek == '*' ? 1 : 0;
                product *= Power();
            }
        }
        return product;
    }

    private MultivariatePolynomial Power()
    {
        var value = Atom();
        if (Peek != '^')
            return value;
        position++;
        return value.Power((int)Integer());
    }

    private MultivariatePolynomial Atom()
    {
        if (Peek == '(')
        {
            position++;
            var inner = Sum();
            position++;
            return inner;
        }
        if (char.IsDigit(Peek))
            return (BigRational)Integer();
        if (text.AsSpan(position).StartsWith("He"))
        {
            position += 2;
            var order = (int)Integer();
            return MultivariatePolynomial.Hermite(order, Atom());
        }
        position++;
        return MultivariatePolynomial.Variable(char.IsDigit(Peek) ? (int)Integer() : 1);
    }

    private BigInteger Integer()
    {
        var start = position;
        while (char.IsDigit(Peek))
            position++;
        return BigInteger.Parse(text.AsSpan(start, position - start));
    }
}
